/**
 * `npm run simulate`: real tills and a real centre on a virtual clock, in a world that lies, judged
 * by an independent oracle.
 *
 *   -- --seed S                  one seed, as it is replayed
 *   -- --seeds N --first-seed S  S, S+1 … N of them, after those of seeds.txt
 *   -- --plant NAME | all        planted bugs, one at a time: is each caught, by what, after how many
 *      --tills T --days D        the size of each world
 *      --workers W               processes side by side
 *
 * The last line sums up. Exit status 0 only if everything held, or if enough plants were caught.
 */
import { rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { startEmbeddedDatabase } from '../../server/db/embedded.ts';
import { eventSchemas } from '../../shared/events/registry.ts';
import { runAt } from '../support/postgres.ts';
import { type PlantReport, runPlants } from './run-plants.ts';
import { knownSeeds, runSeeds, type SeedResult } from './run-seeds.ts';
import { makeSimulationFolder } from './simulation-folder.ts';

const Arguments = z.object({
  seed: z.coerce.number().int().min(0).optional(),
  seeds: z.coerce.number().int().min(1).max(1_000_000).optional(),
  'first-seed': z.coerce.number().int().min(0).default(1),
  plant: z.string().optional(),
  tills: z.coerce.number().int().min(1).max(60).default(2),
  days: z.coerce.number().min(0.05).max(365).default(0.06),
  workers: z.coerce.number().int().min(1).max(64).default(availableParallelism()),
});
type Arguments = z.infer<typeof Arguments>;

/** What a range of worlds of the usual size goes through at least, on average; half of it is rare. */
const eventsPerSeedMin = 30;
const faultsPerSeedMin = 30;
const checksPerSeedMin = 2_000;
/** In so many seeds, each type of event has happened. */
const seedsOfEveryType = 150;
const plantsCaughtMin = 0.95;
const eventTypes = Object.keys(eventSchemas);

await run();

async function run(): Promise<void> {
  const names = ['seed', 'seeds', 'first-seed', 'plant', 'tills', 'days', 'workers'] as const;
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' } as const]));
  const wanted = Arguments.parse(parseArgs({ options }).values);
  const folder = makeSimulationFolder();
  const database = await startEmbeddedDatabase({
    dataDir: path.join(folder, 'centre'),
    log: { info: () => {}, warn: () => {}, error: () => {} },
    report: () => {},
    isThrowAway: true,
  });
  try {
    const { databaseUrl } = database;
    await makeConnectionsCheap(databaseUrl);
    const isGood =
      wanted.plant === undefined
        ? await simulateSeeds(wanted, databaseUrl)
        : await plantBugs(wanted, wanted.plant, databaseUrl);
    process.exitCode = isGood ? 0 : 1;
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Each centre opens its own, and proving a password costs more than most statements after it. */
async function makeConnectionsCheap(databaseUrl: string): Promise<void> {
  const { username, password } = new URL(databaseUrl);
  await runAt(
    databaseUrl,
    `SET scram_iterations = 1; ALTER ROLE "${username}" PASSWORD '${password}'`,
  );
}

async function simulateSeeds(wanted: Arguments, databaseUrl: string): Promise<boolean> {
  const { tills, days, workers } = wanted;
  const seeds = seedsOf(wanted);
  const sum = { seeds: 0, events: 0, faults: 0, checks: 0, violations: 0 };
  const byType = new Map<string, number>(eventTypes.map((type) => [type, 0]));
  const tell = (result: SeedResult) => {
    tellSeed(wanted, result);
    sum.seeds += 1;
    sum.events += result.events;
    sum.faults += result.faults;
    sum.checks += result.checks;
    sum.violations += result.violations.length;
    for (const [type, count] of Object.entries(result.eventsByType)) {
      byType.set(type, (byType.get(type) ?? 0) + count);
    }
  };
  const isComplete = await runSeeds({ databaseUrl, seeds, tills, days, workers }, tell);
  const isBusy =
    sum.events >= sum.seeds * eventsPerSeedMin * Math.min(1, tills / 2) &&
    sum.faults >= sum.seeds * faultsPerSeedMin * Math.min(1, tills / 2) &&
    sum.checks >= sum.seeds * checksPerSeedMin * Math.min(1, tills / 2);
  const missing = sum.seeds < seedsOfEveryType ? [] : typesWithout(byType);
  const isPlausible = sum.seeds === 1 ? sum.checks > 0 : isBusy && missing.length === 0;
  if (missing.length > 0) say(`no event of type ${missing.join(', ')}`);
  if (!isComplete) say('a worker ended before its work was done');
  if (!isPlausible) say('implausibly little happened: this proves nothing');
  say(
    `seeds ${sum.seeds}, events ${sum.events}, faults ${sum.faults}, checks ${sum.checks}, ` +
      `violations ${sum.violations}; ${[...byType].map((pair) => pair.join(' ')).join(', ')}`,
  );
  return isComplete && isPlausible && sum.violations === 0 && sum.seeds === seeds.length;
}

function typesWithout(countByType: ReadonlyMap<string, number>): readonly string[] {
  return [...countByType].filter(([, count]) => count === 0).map(([type]) => type);
}

/** A range begins with the seeds that once found something. */
function seedsOf({ seed, seeds, 'first-seed': first }: Arguments): readonly number[] {
  if (seed !== undefined && seeds === undefined) return [seed];
  const range = Array.from({ length: seeds ?? 1 }, (_, index) => (seed ?? first) + index);
  return [...new Set([...knownSeeds(), ...range])];
}

function tellSeed({ tills, days }: Arguments, result: SeedResult): void {
  const { seed, events, faults, checks, digest, plan, violations } = result;
  say(`seed ${seed}: ${events} events, ${faults} faults, ${checks} checks, ${digest}, ${plan}`);
  if (violations.length === 0) return;
  for (const { invariant, till, detail } of violations) say(`  ${invariant} at ${till}: ${detail}`);
  say(`  replay: npm run simulate -- --seed ${seed} --tills ${tills} --days ${days}`);
}

async function plantBugs(wanted: Arguments, name: string, databaseUrl: string): Promise<boolean> {
  const { tills, days, workers, 'first-seed': firstSeed } = wanted;
  const reports: PlantReport[] = [];
  const options = { databaseUrl, name, firstSeed, tills, days, workers };
  const absent = await runPlants(options, (report) => {
    reports.push(report);
    const { plant, seeds, caughtBy, detail } = report;
    const after = `after ${seeds} ${seeds === 1 ? 'seed' : 'seeds'}`;
    say(
      `${plant.failure} ${plant.name}: ${caughtBy === undefined ? `MISSED ${after}` : `caught by ${caughtBy} ${after}`}`,
    );
    say(
      `    ${caughtBy === undefined ? (plant.whyMissed ?? plant.what) : `${plant.what}: ${detail}`}`,
    );
  });
  for (const { failure, why } of absent) say(`${failure}: ${why}`);
  const caught = reports.filter(({ caughtBy }) => caughtBy !== undefined).length;
  const seeds = reports.reduce((sum, report) => sum + report.seeds, 0);
  say(
    `plants ${reports.length}, caught ${caught}, missed ${reports.length - caught}, seeds ${seeds}`,
  );
  return reports.length > 0 && caught >= reports.length * plantsCaughtMin;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
