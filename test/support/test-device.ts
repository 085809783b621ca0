/**
 * A till reduced to its protocol: a key, a journal in memory, batches made from any part of it. What
 * a real till never sends (another key, a gap, a second past) is one argument away.
 */
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { v7 as uuidv7 } from 'uuid';
import { EnrolmentAnswer, syncApi, syncStreams } from '../../shared/contract/sync-api.ts';
import { zeroHash } from '../../shared/events/envelope.ts';
import type { Fact } from '../../shared/events/registry.ts';
import type { SealedEvent } from '../../shared/events/seal.ts';
import {
  BatchAnswer,
  batchHeaderNames,
  batchText,
  requestText,
  wireLineOf,
} from '../../shared/sync/batch.ts';
import { protocolVersion } from '../../shared/sync/protocol-version.ts';
import { aSale, hashLine } from './builders.ts';

export type TestDevice = {
  readonly url: string;
  readonly till: string;
  readonly enrolment: EnrolmentAnswer;
  readonly privateKey: KeyObject;
  /** Appends to the journal. `data` and `type` may be anything: a forged till writes what it likes. */
  readonly append: (entry: JournalEntry) => SealedEvent;
  readonly sell: (count: number, units?: number) => readonly SealedEvent[];
  readonly events: readonly SealedEvent[];
  /** The same key and past, going on by itself from here. */
  readonly clone: (uptoSeq?: number) => TestDevice;
  /** The same device, speaking to another address. */
  readonly movedTo: (url: string) => TestDevice;
};

export type JournalEntry = {
  readonly type: string;
  readonly data: unknown;
  readonly at?: string;
};

export type BatchParts = {
  /** First and last event; the whole journal by default. */
  readonly from?: number;
  readonly to?: number;
  readonly key?: KeyObject;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: Uint8Array<ArrayBuffer>;
};

export function newKey(): { readonly privateKey: KeyObject; readonly publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { x = '' } = publicKey.export({ format: 'jwk' });
  return { privateKey, publicKey: Buffer.from(x, 'base64url').toString('base64') };
}

export async function postEnrolment(
  url: string,
  request: { readonly code: string; readonly publicKey: string; readonly protocol?: number },
): Promise<Response> {
  return fetch(`${url}${syncApi.enrol.path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ protocol: protocolVersion, programVersion: '0.0.0', ...request }),
  });
}

export async function enrolDevice(url: string, code: string): Promise<TestDevice> {
  const key = newKey();
  const response = await postEnrolment(url, { code, publicKey: key.publicKey });
  if (response.status !== 200) throw new Error(`Enrolment: ${await response.text()}`);
  const enrolment = EnrolmentAnswer.parse(await response.json());
  return deviceOf({ url, enrolment, privateKey: key.privateKey }, []);
}

/** A device over a past that is kept elsewhere. */
export function deviceOf(
  identity: Pick<TestDevice, 'url' | 'enrolment' | 'privateKey'>,
  past: readonly SealedEvent[],
): TestDevice {
  const events: SealedEvent[] = [...past];
  const till = identity.enrolment.tillId;
  function append({ type, data, at = '2026-11-22T11:59:00+07:00' }: JournalEntry): SealedEvent {
    const prev = events.at(-1)?.hash ?? zeroHash;
    const seq = events.length + 1;
    const line = JSON.stringify({
      v: 1,
      till,
      seq,
      id: uuidv7(),
      type,
      at,
      by: 'DS01',
      data,
      prev,
    });
    const event = { seq, line, hash: hashLine(prev, line) };
    events.push(event);
    return event;
  }
  return {
    ...identity,
    till,
    events,
    append,
    sell: (count, units = 1) =>
      Array.from({ length: count }, () =>
        append(aSale({ units, slip: `A1-${events.length + 1}` })),
      ),
    clone: (uptoSeq = events.length) => deviceOf(identity, events.slice(0, uptoSeq)),
    movedTo: (url) => deviceOf({ ...identity, url }, events),
  };
}

/** Opening stock of `units` of the one drug every test centre has. */
export function anOpening(units: number): Fact {
  const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2027-06-30', units, unitCostVnd: 300 };
  return { type: 'OpeningStockDeclared.v1', data: { lines: [lot] } } as unknown as Fact;
}

/** Sends a batch. @returns the status and whatever the centre said. */
export async function postBatch(device: TestDevice, parts: BatchParts = {}) {
  const { headers, body } = makeBatch(device, parts);
  const response = await fetch(`${device.url}${syncStreams.batches.path}`, {
    method: 'POST',
    headers,
    body,
  });
  const text = await response.text();
  const json: unknown = text === '' ? null : JSON.parse(text);
  const answer = BatchAnswer.safeParse(json);
  return { status: response.status, answer: answer.data, json };
}

/** The headers and the compressed body of a batch. */
export function makeBatch(device: TestDevice, parts: BatchParts = {}) {
  const { from = 1, to = device.events.length, key = device.privateKey } = parts;
  const events = device.events.slice(from - 1, to);
  const facts = {
    till: device.till,
    firstSeq: from,
    lastSeq: to,
    prevHash: device.events[from - 2]?.hash ?? zeroHash,
    headHash: events.at(-1)?.hash ?? zeroHash,
  };
  const all: Record<string, string | undefined> = {
    'content-type': 'application/x-ndjson',
    'content-encoding': 'gzip',
    [batchHeaderNames.till]: facts.till,
    [batchHeaderNames.firstSeq]: String(facts.firstSeq),
    [batchHeaderNames.lastSeq]: String(facts.lastSeq),
    [batchHeaderNames.prevHash]: facts.prevHash,
    [batchHeaderNames.headHash]: facts.headHash,
    [batchHeaderNames.protocol]: String(protocolVersion),
    [batchHeaderNames.signature]: signText(key, batchText(facts)),
    ...parts.headers,
  };
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(all)) if (value !== undefined) headers[name] = value;
  const lines = events.map((event) => `${wireLineOf(event.line)}\n`).join('');
  return { headers, body: parts.body ?? new Uint8Array(gzipSync(lines)) };
}

/** Any other request of a till, signed. */
export async function askCentre(
  device: TestDevice,
  request: {
    readonly method?: 'GET' | 'POST';
    readonly path: string;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
    readonly key?: KeyObject;
    readonly signal?: AbortSignal;
  },
): Promise<Response> {
  const { method = 'GET', path: pathAndQuery, key = device.privateKey } = request;
  const body = request.body === undefined ? '' : JSON.stringify(request.body);
  const bodySha256 = createHash('sha256').update(body).digest('hex');
  const text = requestText({ till: device.till, method, pathAndQuery, bodySha256 });
  return fetch(`${device.url}${pathAndQuery}`, {
    method,
    headers: {
      'x-till': device.till,
      'x-signature': signText(key, text),
      ...(body === '' ? {} : { 'content-type': 'application/json' }),
      ...request.headers,
    },
    ...(body === '' ? {} : { body }),
    ...(request.signal === undefined ? {} : { signal: request.signal }),
  });
}

export function signText(key: KeyObject, text: string): string {
  return sign(null, Buffer.from(text), key).toString('base64');
}
