/** Where a run of crash points is, how fast it goes and when it will be over. */
import process from 'node:process';
import { someExtent, wholeExtent } from './crash-suite.ts';
import type { Progress } from './take.ts';
import type { CrashReport } from './till-points.ts';
import type { PartName } from './worker.ts';

const tellEveryMs = 15_000;

/**
 * For the estimate only, until a part says itself how many points it has: points of the whole part,
 * and seconds for one of them and for its start on a core of its own.
 */
const expected: Readonly<Record<PartName, { points: number; seconds: number; start: number }>> = {
  'till-kill': { points: 2_170, seconds: 0.25, start: 4 },
  'till-power': { points: 2_150, seconds: 0.1, start: 6 },
  'till-start': { points: 1_090, seconds: 0.3, start: 4 },
  'centre-kill': { points: 490, seconds: 1.2, start: 8 },
  'database-kill': { points: wholeExtent.databaseRounds, seconds: 3, start: 8 },
  'till-disk': { points: 21, seconds: 0.5, start: 4 },
};
const strides: Readonly<Record<PartName, number>> = {
  'till-kill': someExtent.tillStride,
  'till-power': someExtent.powerStride,
  'till-start': someExtent.startStride,
  'centre-kill': someExtent.centreStride,
  'database-kill': wholeExtent.databaseRounds / someExtent.databaseRounds,
  'till-disk': 1,
};

type ShareState = {
  readonly part: PartName;
  planned: number;
  done: number;
  startedMs: number | undefined;
  lastMs: number;
  isOver: boolean;
};

export type ProgressTeller = {
  readonly tell: (part: PartName, lane: number, progress: Progress) => void;
  readonly end: () => void;
};

/** Tells where the run is every few seconds, and lets the process end. */
export function createProgressTeller(run: {
  readonly parts: readonly PartName[];
  readonly isWhole: boolean;
  readonly machines: number;
  readonly lanes: number;
}): ProgressTeller {
  const startedMs = performance.now();
  const shares = new Map<string, ShareState>();
  for (const part of run.parts) {
    for (let lane = 0; lane < run.lanes; lane += 1) {
      const all = expected[part].points / (run.isWhole ? 1 : strides[part]);
      const planned = Math.ceil(all / (run.machines * run.lanes));
      const state = { part, planned, done: 0, startedMs: undefined, lastMs: 0, isOver: false };
      shares.set(`${part} ${lane}`, state);
    }
  }
  const say = (): void => {
    const line = progressLine([...shares.values()], {
      ...run,
      nowMs: performance.now() - startedMs,
    });
    process.stdout.write(`${line}\n`);
  };
  const timer = setInterval(say, tellEveryMs);
  return {
    tell: (part, lane, progress) => {
      const share = shares.get(`${part} ${lane}`);
      if (share === undefined) return;
      const nowMs = performance.now() - startedMs;
      share.startedMs ??= nowMs;
      share.lastMs = nowMs;
      if (progress.type === 'planned') share.planned = progress.points;
      else share.done = progress.number;
    },
    end: () => clearInterval(timer),
  };
}

function progressLine(
  shares: readonly ShareState[],
  { nowMs, lanes }: { readonly nowMs: number; readonly lanes: number },
): string {
  const started = shares.filter(({ startedMs }) => startedMs !== undefined);
  const last = started.reduce<ShareState | undefined>(
    (latest, share) => (latest === undefined || share.lastMs > latest.lastMs ? share : latest),
    undefined,
  );
  if (last === undefined) return `[${clock(nowMs)}] getting ready`;
  const ofPart = shares.filter(({ part }) => part === last.part);
  const done = sum(ofPart, (share) => share.done);
  const planned = sum(ofPart, (share) => share.planned);
  const partMs = nowMs - Math.min(...ofPart.map(({ startedMs }) => startedMs ?? nowMs));
  const all = sum(shares, (share) => share.done);
  const allPlanned = sum(shares, (share) => share.planned);
  const leftMs = sum(shares, (share) => remainingMs(share, nowMs)) / lanes;
  return (
    `[${clock(nowMs)}] ${last.part}: point ${done} of ${planned}, ` +
    `${((done / Math.max(1, partMs)) * 1_000).toFixed(1)}/s; ` +
    `in all ${all} of about ${allPlanned}, about ${clock(leftMs)} left`
  );
}

/** By its own pace once it has one. */
function remainingMs({ part, planned, done, startedMs }: ShareState, nowMs: number): number {
  const { seconds, start } = expected[part];
  if (startedMs === undefined) return (planned * seconds + start) * 1_000;
  const own = done < 5 ? seconds * 1_000 : (nowMs - startedMs) / done;
  return Math.max(0, planned - done - 1) * own;
}

function sum(shares: readonly ShareState[], count: (share: ShareState) => number): number {
  return shares.reduce((all, share) => all + count(share), 0);
}

function clock(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** Several shares of one part as one: each stands on the same write calls. */
export function addReports(reports: readonly CrashReport[]): CrashReport {
  const total = (count: (report: CrashReport) => number) =>
    reports.reduce((all, report) => all + count(report), 0);
  return {
    what: reports.find(({ checks }) => checks > 0)?.what ?? reports[0]?.what ?? '',
    calls: Math.max(0, ...reports.map(({ calls }) => calls)),
    points: total(({ points }) => points),
    acknowledged: total(({ acknowledged }) => acknowledged),
    checks: total(({ checks }) => checks),
    violations: reports.flatMap(({ violations }) => violations),
  };
}
