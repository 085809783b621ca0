/**
 * The centre has, under this till's name, something that these books have not (protocol.md §2, fork;
 * §5). Two very different things look like that at first, and the hashes tell them apart:
 *
 * an older copy   these books end where the centre goes on: somebody put an older disk back, or a
 *                 machine with a copy of it went on. Nothing differs, so the till reads what it lacks
 *                 like one put back from a backup, and records nothing before it has it
 *                 (sync/catch-up.ts)
 * a second past   one number holds two events. The centre is shown the first of them – one is enough
 *                 for it to keep the evidence and to raise the alarm – and this till stops
 *
 * A hash covers everything before it, so one question about sixteen numbers leaves a sixteenth: five
 * round trips for a million events, one where these books are only older.
 */
import { ok, type Result } from '../../../shared/base/result.ts';
import { instantOfMs } from '../../../shared/model/calendar.ts';
import { type SeqRange, searchRoundsMax, splitRange } from '../../../shared/sync/digest.ts';
import { nextBatch } from '../../../shared/sync/next-batch.ts';
import { chainHead, eventsAfter, hashOfSeq } from '../db/event-log.ts';
import { restoredIn } from '../db/restored-books.ts';
import { mustCatchUp, setSetting } from '../db/sync-state.ts';
import type { CentreTrouble } from './centre-answer.ts';
import type { SyncProblem } from './problem-board.ts';
import type { SyncParts } from './sync-parts.ts';

export type OtherPast =
  /** Nothing may be recorded until the till has caught up with the centre. */
  | { readonly type: 'older-copy' }
  /** Nothing differs, or not any more: go on from what the centre has. */
  | { readonly type: 'set-back' }
  /** A fork, which the centre has seen as well. */
  | { readonly type: 'problem'; readonly problem: SyncProblem }
  | { readonly type: 'trouble'; readonly trouble: CentreTrouble };

/**
 * Finds out which of the two it is, and does what has to be done about it.
 * @param shownSeq the number at which the centre has already seen these books not to fit.
 */
export async function meetOtherPast(parts: SyncParts, shownSeq?: number): Promise<OtherPast> {
  const found = await lastCommonEvent(parts);
  if (!found.ok) return { type: 'trouble', trouble: found.error };
  const { seq, centreGoesOn } = found.value;
  if (!centreGoesOn) return { type: 'set-back' };
  // In one transaction: a sale made while we asked has made a second past of an older copy.
  const isOlderCopy = parts.db.immediately(() => {
    if (chainHead(parts.db).seq !== seq) return false;
    closeUntilCaughtUp(parts);
    return true;
  });
  if (isOlderCopy) return { type: 'older-copy' };
  return seq + 1 === shownSeq ? forkAt(shownSeq) : showEvent(parts, seq + 1);
}

/** The problem that a person has to decide. */
export function forkAt(seq: number): { readonly type: 'problem'; readonly problem: SyncProblem } {
  const detail = `the centre has another event ${seq} of this till`;
  return { type: 'problem', problem: { type: 'fork', detail } };
}

function closeUntilCaughtUp({ db, deps }: SyncParts): void {
  // Books that are being put back from a backup say so already.
  if (mustCatchUp(db)) return;
  const restored = restoredIn(db, { file: null, at: instantOfMs(deps.nowMs()) });
  setSetting(db, 'restored', restored);
  deps.log.warn({ ...restored }, 'The centre has more of this journal than these books');
}

type Common = {
  /** The last event that both sides have; 0 when they share none. */
  readonly seq: number;
  /** Whether the centre has an event behind it. */
  readonly centreGoesOn: boolean;
};

async function lastCommonEvent({
  db,
  client,
  tracker,
}: SyncParts): Promise<Result<Common, CentreTrouble>> {
  const own = chainHead(db).seq;
  // One further than these books reach: whether the centre goes on there is the question.
  let range: SeqRange = { after: 0, through: own + 1 };
  for (let round = 0; round < searchRoundsMax; round += 1) {
    const seqs = splitRange(range).map((part) => part.through);
    const answer = await client.journalHashes(seqs);
    if (!answer.ok) return answer;
    tracker.contact(answer.value.serverTime);
    const { hashes } = answer.value;
    const parting = seqs.findIndex((seq, index) => hashOfSeq(db, seq) !== hashes[index]);
    // A sale made meanwhile, which the centre already has.
    if (parting === -1) return ok({ seq: own + 1, centreGoesOn: false });
    const through = seqs[parting] ?? range.through;
    const after = seqs[parting - 1] ?? range.after;
    if (through - after === 1) {
      return ok({ seq: after, centreGoesOn: hashes[parting] !== null });
    }
    range = { after, through };
  }
  return ok({ seq: range.after, centreGoesOn: false });
}

/**
 * The centre has to see this event, to keep it as evidence and to tell an inspector; so a lost line is
 * tried again.
 */
async function showEvent({ db, client }: SyncParts, seq: number): Promise<OtherPast> {
  const hash = hashOfSeq(db, seq - 1);
  const own = eventsAfter(db, seq - 1, { eventsMax: 1 });
  const batch =
    hash === undefined ? undefined : nextBatch({ seq: seq - 1, hash }, own, Buffer.byteLength);
  if (batch === undefined) return { type: 'set-back' };
  const shown = await client.pushBatch(batch);
  if (!shown.ok) {
    return shown.error.type === 'refused' ? forkAt(seq) : { type: 'trouble', trouble: shown.error };
  }
  return 'receipt' in shown.value ? { type: 'set-back' } : forkAt(seq);
}
