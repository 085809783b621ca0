/**
 * Sends the journal (protocol.md §2). The queue is the journal itself: everything after the
 * acknowledged head. Nothing is removed before it is sent, and nothing counts as sent before the
 * centre's signed receipt over a head of this very journal is stored.
 *
 * accept, duplicate, overlap   the receipt is proved, then kept together with the new head
 * gap                          the centre knows less than it once said (restored from a backup):
 *                              its head is read, its own last receipt shown to it, and the journal
 *                              goes on from there
 * unknown-till                 it was restored to before the enrolment: it is shown its signature
 *                              over the enrolment, and the whole journal goes there again
 * something else there         these books are an older copy, and catch up; or two journals under one
 *                              name: both sides say so, and a person must decide (sync/other-past.ts)
 * malformed                    half as many events each time, until one event is named
 */
import { limits } from '../../../shared/base/limits.ts';
import type { SyncHead } from '../../../shared/contract/sync-api.ts';
import type { HashHex } from '../../../shared/events/envelope.ts';
import { type BatchAnswer, type Receipt, receiptText } from '../../../shared/sync/batch.ts';
import { type NextBatch, nextBatch } from '../../../shared/sync/next-batch.ts';
import { chainHead, eventsAfter, hashOfSeq } from '../db/event-log.ts';
import { getSetting, lastReceipt, saveReceipt, setSetting } from '../db/sync-state.ts';
import type { CentreTrouble } from './centre-answer.ts';
import { forkAt, meetOtherPast, type OtherPast } from './other-past.ts';
import type { SyncProblem } from './problem-board.ts';
import type { RunEnd } from './retry-loop.ts';
import type { SyncParts } from './sync-parts.ts';

/**
 * `drained` when the centre has acknowledged everything; `older-copy` when it has more than these
 * books, which must catch up first.
 */
export type PushEnd = RunEnd | { readonly type: 'drained' } | { readonly type: 'older-copy' };

type Step =
  | { readonly type: 'acknowledged' }
  | { readonly type: 'malformed'; readonly detail: string }
  /** Among them `set-back`: the acknowledged head may have become an earlier one. */
  | OtherPast;

/** How many events the next batch may have: remembered from run to run, for lines too thin. */
export type BatchSize = { eventsMax: number };

/** Sends until nothing is left or something stands in the way. */
export async function pushJournal(parts: SyncParts, size: BatchSize): Promise<PushEnd> {
  let setBacks = 0;
  for (let round = 0; round < limits.pushBatchesPerRunMax; round += 1) {
    const batch = readNextBatch(parts, size.eventsMax);
    if (batch === undefined) {
      parts.tracker.setProblem('push', null);
      return { type: 'drained' };
    }
    const sent = await sendBatch(parts, batch);
    const step = isUnknownTill(sent) ? await askToBeReadmitted(parts) : sent;
    switch (step.type) {
      case 'acknowledged':
        size.eventsMax = Math.min(size.eventsMax * 2, limits.batchEventsMax);
        parts.tell(['sync', 'sales']);
        break;
      case 'older-copy':
        return step;
      case 'set-back':
        setBacks += 1;
        if (setBacks > setBacksPerRunMax) return stopUpload(parts, inconsistentHead);
        break;
      case 'malformed':
        if (batch.firstSeq === batch.lastSeq)
          return stopUpload(parts, malformed(batch, step.detail));
        size.eventsMax = halfOf(batch);
        break;
      case 'problem':
        return stopUpload(parts, step.problem);
      case 'trouble':
        // A line that cannot carry the whole batch in time may carry half of it.
        if (step.trouble.type === 'unreachable' && halfOf(batch) >= thinLineEventsMin) {
          size.eventsMax = halfOf(batch);
        }
        return parts.tracker.failed(step.trouble, 'push');
    }
  }
  return { type: 'retry', retryAfterMs: 0 };
}

const setBacksPerRunMax = 3;
/** About a kilobyte: what any line carries that carries anything. */
const thinLineEventsMin = 20;
const inconsistentHead: SyncProblem = {
  type: 'unexpected-answer',
  detail: 'the centre names another head each time it is asked',
};

function halfOf({ firstSeq, lastSeq }: NextBatch): number {
  return Math.ceil((lastSeq - firstSeq + 1) / 2);
}

function readNextBatch({ db }: SyncParts, eventsMax: number): NextBatch | undefined {
  const acked = getSetting(db, 'ackedHead');
  return nextBatch(acked, eventsAfter(db, acked.seq, { eventsMax }), Buffer.byteLength);
}

async function sendBatch(parts: SyncParts, batch: NextBatch): Promise<Step> {
  const answer = await parts.client.pushBatch(batch);
  if (!answer.ok) return stepOfTrouble(answer.error);
  const { value } = answer;
  if ('receipt' in value) return await acknowledge(parts, batch, value);
  parts.tracker.contact(value.serverTime);
  switch (value.verdict) {
    case 'gap':
      return readCentreHead(parts);
    case 'fork':
      // The first event of a batch does not fit: what does not may lie further back.
      return value.atSeq > batch.firstSeq
        ? forkAt(value.atSeq)
        : meetOtherPast(parts, batch.firstSeq);
    case 'malformed':
      return { type: 'malformed', detail: value.detail };
    default:
      return { type: 'problem', problem: { type: value.verdict, detail: value.detail } };
  }
}

