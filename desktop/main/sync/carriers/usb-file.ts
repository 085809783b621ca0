/**
 * Reports and answers as files (shared/sync/carrier-file.ts): for a shop whose line is out for weeks,
 * and for whoever carries a stick for it.
 */
import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';
import { limits } from '../../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../../shared/base/result.ts';
import { type Instant, instantOfMs } from '../../../../shared/model/calendar.ts';
import { type BatchAnswer, type Receipt, receiptText } from '../../../../shared/sync/batch.ts';
import {
  type AnswersFile,
  answersText,
  type CarriedBatch,
  type CarrierFile,
  type CarrierProblem,
  carrierText,
  carrierVersion,
  readCarrierText,
  reportsText,
} from '../../../../shared/sync/carrier-file.ts';
import { nextBatch } from '../../../../shared/sync/next-batch.ts';
import { chainHead, eventsAfter, hashOfSeq } from '../../db/event-log.ts';
import { getSetting, type TillIdentity } from '../../db/sync-state.ts';
import type { TillDb } from '../../db/till-db.ts';
import { signBatch } from '../centre-client.ts';
import type { DeviceKey } from '../device-key.ts';
import { provePage } from '../feed-proof.ts';
import type { SyncProblem } from '../problem-board.ts';
import { keepChanges } from '../pull-feed.ts';
import { keepReceipt } from '../push-journal.ts';
import { sha256Hex } from '../sha256.ts';
import type { SyncParts } from '../sync-parts.ts';

const gunzipAsync = promisify(gunzip);
/** Of the batches' own bytes: room for base64, which packs again, and for the lines around it. */
const bodyBytesMax = limits.carrierFileBytesMax - 40 * 1024;

export type Reports = {
  readonly bytes: Uint8Array;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly events: number;
  /** Behind this file: for the next one. */
  readonly eventsLeft: number;
};

/**
 * What the centre has not acknowledged yet, as one file. With nothing to report the file still asks
 * for what is new at the centre.
 * @param afterSeq begin behind this event instead: for the next file of a long tail.
 */
export function makeReports(
  own: { readonly db: TillDb; readonly identity: TillIdentity; readonly key: DeviceKey },
  options: { readonly madeAt: Instant; readonly afterSeq?: number | undefined },
): Reports {
  const { db, identity, key } = own;
  const till = identity.tillId;
  const acked = getSetting(db, 'ackedHead');
  const wantedHash = options.afterSeq === undefined ? undefined : hashOfSeq(db, options.afterSeq);
  let head = wantedHash === undefined ? acked : { seq: options.afterSeq ?? 0, hash: wantedHash };
  const firstSeq = head.seq + 1;
  const batches: CarriedBatch[] = [];
  let bodyBytes = 0;
  while (batches.length < limits.carrierBatchesMax) {
    const batch = nextBatch(head, eventsAfter(db, head.seq), Buffer.byteLength);
    if (batch === undefined) break;
    const { header, body } = signBatch({ till, key }, batch);
    bodyBytes += body.length;
    if (bodyBytes > bodyBytesMax) break;
    batches.push({ kind: 'batch', ...header, body: Buffer.from(body).toString('base64') });
    head = { seq: batch.lastSeq, hash: batch.headHash };
  }
  const after = getSetting(db, 'feedCursor');
  const signed = { till, after, madeAt: options.madeAt, batches: batches.length };
  const signature = key.sign(reportsText(signed));
  const first = { kind: 'reports', version: carrierVersion, ...signed, signature };
  return {
    bytes: gzipSync(carrierText([first, ...batches], sha256Hex), { level: 9 }),
    firstSeq,
    lastSeq: head.seq,
    events: head.seq - firstSeq + 1,
    eventsLeft: chainHead(db).seq - head.seq,
  };
}

/** Unpacks a file of either direction within its bounds; its signatures are not looked at yet. */
export async function openCarrierFile(
  bytes: Uint8Array,
): Promise<Result<CarrierFile, CarrierProblem>> {
  if (bytes.length > limits.carrierFileBytesMax) {
    return err({ type: 'too-large', detail: `${bytes.length} bytes` });
  }
  try {
    const text = await gunzipAsync(bytes, { maxOutputLength: limits.carrierInflatedBytesMax });
    return readCarrierText(new TextDecoder('utf-8', { fatal: true }).decode(text), sha256Hex);
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'the file cannot be unpacked';
    const isCut = detail.includes('unexpected end') || detail.includes('incorrect data check');
    return err({ type: isCut ? 'damaged' : 'not-a-carrier-file', detail });
  }
}

