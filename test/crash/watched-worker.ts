/** One share of a part, watched: what hangs is named, ended with all its processes, and gone past. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Progress } from './take.ts';
import type { CrashReport } from './till-points.ts';
import type { WorkOrder } from './worker.ts';

const workerScript = path.join(import.meta.dirname, 'worker.ts');
/** Of one share: a till that hangs everywhere need not be met everywhere. */
const hangsMax = 3;
/** Before the first point: an undisturbed day, or a database made and migrated. */
const startMsMaxOfWorker = 300_000;

const Line = z.discriminatedUnion('type', [
  z.object({ type: z.literal('planned'), points: z.number() }),
  z.object({ type: z.literal('begin'), number: z.number(), point: z.string() }),
  z.object({
    type: z.literal('report'),
    report: z.object({
      what: z.string(),
      calls: z.number(),
      points: z.number(),
      acknowledged: z.number(),
      checks: z.number(),
      violations: z.array(z.string()),
    }),
  }),
]);

export type WatchedShare = {
  readonly order: WorkOrder;
  /** A point may take so long. */
  readonly pointMsMax: number;
  readonly startMsMax?: number;
  /** The worker, unless a test has one of its own. */
  readonly script?: string;
  readonly tell: (progress: Progress) => void;
  /** Ends everything. */
  readonly signal: AbortSignal;
};

/** What became of one process: its report, or where it stopped. */
type Played = {
  readonly report: CrashReport | undefined;
  readonly stoppedAt: { readonly number: number; readonly point: string };
  readonly trouble: string | undefined;
};

/** Plays the share to its end, whatever happens on the way; trouble counts as a violation. */
export async function playShare(share: WatchedShare): Promise<CrashReport> {
  const { order } = share;
  let sum: CrashReport = {
    what: order.part,
    calls: 0,
    points: 0,
    acknowledged: 0,
    checks: 0,
    violations: [],
  };
  for (let from = order.from, hangs = 0; hangs <= hangsMax; hangs += 1) {
    // A folder of its own again: what hung may still hold the old one.
    const folders = {
      folder: path.join(order.folder, String(hangs)),
      diskFolder: path.join(order.diskFolder, String(hangs)),
    };
    const { report, stoppedAt, trouble } = await playOnce({
      ...share,
      order: { ...order, ...folders, from },
    });
    const violations = [
      ...sum.violations,
      ...(report?.violations ?? []),
      ...(trouble === undefined ? [] : [`${stoppedAt.point}: ${trouble}`]),
    ];
    const points = report?.points ?? Math.max(0, stoppedAt.number - from);
    sum = { ...(report ?? sum), points: sum.points + points, violations };
    if (report !== undefined || share.signal.aborted) return sum;
    from = stoppedAt.number + 1;
  }
  return { ...sum, violations: [...sum.violations, `${order.part}: given up`] };
}

async function playOnce(share: WatchedShare): Promise<Played> {
  const { order, pointMsMax, tell, signal } = share;
  const { script = workerScript, startMsMax = startMsMaxOfWorker } = share;
  // A group of its own, so that its children end with it.
  const child = spawn(process.execPath, [script, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let words = '';
  child.stderr.on('data', (chunk: Buffer) => {
    words = `${words}${chunk.toString('utf8')}`.slice(-4_000);
  });
  const closed = once(child, 'close');
  let report: CrashReport | undefined;
  let stoppedAt = { number: order.from - 1, point: `${order.part}, before its first point` };
  let trouble: string | undefined;
  let watch: NodeJS.Timeout | undefined;
  const expectLineWithin = (ms: number): void => {
    clearTimeout(watch);
    watch = setTimeout(() => {
      trouble = `hangs for ${Math.round(ms / 1_000)} s`;
      endGroup(child);
    }, ms);
  };
  const abort = (): void => {
    trouble = String(signal.reason);
    endGroup(child);
  };
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  expectLineWithin(startMsMax);
  for await (const text of createInterface({ input: child.stdout })) {
    const line = Line.parse(JSON.parse(text));
    expectLineWithin(line.type === 'begin' ? pointMsMax : startMsMax);
    if (line.type === 'report') report = line.report;
    else tell(line);
    if (line.type === 'begin') stoppedAt = { number: line.number, point: line.point };
  }
  await closed;
  clearTimeout(watch);
  signal.removeEventListener('abort', abort);
  if (report === undefined) {
    trouble ??= `ended with ${child.exitCode ?? child.signalCode}: ${words.trim()}`;
  }
  return { report, stoppedAt, trouble };
}

function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    // It ended between the look and the blow.
    if (z.object({ code: z.string() }).parse(error).code !== 'ESRCH') throw error;
  }
}
