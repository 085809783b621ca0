import { gunzipSync, gzipSync, constants as zlib } from 'node:zlib';
import type { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import {
  type AgreementAnswer,
  type AgreementRequest,
  type CarriedAnswer,
  type EnrolmentAnswer,
  type JournalHashesAnswer,
  type JournalPage,
  type LostReceiptAnswer,
  type PrescriptionAnswer,
  type RangesAnswer,
  type RangesRequest,
  type SyncHead,
  syncApi,
  syncStreams,
} from '../../../shared/contract/sync-api.ts';
import {
  BatchAnswer,
  type BatchHeader,
  batchHeaderNames,
  batchText,
  type Receipt,
  requestText,
} from '../../../shared/sync/batch.ts';
import type { EnrolmentProof } from '../../../shared/sync/enrolment-proof.ts';
import type { FeedPage } from '../../../shared/sync/feed.ts';
import type { NextBatch } from '../../../shared/sync/next-batch.ts';
import { protocolVersion } from '../../../shared/sync/protocol-version.ts';
import {
  type CentreTrouble,
  readJson,
  readJsonAnswer,
  troubleOf,
  unexpected,
} from './centre-answer.ts';
import {
  type CentreWire,
  type StreamEvents,
  WireFailure,
  type WireRequest,
  type WireResponse,
} from './centre-wire.ts';
import type { DeviceKey } from './device-key.ts';
import { sha256Hex } from './sha256.ts';

export type Answered<Answer> = Promise<Result<Answer, CentreTrouble>>;

/** The centre as a till sees it: every call ends in a value, whatever the line did. */
export type CentreClient = {
  readonly head: () => Answered<SyncHead>;
  readonly pushBatch: (batch: NextBatch) => Answered<BatchAnswer>;
  readonly feed: (after: number) => Answered<FeedPage>;
  /** The decompressed snapshot, not yet proved. */
  readonly snapshot: () => Answered<Uint8Array>;
  /** Acknowledged events behind `after`, of this till or of one whose place it took. */
  readonly journal: (question: {
    readonly till: string;
    readonly after: number;
  }) => Answered<JournalPage>;
  /** Hashes of acknowledged events of this till, in the order asked. */
  readonly journalHashes: (seqs: readonly number[]) => Answered<JournalHashesAnswer>;
  /** Lets this till in again at a centre that was restored to before its enrolment. */
  readonly readmit: (proof: EnrolmentProof) => Answered<SyncHead>;
  readonly presentReceipt: (receipt: Receipt) => Answered<LostReceiptAnswer>;
  readonly agreement: (compared: z.input<typeof AgreementRequest>) => Answered<AgreementAnswer>;
  readonly agreementRanges: (range: z.input<typeof RangesRequest>) => Answered<RangesAnswer>;
  /** What other facilities sold on the prescription of this key. */
  readonly prescription: (key: string) => Answered<PrescriptionAnswer>;
  /** Passes on the reports of any till (sync/carrier-file.ts), in base64. */
  readonly carry: (file: string) => Answered<CarriedAnswer>;
  /** @returns a function that closes the stream. */
  readonly listen: (on: StreamEvents) => () => void;
};

export type CentreAddress = {
  readonly wire: CentreWire;
  readonly centreUrl: string;
  /** Ends everything under way when the till is closed. */
  readonly signal: AbortSignal;
};

export function createCentreClient(
  address: CentreAddress,
  identity: { readonly till: string; readonly key: DeviceKey },
): CentreClient {
  const signed = (
    request: Pick<WireRequest, 'method' | 'body'> & { readonly path: string },
  ): WireRequest => signedRequest(address, identity, request);
  return {
    head: async () => {
      const { method, path, answer } = syncApi.head;
      const response = await exchange(address, signed({ method, path }));
      return response.ok ? readJsonAnswer(response.value, answer) : response;
    },
    pushBatch: async (batch) => {
      const response = await exchange(address, batchRequest(address, identity, batch));
      return response.ok ? readBatchAnswer(response.value) : response;
    },
    feed: async (after) => {
      const { method, path, answer } = syncApi.feed;
      const request = signed({ method, path: `${path}?after=${after}` });
      const response = await exchange(address, request);
      return response.ok ? readJsonAnswer(response.value, answer) : response;
    },
    snapshot: async () => {
      const { method, path } = syncStreams.snapshot;
      const request = {
        ...signed({ method, path }),
        answerBytesMax: limits.snapshotBytesMax,
      };
      const response = await exchange(address, request);
      return response.ok ? readSnapshotAnswer(response.value) : response;
    },
    journal: async ({ till, after }) => {
      const { method, path, answer } = syncApi.journal;
      const request = signed({ method, path: `${path}?till=${till}&after=${after}` });
      const response = await exchange(address, request);
      return response.ok ? readJsonAnswer(response.value, answer) : response;
    },
    journalHashes: async (seqs) => {
      const { method, path, answer } = syncApi.journalHashes;
      const body = Buffer.from(JSON.stringify({ seqs }));
      const response = await exchange(address, signed({ method, path, body }));
      return response.ok ? readJsonAnswer(response.value, answer) : response;
    },
    readmit: async (proof) => {
      const { method, path, answer } = syncApi.readmit;
      const request = signed({ method, path, body: Buffer.from(JSON.stringify(proof)) });
      const response = await exchange(address, request);
      return response.ok ? readJsonAnswer(response.value, answer) : response;
    },
    presentReceipt: async (receipt) => {
      const { method, path, answer } = syncApi.presentReceipt;
      const request = signed({ method, path, body: Buffer.from(JSON.stringify(receipt)) });
      const response = await exchange(address, request);
      return response.ok ? readJsonAnswer(response.value, answer) : response;
    },
    agreementRanges: async (range) => {
      const { method, path, answer } = syncApi.agreementRanges;
      const body = Buffer.from(JSON.stringify(range));
      const response = await exchange(address, signed({ method, path, body }));
      return response.ok ? readJsonAnswer(response.value, answer) : response;
    },
    agreement: async (compared) => {
      const { method, path, answer } = syncApi.agreement;
      const body = Buffer.from(JSON.stringify(compared));
      const response = await exchange(address, signed({ method, path, body }));
      return response.ok ? readJsonAnswer(response.value, answer) : response;
    },
    prescription: async (key) => {
      const { method, path, answer } = syncApi.prescription;
      const body = Buffer.from(JSON.stringify({ key }));
      const response = await exchange(address, signed({ method, path, body }));
      return response.ok ? readJsonAnswer(response.value, answer) : response;
    },
    carry: async (file) => {
      const { method, path, answer } = syncApi.carry;
      const body = Buffer.from(JSON.stringify({ file }));
      const response = await exchange(address, signed({ method, path, body }));
      return response.ok ? readJsonAnswer(response.value, answer) : response;
    },
    listen: (on) => {
      const { method, path } = syncStreams.stream;
      const request = signed({ method, path });
      return address.wire.listen(
        { ...request, headers: { ...request.headers, accept: 'text/event-stream' } },
        on,
      );
    },
  };
}

/** Unsigned: the one-time code is the proof, and the centre does not know the key yet. */
export async function enrolAtCentre(
  address: CentreAddress,
  request: { readonly code: string; readonly publicKey: string; readonly programVersion: string },
): Answered<EnrolmentAnswer> {
  const { method, path, answer } = syncApi.enrol;
  const body = Buffer.from(JSON.stringify({ ...request, protocol: protocolVersion }));
  const headers = { accept: 'application/json', 'content-type': 'application/json' };
  const response = await exchange(address, {
    method,
    url: urlOf(address.centreUrl, path),
    headers,
    body,
  });
  return response.ok ? readJsonAnswer(response.value, answer) : response;
}

function signedRequest(
  { centreUrl }: CentreAddress,
  { till, key }: { readonly till: string; readonly key: DeviceKey },
  request: Pick<WireRequest, 'method' | 'body'> & { readonly path: string },
): WireRequest {
  const { method, path, body } = request;
  const bodySha256 = sha256Hex(body ?? '');
  return {
    method,
    url: urlOf(centreUrl, path),
    headers: {
      accept: 'application/json',
      'x-till': till,
      'x-signature': key.sign(requestText({ till, method, pathAndQuery: path, bodySha256 })),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body }),
  };
}

