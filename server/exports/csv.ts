import type { Response } from 'express';

export type CsvCell = string | number | null;

/**
 * One line by RFC 4180. Text that a spreadsheet would run as a formula is disarmed by a leading
 * apostrophe (OWASP, CSV injection); numbers are numbers and stay as they are.
 */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/**
 * Sends rows as they come, page by page, at the pace of whoever reads: no list is ever whole in
 * memory. Begins with a byte order mark, so that spreadsheets read Vietnamese as UTF-8.
 */
export async function sendCsv(
  response: Response,
  {
    fileName,
    header,
    pages,
  }: {
    readonly fileName: string;
    readonly header: readonly string[];
    readonly pages: AsyncIterable<readonly (readonly CsvCell[])[]>;
  },
): Promise<void> {
  response.setHeader('Content-Type', 'text/csv; charset=utf-8');
  response.setHeader('Content-Disposition', `attachment; filename="${fileName}"`);
  response.setHeader('Cache-Control', 'no-store');
  response.write(`\uFEFF${csvLine(header)}`);
  for await (const rows of pages) {
    if (response.destroyed) return;
    const isRoomLeft = response.write(rows.map(csvLine).join(''));
    if (!isRoomLeft) await drained(response);
  }
  response.end();
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const disarmed = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(disarmed) ? `"${disarmed.replaceAll('"', '""')}"` : disarmed;
}

/** Resolves too when the reader has gone: the loop then sees a destroyed response. */
function drained(response: Response): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      response.off('drain', settle).off('close', settle);
      resolve();
    };
    response.on('drain', settle).on('close', settle);
  });
}
