/**
 * The batch: what a till sends and a centre stores, on every carrier (protocol.md §2).
 *
 * Request    POST /v1/sync/batches
 *            Content-Type: application/x-ndjson   Content-Encoding: gzip
 * Headers    x-till            till id
 *            x-first-seq       number of the first event          x-last-seq   of the last
 *            x-prev-hash       hash of the event before the first (64 zeros at the beginning)
 *            x-head-hash       hash of the last event
 *            x-protocol        protocol version
 *            x-signature       base64 Ed25519 signature by the till's device key over `batchText`
 * Body       one line per event, each ended by `\n`, in chain order, without gaps. A line is the
 *            sealed event without its last field, `,"prev":"<64 hex>"}`: the reader knows that hash
 *            (x-prev-hash for the first line, the hash just computed for each next), puts it back
 *            and has the exact sealed bytes. Sixty-four characters of noise per event cannot be
 *            compressed, and were more than half of a sale on the wire.
 * Proof      hash(n) = sha256(hash(n-1) bytes ‖ sealed line bytes). The signature covers the last
 *            hash, and the chain covers every byte before it: one signature proves every event.
 * Answer     200 accept | duplicate | overlap, with the head now acknowledged and the centre's
 *            signed receipt over it · 409 gap | fork · 400 malformed
 *            401 not-authentic | unknown-till · 403 revoked · 415 wrong type or encoding · 413 too large · 426 unknown-protocol
 */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type Envelope, HashHex } from '../events/envelope.ts';
import type { ChainHead, HashLine } from '../events/seal.ts';
import { Instant } from '../model/calendar.ts';
import { TillId } from '../model/facility.ts';
import { type BrokenLink, followLink } from './chain.ts';

export const BatchHeader = z.object({
  till: TillId,
  firstSeq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  lastSeq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER),
  prevHash: HashHex,
  headHash: HashHex,
  protocol: z.coerce.number().int().min(1).max(9_999),
  signature: z.string().regex(/^[A-Za-z0-9+/]{86}==$/),
});
export type BatchHeader = z.infer<typeof BatchHeader>;

export const batchHeaderNames = {
  till: 'x-till',
  firstSeq: 'x-first-seq',
  lastSeq: 'x-last-seq',
  prevHash: 'x-prev-hash',
  headHash: 'x-head-hash',
  protocol: 'x-protocol',
  signature: 'x-signature',
} as const;

/** What the device key signs. */
export function batchText(header: Omit<BatchHeader, 'signature' | 'protocol'>): string {
  const { till, firstSeq, lastSeq, prevHash, headHash } = header;
  return `mang-thuoc batch v1\n${till}\n${firstSeq}\n${lastSeq}\n${prevHash}\n${headHash}`;
}

/** What the centre signs to prove that it has everything up to a head. */
export function receiptText(receipt: Omit<Receipt, 'signature'>): string {
  const { till, ackedSeq, ackedHash, serverTime } = receipt;
  return `mang-thuoc receipt v1\n${till}\n${ackedSeq}\n${ackedHash}\n${serverTime}`;
}

/**
 * What the centre signs at enrolment: this key speaks for this till. Whoever verifies a journal
 * without the centre knows by it that a key was not simply exchanged.
 */
export function certificateText(certified: {
  readonly till: string;
  readonly facilityId: string;
  /** Raw Ed25519 public key, base64. */
  readonly publicKey: string;
}): string {
  const { till, facilityId, publicKey } = certified;
  return `mang-thuoc till v1\n${till}\n${facilityId}\n${publicKey}`;
}

/**
 * What the device key signs for any other request of a till: no clock is part of it, so a wrong
 * clock blocks nothing. Every such request is a read or idempotent.
 */
export function requestText(request: {
  readonly till: string;
  readonly method: string;
  readonly pathAndQuery: string;
  readonly bodySha256: HashHex;
}): string {
  const { till, method, pathAndQuery, bodySha256 } = request;
  return `mang-thuoc request v1\n${till}\n${method}\n${pathAndQuery}\n${bodySha256}`;
}

export const Receipt = z.object({
  till: TillId,
  ackedSeq: z.int().min(0),
  ackedHash: HashHex,
  serverTime: Instant,
  signature: z.string(),
});
export type Receipt = z.infer<typeof Receipt>;

export const BatchAnswer = z.discriminatedUnion('verdict', [
  z.object({
    verdict: z.enum(['accept', 'duplicate', 'overlap']),
    receipt: Receipt,
    /** Events of this batch that were stored but could not be interpreted. */
    parkedEvents: z.int().min(0),
  }),
  z.object({
    verdict: z.literal('gap'),
    ackedSeq: z.int().min(0),
    ackedHash: HashHex,
    serverTime: Instant,
  }),
  z.object({ verdict: z.literal('fork'), atSeq: z.int().min(1), serverTime: Instant }),
  z.object({
    verdict: z.enum(['malformed', 'not-authentic', 'unknown-till', 'revoked', 'unknown-protocol']),
    detail: z.string(),
    serverTime: Instant,
  }),
]);
export type BatchAnswer = z.infer<typeof BatchAnswer>;

const prevFieldLength = ',"prev":""}'.length + 64;

export function wireLineOf(line: string): string {
  return line.slice(0, -prevFieldLength);
}

export function sealedLineOf(wireLine: string, prev: HashHex): string {
  return `${wireLine},"prev":"${prev}"}`;
}

export type BatchEvent = {
  readonly envelope: Envelope;
  readonly line: string;
  readonly hash: HashHex;
};

export type MalformedBatch = { readonly type: 'MalformedBatch'; readonly detail: string };

/**
 * Reads a decompressed body and proves it against its header: every line an envelope of this till,
 * numbers without gap, hashes ending exactly in `headHash`. Data inside the envelopes is not judged.
 */
export function readBatch(
  header: BatchHeader,
  body: string,
  hashLine: HashLine,
): Result<readonly BatchEvent[], MalformedBatch> {
  const count = header.lastSeq - header.firstSeq + 1;
  if (count < 1) return malformed('last-seq is before first-seq');
  if (count > limits.batchEventsMax) return malformed(`more than ${limits.batchEventsMax} events`);
  const wireLines = body.split('\n');
  if (wireLines.pop() !== '') return malformed('the last line is not ended');
  if (wireLines.length !== count) {
    return malformed(`${wireLines.length} lines where the header says ${count}`);
  }
  const events: BatchEvent[] = [];
  let head: ChainHead = { seq: header.firstSeq - 1, hash: header.prevHash };
  for (const [index, wireLine] of wireLines.entries()) {
    const line = sealedLineOf(wireLine, head.hash);
    const link = followLink({ till: header.till, head, line }, hashLine);
    if (!link.ok) return malformed(`line ${index + 1} ${brokenWords[link.error.type]}`);
    const { envelope, hash } = link.value;
    head = { seq: envelope.seq, hash };
    events.push({ envelope, line, hash });
  }
  return head.hash === header.headHash
    ? ok(events)
    : malformed('the chain does not end in head-hash');
}

const brokenWords: Readonly<Record<BrokenLink['type'], string>> = {
  NoEvent: 'is no event',
  OtherTill: 'is of another till',
  OtherSeq: 'has the wrong seq',
  OtherPrev: 'repeats its prev field',
};

function malformed(detail: string): Result<never, MalformedBatch> {
  return err({ type: 'MalformedBatch', detail });
}
