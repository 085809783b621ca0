import type { Agreement, SyncStatus } from '../../../shared/contract/till-api.ts';
import { instantOfMs } from '../../../shared/model/calendar.ts';
import { countDrugs } from '../db/catalogue.ts';
import { chainHead, countPending } from '../db/event-log.ts';
import { getSetting, mustCatchUp } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { SyncTracker } from './sync-tracker.ts';

export type StatusParts = {
  readonly db: TillDb;
  readonly tracker: SyncTracker;
  /** When the next upload or pull is planned after a failure. */
  readonly nextTryAtMs: () => number | null;
};

/** Everything the pill and the sync screen show, true at this moment. */
export function syncStatus({ db, tracker, nextTryAtMs }: StatusParts): SyncStatus {
  const identity = getSetting(db, 'identity');
  const acked = getSetting(db, 'ackedHead');
  const agreement = getSetting(db, 'agreement');
  const lastSeq = chainHead(db).seq;
  const pending = countPending(db, acked.seq);
  // What waits at the centre is the same on both sides: nobody at the counter has to do anything.
  const hasAgreed = agreement.state === 'agreed' || agreement.state === 'waiting';
  const nextTryMs = nextTryAtMs();
  return {
    state: pillState({
      isEnrolled: identity !== null,
      hasProblem: tracker.problem() !== null,
      isOffline: tracker.line().offlineSince !== null,
      // What the centre has behind these books is not known before they have caught up.
      isAgreed:
        hasAgreed && agreement.events === lastSeq && acked.seq === lastSeq && !mustCatchUp(db),
    }),
    pendingEvents: pending.events,
    pendingSales: pending.sales,
    lastSeq,
    ackedSeq: acked.seq,
    ...tracker.line(),
    agreedAt: hasAgreed ? agreement.comparedAt : null,
    agreedEvents: hasAgreed ? agreement.events - agreement.waiting.length : 0,
    centreUrl: identity?.centreUrl ?? getSetting(db, 'formerCentreUrl'),
    cataloguePosition: getSetting(db, 'feedCursor'),
    catalogueDrugs: countDrugs(db),
    nextTryAt: nextTryMs === null ? null : instantOfMs(nextTryMs),
    problem: tracker.problem(),
  };
}

/** A problem hides everything else; without a line, waiting is only a consequence. */
function pillState(facts: {
  readonly isEnrolled: boolean;
  readonly hasProblem: boolean;
  readonly isOffline: boolean;
  readonly isAgreed: boolean;
}): SyncStatus['state'] {
  if (!facts.isEnrolled) return 'not-enrolled';
  if (facts.hasProblem) return 'problem';
  if (facts.isOffline) return 'offline';
  return facts.isAgreed ? 'agreed' : 'waiting';
}

/** The last comparison; `behind` once the journal has grown past it. */
export function agreementNow(db: TillDb): Agreement {
  const agreement = getSetting(db, 'agreement');
  const hasAgreed = agreement.state === 'agreed' || agreement.state === 'waiting';
  const isPast = hasAgreed && agreement.events !== chainHead(db).seq;
  return isPast ? { ...agreement, state: 'behind' } : agreement;
}