/** A body that was refused unread is malformed too: a smaller one may pass. */
function stepOfTrouble(trouble: CentreTrouble): Step {
  if (trouble.type !== 'refused') return { type: 'trouble', trouble };
  const { type, detail } = trouble.problem;
  const isBodyRefused = ['bad-request', 'too-large', 'wrong-content-type', 'unreadable'].includes(
    type,
  );
  return isBodyRefused
    ? { type: 'malformed', detail: `${type}: ${detail}` }
    : { type: 'trouble', trouble };
}

async function acknowledge(
  parts: SyncParts,
  batch: NextBatch,
  { receipt, parkedEvents }: Extract<BatchAnswer, { readonly receipt: Receipt }>,
): Promise<Step> {
  const { deps, identity, centreKey, tracker } = parts;
  const isProof =
    receipt.till === identity.tillId &&
    receipt.ackedSeq >= batch.lastSeq &&
    centreKey.hasSigned(receiptText(receipt), receipt.signature);
  if (!isProof) {
    const detail = `the receipt for event ${batch.lastSeq} is not the centre's`;
    return { type: 'trouble', trouble: { type: 'unexpected-answer', detail } };
  }
  tracker.contact(receipt.serverTime);
  if (!keepReceipt(parts, receipt)) return meetOtherPast(parts);
  if (parkedEvents > 0) {
    deps.log.warn({ ackedSeq: receipt.ackedSeq, parkedEvents }, 'The centre parked events');
  }
  return { type: 'acknowledged' };
}

/**
 * Keeps a proved receipt together with the head it acknowledges, on whatever carrier it came.
 * @returns whether it is over this journal; otherwise nothing is kept.
 */
export function keepReceipt({ db, tracker }: SyncParts, receipt: Receipt): boolean {
  const { ackedSeq, ackedHash } = receipt;
  if (hashOfSeq(db, ackedSeq) !== ackedHash) return false;
  db.immediately(() => {
    setSetting(db, 'ackedHead', { seq: ackedSeq, hash: ackedHash });
    saveReceipt(db, receipt);
    tracker.keepContact();
  });
  return true;
}

/** What the centre has is the truth about what is reported, also when it is less than before. */
export async function readCentreHead(parts: SyncParts): Promise<Step> {
  const head = await parts.client.head();
  if (!head.ok) return { type: 'trouble', trouble: head.error };
  parts.tracker.contact(head.value.serverTime);
  await showLastReceipt(parts, head.value.ackedSeq);
  return await adoptCentreHead(parts, head.value);
}

/** Whether the batch met a centre that does not know this till. */
function isUnknownTill(step: Step): boolean {
  return (
    (step.type === 'problem' && step.problem.type === 'unknown-till') ||
    (step.type === 'trouble' &&
      step.trouble.type === 'refused' &&
      step.trouble.problem.type === 'unknown-till')
  );
}

/** Shows the centre its own signature over the enrolment; the journal then begins anew there. */
export async function askToBeReadmitted(parts: SyncParts): Promise<Step> {
  const { db, client, deps } = parts;
  const proof = getSetting(db, 'enrolmentProof');
  if (proof === null) {
    const detail = 'the centre does not know this till';
    return { type: 'problem', problem: { type: 'unknown-till', detail } };
  }
  deps.log.warn({}, 'The centre has forgotten this till and is shown its enrolment');
  const head = await client.readmit(proof);
  if (!head.ok) {
    if (head.error.type !== 'refused') return { type: 'trouble', trouble: head.error };
    const { type, detail } = head.error.problem;
    return { type: 'problem', problem: { type: 'unknown-till', detail: `${type}: ${detail}` } };
  }
  parts.tracker.contact(head.value.serverTime);
  return await adoptCentreHead(parts, head.value);
}

/**
 * The centre has less than it once signed for. Its receipt proves that to it, so that it can ask the
 * other tills as well; whatever it answers, this till sends again.
 */
async function showLastReceipt({ db, client }: SyncParts, centreSeq: number): Promise<void> {
  const receipt = lastReceipt(db);
  if (receipt !== undefined && receipt.ackedSeq > centreSeq) await client.presentReceipt(receipt);
}

/**
 * Goes back to a head of the centre that lies behind what it once acknowledged. Never forward:
 * only a signed receipt does that.
 */
async function adoptCentreHead(
  parts: SyncParts,
  { ackedSeq, ackedHash }: Pick<SyncHead, 'ackedSeq' | 'ackedHash'>,
): Promise<Step> {
  const { db, deps } = parts;
  if (hashOfSeq(db, ackedSeq) !== ackedHash) return meetOtherPast(parts);
  const acked = getSetting(db, 'ackedHead');
  if (ackedSeq < acked.seq) {
    deps.log.warn({ ackedSeq, ackedBefore: acked.seq }, 'The centre has less than it acknowledged');
    setSetting(db, 'ackedHead', { seq: ackedSeq, hash: ackedHash });
  }
  return { type: 'set-back' };
}

function malformed(batch: { readonly firstSeq: number; readonly headHash: HashHex }, why: string) {
  const detail = `event ${batch.firstSeq} (${batch.headHash.slice(0, 12)}): ${why}`;
  return { type: 'malformed', detail } as const satisfies SyncProblem;
}

/** Ends the upload until somebody acts: rarely tried again, by hand at once. Selling goes on. */
export function stopUpload(parts: SyncParts, problem: SyncProblem): RunEnd {
  parts.deps.log.error({ ...problem, head: chainHead(parts.db).seq }, 'The upload has stopped');
  parts.tracker.setProblem('push', problem);
  return { type: 'stopped' };
}
