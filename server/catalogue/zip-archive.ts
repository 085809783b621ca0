/**
 * The little of the ZIP format that workbooks need (APPNOTE.TXT 6.3.3): unpack the XML parts
 * within a bound on what they really inflate to – the sizes an archive declares may lie – and
 * pack parts without compression, so that the spreadsheet library never sees a foreign archive.
 */
import { crc32, inflateRawSync } from 'node:zlib';

export type UnpackedZip =
  | { readonly kind: 'unpacked'; readonly parts: ReadonlyMap<string, Buffer> }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'too-large' };

type Entry = {
  readonly name: string;
  readonly method: number;
  readonly packedBytes: number;
  readonly headerOffset: number;
};

const endSignature = 0x06054b50;
const centralSignature = 0x02014b50;
const localSignature = 0x04034b50;
const endBytes = 22;
const centralBytes = 46;
const localBytes = 30;
const commentBytesMax = 0xffff;
const entriesMax = 2_000;
const stored = 0;
const deflated = 8;
const encryptedFlag = 1;

/** The parts whose names satisfy `isWanted`; together at most `bytesMax` when inflated. */
export function unpackZip(
  archive: Buffer,
  { bytesMax, isWanted }: { readonly bytesMax: number; isWanted(name: string): boolean },
): UnpackedZip {
  const entries = entriesOf(archive);
  if (entries === null) return { kind: 'damaged' };
  const parts = new Map<string, Buffer>();
  let bytesLeft = bytesMax;
  for (const entry of entries) {
    if (!isWanted(entry.name)) continue;
    const part = partOf(archive, entry, bytesLeft);
    if (part === 'damaged' || part === 'too-large') return { kind: part };
    bytesLeft -= part.length;
    parts.set(entry.name, part);
  }
  return { kind: 'unpacked', parts };
}

/** An archive of stored parts. */
export function packZip(parts: ReadonlyMap<string, Buffer>): Buffer {
  const locals: Buffer[] = [];
  const centrals: Buffer[] = [];
  let offset = 0;
  for (const [name, part] of parts) {
    const nameBytes = Buffer.from(name, 'utf8');
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt32LE(crc32(part), 10);
    fields.writeUInt32LE(part.length, 14);
    fields.writeUInt32LE(part.length, 18);
    fields.writeUInt16LE(nameBytes.length, 22);
    locals.push(signed(localSignature, fields), nameBytes, part);
    const position = Buffer.alloc(14);
    position.writeUInt32LE(offset, 10);
    centrals.push(signed(centralSignature, fields.subarray(0, 2), fields, position), nameBytes);
    offset += localBytes + nameBytes.length + part.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(endBytes - 4);
  end.writeUInt16LE(parts.size, 4);
  end.writeUInt16LE(parts.size, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...locals, directory, signed(endSignature, end)]);
}

function signed(signature: number, ...rest: readonly Buffer[]): Buffer {
  const start = Buffer.alloc(4);
  start.writeUInt32LE(signature);
  return Buffer.concat([start, ...rest]);
}

function entriesOf(archive: Buffer): readonly Entry[] | null {
  const end = endOfDirectory(archive);
  if (end === null) return null;
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  if (count > entriesMax) return null;
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + centralBytes > archive.length) return null;
    if (archive.readUInt32LE(at) !== centralSignature) return null;
    // A workbook with a password is not a ZIP at all; an encrypted part is no workbook.
    if ((archive.readUInt16LE(at + 8) & encryptedFlag) !== 0) return null;
    const nameLength = archive.readUInt16LE(at + 28);
    entries.push({
      name: archive.toString('utf8', at + centralBytes, at + centralBytes + nameLength),
      method: archive.readUInt16LE(at + 10),
      packedBytes: archive.readUInt32LE(at + 20),
      headerOffset: archive.readUInt32LE(at + 42),
    });
    at += centralBytes + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

function endOfDirectory(archive: Buffer): number | null {
  const first = Math.max(0, archive.length - endBytes - commentBytesMax);
  for (let at = archive.length - endBytes; at >= first; at -= 1) {
    if (archive.readUInt32LE(at) === endSignature) return at;
  }
  return null;
}

function partOf(archive: Buffer, entry: Entry, bytesMax: number): Buffer | 'damaged' | 'too-large' {
  const at = entry.headerOffset;
  if (at + localBytes > archive.length) return 'damaged';
  if (archive.readUInt32LE(at) !== localSignature) return 'damaged';
  const start = at + localBytes + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  const packed = archive.subarray(start, start + entry.packedBytes);
  if (packed.length !== entry.packedBytes) return 'damaged';
  if (entry.method === stored) return packed.length > bytesMax ? 'too-large' : packed;
  if (entry.method !== deflated) return 'damaged';
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(bytesMax, 1) });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'damaged';
  }
}
