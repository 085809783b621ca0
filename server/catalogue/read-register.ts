/**
 * Reads a national drug register from CSV or XLSX as a stream of events.
 *
 * Every data row gives exactly one event: `row` with the drug and what to check, or `unreadable`
 * with the reason and the row's own text. The last event is `finished` with the sums, or
 * `refused` when the file as a whole cannot be a register; what came before a refusal must then
 * be thrown away. Blank rows and lines above the header carry nothing and are not counted.
 *
 * Memory is bounded for CSV of any size; a workbook is read in a worker with a bounded heap.
 * Breaking out of the loop, or aborting the signal, closes the stream.
 */
import { assert } from '../../shared/base/assert.ts';
import { limits } from '../../shared/base/limits.ts';
import type { Drug } from '../../shared/model/drug.ts';
import {
  type CsvRecord,
  type Delimiter,
  delimiters,
  firstRecordOf,
  LineReader,
  linesPerRecordMax,
  recordsOf,
} from './csv-records.ts';
import type { FileRefusal, FileRefusalCode, RowReasonCode, RowWarningCode } from './reasons.ts';
import {
  type ColumnMap,
  hasRequiredColumns,
  mapColumns,
  missingColumns,
} from './register-columns.ts';
import { drugOfCells } from './register-row.ts';
import { SeenProducts } from './seen-products.ts';
import { detectEncoding, linesOf, type TextEncoding, type TextLine } from './text-lines.ts';
import { workbookItemsOf, workbookUnpackedBytesMax } from './workbook-rows.ts';

export type RegisterEvent =
  | {
      readonly kind: 'row';
      readonly sheet: string | null;
      /** As an editor or a spreadsheet numbers it: the header is usually 1. */
      readonly rowNumber: number;
      readonly drug: Drug;
      readonly warnings: readonly RowWarningCode[];
    }
  | {
      readonly kind: 'unreadable';
      readonly sheet: string | null;
      readonly rowNumber: number;
      readonly reason: RowReasonCode;
      readonly rawText: string;
    }
  | { readonly kind: 'refused'; readonly refusal: FileRefusal }
  | { readonly kind: 'finished'; readonly summary: RegisterSummary };

export type RegisterSummary = {
  readonly format: 'csv' | 'xlsx';
  readonly encoding: TextEncoding | null;
  readonly delimiter: Delimiter | null;
  /** Data rows: always `read + unreadable`. */
  readonly rows: number;
  readonly read: number;
  readonly unreadable: number;
};

export type RegisterProgress = {
  readonly bytesRead: number;
  readonly bytesTotal: number | null;
  readonly rows: number;
};

export type RegisterOptions = {
  readonly fileName: string;
  /** null when the size is not known beforehand. */
  readonly sizeBytes: number | null;
  readonly onProgress?: (progress: RegisterProgress) => void;
  readonly signal?: AbortSignal;
  /** Lower bounds for a test or a small machine; the defaults are those of the system. */
  readonly bytesMax?: number;
  readonly rowsMax?: number;
  readonly workbookUnpackedBytesMax?: number;
};

type Totals = { bytesRead: number; rows: number; read: number; unreadable: number };

type Reading = {
  readonly options: RegisterOptions;
  readonly totals: Totals;
  readonly seen: SeenProducts;
};

/** Work in pieces, so that progress and cancelling come often even from one large buffer. */
const pieceBytes = 64 * 1024;
const headBytes = 64 * 1024;
const headerLinesMax = 20;
const rawTextLength = limits.importCellLength;

export async function* readRegister(
  stream: AsyncIterable<Uint8Array>,
  options: RegisterOptions,
): AsyncGenerator<RegisterEvent, void, void> {
  const totals: Totals = { bytesRead: 0, rows: 0, read: 0, unreadable: 0 };
  const reading: Reading = { options, totals, seen: new SeenProducts() };
  try {
    yield* eventsOf(stream, reading);
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error;
    yield { kind: 'refused', refusal: error.refusal };
  }
}

