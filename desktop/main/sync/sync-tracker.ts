import { unreachable } from '../../../shared/base/assert.ts';
import { type Instant, instantOfMs, msOfInstant } from '../../../shared/model/calendar.ts';
import { getSetting, setSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { CentreTrouble } from './centre-answer.ts';
import {
  createProblemBoard,
  type ProblemPlace,
  type SyncProblem,
  storeIfPossible,
} from './problem-board.ts';
import type { RunEnd } from './retry-loop.ts';

/** What the loops learn about the line and the centre: the state behind the pill. */
export type SyncTracker = {
  /** The centre itself answered. */
  readonly contact: (serverTime?: Instant) => void;
  /** Something else came, or nothing. @returns when to try again. */
  readonly failed: (trouble: CentreTrouble, place: ProblemPlace) => RunEnd;
  readonly setProblem: (place: ProblemPlace, problem: SyncProblem | null) => void;
  readonly problem: () => SyncProblem | null;
  readonly line: () => LineState;
  /** Stores the last contact; inside the transaction of what the contact brought. */
  readonly keepContact: () => void;
};

export type LineState = {
  readonly lastContactAt: Instant | null;
  readonly offlineSince: Instant | null;
  readonly clockSkewMs: number | null;
  readonly lastFailure: string | null;
};

export type TrackerParts = {
  readonly db: TillDb;
  readonly nowMs: () => number;
  /** Anything that a status shows may have changed. */
  readonly onChange: () => void;
  readonly onBackOnline: () => void;
};

export function createSyncTracker(parts: TrackerParts): SyncTracker {
  const { db, nowMs } = parts;
  const board = createProblemBoard(db, parts.onChange);
  let line = storedLine(db);

  const goOffline = (lastFailure: string): void => {
    const wasOnline = line.offlineSince === null;
    // Since the last contact: nothing is known of the time after it.
    const offlineSince = line.offlineSince ?? line.lastContactAt ?? instantOfMs(nowMs());
    line = { ...line, offlineSince, lastFailure };
    if (wasOnline) storeOffline(db, line);
    parts.onChange();
  };
  const contact = (serverTime?: Instant): void => {
    const wasOffline = line.offlineSince !== null;
    const clockSkewMs =
      serverTime === undefined ? line.clockSkewMs : nowMs() - msOfInstant(serverTime);
    const lastContactAt = instantOfMs(nowMs());
    line = { lastContactAt, offlineSince: null, clockSkewMs, lastFailure: null };
    board.set('line', null);
    if (!wasOffline) return;
    storeOffline(db, line);
    parts.onChange();
    parts.onBackOnline();
  };
  const failed = (trouble: CentreTrouble, place: ProblemPlace): RunEnd => {
    switch (trouble.type) {
      case 'closed':
        return { type: 'done' };
      case 'unreachable':
        goOffline(trouble.detail);
        return { type: 'retry', retryAfterMs: 0 };
      case 'busy':
        goOffline(trouble.detail);
        return { type: 'retry', retryAfterMs: trouble.retryAfterMs };
      case 'unexpected-answer':
        goOffline(trouble.detail);
        // What only the feed meets stays until it is read: an upload that works does not end it.
        board.set(place === 'pull' ? 'pull' : 'line', {
          type: 'unexpected-answer',
          detail: trouble.detail,
        });
        return { type: 'retry', retryAfterMs: 0 };
      case 'refused':
        contact();
        return refused(trouble.problem, (problem) => board.set(place, problem));
      default:
        return unreachable(trouble);
    }
  };
  return {
    contact,
    failed,
    setProblem: board.set,
    problem: board.shown,
    line: () => line,
    keepContact: () => {
      setSetting(db, 'lastContactAt', line.lastContactAt);
      setSetting(db, 'clockSkewMs', line.clockSkewMs);
    },
  };
}

function storedLine(db: TillDb): LineState {
  return {
    lastContactAt: getSetting(db, 'lastContactAt'),
    offlineSince: getSetting(db, 'offlineSince'),
    clockSkewMs: getSetting(db, 'clockSkewMs'),
    lastFailure: getSetting(db, 'lastFailure'),
  };
}

function storeOffline(db: TillDb, { offlineSince, lastFailure }: LineState): void {
  storeIfPossible(() =>
    db.immediately(() => {
      setSetting(db, 'offlineSince', offlineSince);
      setSetting(db, 'lastFailure', lastFailure);
    }),
  );
}

/** A refusal that trying again cannot change stops the loop; any other may pass. */
function refused(
  { type, detail }: { readonly type: string; readonly detail: string },
  setProblem: (problem: SyncProblem) => void,
): RunEnd {
  switch (type) {
    case 'revoked':
    case 'not-authentic':
    case 'unknown-protocol':
      setProblem({ type, detail });
      return { type: 'stopped' };
    case 'unknown-till':
      // The push loop shows the proof of enrolment, and says so where that does not help.
      return { type: 'retry', retryAfterMs: 0 };
    default:
      setProblem({ type: 'unexpected-answer', detail: `${type}: ${detail}` });
      return { type: 'retry', retryAfterMs: 0 };
  }
}
