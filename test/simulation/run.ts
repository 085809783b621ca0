/**
 * `npm run simulate -- --seed S --tills T --days D [--seeds N]`: real tills and a real centre on a
 * virtual clock and a network that lies, checked by an independent oracle. Seeds S, S+1 … N of them.
 * A run that fails prints the one command that replays it. Exit status 0 only if everything held.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startEmbeddedDatabase } from '../../server/db/embedded.ts';
import { runAt, withDatabase } from '../support/postgres.ts';
import { openSimulatedCentre } from './simulated-centre.ts';
import { makeSimulationFolder } from './simulation-folder.ts';
import { type SimulationResult, simulate } from './world.ts';

const Arguments = z.object({
  seed: z.coerce.number().int().min(0).default(1),
  seeds: z.coerce.number().int().min(1).max(100_000).default(1),
  tills: z.coerce.number().int().min(1).max(64).default(3),
  days: z.coerce.number().min(0.1).max(365).default(3),
});

/** The simulated morning on which every run begins: nothing depends on today. */
export const simulationStartMs = Date.parse('2026-03-02T07:00:00+07:00');
const violationsShownMax = 20;

await run();

async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string' },
      seeds: { type: 'string' },
      tills: { type: 'string' },
      days: { type: 'string' },
    },
  });
  const { seed, seeds, tills, days } = Arguments.parse(values);
  const folder = makeSimulationFolder();
  const database = await startEmbeddedDatabase({
    dataDir: path.join(folder, 'centre'),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    report: () => {},
    isThrowAway: true,
  });
  const sum = { seeds: 0, events: 0, faults: 0, checks: 0, violations: 0 };
  try {
    for (let each = seed; each < seed + seeds; each += 1) {
      const result = await runSeed({ seed: each, tills, days, folder, url: database.databaseUrl });
      tell({ seed: each, tills, days }, result);
      sum.seeds += 1;
      sum.events += result.events;
      sum.faults += result.faults;
      sum.checks += result.checks;
      sum.violations += result.violations.length;
    }
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  process.exitCode = sum.violations === 0 ? 0 : 1;
  process.stdout.write(
    `seeds ${sum.seeds}, events ${sum.events}, faults ${sum.faults}, checks ${sum.checks}, ` +
      `violations ${sum.violations}\n`,
  );
}

async function runSeed(options: {
  readonly seed: number;
  readonly tills: number;
  readonly days: number;
  readonly folder: string;
  readonly url: string;
}): Promise<SimulationResult> {
  const { seed, tills, days } = options;
  const name = `simulation_${seed}`;
  await runAt(options.url, `CREATE DATABASE ${name}`);
  const centre = await openSimulatedCentre({
    databaseUrl: withDatabase(options.url, name),
    startMs: simulationStartMs,
  });
  const folder = path.join(options.folder, name);
  try {
    const startMs = simulationStartMs;
    return await simulate({ seed: String(seed), tills, days, folder, startMs }, centre);
  } finally {
    await centre.close();
    await runAt(options.url, `DROP DATABASE ${name} WITH (FORCE)`);
    rmSync(folder, { recursive: true, force: true });
  }
}

function tell(
  run: { readonly seed: number; readonly tills: number; readonly days: number },
  { digest, events, faults, violations }: SimulationResult,
): void {
  const { seed, tills, days } = run;
  process.stdout.write(`seed ${seed}: ${events} events, ${faults} faults, trace ${digest}\n`);
  if (violations.length === 0) return;
  for (const { invariant, till, detail } of violations.slice(0, violationsShownMax)) {
    process.stdout.write(`  ${invariant} broken at ${till}: ${detail}\n`);
  }
  process.stdout.write(
    `  replay: npm run simulate -- --seed ${seed} --tills ${tills} --days ${days}\n`,
  );
}
