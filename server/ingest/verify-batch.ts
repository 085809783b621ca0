/**
 * From bytes to a proved batch. The cheap questions come first: type and size before reading, the
 * signature (over the headers alone) before inflating, the chain before anything waits for the
 * database. Specification: shared/sync/batch.ts.
 */
import { createHash, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Request } from 'express';
import { z } from 'zod';
import { assert } from '../../shared/base/assert.ts';
import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { HashHex } from '../../shared/events/envelope.ts';
import {
  type BatchAnswer,
  type BatchEvent,
  BatchHeader,
  batchHeaderNames,
  batchText,
  readBatch,
} from '../../shared/sync/batch.ts';
import { isSpoken } from '../../shared/sync/protocol-version.ts';
import { isSignedBy } from '../accounts/centre-key.ts';
import { readyKeyOf } from '../accounts/till-authentication.ts';
import { type Queryable, queryRow } from '../db/pool.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import { type DerivedEvent, deriveEvent } from './derive-event.ts';

/** A batch whose signature and chain hold, with what follows from it. */
export type VerifiedBatch = {
  readonly header: BatchHeader;
  /** gzip, exactly as received. */
  readonly compressed: Buffer;
  /** Hash after each event, in order. */
  readonly hashes: readonly HashHex[];
  readonly events: readonly DerivedEvent[];
  /** HTTPS where nothing is said. */
  readonly carrier?: Carrier;
};

/** How a batch came here: part of its evidence, of no weight for what it says. */
export type Carrier = 'https' | 'file' | 'qr' | 'relay';

/** A refusal as the protocol's answer, or as a problem where the request was none of a batch. */
export type BatchRefusal =
  | { readonly type: 'verdict'; readonly verdict: RefusedVerdict; readonly detail: string }
  | { readonly type: 'problem'; readonly problem: ProblemFacts };
export type RefusedVerdict = Extract<BatchAnswer, { readonly detail: string }>['verdict'];

type BatchResult<Value> = Result<Value, BatchRefusal>;

const gunzipAsync = promisify(gunzip);
const discardedBytesMax = 4 * limits.batchCompressedBytesMax;
const TillRow = z.object({
  public_key: z.instanceof(Buffer),
  state: z.enum(['active', 'revoked', 'forked']),
});

/** Reads and proves one request. */
export async function receiveBatch(
  database: Queryable,
  request: Request,
): Promise<BatchResult<VerifiedBatch>> {
  const header = readHeader(request);
  if (!header.ok) return header;
  const signed = await proveSignature(database, header.value);
  if (!signed.ok) return signed;
  const compressed = await readBody(request);
  return compressed.ok ? openBatch(header.value, compressed.value) : compressed;
}

/** The same proof for a batch that did not come as a request. */
export async function proveBatch(
  database: Queryable,
  header: BatchHeader,
  compressed: Buffer,
  carrier: Carrier,
): Promise<BatchResult<VerifiedBatch>> {
  if (!isSpoken(header.protocol)) {
    return refuse('unknown-protocol', `Protocol ${header.protocol} is not spoken here`);
  }
  if (compressed.length > limits.batchCompressedBytesMax) {
    return refuse('malformed', `More than ${limits.batchCompressedBytesMax} bytes`);
  }
  const signed = await proveSignature(database, header);
  if (!signed.ok) return signed;
  const opened = await openBatch(header, compressed);
  return opened.ok ? ok({ ...opened.value, carrier }) : opened;
}

async function proveSignature(
  database: Queryable,
  header: BatchHeader,
): Promise<BatchResult<undefined>> {
  const key = await findKey(database, header.till);
  if (!key.ok) return key;
  return isSignedBy(key.value, batchText(header), header.signature)
    ? ok(undefined)
    : refuse('not-authentic', 'The signature does not hold');
}

/** From the compressed body to a proved batch; the signature was checked, on whatever carrier. */
export async function openBatch(
  header: BatchHeader,
  compressed: Buffer,
): Promise<BatchResult<VerifiedBatch>> {
  const body = await inflate(compressed);
  if (!body.ok) return body;
  const events = readBatch(header, body.value, hashLine);
  if (!events.ok) return refuse('malformed', events.error.detail);
  return ok({
    header,
    compressed,
    hashes: events.value.map((event) => event.hash),
    events: events.value.map((event) => deriveEvent(event)),
  });
}