/** Carries a refusal out of nested generators; never leaves this file. */
class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly refusal: FileRefusal;

  constructor(code: FileRefusalCode, details: Readonly<Record<string, string>> = {}) {
    super(code);
    this.refusal = { code, details };
  }
}

async function* eventsOf(
  stream: AsyncIterable<Uint8Array>,
  reading: Reading,
): AsyncGenerator<RegisterEvent> {
  const bytesMax = reading.options.bytesMax ?? limits.importBytesMax;
  const pieces = piecesOf(stream, reading, bytesMax);
  try {
    const { head, rest } = await headOf(pieces);
    if (head.length === 0) throw new FileRefused('file-empty');
    const format = formatOf(head);
    if (format === 'old-excel') throw new FileRefused('old-excel-format');
    if (format === 'other') throw new FileRefused('not-a-register');
    if (format === 'xlsx') yield* workbookEventsOf(rest, reading);
    else yield* csvEventsOf(rest, detectEncoding(head), reading);
  } finally {
    await pieces.return(undefined);
  }
}

async function* piecesOf(
  stream: AsyncIterable<Uint8Array>,
  { options, totals }: Reading,
  bytesMax: number,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of stream) {
    for (let start = 0; start < chunk.length; start += pieceBytes) {
      options.signal?.throwIfAborted();
      const piece = chunk.subarray(start, start + pieceBytes);
      totals.bytesRead += piece.length;
      if (Math.max(totals.bytesRead, options.sizeBytes ?? 0) > bytesMax)
        throw tooLarge('file-too-large', bytesMax);
      report(options, totals);
      yield piece;
    }
  }
}

/** The first bytes, and everything from the first byte on. */
async function headOf(pieces: AsyncGenerator<Uint8Array>): Promise<{
  readonly head: Buffer;
  readonly rest: AsyncGenerator<Uint8Array>;
}> {
  const first: Uint8Array[] = [];
  let bytes = 0;
  while (bytes < headBytes) {
    const next = await pieces.next();
    if (next.done === true) break;
    first.push(next.value);
    bytes += next.value.length;
  }
  return { head: Buffer.concat(first), rest: chained(first, pieces) };
}

async function* chained(
  first: readonly Uint8Array[],
  pieces: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  yield* first;
  yield* pieces;
}

function formatOf(head: Buffer): 'csv' | 'xlsx' | 'old-excel' | 'other' {
  const magic = head.subarray(0, 8).toString('latin1');
  if (magic.startsWith('PK\x03\x04')) return 'xlsx';
  // Also what Excel makes of a workbook with a password.
  if (magic.startsWith('\xd0\xcf\x11\xe0')) return 'old-excel';
  const foreign = [
    '%PDF',
    '\x89PNG',
    '\xff\xd8\xff',
    '\x1f\x8b',
    'GIF8',
    '7z\xbc\xaf',
    'Rar!',
    '{\\rtf',
  ];
  return foreign.some((start) => magic.startsWith(start)) ? 'other' : 'csv';
}

async function* csvEventsOf(
  bytes: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
  reading: Reading,
): AsyncGenerator<RegisterEvent> {
  const reader = new LineReader(linesOf(bytes, encoding));
  try {
    const head = await reader.peek(headerLinesMax + linesPerRecordMax);
    const header = headerOf(head);
    reader.drop(header.lineCount);
    const { delimiter, columns, columnCount } = header;
    for await (const records of recordsOf(reader, { delimiter, columnCount })) {
      for (const record of records) {
        const event = eventOfRecord(record, { columns, columnCount }, reading);
        if (event !== null) yield event;
      }
    }
    yield finishedEvent({ format: 'csv', encoding, delimiter }, reading);
  } finally {
    await reader.close();
  }
}

type CsvHeader = {
  readonly delimiter: Delimiter;
  readonly columns: ColumnMap;
  readonly columnCount: number;
  readonly lineCount: number;
  readonly cells: readonly string[];
};

