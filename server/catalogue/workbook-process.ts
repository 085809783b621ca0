/**
 * Runs as a process of its own. The spreadsheet library builds whole sheets in memory and pads
 * them to the farthest cell, so that one cell of a hostile workbook can exhaust any heap – and
 * an exhausted heap ends a process, a worker thread's included. Here it ends only this one.
 */
import { type CellValue, default as readWorkbook } from 'read-excel-file/universal';
import { present } from '../../shared/base/assert.ts';
import { packZip, unpackZip } from './zip-archive.ts';

export type WorkbookJob = { readonly bytes: Uint8Array; readonly unpackedBytesMax: number };

export type WorkbookMessage =
  | { readonly kind: 'sheet'; readonly name: string }
  | { readonly kind: 'rows'; readonly firstRow: number; readonly rows: readonly string[][] }
  | { readonly kind: 'done' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'too-large' };

const rowsPerMessage = 500;

// Safe: only workbook-rows.ts starts this process, and sends this one message.
process.once('message', (job) => main(job as WorkbookJob));

async function main(job: WorkbookJob): Promise<void> {
  for await (const message of messagesOf(job)) await send(message);
  process.disconnect();
}

/** Waits until the message is on its way, so that rows do not pile up on this side. */
function send(message: WorkbookMessage): Promise<void> {
  const sendMessage = present(process.send, 'This file runs as a child process').bind(process);
  return new Promise((resolve, reject) => {
    sendMessage(message, undefined, undefined, (error) => (error ? reject(error) : resolve()));
  });
}

async function* messagesOf(job: WorkbookJob): AsyncGenerator<WorkbookMessage> {
  const unpacked = unpackZip(Buffer.from(job.bytes), {
    bytesMax: job.unpackedBytesMax,
    isWanted: (name) => name.endsWith('.xml') || name.endsWith('.xml.rels'),
  });
  if (unpacked.kind !== 'unpacked') {
    yield unpacked;
    return;
  }
  const sheets = await sheetsOf(unpacked.parts);
  if (typeof sheets === 'string') {
    yield { kind: sheets };
    return;
  }
  for (const { sheet, data } of sheets) {
    yield { kind: 'sheet', name: sheet };
    for (let start = 0; start < data.length; start += rowsPerMessage) {
      const rows = data.slice(start, start + rowsPerMessage).map((row) => row.map(textOf));
      yield { kind: 'rows', firstRow: start + 1, rows };
    }
  }
  yield { kind: 'done' };
}

async function sheetsOf(parts: ReadonlyMap<string, Buffer>) {
  const readable = new Map([...parts].map(([name, part]) => [name, withoutErrorCells(name, part)]));
  const archive = packZip(readable);
  try {
    return await readWorkbook(new Uint8Array(archive).buffer, { trim: false });
  } catch (error) {
    // An array or a string beyond what the engine can hold.
    if (error instanceof RangeError) return 'too-large';
    // The library has no common type for what a malformed part makes it throw.
    return 'damaged';
  }
}

/** A formula error (#N/A) in one cell would make the library refuse the whole workbook. */
function withoutErrorCells(name: string, part: Buffer): Buffer {
  if (!name.includes('worksheets/') || !part.includes('t="e"')) return part;
  const text = part.toString('latin1').replace(/(<c\s[^>]*\bt=)"e"/g, '$1"str"');
  return Buffer.from(text, 'latin1');
}

function textOf(value: CellValue | null): string {
  if (value === null) return '';
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
}
