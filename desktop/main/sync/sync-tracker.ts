import type { z } from 'zod';
import { unreachable } from '../../../shared/base/assert.ts';
import type { SyncProblem as SyncProblemSchema } from '../../../shared/contract/till-api.ts';
import { type Instant, instantOfMs, msOfInstant } from '../../../shared/model/calendar.ts';
import { getSetting, setSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { CentreTrouble } from './centre-answer.ts';
import type { RunEnd } from './retry-loop.ts';

export type SyncProblem = z.infer<typeof SyncProblemSchema>;

/** What may be wrong independently of the rest; the first in this order is shown. */
const problemPlaces = ['database', 'push', 'stock', 'pull', 'line'] as const;
export type ProblemPlace = (typeof problemPlaces)[number];

/** What the loops learn about the line and the centre: the state behind the pill. */
export type SyncTracker = {
  /** The centre itself answered. */
  readonly contact: (serverTime?: Instant) => void;
  /** Something else came, or nothing. @returns when to try again. */
  readonly failed: (trouble: CentreTrouble, place: ProblemPlace) => RunEnd;
  readonly setProblem: (place: ProblemPlace, problem: SyncProblem | null) => void;
  /** Damage stays until the program is started anew and has checked again. */
  readonly setDatabaseProblem: (detail: string) => void;
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
  const problems = new Map<ProblemPlace, SyncProblem>();
  const stored = getSetting(db, 'problem');
  if (stored !== null && stored.type !== 'database-damaged') {
    problems.set(placeOf(stored), stored);
  }
  let line: LineState = {
    lastContactAt: getSetting(db, 'lastContactAt'),
    offlineSince: getSetting(db, 'offlineSince'),
    clockSkewMs: getSetting(db, 'clockSkewMs'),
    lastFailure: getSetting(db, 'lastFailure'),
  };

  const problem = (): SyncProblem | null => {
    const place = problemPlaces.find((candidate) => problems.has(candidate));
    return place === undefined ? null : (problems.get(place) ?? null);
  };
  const setProblem = (place: ProblemPlace, next: SyncProblem | null): void => {
    if (isSame(problems.get(place) ?? null, next)) return;
    const shownBefore = problem();
    if (next === null) problems.delete(place);
    else problems.set(place, next);
    // Kept over a restart: the pill must not turn green because the computer was switched off.
    if (!isSame(problem(), shownBefore)) setSetting(db, 'problem', problem());
    parts.onChange();
  };
  const goOffline = (lastFailure: string): void => {
    const offlineSince = line.offlineSince ?? line.lastContactAt ?? instantOfMs(nowMs());
    const isNew = line.offlineSince === null;
    line = { ...line, offlineSince, lastFailure };
    if (isNew) {
      db.immediately(() => {
        setSetting(db, 'offlineSince', offlineSince);
        setSetting(db, 'lastFailure', lastFailure);
      });
    }
    parts.onChange();
  };

  return {
    contact: (serverTime) => {
      const wasOffline = line.offlineSince !== null;
      const skewMs = serverTime === undefined ? null : nowMs() - msOfInstant(serverTime);
      line = {
        lastContactAt: instantOfMs(nowMs()),
        offlineSince: null,
        clockSkewMs: skewMs ?? line.clockSkewMs,
        lastFailure: null,
      };
      setProblem('line', null);
      if (!wasOffline) return;
      db.immediately(() => {
        setSetting(db, 'offlineSince', null);
        setSetting(db, 'lastFailure', null);
      });
      parts.onChange();
      parts.onBackOnline();
    },
    failed: (trouble, place) => {
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
          setProblem('line', { type: 'unexpected-answer', detail: trouble.detail });
          return { type: 'retry', retryAfterMs: 0 };
        case 'refused':
          return refused(trouble.problem, (next) => setProblem(place, next));
        default:
          return unreachable(trouble);
      }
    },
    setProblem,
    setDatabaseProblem: (detail) => setProblem('database', { type: 'database-damaged', detail }),
    problem,
    line: () => line,
    keepContact: () => {
      setSetting(db, 'lastContactAt', line.lastContactAt);
      setSetting(db, 'clockSkewMs', line.clockSkewMs);
    },
  };
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
    default:
      setProblem({ type: 'unexpected-answer', detail: `${type}: ${detail}` });
      return { type: 'retry', retryAfterMs: 0 };
  }
}

function placeOf(problem: SyncProblem): ProblemPlace {
  switch (problem.type) {
    case 'different-stock':
      return 'stock';
    case 'unexpected-answer':
      return 'line';
    default:
      return 'push';
  }
}

function isSame(a: SyncProblem | null, b: SyncProblem | null): boolean {
  return a?.type === b?.type && a?.detail === b?.detail;
}