/** Registers often have a title above the header: the best of the first lines is taken. */
function headerOf(lines: readonly TextLine[]): CsvHeader {
  const candidates: CsvHeader[] = [];
  for (const delimiter of delimiters) {
    for (let index = 0; index < Math.min(lines.length, headerLinesMax); index += 1) {
      const { record, lineCount } = firstRecordOf(lines.slice(index), {
        delimiter,
        columnCount: null,
      });
      const cells = record.cells ?? [];
      if (cells.every((cell) => cell.trim() === '')) continue;
      candidates.push({
        delimiter,
        columns: mapColumns(cells),
        columnCount: cells.length,
        lineCount: index + lineCount,
        cells,
      });
    }
  }
  const best = bestOf(candidates);
  if (best === null) throw new FileRefused('file-empty');
  return best;
}

/** The candidate with all required columns and the most others, or the refusal. */
function bestOf<
  Candidate extends { readonly columns: ColumnMap; readonly cells: readonly string[] },
>(candidates: readonly Candidate[]): Candidate | null {
  const byColumns = candidates.toSorted(
    (one, other) => other.columns.size - one.columns.size || other.cells.length - one.cells.length,
  );
  const complete = byColumns.find((candidate) => hasRequiredColumns(candidate.columns));
  if (complete !== undefined) return complete;
  const nearest = byColumns[0];
  if (nearest === undefined) return null;
  throw new FileRefused('columns-missing', {
    missing: missingColumns(nearest.columns),
    found: nearest.cells
      .map((cell) => cell.trim().slice(0, 60))
      .slice(0, 40)
      .join(', ')
      .slice(0, 1_000),
  });
}

function eventOfRecord(
  record: CsvRecord,
  { columns, columnCount }: { readonly columns: ColumnMap; readonly columnCount: number },
  reading: Reading,
): RegisterEvent | null {
  if (record.cells?.every((cell) => cell.trim() === '') === true) return null;
  countRow(reading);
  const place = { sheet: null, rowNumber: record.rowNumber, rawText: record.rawText };
  if (record.lines.some((line) => line.isTooLong))
    return unreadable(place, 'row-too-long', reading);
  if (record.cells === null) return unreadable(place, 'broken-quotes', reading);
  const extra = record.cells.slice(columnCount);
  if (extra.some((cell) => cell.trim() !== '')) return unreadable(place, 'too-many-cells', reading);
  const warnings: RowWarningCode[] = [];
  if (record.cells.length < columnCount) warnings.push('cells-missing');
  if (record.hasKeptQuotes) warnings.push('quotes-kept');
  if (record.lines.some((line) => line.isWindows1258)) warnings.push('decoded-as-windows-1258');
  if (record.lines.some((line) => line.hadControlCharacters)) {
    warnings.push('control-characters-removed');
  }
  return eventOfCells(record.cells, { ...place, columns, warnings }, reading);
}

async function* workbookEventsOf(
  bytes: AsyncIterable<Uint8Array>,
  reading: Reading,
): AsyncGenerator<RegisterEvent> {
  const unpackedBytesMax = reading.options.workbookUnpackedBytesMax ?? workbookUnpackedBytesMax;
  const archive = await collect(bytes, unpackedBytesMax);
  const { signal } = reading.options;
  const items = workbookItemsOf(archive, {
    unpackedBytesMax,
    ...(signal === undefined ? {} : { signal }),
  });
  let sheet = new WorkbookSheet('');
  const sheets = [sheet];
  for await (const item of items) {
    signal?.throwIfAborted();
    if (item.kind === 'damaged') throw new FileRefused('workbook-damaged');
    if (item.kind === 'too-large') throw tooLarge('workbook-too-large', unpackedBytesMax);
    if (item.kind === 'sheet') {
      sheet = new WorkbookSheet(item.name);
      sheets.push(sheet);
      continue;
    }
    for (const [index, cells] of item.rows.entries()) {
      const columns = sheet.take(cells);
      if (columns === null || cells.every((cell) => cell.trim() === '')) continue;
      countRow(reading);
      const rowNumber = item.firstRow + index;
      const place = {
        sheet: sheet.name,
        rowNumber,
        rawText: cells.join('\t'),
        columns,
        warnings: [],
      };
      yield eventOfCells(cells, place, reading);
    }
    report(reading.options, reading.totals);
  }
  if (!sheets.some((candidate) => candidate.hasHeader)) {
    if (bestOf(sheets.flatMap((candidate) => candidate.candidates)) === null) {
      throw new FileRefused('file-empty');
    }
  }
  yield finishedEvent({ format: 'xlsx', encoding: null, delimiter: null }, reading);
}

