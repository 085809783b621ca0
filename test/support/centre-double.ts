import { generateKeyPairSync, sign } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import {
  type CentreWire,
  type StreamEvents,
  WireFailure,
  type WireRequest,
  type WireResponse,
} from '../../desktop/main/sync/centre-wire.ts';
import { centreKeyOf } from '../../desktop/main/sync/device-key.ts';
import { sha256Hex } from '../../desktop/main/sync/sha256.ts';
import {
  AgreementRequest,
  EnrolmentRequest,
  JournalHashesRequest,
  RangesRequest,
} from '../../shared/contract/sync-api.ts';
import { zeroHash } from '../../shared/events/envelope.ts';
import { interpretEvent } from '../../shared/events/registry.ts';
import { businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import { lotKey } from '../../shared/model/lot.ts';
import type { LotOnHand } from '../../shared/rules/fefo.ts';
import { movementsOf } from '../../shared/rules/movements.ts';
import {
  type BatchAnswer,
  type BatchEvent,
  BatchHeader,
  batchHeaderNames,
  batchText,
  certificateText,
  Receipt,
  readBatch,
  receiptText,
  requestText,
  wireLineOf,
} from '../../shared/sync/batch.ts';
import { movementText, splitRange, stockDigestText } from '../../shared/sync/digest.ts';
import { EnrolmentProof, enrolmentText } from '../../shared/sync/enrolment-proof.ts';
import { type FeedChange, feedText } from '../../shared/sync/feed.ts';
import { judgeBatch } from '../../shared/sync/judge-batch.ts';
import { aFacility, aTillId, hashLine } from './builders.ts';

/** What happens to one request: the line fails, or something answers in the centre's place. */
export type Mishap =
  | 'lost-request'
  /** The centre did its work; its answer never came. */
  | 'lost-answer'
  | WireResponse
  | ((request: WireRequest, answer: WireResponse) => WireResponse);

/**
 * A centre in memory, made of the real readBatch and judgeBatch with real signatures. It keeps what
 * a till would see of a centre, and lets a test decide what goes wrong on the line.
 */
export class CentreDouble {
  readonly #keys = generateKeyPairSync('ed25519');
  readonly events: BatchEvent[] = [];
  readonly paths: string[] = [];
  /** The next requests, whatever they are; `batchMishaps` the next batches only. */
  readonly mishaps: Mishap[] = [];
  readonly batchMishaps: Mishap[] = [];
  /** The line fails at requests of this path, and at no others. */
  lineFailsAt: string | undefined;
  /** Cable out: nothing is reached, no stream opens. */
  isDown = false;
  readonly batchSizes: number[] = [];
  /** Numbers of the events that were refused as the second under their number. */
  readonly forks: number[] = [];
  readonly streams = new Set<StreamEvents>();
  readonly wire: CentreWire;
  changes: FeedChange[] = [];
  epoch = '01980000-0000-7000-8000-00000000e0c1';
  /** Proofs of a future that this centre has lost. */
  readonly presented: number[] = [];
  /** Restored to before the enrolment: it knows no till until it is shown its own signature. */
  isForgetful = false;
  readmissions = 0;
  pageSize = 1_000;
  hasSnapshot = true;
  snapshotPosition = 0;
  /** What somebody does to the snapshot on its way. */
  snapshotText = (text: string): string => text;
  codes = new Map<string, string | undefined>([['ABCD-EFGH-JKLM', undefined]]);
  devicePublicKey: string | undefined;
  /** Refuses any batch that holds this seq, as a centre would that cannot read it. */
  unreadableSeq: number | undefined;
  /** Units the centre wrongly counts on top, by lot key. */
  readonly wrongUnits = new Map<string, number>();
  /** Units the centre wrongly counts on top of each movement of an event, by its number. */
  readonly wrongUnitsBySeq = new Map<number, number>();
  /** Events that wait in its clinic. */
  waitingSeqs: readonly number[] = [];
  nowMs = Date.parse('2026-11-22T07:32:05Z');

  constructor() {
    this.wire = {
      send: (request) => this.#send(request),
      listen: (_request, on) => {
        if (this.isDown) {
          queueMicrotask(on.ended);
          return () => undefined;
        }
        this.streams.add(on);
        queueMicrotask(on.opened);
        return () => this.streams.delete(on);
      },
    };
  }

  get publicKey(): string {
    const { x = '' } = this.#keys.publicKey.export({ format: 'jwk' });
    return Buffer.from(x, 'base64url').toString('base64');
  }

  get head() {
    const last = this.events.at(-1);
    return last === undefined
      ? { seq: 0, hash: zeroHash }
      : { seq: last.envelope.seq, hash: last.hash };
  }

  /** As after a restore from a backup: everything behind `seq` is unknown again. */
  forgetAfter(seq: number): void {
    this.events.length = seq;
  }

  get feedHead(): number {
    return Math.max(this.snapshotPosition, this.changes.at(-1)?.position ?? 0);
  }

  sign(text: string): string {
    return sign(null, Buffer.from(text), this.#keys.privateKey).toString('base64');
  }

  async #send(request: WireRequest): Promise<WireResponse> {
    const url = new URL(request.url);
    this.paths.push(`${request.method} ${url.pathname}${url.search}`);
    const isBatch = url.pathname === '/v1/sync/batches';
    const mishap = (isBatch ? this.batchMishaps.shift() : undefined) ?? this.mishaps.shift();
    await Promise.resolve();
    const isCut = this.isDown || url.pathname === this.lineFailsAt;
    if (isCut) throw new WireFailure('ECONNREFUSED');
    if (mishap === 'lost-request') throw new WireFailure('ECONNREFUSED');
    if (typeof mishap === 'object') return mishap;
    const answer = this.#answer(request, url);
    if (mishap === 'lost-answer') throw new WireFailure('ECONNRESET');
    return mishap === undefined ? answer : mishap(request, answer);
  }

  #answer(request: WireRequest, url: URL): WireResponse {
    if (url.pathname === '/v1/enrolments') return this.#enrol(request);
    if (url.pathname === '/v1/enrolments/readmission') return this.#readmit(request);
    if (this.isForgetful) return problem(401, 'unknown-till');
    if (url.pathname === '/v1/sync/batches') return this.#ingest(request);
    if (!this.#isSigned(request, url)) return problem(401, 'not-authentic');
    switch (url.pathname) {
      case '/v1/sync/head':
        return answerJson(200, this.#headAnswer());
      case '/v1/sync/journal':
        return this.#journal(Number(url.searchParams.get('after')));
      case '/v1/sync/journal/hashes':
        return this.#journalHashes(request);
      case '/v1/sync/receipts': {
        const receipt = Receipt.parse(JSON.parse(Buffer.from(request.body ?? []).toString()));
        this.presented.push(receipt.ackedSeq);
        return answerJson(200, { epoch: this.epoch, isLost: receipt.ackedSeq > this.head.seq });
      }
      case '/v1/sync/feed':
        return this.#feed(Number(url.searchParams.get('after')));
      case '/v1/sync/snapshot':
        return this.hasSnapshot ? this.#snapshot() : problem(404, 'not-found');
      case '/v1/sync/agreement':
        return this.#agree(request);
      case '/v1/sync/agreement/ranges':
        return this.#ranges(request);
      default:
        return problem(404, 'not-found');
    }
  }

  #enrol(request: WireRequest): WireResponse {
    const parsed = EnrolmentRequest.parse(JSON.parse(Buffer.from(request.body ?? []).toString()));
    if (!this.codes.has(parsed.code)) return problem(404, 'not-found');
    const usedBy = this.codes.get(parsed.code);
    if (usedBy !== undefined && usedBy !== parsed.publicKey) return problem(409, 'code-used');
    this.codes.set(parsed.code, parsed.publicKey);
    this.devicePublicKey = parsed.publicKey;
    const { publicKey } = parsed;
    const facility = aFacility();
    return answerJson(200, {
      tillId: aTillId,
      shortCode: 'A1',
      facility,
      centrePublicKey: this.publicKey,
      certificate: this.sign(
        certificateText({ till: aTillId, facilityId: facility.id, publicKey }),
      ),
      serverTime: instantOfMs(this.nowMs),
      proof: { text: '{}', signature: this.sign(enrolmentText('{}')) },
      recovers: null,
    });
  }

  #readmit(request: WireRequest): WireResponse {
    const proof = EnrolmentProof.parse(JSON.parse(Buffer.from(request.body ?? []).toString()));
    const isOurs = centreKeyOf(this.publicKey)?.hasSigned(
      enrolmentText(proof.text),
      proof.signature,
    );
    if (isOurs !== true) return problem(401, 'not-authentic');
    this.isForgetful = false;
    this.readmissions += 1;
    return answerJson(200, this.#headAnswer());
  }

  #ingest(request: WireRequest): WireResponse {
    const serverTime = instantOfMs(this.nowMs);
    const header = BatchHeader.parse(
      Object.fromEntries(
        Object.entries(batchHeaderNames).map(([field, name]) => [field, request.headers[name]]),
      ),
    );
    const key = centreKeyOf(this.devicePublicKey ?? '');
    if (key?.hasSigned(batchText(header), header.signature) !== true) {
      return answerJson(401, { verdict: 'not-authentic', detail: 'signature', serverTime });
    }
    const body = gunzipSync(request.body ?? Buffer.alloc(0)).toString('utf8');
    const read = readBatch(header, body, hashLine);
    this.batchSizes.push(header.lastSeq - header.firstSeq + 1);
    const isUnreadable =
      this.unreadableSeq !== undefined &&
      header.firstSeq <= this.unreadableSeq &&
      header.lastSeq >= this.unreadableSeq;
    if (!read.ok || isUnreadable) {
      const detail = read.ok ? 'line is no event' : read.error.detail;
      return answerJson(400, { verdict: 'malformed', detail, serverTime });
    }
    const batch = {
      ...header,
      hashOfSeq: (seq: number) => read.value[seq - header.firstSeq]?.hash,
    };
    const verdict = judgeBatch(this.head, batch, (seq) => this.events[seq - 1]?.hash);
    switch (verdict.type) {
      case 'gap':
        return answerJson(409, { verdict: 'gap', ...this.#headAnswer() });
      case 'fork':
        this.forks.push(verdict.atSeq);
        return answerJson(409, { verdict: 'fork', atSeq: verdict.atSeq, serverTime });
      case 'unknown-protocol':
        return answerJson(426, { verdict: 'unknown-protocol', detail: '', serverTime });
      default:
        for (const event of read.value) {
          if (event.envelope.seq > this.head.seq) this.events.push(event);
        }
        return answerJson(200, this.#acknowledgement(verdict.type));
    }
  }

  #acknowledgement(verdict: 'accept' | 'duplicate' | 'overlap') {
    const { ackedSeq, ackedHash, serverTime } = this.#headAnswer();
    const head = { till: aTillId, ackedSeq, ackedHash, serverTime };
    const receipt = { ...head, signature: this.sign(receiptText(head)) };
    return { verdict, receipt, parkedEvents: 0 } satisfies BatchAnswer;
  }

  #headAnswer() {
    const { seq, hash } = this.head;
    return { ackedSeq: seq, ackedHash: hash, serverTime: instantOfMs(this.nowMs) };
  }

  #feed(after: number): WireResponse {
    const { epoch } = this;
    if (after > this.feedHead) return problem(409, 'cursor-ahead');
    const waiting = this.changes.filter((change) => change.position > after);
    const page = waiting.slice(0, this.pageSize);
    const changes = JSON.stringify(page);
    const next = page.at(-1)?.position ?? after;
    const digest = sha256Hex(changes);
    const signature = this.sign(feedText({ epoch, after, next, digest }));
    const hasMore = waiting.length > page.length;
    return answerJson(200, { epoch, after, next, hasMore, changes, digest, signature });
  }

  #snapshot(): WireResponse {
    const { epoch } = this;
    const position = this.snapshotPosition;
    const latest = new Map<string, FeedChange>();
    for (const change of this.changes.filter((candidate) => candidate.position <= position)) {
      latest.set(`${change.kind} ${change.key}`, change);
    }
    const current = [...latest.values()].filter((change) => change.value !== null);
    const lines = current.map((change) => `${JSON.stringify(change)}\n`).join('');
    const digest = sha256Hex(lines);
    const signature = this.sign(feedText({ epoch, after: 0, next: position, digest }));
    const head = { snapshot: 1, epoch, position, count: current.length, digest, signature };
    const text = this.snapshotText(`${JSON.stringify(head)}\n${lines}`);
    return {
      status: 200,
      headers: { 'content-type': 'application/x-ndjson' },
      body: gzipSync(text),
    };
  }

  /** What it has of this till's journal, on one page. */
  #journal(after: number): WireResponse {
    if (after > this.head.seq) return problem(404, 'not-found');
    const { receipt } = this.#acknowledgement('duplicate');
    const prevHash = this.events[after - 1]?.hash ?? zeroHash;
    const behind = this.events.slice(after);
    const body = behind.map(({ line }) => `${wireLineOf(line)}\n`).join('');
    return answerJson(200, { after, prevHash, body, hasMore: false, receipt });
  }

  #journalHashes(request: WireRequest): WireResponse {
    const body = JSON.parse(Buffer.from(request.body ?? []).toString());
    const { seqs } = JournalHashesRequest.parse(body);
    const hashes = seqs.map((seq) => this.events[seq - 1]?.hash ?? null);
    return answerJson(200, { hashes, serverTime: instantOfMs(this.nowMs) });
  }

  #agree(request: WireRequest): WireResponse {
    const asked = AgreementRequest.parse(JSON.parse(Buffer.from(request.body ?? []).toString()));
    const serverTime = instantOfMs(this.nowMs);
    const { seq, hash } = this.head;
    if (asked.seq !== seq || asked.headHash !== hash) {
      return answerJson(200, { state: 'behind', ackedSeq: seq, serverTime });
    }
    const without = new Set(asked.without ?? []);
    const isLeftOut = this.waitingSeqs.every((waits) => without.has(waits));
    if (!isLeftOut || without.size !== this.waitingSeqs.length) {
      const records = this.waitingSeqs.map((waits) => ({ seq: waits, reason: 'UnknownEventType' }));
      return answerJson(200, { state: 'waiting', records, total: records.length, serverTime });
    }
    const lots = this.lots();
    if (sha256Hex(stockDigestText(lots)) === asked.stockDigest) {
      return answerJson(200, { state: 'agreed', serverTime });
    }
    return answerJson(200, { state: 'different', lots, serverTime });
  }

  #ranges(request: WireRequest): WireResponse {
    const asked = RangesRequest.parse(JSON.parse(Buffer.from(request.body ?? []).toString()));
    const movements = this.events.flatMap(({ envelope }) => {
      const event = interpretEvent(envelope);
      if (!event.ok || this.waitingSeqs.includes(envelope.seq)) return [];
      return movementsOf(event.value).map(({ place, ...movement }) => ({
        ...movement,
        seq: envelope.seq,
        day: businessDateOf(envelope.at),
        isQuarantine: place === 'quarantine',
        units: movement.units + (this.wrongUnitsBySeq.get(envelope.seq) ?? 0),
      }));
    });
    const within = ({ after, through }: { readonly after: number; readonly through: number }) =>
      movements.filter(({ seq }) => seq > after && seq <= through);
    const digests = splitRange(asked, asked.parts).map((range) =>
      sha256Hex(within(range).map(movementText).join('\n')),
    );
    const isOne = asked.through - asked.after === 1;
    return answerJson(200, {
      digests,
      movements: isOne ? within(asked) : [],
      serverTime: instantOfMs(this.nowMs),
    });
  }

  lots() {
    const lots = new Map<string, LotOnHand>();
    for (const { envelope } of this.events) {
      const event = interpretEvent(envelope);
      if (!event.ok || this.waitingSeqs.includes(envelope.seq)) continue;
      for (const movement of movementsOf(event.value)) {
        const { drug, lot, expiresOn } = movement;
        const held = lots.get(lotKey(movement));
        const wrong = this.wrongUnitsBySeq.get(envelope.seq) ?? 0;
        const onHandUnits = (held?.onHandUnits ?? 0) + movement.units + wrong;
        const moved = movement.place === 'quarantine' ? movement.units : 0;
        const quarantinedUnits = (held?.quarantinedUnits ?? 0) + moved;
        lots.set(lotKey(movement), { drug, lot, expiresOn, onHandUnits, quarantinedUnits });
      }
    }
    for (const [key, units] of this.wrongUnits) {
      const lot = lots.get(key);
      if (lot !== undefined) lots.set(key, { ...lot, onHandUnits: lot.onHandUnits + units });
    }
    return [...lots.values()].filter((lot) => lot.onHandUnits !== 0);
  }

  #isSigned(request: WireRequest, url: URL): boolean {
    const text = requestText({
      till: aTillId,
      method: request.method,
      pathAndQuery: url.pathname + url.search,
      bodySha256: sha256Hex(request.body ?? ''),
    });
    const key = centreKeyOf(this.devicePublicKey ?? '');
    return key?.hasSigned(text, request.headers['x-signature'] ?? '') === true;
  }
}

export function answerJson(status: number, body: unknown): WireResponse {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: Buffer.from(JSON.stringify(body)) };
}

function problem(status: number, type: string): WireResponse {
  return answerJson(status, { type, status, detail: type });
}
