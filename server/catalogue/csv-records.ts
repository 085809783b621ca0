/**
 * Numbered lines → records. A quoted cell may run over several lines; a quotation mark that is
 * never closed would swallow the rest of the file. So a record that spans lines is believed only
 * if it is closed within a few lines and has exactly as many cells as the header. Otherwise its
 * first line is reported and reading goes on at the next line: a broken quote costs one row.
 */
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { lineCharactersMax, type TextLine } from './text-lines.ts';

export const delimiters = [',', ';', '\t'] as const;
export type Delimiter = (typeof delimiters)[number];

export type CsvRecord = {
  readonly rowNumber: number;
  /** null: the line cannot be cut into cells. */
  readonly cells: readonly string[] | null;
  readonly rawText: string;
  readonly lines: readonly TextLine[];
  /** Quotation marks stand inside a cell and were taken as part of its text. */
  readonly hasKeptQuotes: boolean;
};

type CsvShape = { readonly delimiter: Delimiter; readonly columnCount: number };

/** A cell of an address or an ingredient list has a few lines, not hundreds. */
export const linesPerRecordMax = 20;
const linesPerRun = 256;

/** Looks ahead in the lines without losing any; owns the iterator it reads from. */
export class LineReader {
  private readonly source: AsyncIterator<readonly TextLine[]>;
  private waiting: readonly TextLine[] = [];
  private taken = 0;

  constructor(source: AsyncIterable<readonly TextLine[]>) {
    this.source = source[Symbol.asyncIterator]();
  }

  /** The next lines, at most `count`, left where they are; fewer only at the end. */
  async peek(count: number): Promise<readonly TextLine[]> {
    while (this.waiting.length - this.taken < count) {
      const next = await this.source.next();
      if (next.done === true) break;
      this.waiting = [...this.waiting.slice(this.taken), ...next.value];
      this.taken = 0;
    }
    return this.waiting.slice(this.taken, this.taken + count);
  }

  drop(count: number): void {
    this.taken += count;
  }

  async close(): Promise<void> {
    await this.source.return?.();
  }
}

/** All records after the header, in lists; blank lines carry nothing and are left out. */
export async function* recordsOf(
  reader: LineReader,
  shape: CsvShape,
): AsyncGenerator<readonly CsvRecord[]> {
  for (;;) {
    const lines = await reader.peek(linesPerRun);
    if (lines.length === 0) return;
    const end = lines.findIndex((line) => !isSelfContained(line));
    const run = end < 0 ? lines : lines.slice(0, end);
    const records = run.length === 0 ? null : recordsOfRun(run, shape.delimiter);
    if (records !== null) {
      reader.drop(run.length);
      yield records;
      continue;
    }
    // Something in the run is broken: one record at a time until past it.
    const last = run.at(-1)?.number ?? lines[0]?.number ?? 0;
    yield await recordsOneByOne(reader, { ...shape, lastLine: last });
  }
}

/** The record that starts with the first of `lines`, and how many of them it takes. */
export function firstRecordOf(
  lines: readonly TextLine[],
  {
    delimiter,
    columnCount,
  }: { readonly delimiter: Delimiter; readonly columnCount: number | null },
): { readonly record: CsvRecord; readonly lineCount: number } {
  let text = '';
  for (const [index, line] of lines.slice(0, linesPerRecordMax).entries()) {
    if (line.isTooLong) break;
    text = index === 0 ? line.text : `${text}\n${line.text}`;
    if (text.length > lineCharactersMax) break;
    const attempt = cellsOf(text, delimiter);
    if (attempt === 'open') continue;
    if (attempt === 'broken') break;
    if (index > 0 && columnCount !== null && attempt.length !== columnCount) break;
    return { record: recordOf(lines.slice(0, index + 1), attempt), lineCount: index + 1 };
  }
  return { record: repairedRecordOf(lines.slice(0, 1), delimiter, columnCount), lineCount: 1 };
}

/** An even number of quotation marks: no cell is left open at the end of the line. */
function isSelfContained(line: TextLine): boolean {
  if (line.isTooLong) return false;
  let quotes = 0;
  for (let at = line.text.indexOf('"'); at >= 0; at = line.text.indexOf('"', at + 1)) quotes += 1;
  return quotes % 2 === 0;
}

/** null when some line of the run is not one well-formed record. */
function recordsOfRun(
  lines: readonly TextLine[],
  delimiter: Delimiter,
): readonly CsvRecord[] | null {
  const filled = lines.filter((line) => line.text.trim() !== '');
  const rows = parseStrictly(filled.map((line) => line.text).join('\n'), delimiter);
  if (rows === null || rows.length !== filled.length) return null;
  return filled.map((line, index) => recordOf([line], rows[index] ?? []));
}

async function recordsOneByOne(
  reader: LineReader,
  shape: CsvShape & { readonly lastLine: number },
): Promise<readonly CsvRecord[]> {
  const records: CsvRecord[] = [];
  for (;;) {
    const lines = await reader.peek(linesPerRecordMax);
    const first = lines[0];
    if (first === undefined || first.number > shape.lastLine) return records;
    if (first.text.trim() === '' && !first.isTooLong) {
      reader.drop(1);
      continue;
    }
    const { record, lineCount } = firstRecordOf(lines, shape);
    records.push(record);
    reader.drop(lineCount);
  }
}

function cellsOf(text: string, delimiter: Delimiter): readonly string[] | 'open' | 'broken' {
  try {
    const rows: string[][] = parse(text, optionsOf(delimiter));
    return rows.length === 1 && rows[0] !== undefined ? rows[0] : 'broken';
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'open' : 'broken';
  }
}

/**
 * A line with a quotation mark in the wrong place is still read if, with blanks around quoted
 * cells ignored or with the marks taken as text, it has exactly the header's number of cells.
 */
function repairedRecordOf(
  lines: readonly TextLine[],
  delimiter: Delimiter,
  columnCount: number | null,
): CsvRecord {
  const text = lines[0]?.text ?? '';
  for (const repair of [{ trim: true }, { relax_quotes: true }]) {
    if (lines[0]?.isTooLong === true) break;
    const rows = parseStrictly(text, delimiter, repair);
    const cells = rows?.length === 1 ? rows[0] : undefined;
    if (cells !== undefined && cells.length === columnCount) {
      return { ...recordOf(lines, cells), hasKeptQuotes: 'relax_quotes' in repair };
    }
  }
  return recordOf(lines, null);
}

function parseStrictly(
  text: string,
  delimiter: Delimiter,
  repair: { readonly trim?: boolean; readonly relax_quotes?: boolean } = {},
): readonly string[][] | null {
  try {
    return parse(text, { ...optionsOf(delimiter), ...repair });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    return null;
  }
}

function optionsOf(delimiter: Delimiter) {
  return { delimiter, record_delimiter: '\n', relax_column_count: true } as const;
}

function recordOf(lines: readonly TextLine[], cells: readonly string[] | null): CsvRecord {
  return {
    rowNumber: lines[0]?.number ?? 0,
    cells,
    rawText: lines.length === 1 ? (lines[0]?.text ?? '') : lines.map(({ text }) => text).join('\n'),
    lines,
    hasKeptQuotes: false,
  };
}
