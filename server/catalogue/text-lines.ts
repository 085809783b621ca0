/**
 * Bytes → numbered lines, in bounded memory. Registers come as UTF-8, UTF-16 (Excel's "Unicode
 * text") and Windows-1258, sometimes mixed in one file after a paste. UTF-16 is turned into UTF-8
 * first; then every line is decoded by itself, so that one foreign line spoils no other.
 */
import { isUtf8 } from 'node:buffer';
import { decode, getDecoder } from 'iconv-lite';
import { limits } from '../../shared/base/limits.ts';

export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export type TextLine = {
  /** The line as a text editor numbers it, from 1. */
  readonly number: number;
  readonly text: string;
  readonly isTooLong: boolean;
  readonly isWindows1258: boolean;
  readonly hadControlCharacters: boolean;
};

/** A line that no register row needs; longer ones are cut, not collected. */
export const lineCharactersMax = limits.importCellLength * 10;
const lineBytesMax = lineCharactersMax * 4;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** The encoding by its byte order mark, or by where the zero bytes of ASCII letters stand. */
export function detectEncoding(head: Uint8Array): TextEncoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const pairs = Math.floor(head.length / 2);
  let zerosFirst = 0;
  let zerosSecond = 0;
  for (let index = 0; index < pairs * 2; index += 2) {
    if (head[index] === 0) zerosFirst += 1;
    if (head[index + 1] === 0) zerosSecond += 1;
  }
  if (zerosSecond * 10 > pairs * 3 && zerosFirst * 20 < pairs) return 'utf-16le';
  if (zerosFirst * 10 > pairs * 3 && zerosSecond * 20 < pairs) return 'utf-16be';
  return 'utf-8';
}

/** Lines in small lists, one list for each chunk that ends a line. */
export async function* linesOf(
  chunks: AsyncIterable<Uint8Array>,
  encoding: TextEncoding,
): AsyncGenerator<readonly TextLine[]> {
  const splitter = new LineSplitter();
  const decoder = encoding === 'utf-8' ? null : getDecoder(encoding);
  for await (const chunk of chunks) {
    const bytes = decoder === null ? chunk : Buffer.from(decoder.write(Buffer.from(chunk)), 'utf8');
    const lines = splitter.push(bytes);
    if (lines.length > 0) yield lines;
  }
  const rest = decoder?.end() ?? '';
  yield [...splitter.push(Buffer.from(rest, 'utf8')), ...splitter.end()];
}

/** Owns the unfinished line between two chunks. */
class LineSplitter {
  private kept: Uint8Array[] = [];
  private keptBytes = 0;
  private isCut = false;
  private number = 1;
  private endedInReturn = false;

  push(bytes: Uint8Array): TextLine[] {
    const lines: TextLine[] = [];
    let start = 0;
    for (let index = 0; index < bytes.length; index += 1) {
      const byte = bytes[index];
      if (byte !== lineFeed && byte !== carriageReturn) continue;
      const isSecondHalf = byte === lineFeed && this.endedInReturn && index === start;
      if (!isSecondHalf) {
        this.keep(bytes.subarray(start, index));
        lines.push(this.takeLine());
      }
      this.endedInReturn = byte === carriageReturn;
      start = index + 1;
    }
    if (start < bytes.length) {
      // Copied: the chunk's buffer may be reused by the stream.
      this.keep(Uint8Array.from(bytes.subarray(start)));
      this.endedInReturn = false;
    }
    return lines;
  }

  end(): readonly TextLine[] {
    return this.keptBytes > 0 ? [this.takeLine()] : [];
  }

  private keep(bytes: Uint8Array): void {
    const room = lineBytesMax - this.keptBytes;
    if (bytes.length > room) this.isCut = true;
    const taken = bytes.subarray(0, Math.max(room, 0));
    if (taken.length === 0) return;
    this.kept.push(taken);
    this.keptBytes += taken.length;
  }

  private takeLine(): TextLine {
    const bytes = Buffer.concat(this.kept, this.keptBytes);
    const line = lineOf(bytes, { number: this.number, isCut: this.isCut });
    this.kept = [];
    this.keptBytes = 0;
    this.isCut = false;
    this.number += 1;
    return line;
  }
}

function lineOf(
  bytes: Buffer,
  { number, isCut }: { readonly number: number; readonly isCut: boolean },
): TextLine {
  const isWindows1258 = !isUtf8(bytes) && !isCut;
  const decoded = isWindows1258 ? decode(bytes, 'windows-1258') : bytes.toString('utf8');
  const written = decoded.replace(/^\uFEFF/, '');
  const text = written.replace(/[^\P{Cc}\t]/gu, '');
  return {
    number,
    text: text.slice(0, lineCharactersMax),
    isTooLong: isCut || text.length > lineCharactersMax,
    isWindows1258,
    hadControlCharacters: text.length < written.length,
  };
}
