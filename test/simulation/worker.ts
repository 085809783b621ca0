/**
 * One process that runs seeds one after another on a database of its own, and says of each in one
 * JSON line what became of it. Started by run.ts; what it is asked for is its only argument.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { plants } from './plants.ts';
import { makeSimulationFolder } from './simulation-folder.ts';
import { changeSources, smallWorld } from './source-changes.ts';

export const Job = z.object({
  /** A server on which databases may be made. */
  databaseUrl: z.string(),
  name: z.string().regex(/^\w+$/),
  seeds: z.array(z.int()),
  tills: z.int(),
  days: z.number(),
  /** The planted bug, where there is one; then the first violation ends the work. */
  plant: z.string().optional(),
});
export type Job = z.infer<typeof Job>;

/** The simulated morning on which every run begins: nothing depends on today. */
const startMs = Date.parse('2026-03-02T07:00:00+07:00');

await work(Job.parse(JSON.parse(process.argv[2] ?? '{}')));

async function work(job: Job): Promise<void> {
  const planted = plants.find(({ name }) => name === job.plant);
  const notLoaded = changeSources([...smallWorld, ...(planted?.changes ?? [])]);
  // After the change: what was loaded before stays as it was.
  const { simulate } = await import('./world.ts');
  const { openSimulatedCentre } = await import('./simulated-centre.ts');
  const { watchDisk } = await import('./disk.ts');
  const { watchConnections } = await import('./centre-connections.ts');
  const { runAt, withDatabase } = await import('../support/postgres.ts');
  const unchanged = notLoaded();
  if (unchanged.length > 0) throw new Error(`Loaded before it was changed: ${unchanged.join()}`);
  const disk = watchDisk();
  const connections = watchConnections();
  await runAt(job.databaseUrl, `CREATE DATABASE ${job.name}`);
  const databaseUrl = withDatabase(job.databaseUrl, job.name);
  const centre = await openSimulatedCentre({ databaseUrl, startMs });
  const folder = makeSimulationFolder();
  try {
    for (const seed of job.seeds) {
      const own = path.join(folder, String(seed));
      const { tills, days } = job;
      const options = { seed: String(seed), tills, days, folder: own, startMs };
      const cpuBefore = process.cpuUsage();
      const result = await simulate(options, { centre, disk, connections });
      rmSync(own, { recursive: true, force: true });
      const violations = result.violations.slice(0, 20);
      process.stdout.write(
        `${JSON.stringify({ ...result, seed, violations, cpuMs: cpuMsSince(cpuBefore) })}\n`,
      );
      if (planted !== undefined && violations.length > 0) break;
    }
  } finally {
    await centre.close();
    rmSync(folder, { recursive: true, force: true });
    await runAt(job.databaseUrl, `DROP DATABASE ${job.name} WITH (FORCE)`);
  }
}

function cpuMsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return Math.round((user + system) / 1_000);
}
