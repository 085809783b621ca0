import { createServer } from 'node:net';
import path from 'node:path';
import { rasterBytes } from '../../desktop/main/devices/escpos.ts';
import { drawPaper } from '../../desktop/main/devices/paper/draw-paper.ts';
import { jsonLog, productionDeps } from '../../desktop/main/production-deps.ts';
import { createTill } from '../../desktop/main/till.ts';
import { samplePapers } from '../support/sample-papers.ts';
import { builtTill } from './built-till.ts';
import { type BenchOptions, type Figure, figure, percentile } from './figure.ts';
import { fullSize, quickSize, saleCommand } from './till-sale.ts';

/**
 * From a sale to the bytes of its slip, and what printing every slip costs the sales: to a printer on
 * this machine that takes everything at once, with 50,000 products and 100,000 past sales.
 */
export async function measure({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const [firstMs = 0, ...othersMs] = await slipsMs(isQuick ? 20 : 200);
  const { salesMs, printed } = await salesWithPrinting(isQuick);
  return [
    figure('slip of 3 lines as dots, first', firstMs, 'ms'),
    figure('slip of 3 lines as dots, p95', percentile(othersMs, 95), 'ms'),
    figure('till sale of 3 lines with every slip printed, p99', percentile(salesMs, 99), 'ms'),
    figure('slips printed meanwhile', printed, 'slips'),
  ];
}

async function slipsMs(rounds: number): Promise<readonly number[]> {
  const taken: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startMs = performance.now();
    const paper = samplePapers['sale']?.();
    if (paper === undefined) throw new Error('No sample of a slip');
    rasterBytes(await drawPaper(paper, 80), { opensDrawer: true, cutsPaper: true });
    taken.push(performance.now() - startMs);
  }
  return taken;
}

async function salesWithPrinting(isQuick: boolean) {
  const built = builtTill(isQuick ? quickSize : fullSize);
  const printer = await aSwallowingPrinter();
  const deps = productionDeps({
    dataDir: path.resolve(built.dataDir),
    programVersion: 'bench',
    host: 'counter-host',
    log: jsonLog('error'),
  });
  const till = createTill(deps);
  const ask = async (name: string, input: unknown) => {
    const reply = await till.invoke(name, input);
    if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
    return reply.value;
  };
  await ask('printing.change', {
    automaticSlip: 'always',
    printers: [
      {
        id: 'bench',
        name: 'bench',
        address: { kind: 'tcp', host: '127.0.0.1', port: printer.port },
        widthMm: 80,
        letters: { type: 'dots' },
        cutsPaper: true,
        hasDrawer: true,
      },
    ],
  });
  const salesMs: number[] = [];
  for (let round = 0; round < (isQuick ? 20 : 300); round += 1) {
    const command = saleCommand(built, round, deps.newId());
    const startMs = performance.now();
    const sale = await ask('sales.complete', command);
    salesMs.push(performance.now() - startMs);
    // Safe: the answer of sales.complete names its document.
    const { id } = sale as { readonly id: string };
    await ask('printing.print', { request: { type: 'sale', saleId: id }, isAutomatic: true });
    // A counter as busy as can be: the next sale while this slip is being drawn.
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  await till.close();
  await printer.close();
  return { salesMs, printed: printer.papers() };
}

/** Takes everything and says at once that all is well. */
async function aSwallowingPrinter() {
  let papers = 0;
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      const isQuestion = bytes.length === 3;
      if (isQuestion) socket.write(Uint8Array.of(bytes[0] === 0x10 ? 0x12 : 0));
      if (isQuestion && bytes[0] === 0x1d) papers += 1;
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return {
    port: address.port,
    papers: () => papers,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
