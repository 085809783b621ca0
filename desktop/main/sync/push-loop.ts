import { limits } from '../../../shared/base/limits.ts';
import { chainHead } from '../db/event-log.ts';
import { getSetting, mustCatchUp } from '../db/sync-state.ts';
import { catchUp } from './catch-up.ts';
import { compareStock } from './compare-stock.ts';
import { guarded } from './guarded-run.ts';
import {
  askToBeReadmitted,
  type BatchSize,
  pushJournal,
  readCentreHead,
  stopUpload,
} from './push-journal.ts';
import { createRetryLoop, type RetryLoop, type RunEnd } from './retry-loop.ts';
import type { SyncParts } from './sync-parts.ts';

export type PushLoop = Omit<RetryLoop, 'wake'> & {
  /** A fact may have been committed, or the stock is to be compared again. */
  readonly wake: (options?: { readonly mustCompare: boolean }) => void;
};

/**
 * One upload in flight: sends what is pending, then compares the stock, and rests until the next
 * commit. `onSynced` runs after each upload that ended in a comparison.
 */
export function createPushLoop(parts: SyncParts, onSynced: () => void): PushLoop {
  const { db, deps } = parts;
  const size: BatchSize = { eventsMax: limits.batchEventsMax };
  let comparedSeq: number | undefined;
  // A wish, taken up by the next run: the one under way may have compared before it was made.
  let mustCompareAgain = false;

  const syncOnce = async (): Promise<RunEnd> => {
    if (mustCompareAgain) comparedSeq = undefined;
    mustCompareAgain = false;
    for (let round = 0; round < roundsMax; round += 1) {
      const notYet = mustCatchUp(db) ? await catchUp(parts) : undefined;
      if (notYet !== undefined) return notYet;
      const pushed = await pushJournal(parts, size);
      if (pushed.type === 'older-copy') continue;
      if (pushed.type !== 'drained') return pushed;
      const headSeq = chainHead(db).seq;
      if (comparedSeq === headSeq) return { type: 'done' };
      if (getSetting(db, 'ackedHead').seq !== headSeq) continue;
      const compared = await compareStock(parts);
      if (compared.type === 'compared') {
        comparedSeq = compared.seq;
        onSynced();
      } else if (compared.type === 'behind' || compared.type === 'unknown-till') {
        const isBehind = compared.type === 'behind';
        const step = await (isBehind ? readCentreHead(parts) : askToBeReadmitted(parts));
        if (step.type === 'trouble') return parts.tracker.failed(step.trouble, 'push');
        if (step.type === 'problem') return stopUpload(parts, step.problem);
      } else {
        return compared;
      }
    }
    return { type: 'retry', retryAfterMs: 0 };
  };

  const loop = createRetryLoop({
    run: guarded(parts, syncOnce),
    timers: deps.timers,
    random: deps.random,
    nowMs: deps.nowMs,
  });
  return {
    ...loop,
    wake: ({ mustCompare } = { mustCompare: false }) => {
      if (mustCompare) mustCompareAgain = true;
      const headSeq = chainHead(db).seq;
      const isPending = headSeq > getSetting(db, 'ackedHead').seq;
      if (mustCompare) loop.nudge();
      if (isPending || mustCompareAgain || comparedSeq !== headSeq) loop.wake();
    },
    now: () => {
      mustCompareAgain = true;
      return loop.now();
    },
  };
}

/** Selling goes on while we compare, so a round may end with something new to send. */
const roundsMax = 100;