export type TakenAnswers = {
  /** Events that were not acknowledged before. */
  readonly newlyAcked: number;
  readonly ackedSeq: number;
  readonly changes: number;
  /** A verdict of the centre that is none of acceptance, with its first event. */
  readonly refused: { readonly verdict: BatchAnswer['verdict']; readonly detail: string } | null;
};

/**
 * Takes in the centre's answers. Old ones change nothing: a receipt never leads back, and a page that
 * is known already is passed over.
 */
export function takeAnswers(
  parts: SyncParts,
  file: AnswersFile,
): Result<TakenAnswers, CarrierProblem> {
  const { db, identity, centreKey } = parts;
  const { till, madeAt } = file.head;
  if (till !== identity.tillId) return err({ type: 'other-till', detail: till });
  if (!centreKey.hasSigned(answersText({ till, madeAt, ...file.end }), file.end.signature)) {
    return err({ type: 'not-authentic', detail: 'the answers are not signed by the centre' });
  }
  const before = getSetting(db, 'ackedHead').seq;
  const problem = keepAnswers(parts, file.answers);
  const changes = keepPages(parts, file);
  const ackedSeq = getSetting(db, 'ackedHead').seq;
  parts.tell(['sync', 'sales']);
  return ok({ newlyAcked: ackedSeq - before, ackedSeq, changes, refused: problem });
}

function keepAnswers(parts: SyncParts, answers: readonly BatchAnswer[]): TakenAnswers['refused'] {
  let refused: TakenAnswers['refused'] = null;
  for (const answer of answers) {
    if ('receipt' in answer) {
      const isFork = !keepNewReceipt(parts, answer.receipt);
      if (isFork) refused ??= stop(parts, 'fork', `event ${answer.receipt.ackedSeq}`);
    } else if (answer.verdict === 'gap') {
      refused ??= { verdict: 'gap', detail: String(answer.ackedSeq + 1) };
    } else {
      const detail = answer.verdict === 'fork' ? `event ${answer.atSeq}` : answer.detail;
      refused ??= stop(parts, answer.verdict, detail);
    }
  }
  return refused;
}

/** The verdict stands on the screen as if it had come by the line. */
function stop(
  { tracker }: SyncParts,
  verdict: SyncProblem['type'] & BatchAnswer['verdict'],
  detail: string,
): TakenAnswers['refused'] {
  tracker.setProblem('push', { type: verdict, detail });
  return { verdict, detail };
}

/** @returns false where the centre has another past of this till. */
function keepNewReceipt(parts: SyncParts, receipt: Receipt): boolean {
  const { db, identity, centreKey } = parts;
  const isProof =
    receipt.till === identity.tillId &&
    centreKey.hasSigned(receiptText(receipt), receipt.signature);
  if (!isProof || receipt.ackedSeq <= getSetting(db, 'ackedHead').seq) return true;
  return keepReceipt(parts, receipt);
}

/** @returns how many changes were applied. */
function keepPages(parts: SyncParts, { pages }: AnswersFile): number {
  const { db, centreKey } = parts;
  let applied = 0;
  for (const page of pages) {
    const cursor = getSetting(db, 'feedCursor');
    const isNext = page.after <= cursor && page.next > cursor;
    // Of another life of the centre's database: only the line can sort that out.
    if (!isNext || page.epoch !== getSetting(db, 'feedEpoch')) continue;
    const proven = provePage(page, page.after, centreKey);
    if (!proven.ok) continue;
    const changes = proven.value.changes.filter(({ position }) => position > cursor);
    keepChanges(parts, { ...proven.value, changes }, { isSnapshot: false });
    applied += changes.length;
  }
  return applied;
}

/** A name that says what is in the file, from whom and when. */
export function carrierFileName(
  till: { readonly facilityCode: string; readonly shortCode: string },
  nowMs: number,
): string {
  const moment = instantOfMs(nowMs).slice(0, 16).replaceAll(/[T:]/g, '-');
  const name = `bao-cao-${till.facilityCode}-${till.shortCode}-${moment}`;
  return `${name.replaceAll(/[^\w-]/g, '_')}.bao-cao.gz`;
}
