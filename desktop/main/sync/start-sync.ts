import { limits } from '../../../shared/base/limits.ts';
import { err, type Result } from '../../../shared/base/result.ts';
import type { Agreement, SyncStatus, TillProblem } from '../../../shared/contract/till-api.ts';
import type { PrescriptionKnowledge } from '../../../shared/contract/till-safety-api.ts';
import { msOfInstant } from '../../../shared/model/calendar.ts';
import type { Prescription } from '../../../shared/model/prescription.ts';
import { getSetting, mustCatchUp, type TillIdentity } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import { type CarriedReports, exportReports, type TakenFile, takeFile } from './carriers/carry.ts';
import { createCentreClient } from './centre-client.ts';
import { checkPending, lookUpPrescription } from './check-prescriptions.ts';
import { centreKeyOf, loadDeviceKey } from './device-key.ts';
import { type EnrolCommand, type EnrolmentProblem, enrolTill } from './enrol.ts';
import { guarded } from './guarded-run.ts';
import { createNewsLoop } from './news-loop.ts';
import { applyUnread, showNotices } from './pull-feed.ts';
import { createPullLoop } from './pull-loop.ts';
import { createPushLoop } from './push-loop.ts';
import { createRetryLoop } from './retry-loop.ts';
import type { SyncParts, Topic } from './sync-parts.ts';
import { agreementNow, syncStatus } from './sync-status.ts';
import { createSyncTracker } from './sync-tracker.ts';

/** Sync as the rest of the till sees it: it never throws, never blocks a sale, and ends promptly. */
export type Sync = {
  /** A fact may have been committed; cheap and safe to call at any time. */
  readonly wakePush: () => void;
  /** The till's tables have changed without a new event: what was compared is no longer so. */
  readonly compareAgain: () => void;
  /** Tries everything at once; settles when upload, comparison and pull have ended, well or not. */
  readonly now: () => Promise<void>;
  readonly enrol: (command: EnrolCommand) => Promise<Result<TillIdentity, EnrolmentProblem>>;
  /** What is not acknowledged yet, to be carried by hand; made from the disk, needs no line. */
  readonly exportReports: (afterSeq: number | undefined) => Result<CarriedReports, TillProblem>;
  /** An answer for this till, or another till's reports to be passed on by this one's line. */
  readonly takeFile: (file: Uint8Array) => Promise<Result<TakenFile, TillProblem>>;
  /** What the centre knows of a prescription now; says so when there is no line. */
  readonly lookUpPrescription: (prescription: Prescription) => Promise<PrescriptionKnowledge>;
  readonly status: () => SyncStatus;
  readonly agreement: () => Agreement;
  /** Found by the checks of the database; shown before any other problem. */
  readonly setDatabaseProblem: (detail: string) => void;
  /** Aborts requests and timers; the database is not touched after it has settled. */
  readonly close: () => Promise<void>;
};

export type StartSyncParts = {
  readonly db: TillDb;
  readonly deps: Pick<
    TillDeps,
    'nowMs' | 'newId' | 'random' | 'timers' | 'log' | 'keyStore' | 'centreWire' | 'programVersion'
  >;
  readonly tell: (topics: readonly Topic[]) => void;
  /** Till and centre differ: the till's own tables are to be looked through. */
  readonly examine?: () => void;
};

