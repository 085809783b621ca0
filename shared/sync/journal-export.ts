/**
 * The journal export: everything an inspector needs to judge a facility's journal without the
 * centre and without the till (`npm run verify`). One file, `*.so.gz`: gzip of UTF-8 lines, each
 * ended by `\n`.
 *
 * A line that begins with `{"kind":` speaks about the export and is one of
 *   export   first: format version, who made it and when, the facility, the centre's public key
 *   till     begins the part of one till: id, device key, and the centre's certificate over both
 *            (`certificateText`); everything up to the next `till` belongs to it
 *   receipt  the centre's signature over a head of this till (`receiptText`), as it was given; in an
 *            export of the centre the last one is made at the moment of the export
 *   batch    a batch as the centre received it: range, hashes and the device key's signature over
 *            them (`batchText`); only the centre has these
 *   refused  a batch the centre refused although its signature holds, with its whole text: the
 *            evidence of a second past under the same name
 *   head     the till's own word at the moment of the export: its device key over number and hash of
 *            its last event, and the hash before it (`journalHeadText`). It signs what no receipt
 *            covers yet; by the hash before, a change of the last event alone has a name of its own
 *   end      last: how many lines stand before it, their SHA-256 (each with its `\n`), and the
 *            signature of whoever exported over it (`exportText`): the device key, or the centre's
 * Every other line is a sealed event (events/envelope.ts), byte for byte as the till sealed it, in
 * the order of its numbers.
 *
 * What holds by what: the chain ties every event to the ones before it; a receipt ties the events up
 * to its number to the centre's key; a batch or head ties them to the device key; the certificate
 * ties the device key to the till. What stands behind the last receipt is only the till's own word.
 */
import { z } from 'zod';
import { HashHex } from '../events/envelope.ts';
import { Instant } from '../model/calendar.ts';
import { FacilityId, TillId } from '../model/facility.ts';
import { Receipt } from './batch.ts';

export const exportVersion = 1;
/** How a line of the export itself begins; no sealed event does. */
export const exportLineStart = '{"kind":';

const RawKey = z.string().regex(/^[A-Za-z0-9+/]{43}=$/);
const Signature = z.string().max(100);
const Seq = z.int().min(0);

export const ExportHead = z.object({
  kind: z.literal('export'),
  version: z.literal(exportVersion),
  source: z.enum(['till', 'centre']),
  exportedAt: Instant,
  facility: z.object({ id: FacilityId, code: z.string().max(50), name: z.string().max(500) }),
  /** Raw Ed25519 key, base64: whose receipts these are. */
  centreKey: RawKey,
});
export type ExportHead = z.infer<typeof ExportHead>;

export const ExportTill = z.object({
  kind: z.literal('till'),
  id: TillId,
  shortCode: z.string().max(8),
  deviceKey: RawKey,
  certificate: Signature,
});
export type ExportTill = z.infer<typeof ExportTill>;

export const ExportReceipt = Receipt.extend({ kind: z.literal('receipt') });

const batchFields = {
  firstSeq: z.int().min(1),
  lastSeq: z.int().min(1),
  prevHash: HashHex,
  headHash: HashHex,
  signature: Signature,
  receivedAt: Instant,
};
export const ExportBatch = z.object({ kind: z.literal('batch'), ...batchFields });
export type ExportBatch = z.infer<typeof ExportBatch>;

export const ExportRefused = z.object({
  kind: z.literal('refused'),
  ...batchFields,
  /** The wire lines of the batch (sync/batch.ts). */
  body: z.string(),
});
export type ExportRefused = z.infer<typeof ExportRefused>;

export const ExportJournalHead = z.object({
  kind: z.literal('head'),
  till: TillId,
  seq: Seq,
  hash: HashHex,
  /** Hash of the event before the last one; zeros where there is none. */
  prevHash: HashHex,
  /** The last receipt the till holds: taking it out of the file shows. */
  ackedSeq: Seq,
  exportedAt: Instant,
  signature: Signature,
});
export type ExportJournalHead = z.infer<typeof ExportJournalHead>;

export const ExportEnd = z.object({
  kind: z.literal('end'),
  lines: z.int().min(1),
  sha256: HashHex,
  signature: Signature,
});
export type ExportEnd = z.infer<typeof ExportEnd>;

export const ExportLine = z.discriminatedUnion('kind', [
  ExportHead,
  ExportTill,
  ExportReceipt,
  ExportBatch,
  ExportRefused,
  ExportJournalHead,
  ExportEnd,
]);
export type ExportLine = z.infer<typeof ExportLine>;

/** What the till signs over its own last event. */
export function journalHeadText(head: Omit<ExportJournalHead, 'kind' | 'signature'>): string {
  const { till, seq, hash, prevHash, ackedSeq, exportedAt } = head;
  return [
    'mang-thuoc journal v1',
    ...[till, seq, hash, prevHash, ackedSeq, exportedAt].map(String),
  ].join('\n');
}

/** What whoever exports signs over the whole file. */
export function exportText(file: {
  readonly facilityId: string;
  readonly exportedAt: string;
  readonly lines: number;
  readonly sha256: string;
}): string {
  const { facilityId, exportedAt, lines, sha256 } = file;
  return `mang-thuoc export v1\n${facilityId}\n${exportedAt}\n${lines}\n${sha256}`;
}

/** A line about the export; undefined when it is none. */
export function readExportLine(line: string): ExportLine | undefined {
  try {
    const parsed = ExportLine.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // JSON.parse has no other way to say that a text is not JSON; the caller names the line.
    return undefined;
  }
}

/** The key's fingerprint, for a person to compare: the first 128 bits of its SHA-256, in fours. */
export function fingerprintText(sha256OfKey: HashHex): string {
  return (sha256OfKey.slice(0, 32).match(/.{4}/g) ?? []).join(' ');
}

/** What of a line the SHA-256 at the end covers. */
export function countedText(line: string): string {
  return `${line}\n`;
}