/** One batch in its signed envelope, whoever carries it: header, and gzip of the wire lines. */
export function signBatch(
  { till, key }: { readonly till: string; readonly key: DeviceKey },
  batch: NextBatch,
): { readonly header: BatchHeader; readonly body: Uint8Array } {
  const { firstSeq, lastSeq, prevHash, headHash, body } = batch;
  const signed = { till, firstSeq, lastSeq, prevHash, headHash };
  const signature = key.sign(batchText(signed));
  return { header: { ...signed, protocol: protocolVersion, signature }, body: compressed(body) };
}

/** The same as an HTTP request. */
export function batchRequest(
  { centreUrl }: Pick<CentreAddress, 'centreUrl'>,
  identity: { readonly till: string; readonly key: DeviceKey },
  batch: NextBatch,
): WireRequest {
  const { header, body } = signBatch(identity, batch);
  return {
    method: syncStreams.batches.method,
    url: urlOf(centreUrl, syncStreams.batches.path),
    headers: {
      accept: 'application/json',
      'content-type': 'application/x-ndjson',
      'content-encoding': 'gzip',
      [batchHeaderNames.till]: header.till,
      [batchHeaderNames.firstSeq]: String(header.firstSeq),
      [batchHeaderNames.lastSeq]: String(header.lastSeq),
      [batchHeaderNames.prevHash]: header.prevHash,
      [batchHeaderNames.headHash]: header.headHash,
      [batchHeaderNames.protocol]: String(header.protocol),
      [batchHeaderNames.signature]: header.signature,
    },
    body,
  };
}

