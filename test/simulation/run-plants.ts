/** Switches planted bugs on, one at a time, each in a process of its own, until one is caught. */
import { randomOf } from '../../server/twin/random.ts';
import { drawPlan } from './plan.ts';
import { absentFailures, type Plant, plants } from './plants.ts';
import { runJob } from './run-seeds.ts';

export type PlantReport = {
  readonly plant: Plant;
  readonly seeds: number;
  /** The invariant or check that found it; undefined when nothing did. */
  readonly caughtBy: string | undefined;
  readonly detail: string;
};

/** More seeds than a plant may need; the first violation ends the search. */
const seedsPerPlant = 24;

/** @param options.name of one plant, of several with commas between them, or `all`. */
export async function runPlants(
  options: {
    readonly databaseUrl: string;
    readonly name: string;
    readonly firstSeed: number;
    readonly tills: number;
    readonly days: number;
    readonly workers: number;
  },
  tell: (report: PlantReport) => void,
): Promise<typeof absentFailures> {
  const names = options.name.split(',');
  const waiting = plants.filter(({ name }) => options.name === 'all' || names.includes(name));
  if (options.name !== 'all' && waiting.length !== names.length) {
    throw new Error(`There is no such plant. There are: ${plants.map(({ name }) => name).join()}`);
  }
  const work = async () => {
    for (let plant = waiting.shift(); plant !== undefined; plant = waiting.shift()) {
      tell(await tryPlant(plant, options));
    }
  };
  await Promise.all(Array.from({ length: options.workers }, work));
  return options.name === 'all' ? absentFailures : [];
}

async function tryPlant(
  plant: Plant,
  options: {
    readonly databaseUrl: string;
    readonly firstSeed: number;
    readonly tills: number;
    readonly days: number;
  },
): Promise<PlantReport> {
  const { databaseUrl, firstSeed, tills, days } = options;
  const seeds = seedsThatMeet(plant, firstSeed, days);
  let count = 0;
  let found: { readonly invariant: string; readonly detail: string } | undefined;
  const isComplete = await runJob(
    { databaseUrl, seeds, tills, days, plant: plant.name },
    ({ violations }) => {
      count += 1;
      found ??= violations[0];
    },
  );
  if (!isComplete && found === undefined) {
    return { plant, seeds: count, caughtBy: undefined, detail: 'the worker could not run with it' };
  }
  const detail = (found?.detail ?? '').split('\n')[0] ?? '';
  return { plant, seeds: count, caughtBy: found?.invariant, detail };
}

/** The first seeds of the range that have in store what the bug needs. */
function seedsThatMeet({ needs = [] }: Plant, firstSeed: number, days: number): number[] {
  const seeds: number[] = [];
  for (let seed = firstSeed; seeds.length < seedsPerPlant; seed += 1) {
    const { troubles, fate } = drawPlan(randomOf(String(seed)).fork('plan'), { startMs: 0, days });
    const inStore: ReadonlySet<string> = new Set([...troubles, fate]);
    if (needs.every((need) => inStore.has(need))) seeds.push(seed);
  }
  return seeds;
}
