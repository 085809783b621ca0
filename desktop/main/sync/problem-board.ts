import type { z } from 'zod';
import type { SyncProblem as SyncProblemSchema } from '../../../shared/contract/till-api.ts';
import { databaseFaultOf } from '../db/database-fault.ts';
import { getSetting, setSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';

export type SyncProblem = z.infer<typeof SyncProblemSchema>;

/** What may be wrong independently of the rest; the first in this order is shown. */
const problemPlaces = ['database', 'push', 'stock', 'clinic', 'pull', 'line'] as const;
export type ProblemPlace = (typeof problemPlaces)[number];

/** Each part of sync writes and wipes its own place; the worst of all is what the pill says. */
export type ProblemBoard = {
  readonly set: (place: ProblemPlace, problem: SyncProblem | null) => void;
  readonly shown: () => SyncProblem | null;
};

/**
 * Begins with the problem shown last: the pill must not turn green because the computer was
 * switched off. Damage alone is not remembered; every start looks for it anew.
 */
export function createProblemBoard(db: TillDb, onChange: () => void): ProblemBoard {
  const problems = new Map<ProblemPlace, SyncProblem>();
  const stored = getSetting(db, 'problem');
  if (stored !== null && stored.type !== 'database-damaged') {
    problems.set(placeOf(stored), stored);
  }
  const shown = (): SyncProblem | null => {
    const place = problemPlaces.find((candidate) => problems.has(candidate));
    return place === undefined ? null : (problems.get(place) ?? null);
  };
  return {
    shown,
    set: (place, problem) => {
      if (isSame(problems.get(place) ?? null, problem)) return;
      const shownBefore = shown();
      if (problem === null) problems.delete(place);
      else problems.set(place, problem);
      if (!isSame(shown(), shownBefore)) {
        storeIfPossible(() => setSetting(db, 'problem', shown()));
      }
      onChange();
    },
  };
}

/**
 * What the pill shows is true in memory. On a full or broken disk it is only not remembered: the
 * news of a line that is back comes from the network's own callbacks, where a throw would end the
 * program.
 */
export function storeIfPossible(store: () => void): void {
  try {
    store();
  } catch (error) {
    if (databaseFaultOf(error) === undefined) throw error;
  }
}

function placeOf(problem: SyncProblem): ProblemPlace {
  switch (problem.type) {
    case 'different-stock':
      return 'stock';
    case 'clinic-asks':
      return 'clinic';
    case 'unexpected-answer':
      return 'line';
    default:
      return 'push';
  }
}

function isSame(a: SyncProblem | null, b: SyncProblem | null): boolean {
  return a?.type === b?.type && a?.detail === b?.detail;
}