export function startSync({ db, deps, tell, examine = () => undefined }: StartSyncParts): Sync {
  const closing = new AbortController();
  const { signal } = closing;
  let loops: Loops | undefined;
  let parts: SyncParts | undefined;
  let enrolling: Promise<Result<TillIdentity, EnrolmentProblem>> | undefined;
  const tracker = createSyncTracker({
    db,
    nowMs: deps.nowMs,
    onChange: () => tell(['sync']),
    onBackOnline: () => loops?.hurry(),
  });

  const begin = (): void => {
    if (loops !== undefined || signal.aborted) return;
    const identity = getSetting(db, 'identity');
    if (identity === null) return;
    const key = loadDeviceKey(deps.keyStore);
    const centreKey = centreKeyOf(identity.centrePublicKey);
    if (!key.ok || centreKey === undefined) {
      const detail = key.ok ? "the centre's public key is unusable" : key.error.detail;
      tracker.setProblem('push', { type: 'not-authentic', detail: `device key: ${detail}` });
      return;
    }
    const client = createCentreClient(
      { wire: deps.centreWire, centreUrl: identity.centreUrl, signal },
      { till: identity.tillId, key: key.value },
    );
    parts = { db, deps, identity, client, centreKey, tracker, tell, examine };
    loops = beginLoops(parts, signal);
  };
  const enrol = async (command: EnrolCommand) => {
    const enrolled = await enrolTill({ db, deps, signal }, command);
    if (!enrolled.ok) return enrolled;
    tell(['facility', 'sync']);
    begin();
    return enrolled;
  };

  begin();
  return {
    wakePush: () => {
      if (!signal.aborted) loops?.wakePush();
    },
    compareAgain: () => {
      if (!signal.aborted) loops?.compareAgain();
    },
    now: async () => {
      begin();
      await loops?.now();
    },
    enrol: (command) => {
      enrolling ??= enrol(command).finally(() => {
        enrolling = undefined;
      });
      return enrolling;
    },
    exportReports: (afterSeq) => {
      begin();
      return mustCatchUp(db) ? err({ type: 'NotCaughtUp' }) : exportReports({ db, deps }, afterSeq);
    },
    takeFile: async (file) => {
      begin();
      if (mustCatchUp(db)) return err({ type: 'NotCaughtUp' });
      return parts === undefined ? err({ type: 'NotEnrolled' }) : takeFile(parts, file);
    },
    lookUpPrescription: async (prescription) => {
      begin();
      return lookUpPrescription(parts, prescription);
    },
    status: () => syncStatus({ db, tracker, nextTryAtMs: () => loops?.nextTryAtMs() ?? null }),
    agreement: () => agreementNow(db),
    setDatabaseProblem: (detail) =>
      tracker.setProblem('database', { type: 'database-damaged', detail }),
    close: async () => {
      closing.abort();
      await Promise.all([enrolling, loops?.close()]);
    },
  };
}

type Loops = {
  readonly wakePush: () => void;
  readonly compareAgain: () => void;
  readonly hurry: () => void;
  readonly now: () => Promise<void>;
  readonly nextTryAtMs: () => number | null;
  readonly close: () => Promise<void>;
};

/** Push wakes on commit; pull by the stream, after an upload and by the clock. */
function beginLoops(parts: SyncParts, signal: AbortSignal): Loops {
  const { db, deps } = parts;
  const pull = createPullLoop(parts, () => push.wake({ mustCompare: true }));
  const onHeard = (): void => push.nudge();
  const news = createNewsLoop(parts, { onNews: pull.wake, onHeard, signal });
  const push = createPushLoop(parts, () => {
    // An open stream says by itself when there is something to pull.
    if (!news.isOpen()) pull.wake();
    check.wake();
  });
  let cancelPoll = (): void => undefined;
  const stopPolling = deps.timers.schedule('*/5 * * * *', () => {
    // Every till in the country has the same clock; they must not all ask in the same second.
    cancelPoll();
    cancelPoll = deps.timers.after(Math.floor(deps.random() * limits.pollSpreadMs), () => {
      pull.wake();
      push.wake({ mustCompare: isToCompareAgain(parts) });
    });
  });

  const check = createRetryLoop({
    run: guarded(parts, async () => {
      await checkPending(parts);
      return { type: 'done' };
    }),
    timers: deps.timers,
    random: deps.random,
    nowMs: deps.nowMs,
  });

  const read = applyUnread(db);
  showNotices(parts);
  if (read > 0) parts.tell(['catalogue', 'facility']);
  push.wake();
  pull.wake();
  news.wake();
  return {
    wakePush: push.wake,
    compareAgain: () => push.wake({ mustCompare: true }),
    hurry: () => {
      push.hurry();
      pull.hurry();
      news.hurry();
    },
    now: async () => {
      await Promise.all([push.now(), pull.now()]);
    },
    nextTryAtMs: () => earliest(push.nextTryAtMs(), pull.nextTryAtMs()),
    close: async () => {
      stopPolling();
      cancelPoll();
      await Promise.all([push.close(), pull.close(), news.close(), check.close()]);
    },
  };
}

/**
 * What differs or waits may have been settled at the centre. And a till that sells nothing compares
 * once a day all the same: the centre knows then that it still agrees, and the till that no other
 * machine went on under its name.
 */
function isToCompareAgain({ db, deps }: SyncParts): boolean {
  const { state, comparedAt } = getSetting(db, 'agreement');
  if (state === 'different' || state === 'waiting') return true;
  const sinceMs = deps.nowMs() - (comparedAt === null ? 0 : msOfInstant(comparedAt));
  return state === 'agreed' && (sinceMs >= limits.comparedAgainMs || sinceMs < 0);
}

function earliest(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}