/** The sealed lines again: a batch on its way carries only what follows from them. */
export async function eventsOfBatch({
  header,
  compressed,
}: VerifiedBatch): Promise<readonly BatchEvent[]> {
  const body = await inflate(compressed);
  const events = body.ok ? readBatch(header, body.value, hashLine) : body;
  assert(events.ok, 'A verified batch can be read again');
  return events.value;
}

/** `sha256(prev_hash_bytes ‖ line_bytes)`. */
export function hashLine(prev: HashHex, line: string): HashHex {
  return createHash('sha256').update(prev, 'hex').update(line, 'utf8').digest('hex');
}

/** UTF-8 text of a gzip body within the bound; inflating stops where the bound is passed. */
export async function inflate(compressed: Buffer): Promise<BatchResult<string>> {
  try {
    const bytes = await gunzipAsync(compressed, {
      maxOutputLength: limits.batchInflatedBytesMax,
    });
    // Fatal: bytes and text must stand for each other exactly, or the chain proves nothing.
    return ok(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch (error) {
    const { code } = z.object({ code: z.string() }).catch({ code: '' }).parse(error);
    if (code === 'ERR_BUFFER_TOO_LARGE') {
      return problem('too-large', `More than ${limits.batchInflatedBytesMax} bytes inflated`);
    }
    const isText = code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
    return refuse('malformed', isText ? 'The body is not UTF-8' : 'The body is not gzip');
  }
}

function readHeader(request: Request): BatchResult<BatchHeader> {
  if (request.is('application/x-ndjson') === false) {
    return problem('wrong-content-type', 'A batch is application/x-ndjson');
  }
  if (request.get('content-encoding')?.toLowerCase() !== 'gzip') {
    return problem('wrong-content-type', 'A batch has Content-Encoding: gzip');
  }
  if (Number(request.get('content-length') ?? 0) > limits.batchCompressedBytesMax) {
    return problem('too-large', `More than ${limits.batchCompressedBytesMax} bytes`);
  }
  const protocol = Number(request.get(batchHeaderNames.protocol));
  // Before the other headers: a later protocol may have other ones.
  if (Number.isInteger(protocol) && !isSpoken(protocol)) {
    return refuse('unknown-protocol', `Protocol ${protocol} is not spoken here`);
  }
  const header = BatchHeader.safeParse(
    Object.fromEntries(
      Object.entries(batchHeaderNames).map(([field, name]) => [field, request.get(name)]),
    ),
  );
  if (header.success) return ok(header.data);
  const issue = header.error.issues[0];
  return refuse('malformed', `${issue?.path.join('.') ?? 'header'}: ${issue?.message ?? ''}`);
}

async function findKey(database: Queryable, till: string): Promise<BatchResult<KeyObject>> {
  const row = await queryRow(
    database,
    TillRow,
    'SELECT public_key, state FROM till WHERE id = $1',
    [till],
  );
  if (row === undefined) return refuse('unknown-till', 'The centre knows no such till');
  if (row.state === 'revoked') return refuse('revoked', 'This till was revoked');
  return ok(readyKeyOf(row.public_key));
}

/**
 * Bounded while reading: what comes after the bound is thrown away unread, so that the sender gets
 * its answer instead of a broken line, and after a while the line is broken all the same.
 */
function readBody(request: Request): Promise<BatchResult<Buffer>> {
  const tooLarge = problem('too-large', `More than ${limits.batchCompressedBytesMax} bytes`);
  const pieces: Buffer[] = [];
  let length = 0;
  return new Promise((resolve) => {
    request.on('data', (piece: Buffer) => {
      length += piece.length;
      if (length <= limits.batchCompressedBytesMax) pieces.push(piece);
      else pieces.length = 0;
      if (length > discardedBytesMax) {
        request.pause();
        resolve(tooLarge);
      }
    });
    request.on('end', () => {
      resolve(length > limits.batchCompressedBytesMax ? tooLarge : ok(Buffer.concat(pieces)));
    });
    const endedEarly = () => resolve(problem('bad-request', 'The body ended early'));
    request.on('error', endedEarly);
    request.on('close', endedEarly);
    if (request.destroyed) endedEarly();
  });
}

function refuse(verdict: RefusedVerdict, detail: string): BatchResult<never> {
  return err({ type: 'verdict', verdict, detail });
}

function problem(type: ProblemFacts['type'], detail: string): BatchResult<never> {
  return err({ type: 'problem', problem: { type, detail } });
}
