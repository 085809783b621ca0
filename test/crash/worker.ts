/**
 * One share of one part, in a process of its own: started by run.ts, which watches it. It says where
 * it is in lines of JSON on standard output, and last of all its report.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { startEmbeddedDatabase } from '../../server/db/embedded.ts';
import {
  cutPower,
  killCentre,
  killDatabase,
  killTill,
  type Portion,
  someExtent,
  troubleCommands,
  troubleStarts,
  wholeExtent,
} from './crash-suite.ts';
import type { Progress } from './take.ts';
import type { CrashReport } from './till-points.ts';

export const partNames = [
  'till-kill',
  'till-power',
  'till-start',
  'centre-kill',
  'database-kill',
  'till-disk',
] as const;
export type PartName = (typeof partNames)[number];

/** What run.ts hands over, as JSON in the first argument. */
export const WorkOrder = z.object({
  part: z.enum(partNames),
  isWhole: z.boolean(),
  seed: z.number(),
  share: z.object({ index: z.int().min(0), count: z.int().min(1) }),
  from: z.int().min(0),
  library: z.string(),
  script: z.string(),
  /** In memory where the system offers that; its own. */
  folder: z.string(),
  /** On a real disk, and open to the user that the database runs as; its own. */
  diskFolder: z.string(),
});
export type WorkOrder = z.infer<typeof WorkOrder>;

/** A line of the worker. */
export type WorkerLine = Progress | { readonly type: 'report'; readonly report: CrashReport };

if (import.meta.main) await work(WorkOrder.parse(JSON.parse(process.argv[2] ?? '')));

async function work(order: WorkOrder): Promise<void> {
  for (const folder of [order.folder, order.diskFolder]) mkdirSync(folder, { recursive: true });
  const report = await playPart(order);
  say({ type: 'report', report });
}

function playPart(order: WorkOrder): Promise<CrashReport> {
  const { part, seed, share, from, folder, library, script } = order;
  const extent = order.isWhole ? wholeExtent : someExtent;
  const workshop = { folder, library, till: { script, library } };
  const portion: Portion = { share, from, tell: say, lanes: 1 };
  switch (part) {
    case 'till-kill':
      return killTill(workshop, extent, portion);
    case 'till-power':
      return cutPower(workshop, extent, { seed }, portion);
    case 'till-start':
      return troubleStarts(workshop, extent, portion);
    case 'till-disk':
      return troubleCommands(workshop, portion);
    case 'database-kill':
      return killDatabase({ ...workshop, folder: order.diskFolder }, extent, portion);
    case 'centre-kill':
      return withThrowAwayDatabase(order.diskFolder, (postgresUrl) =>
        killCentre(workshop, extent, postgresUrl, portion),
      );
  }
}

async function withThrowAwayDatabase(
  folder: string,
  use: (postgresUrl: string) => Promise<CrashReport>,
): Promise<CrashReport> {
  const database = await startEmbeddedDatabase({
    dataDir: path.join(folder, 'centre'),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    report: () => {},
    isThrowAway: true,
  });
  try {
    return await use(database.databaseUrl);
  } finally {
    await database.stop();
  }
}

function say(line: WorkerLine): void {
  process.stdout.write(`${JSON.stringify(line)}\n`);
}
