import type { PrinterProfile } from '../../../shared/contract/till-print-api.ts';
import type { Instant } from '../../../shared/model/calendar.ts';
import { drawerBytes, letterBytes, rasterBytes } from './escpos.ts';
import type { PrintEnd, PrinterWays } from './link/printer-link.ts';
import { dotsPerMm, drawPaper } from './paper/draw-paper.ts';
import { pagePdf } from './paper/page-pdf.ts';
import type { Paper } from './paper/paper.ts';
import { pngOf } from './paper/png.ts';
import { paperLines } from './paper/text-paper.ts';

/** Brings one paper to one printer, in the form it takes. Rejects only for a bug of drawing. */
export async function sendPaper(
  ways: PrinterWays,
  printer: PrinterProfile,
  { paper, opensDrawer, madeAt }: { paper: Paper; opensDrawer: boolean; madeAt: Instant },
): Promise<PrintEnd> {
  const { address, letters, cutsPaper, widthMm } = printer;
  if (address.kind === 'system') {
    const drawn = await drawPaper(paper, widthMm);
    return ways.driver.print({
      printerName: address.name,
      title: paper.title,
      widthMm,
      heightMm: drawn.heightDots / dotsPerMm,
      pdf: () => pagePdf(paper, { format: widthMm === 80 ? 'roll-80' : 'roll-58', madeAt }),
      png: async () => pngOf(drawn),
    });
  }
  if (letters.type === 'dots') {
    const drawn = await drawPaper(paper, widthMm);
    return ways.send(address, rasterBytes(drawn, { opensDrawer, cutsPaper }));
  }
  const lines = paperLines(paper, widthMm);
  return ways.send(address, letterBytes(lines, { opensDrawer, cutsPaper, coding: letters }));
}

/** Opens the drawer of a printer; one behind a driver cannot be asked. */
export async function sendPulse(ways: PrinterWays, printer: PrinterProfile): Promise<PrintEnd> {
  const { address } = printer;
  if (address.kind === 'system') {
    return { type: 'not-begun', trouble: 'error', detail: 'A driver opens no drawer' };
  }
  return ways.send(address, drawerBytes());
}