/** Owns the search for the header in one sheet; sheets without a header are notes, not data. */
class WorkbookSheet {
  readonly name: string;
  readonly candidates: { readonly columns: ColumnMap; readonly cells: readonly string[] }[] = [];
  private columns: ColumnMap | null = null;

  constructor(name: string) {
    this.name = name;
  }

  get hasHeader(): boolean {
    return this.columns !== null;
  }

  /** The columns when `cells` is a data row, null while the header is still to come. */
  take(cells: readonly string[]): ColumnMap | null {
    if (this.columns !== null) return this.columns;
    const isBlank = cells.every((cell) => cell.trim() === '');
    if (isBlank || this.candidates.length >= headerLinesMax) return null;
    const columns = mapColumns(cells);
    this.candidates.push({ columns, cells });
    if (hasRequiredColumns(columns)) this.columns = columns;
    return null;
  }
}

function eventOfCells(
  cells: readonly string[],
  place: {
    readonly sheet: string | null;
    readonly rowNumber: number;
    readonly rawText: string;
    readonly columns: ColumnMap;
    readonly warnings: readonly RowWarningCode[];
  },
  reading: Reading,
): RegisterEvent {
  const result = drugOfCells(cells, place.columns);
  if (!result.ok) return unreadable(place, result.error, reading);
  const sighting = reading.seen.see(result.value.drug);
  if (sighting.kind === 'duplicate') return unreadable(place, 'duplicate-row', reading);
  if (sighting.kind === 'conflict') return unreadable(place, 'duplicate-conflicts', reading);
  const shared: RowWarningCode[] = sighting.kind === 'shared' ? ['registration-shared'] : [];
  reading.totals.read += 1;
  return {
    kind: 'row',
    sheet: place.sheet,
    rowNumber: place.rowNumber,
    drug: sighting.drug,
    warnings: [...place.warnings, ...result.value.warnings, ...shared],
  };
}

function unreadable(
  place: { readonly sheet: string | null; readonly rowNumber: number; readonly rawText: string },
  reason: RowReasonCode,
  reading: Reading,
): RegisterEvent {
  reading.totals.unreadable += 1;
  const { sheet, rowNumber } = place;
  return {
    kind: 'unreadable',
    sheet,
    rowNumber,
    reason,
    rawText: place.rawText.slice(0, rawTextLength),
  };
}

function countRow({ options, totals }: Reading): void {
  const rowsMax = options.rowsMax ?? limits.importRowsMax;
  totals.rows += 1;
  if (totals.rows > rowsMax) throw new FileRefused('too-many-rows', { maximum: String(rowsMax) });
}

function finishedEvent(
  source: Pick<RegisterSummary, 'format' | 'encoding' | 'delimiter'>,
  { options, totals }: Reading,
): RegisterEvent {
  const { rows, read, unreadable: lost } = totals;
  if (rows === 0) throw new FileRefused('no-rows');
  assert(rows === read + lost, 'Every row is either read or reported');
  report(options, totals);
  return { kind: 'finished', summary: { ...source, rows, read, unreadable: lost } };
}

async function collect(bytes: AsyncIterable<Uint8Array>, bytesMax: number): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytes) {
    size += piece.length;
    if (size > bytesMax) throw tooLarge('workbook-too-large', bytesMax);
    pieces.push(Uint8Array.from(piece));
  }
  return Buffer.concat(pieces, size);
}

function report(options: RegisterOptions, totals: Totals): void {
  const { bytesRead, rows } = totals;
  options.onProgress?.({ bytesRead, bytesTotal: options.sizeBytes, rows });
}

function tooLarge(code: 'file-too-large' | 'workbook-too-large', bytesMax: number): FileRefused {
  return new FileRefused(code, { maximum: String(Math.floor(bytesMax / (1024 * 1024))) });
}