/**
 * Level 9 with the largest tables: a day's batch takes a few milliseconds more than at the default
 * level, and a rural line pays for every byte. `Z_FILTERED` passes over matches too short to pay.
 */
function compressed(body: string): Uint8Array {
  return gzipSync(body, {
    level: zlib.Z_BEST_COMPRESSION,
    memLevel: zlib.Z_MAX_MEMLEVEL,
    strategy: zlib.Z_FILTERED,
  });
}

async function exchange(
  { wire, signal }: CentreAddress,
  request: WireRequest,
): Promise<Result<WireResponse, CentreTrouble>> {
  const aborted = abortOf(signal);
  try {
    // The race ends a wire that does not watch the signal itself.
    const response = await Promise.race([wire.send({ ...request, signal }), aborted.promise]);
    return response === 'aborted' ? err({ type: 'closed' }) : ok(response);
  } catch (error) {
    if (signal.aborted) return err({ type: 'closed' });
    const detail = error instanceof Error ? error.message : 'the line failed';
    const isTooLarge = error instanceof WireFailure && error.kind === 'TooLarge';
    return err({ type: isTooLarge ? 'unexpected-answer' : 'unreachable', detail });
  } finally {
    aborted.release();
  }
}

function abortOf(signal: AbortSignal): {
  readonly promise: Promise<'aborted'>;
  readonly release: () => void;
} {
  const { promise, resolve } = Promise.withResolvers<'aborted'>();
  const onAbort = () => resolve('aborted');
  if (signal.aborted) onAbort();
  else signal.addEventListener('abort', onAbort, { once: true });
  return { promise, release: () => signal.removeEventListener('abort', onAbort) };
}

const verdictStatus: Record<BatchAnswer['verdict'], number> = {
  accept: 200,
  duplicate: 200,
  overlap: 200,
  gap: 409,
  fork: 409,
  malformed: 400,
  'not-authentic': 401,
  'unknown-till': 401,
  revoked: 403,
  'unknown-protocol': 426,
};

/**
 * Verdicts come as BatchAnswer with their own status. What stands before the ingest (signature
 * check, body reader) answers with a Problem instead, which means the same.
 */
function readBatchAnswer(response: WireResponse): Result<BatchAnswer, CentreTrouble> {
  const answer = BatchAnswer.safeParse(readJson(response));
  if (answer.success) {
    const isConsistent = verdictStatus[answer.data.verdict] === response.status;
    return isConsistent ? ok(answer.data) : err(unexpected(response));
  }
  return err(troubleOf(response));
}

function readSnapshotAnswer(response: WireResponse): Result<Uint8Array, CentreTrouble> {
  if (response.status !== 200) return err(troubleOf(response));
  const { body } = response;
  // Stored precompressed, it may come with or without its Content-Encoding undone by the wire.
  if (body[0] !== 0x1f || body[1] !== 0x8b) return ok(body);
  try {
    return ok(gunzipSync(body, { maxOutputLength: limits.snapshotBytesMax }));
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'the snapshot cannot be unpacked';
    return err({ type: 'unexpected-answer', detail });
  }
}

function urlOf(centreUrl: string, path: string): string {
  return `${centreUrl.replace(/\/+$/, '')}${path}`;
}
