/** Shares seeds out to worker processes and hears from each what became of them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { Job } from './worker.ts';

const SeedResult = z.object({
  seed: z.int(),
  events: z.int(),
  faults: z.int(),
  checks: z.int(),
  eventsByType: z.record(z.string(), z.int()),
  violations: z.array(z.object({ invariant: z.string(), till: z.string(), detail: z.string() })),
  plan: z.string(),
  digest: z.string(),
});
export type SeedResult = z.infer<typeof SeedResult>;

/** The seeds that once found something: the first number of each line. */
export function knownSeeds(): readonly number[] {
  const text = readFileSync(path.join(import.meta.dirname, 'seeds.txt'), 'utf8');
  return text
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => Number(/^\d+/.exec(line)?.[0]));
}

/** @returns whether every worker did all of its work. */
export async function runSeeds(
  work: {
    readonly databaseUrl: string;
    readonly seeds: readonly number[];
    readonly tills: number;
    readonly days: number;
    readonly workers: number;
  },
  tell: (result: SeedResult) => void,
): Promise<boolean> {
  const { databaseUrl, seeds, tills, days } = work;
  const workers = Math.min(work.workers, seeds.length);
  const shares = Array.from({ length: workers }, (_, worker) =>
    seeds.filter((_seed, index) => index % workers === worker),
  );
  const ends = await Promise.all(
    shares.map((share) => runJob({ databaseUrl, seeds: share, tills, days }, tell)),
  );
  return ends.every((isComplete) => isComplete);
}

/** One worker process. @returns whether it ended in order. */
export async function runJob(
  job: Omit<Job, 'name'>,
  tell: (result: SeedResult) => void,
): Promise<boolean> {
  const name = `simulation_${randomBytes(6).toString('hex')}`;
  const worker = path.join(import.meta.dirname, 'worker.ts');
  const child = spawn(process.execPath, [worker, JSON.stringify({ ...job, name })], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stopWithUs = () => child.kill();
  process.once('exit', stopWithUs);
  const ended = endOf(child);
  for await (const line of createInterface({ input: child.stdout })) {
    tell(SeedResult.parse(JSON.parse(line)));
  }
  const code = await ended;
  process.off('exit', stopWithUs);
  return code === 0;
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
