/**
 * A carrier file as numbered QR frames (protocol.md §6), shown one after another, again and again:
 * whoever reads may begin anywhere, miss some, see others twice, and is done when all were seen once.
 *
 * A frame is text in the alphabet of QR's alphanumeric mode, so that it needs the fewest modules and
 * any reader, also a keyboard scanner, gives it back unchanged:
 *
 *   MT1:<file>:<number>/<total>:<check>:<data>
 *
 * file     CRC-32 of the whole file, eight hexadecimal digits: tells two files apart and proves the
 *          joined one
 * number   from 1 to total
 * check    CRC-32 of `<file>:<number>/<total>:<data>`, eight hexadecimal digits
 * data     a piece of the file in Base45 (RFC 9285)
 *
 * The checksums find reading errors. Whether the file is genuine is for its signatures to say.
 */
import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';

export type QrFrame = {
  readonly file: string;
  readonly number: number;
  readonly total: number;
  readonly bytes: Uint8Array;
};

/** @returns undefined when the file needs more frames than anybody would watch. */
export function framesOf(file: Uint8Array): readonly string[] | undefined {
  const total = Math.max(1, Math.ceil(file.length / limits.qrFrameBytesMax));
  if (total > limits.qrFramesMax) return undefined;
  const name = checksum(file);
  return Array.from({ length: total }, (_, index) => {
    const piece = file.subarray(
      index * limits.qrFrameBytesMax,
      (index + 1) * limits.qrFrameBytesMax,
    );
    const place = `${name}:${index + 1}/${total}`;
    const data = base45Of(piece);
    return `MT1:${place}:${textChecksum(`${place}:${data}`)}:${data}`;
  });
}

/** Reads one frame; undefined for anything else that a camera may see. */
export function readFrame(text: string): QrFrame | undefined {
  const match = /^MT1:([0-9A-F]{8}):(\d{1,4})\/(\d{1,4}):([0-9A-F]{8}):(.*)$/s.exec(text);
  if (match === null) return undefined;
  const [, file = '', number = '', total = '', check = '', data = ''] = match;
  if (textChecksum(`${file}:${number}/${total}:${data}`) !== check) return undefined;
  const bytes = bytesOfBase45(data);
  const frame = { file, number: Number(number), total: Number(total) };
  const isWithin =
    frame.number >= 1 && frame.number <= frame.total && frame.total <= limits.qrFramesMax;
  return bytes === undefined || !isWithin ? undefined : { ...frame, bytes };
}

export type JoinedFrames =
  | { readonly type: 'missing'; readonly total: number; readonly numbers: readonly number[] }
  /** Frames of more than one file: which one is meant is for a person to say. */
  | { readonly type: 'mixed'; readonly files: number }
  | { readonly type: 'wrong' };

/** Joins frames in any order, doubled or not. */
export function joinFrames(frames: readonly QrFrame[]): Result<Uint8Array, JoinedFrames> {
  const [first] = frames;
  const files = new Set(frames.map((frame) => `${frame.file}/${frame.total}`));
  if (first === undefined) return err({ type: 'missing', total: 0, numbers: [] });
  if (files.size > 1) return err({ type: 'mixed', files: files.size });
  const piecesByNumber = new Map(frames.map((frame) => [frame.number, frame.bytes]));
  const numbers = Array.from({ length: first.total }, (_, index) => index + 1);
  const missing = numbers.filter((number) => !piecesByNumber.has(number));
  if (missing.length > 0) return err({ type: 'missing', total: first.total, numbers: missing });
  const file = Uint8Array.from(
    numbers.flatMap((number) => [...(piecesByNumber.get(number) ?? [])]),
  );
  return checksum(file) === first.file ? ok(file) : err({ type: 'wrong' });
}

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';
const valueByLetter = new Map([...alphabet].map((letter, value) => [letter, value]));

/** RFC 9285 §4: two bytes in three letters, a last single byte in two. */
function base45Of(bytes: Uint8Array): string {
  const letters: string[] = [];
  const put = (value: number, count: number) => {
    let rest = value;
    for (let index = 0; index < count; index += 1) {
      letters.push(alphabet[rest % 45] ?? '');
      rest = Math.floor(rest / 45);
    }
  };
  for (let index = 0; index < bytes.length; index += 2) {
    const high = bytes[index] ?? 0;
    const low = bytes[index + 1];
    if (low === undefined) put(high, 2);
    else put(high * 256 + low, 3);
  }
  return letters.join('');
}

function bytesOfBase45(text: string): Uint8Array | undefined {
  const bytes: number[] = [];
  for (let index = 0; index < text.length; index += 3) {
    const group = text.slice(index, index + 3);
    let value = 0;
    for (const letter of [...group].reverse()) {
      const digit = valueByLetter.get(letter);
      if (digit === undefined) return undefined;
      value = value * 45 + digit;
    }
    if (group.length === 3 && value <= 0xffff) bytes.push(value >> 8, value & 0xff);
    else if (group.length === 2 && value <= 0xff) bytes.push(value);
    else return undefined;
  }
  return Uint8Array.from(bytes);
}

/** CRC-32 of ISO-HDLC, as in gzip (RFC 1952 §8). */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function checksum(bytes: Iterable<number>): string {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  return ((crc ^ 0xffffffff) >>> 0).toString(16).toUpperCase().padStart(8, '0');
}

/** Frames hold nothing beyond ASCII. */
function textChecksum(text: string): string {
  return checksum([...text].map((letter) => letter.charCodeAt(0) & 0xff));
}
