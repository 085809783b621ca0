/** What a cell of a table is worth: for sorting and for CSV. */
export type CellValue = string | number | null;

/**
 * RFC 4180 with a byte order mark, so that spreadsheet programs read Vietnamese as UTF-8. Text that
 * a spreadsheet would run as a formula is disarmed by a leading apostrophe.
 */
export function csvOf(rows: readonly (readonly CellValue[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

/** A file name without diacritics or signs that some system refuses. */
export function fileNameOf(title: string, extension: string): string {
  const plain = title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  return `${plain === '' ? 'mang-thuoc' : plain}.${extension}`;
}

function csvCell(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const disarmed = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(disarmed) ? `"${disarmed.replaceAll('"', '""')}"` : disarmed;
}
