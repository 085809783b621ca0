/**
 * `npm run crash-points`: kills till and centre at their write calls, cuts the power, fills the disk,
 * kills the database. Exit status 0 only if everything held.
 *
 * --all              every point, for a night; without it a part of them, as every change takes it
 * --part <name>      only this part, as often as wanted (worker.ts lists them)
 * --share <i>/<n>    the i-th of n shares, for several machines
 * --lanes <n>        shares at a time; as many as there are cores
 * --point-seconds    a point that takes longer is named, ended and counted as a violation; the share
 *                    goes on behind it
 * --seed <s>         another power cut
 *
 * Each share runs in a process of its own, so that nothing that hangs can stop the run.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { makeSimulationFolder } from '../simulation/simulation-folder.ts';
import { openWorkshop, type Workshop } from './crash-suite.ts';
import { addReports, createProgressTeller } from './run-progress.ts';
import type { CrashReport } from './till-points.ts';
import { playShare } from './watched-worker.ts';
import { type PartName, partNames } from './worker.ts';

const violationsShownMax = 20;

const Options = z.object({
  all: z.boolean(),
  seed: z.coerce.number(),
  part: z.array(z.enum(partNames)).min(1),
  share: z
    .string()
    .regex(/^\d+\/\d+$/)
    .transform((text) => text.split('/').map(Number))
    .transform(([number = 1, count = 1]) => ({ index: number - 1, count }))
    .refine(({ index, count }) => index >= 0 && index < count, 'a share is 1/n to n/n'),
  lanes: z.coerce.number().int().min(1),
  'point-seconds': z.coerce.number().positive(),
});
type Options = z.output<typeof Options>;

const { values } = parseArgs({
  options: {
    all: { type: 'boolean', default: false },
    seed: { type: 'string', default: '1' },
    part: { type: 'string', multiple: true, default: [...partNames] },
    share: { type: 'string', default: '1/1' },
    lanes: { type: 'string', default: String(availableParallelism()) },
    'point-seconds': { type: 'string', default: '180' },
  },
});

await run(Options.parse(values));

async function run(options: Options): Promise<void> {
  const folder = makeSimulationFolder();
  // The database runs as another user, and its files are to meet a real disk.
  const diskFolder = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-crash-'));
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stop.abort(new Error(`ended by ${signal}`)));
  }
  try {
    const workshop = await openWorkshop(folder);
    const reports = await playEverything(options, { workshop, diskFolder, signal: stop.signal });
    tellSum(reports);
  } finally {
    for (const each of [folder, diskFolder]) rmSync(each, { recursive: true, force: true });
  }
}

type Place = {
  readonly workshop: Workshop;
  readonly diskFolder: string;
  readonly signal: AbortSignal;
};

/** The shares of all parts, the longest part first, as many at a time as there are lanes. */
async function playEverything(
  options: Options,
  { workshop, diskFolder, signal }: Place,
): Promise<readonly CrashReport[]> {
  const { lanes, share } = options;
  const teller = createProgressTeller({
    parts: options.part,
    isWhole: options.all,
    machines: share.count,
    lanes,
  });
  const found = new Map<PartName, CrashReport[]>();
  const waiting = options.part.flatMap((part) =>
    Array.from({ length: lanes }, (_, lane) => ({ part, lane })),
  );
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const { part, lane } = next;
      const name = `${part}-${lane}`;
      const folders = {
        folder: path.join(workshop.folder, name),
        diskFolder: path.join(diskFolder, name),
      };
      // The database's user must be able to enter it.
      mkdirSync(folders.diskFolder, { recursive: true, mode: 0o755 });
      const report = await playShare({
        order: {
          part,
          isWhole: options.all,
          seed: options.seed,
          share: { index: share.index * lanes + lane, count: share.count * lanes },
          from: 0,
          library: workshop.library,
          script: workshop.till.script,
          ...folders,
        },
        pointMsMax: options['point-seconds'] * 1_000,
        tell: (progress) => teller.tell(part, lane, progress),
        signal,
      });
      for (const each of Object.values(folders)) rmSync(each, { recursive: true, force: true });
      const reports = [...(found.get(part) ?? []), report];
      found.set(part, reports);
      if (reports.length === lanes) tellReport(addReports(reports));
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, work));
  } finally {
    teller.end();
  }
  return [...found.values()].map(addReports);
}

function tellSum(reports: readonly CrashReport[]): void {
  const total = (count: (report: CrashReport) => number) =>
    reports.reduce((all, report) => all + count(report), 0);
  const violations = total((report) => report.violations.length);
  const points = total((report) => report.points);
  const isPlausible = reports.every((report) => report.points > 0 && report.checks > report.points);
  if (!isPlausible) process.stdout.write('A part went through too little to prove anything.\n');
  process.exitCode = violations === 0 && isPlausible ? 0 : 1;
  process.stdout.write(
    `write calls ${total(({ calls }) => calls)}, points ${points}, ` +
      `checks ${total(({ checks }) => checks)}, violations ${violations}\n`,
  );
}

function tellReport({ what, calls, points, acknowledged, checks, violations }: CrashReport): void {
  const ofCalls = calls > 0 ? `${calls} write calls, ` : '';
  process.stdout.write(
    `${what}: ${ofCalls}${points} points, ${acknowledged} acknowledgements at stake, ` +
      `${checks} checks, ${violations.length} violations\n`,
  );
  for (const violation of violations.slice(0, violationsShownMax)) {
    process.stdout.write(`  ${violation}\n`);
  }
}
