/**
 * Real tills, with their real database files, and the real centre, in one process on one virtual
 * clock. Only what a till takes from outside is replaced: clock, names, chance, timers, the line.
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { TillDeps } from '../../desktop/main/deps.ts';
import { createTill, type Till } from '../../desktop/main/till.ts';
import { type Random, randomOf } from '../../server/twin/random.ts';
import { seededId } from '../../server/twin/seeded-id.ts';
import type { TillAnswer } from '../../shared/contract/till-api.ts';
import { createNetwork, type Network } from './faulty-network.ts';
import { createOracle, type Oracle } from './oracle.ts';
import type { SimulatedCentre } from './simulated-centre.ts';
import { openTillFile, type TillFile } from './till-file.ts';
import { createVirtualTime, type VirtualTime } from './virtual-time.ts';
import { createWorkload, type Workload } from './workload.ts';

export type SimulationOptions = {
  readonly seed: string;
  readonly tills: number;
  readonly days: number;
  /** Folder for the tills' files; the caller removes it. */
  readonly folder: string;
  readonly startMs: number;
};

export type SimulationResult = {
  readonly events: number;
  readonly faults: number;
  readonly checks: number;
  readonly violations: readonly { invariant: string; till: string; detail: string }[];
  /** The same for the same seed: the run can be replayed. */
  readonly digest: string;
};

type SimulatedTill = {
  readonly name: string;
  readonly dataDir: string;
  readonly deps: TillDeps;
  readonly workload: Workload;
  readonly random: Random;
  till: Till;
  file: TillFile | undefined;
  code: string;
  isEnrolled: boolean;
  isEnrolling: boolean;
  clockErrorMs: number;
};

type World = {
  readonly options: SimulationOptions;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly network: Network;
  readonly centre: SimulatedCentre;
  readonly oracle: Oracle;
  readonly tills: readonly SimulatedTill[];
  readonly wrong: (till: string, detail: string) => void;
  readonly trace: (text: string) => void;
  readonly touched: Set<string>;
  /** Faults are off and nobody comes any more: only sync goes on. */
  readonly rest: { isOver: boolean };
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** Faults off, every event must be acknowledged within this much virtual time (I11). */
const drainMsMax = 6 * hourMs;
const stepsMax = 2_000_000;

export async function simulate(
  options: SimulationOptions,
  centre: SimulatedCentre,
): Promise<SimulationResult> {
  const digest = createHash('sha256');
  const violations: { invariant: string; till: string; detail: string }[] = [];
  const time = createVirtualTime(options.startMs);
  const trace = (text: string) => digest.update(`${time.nowMs() - options.startMs} ${text}\n`);
  const wrong = (till: string, detail: string) =>
    violations.push({ invariant: 'answers', till, detail });
  const world = createWorld({ options, centre, time, trace, wrong });
  centre.setClock(() => time.nowMs());
  for (const till of world.tills) till.code = await centre.issueCode(till.name);
  for (const till of world.tills) planLife(world, till);
  planOutages(world);
  await runUntil(world, options.startMs + options.days * dayMs);
  await drain(world);
  await finalCheck(world);
  for (const { till, file } of world.tills) {
    file?.close();
    await till.close();
  }
  return {
    events: world.tills.reduce((sum, { name }) => sum + world.oracle.lastSeqOf(name), 0),
    faults: world.network.faultCount(),
    checks: world.oracle.checkCount(),
    violations: [...violations, ...world.oracle.violations()],
    digest: digest.digest('hex').slice(0, 16),
  };
}

function createWorld(parts: Pick<World, 'options' | 'centre' | 'time' | 'trace' | 'wrong'>): World {
  const { options, centre, time, trace } = parts;
  const random = randomOf(options.seed);
  const touched = new Set<string>();
  const network = createNetwork({
    time,
    random: random.fork('network'),
    trace,
    deliver: async (till, request) => {
      touched.add(till);
      return centre.deliver(request);
    },
  });
  const oracle = createOracle();
  const base = { ...parts, random, network, oracle, touched, rest: { isOver: false } };
  const tills = Array.from({ length: options.tills }, (_, index) =>
    createSimulatedTill(base, `T${index + 1}`),
  );
  return { ...base, tills };
}

function createSimulatedTill(world: Omit<World, 'tills'>, name: string): SimulatedTill {
  const { options, time, centre, oracle, network } = world;
  const random = world.random.fork(name);
  const dataDir = path.join(options.folder, name);
  mkdirSync(dataDir, { recursive: true });
  let privateKey: Uint8Array | undefined;
  const ids = random.fork('ids');
  const jitter = random.fork('jitter');
  const nowMs = () => time.nowMs() + simulated.clockErrorMs;
  const deps: TillDeps = {
    dataDir,
    programVersion: '0.0.0-simulation',
    host: 'counter-host',
    nowMs,
    elapsedMs: () => time.nowMs(),
    newId: () => seededId(time.nowMs(), ids),
    random: jitter.unit,
    timers: {
      after: (delayMs, run) => time.after(delayMs, { run, isConcurrent: false }),
      schedule: (expression, run) => repeated(time, periodOf(expression), run),
    },
    keyStore: {
      load: () => privateKey,
      save: (key) => {
        privateKey = key;
      },
    },
    centreWire: network.wireOf(name),
    log: { info: quiet, warn: quiet, error: quiet },
  };
  const workload = createWorkload(
    {
      name,
      till: () => simulated.till,
      random: random.fork('workload'),
      newId: deps.newId,
      nowMs,
      accepted: (answer) => oracle.accepted(name, answer),
      wrong: (detail) => world.wrong(name, detail),
    },
    centre.drugCodes,
  );
  const clockErrorMs = random.between(-3 * minuteMs, 3 * minuteMs);
  const simulated: SimulatedTill = {
    ...{ name, dataDir, deps, workload, random, code: '', clockErrorMs },
    till: closedTill,
    file: undefined,
    isEnrolled: false,
    isEnrolling: false,
  };
  simulated.till = createTill(deps);
  simulated.file = openTillFile(dataDir);
  return simulated;
}

const closedTill: Till = {
  invoke: async () => ({ ok: false, error: { type: 'TillUnreachable' } }),
  subscribe: () => () => {},
  fault: () => null,
  close: async () => {},
};

function quiet(): void {}

// Life ------------------------------------------------------------------------------------------------

/** Customers come all day; now and then the program is restarted or somebody sets the clock. */
function planLife(world: World, till: SimulatedTill): void {
  const { time } = world;
  const next = (run: () => void | Promise<void>, delayMs: number) =>
    time.after(delayMs, { run, isConcurrent: false });
  const act = async (): Promise<void> => {
    next(act, till.random.between(minuteMs, 24 * minuteMs));
    if (!till.isEnrolled) enrol(world, till);
    else if (!world.rest.isOver) world.trace(`${till.name} ${await till.workload.act()}`);
  };
  const restart = async (): Promise<void> => {
    next(restart, till.random.between(8 * hourMs, 60 * hourMs));
    if (!world.rest.isOver) await restartTill(world, till);
  };
  const setClock = (): void => {
    if (world.rest.isOver) return;
    next(setClock, till.random.between(12 * hourMs, 72 * hourMs));
    till.clockErrorMs = clockError(till.random);
    world.trace(`${till.name} clock ${till.clockErrorMs}`);
  };
  next(act, till.random.between(0, 10 * minuteMs));
  next(restart, till.random.between(6 * hourMs, 48 * hourMs));
  next(setClock, till.random.between(12 * hourMs, 48 * hourMs));
}

function clockError(random: Random): number {
  const draw = random.unit();
  if (draw < 0.03) return 3_650 * dayMs;
  if (draw < 0.06) return -3_650 * dayMs;
  if (draw < 0.3) return random.between(-3 * dayMs, 3 * dayMs);
  return random.between(-5 * minuteMs, 5 * minuteMs);
}

function enrol(world: World, till: SimulatedTill): void {
  if (till.isEnrolling) return;
  till.isEnrolling = true;
  const { code } = till;
  const centreUrl = 'http://centre.simulation.invalid';
  const asked = till.till;
  void asked.invoke('setup.enrol', { centreUrl, code }).then((reply) => {
    till.isEnrolling = false;
    till.isEnrolled = reply.ok || reply.error.type === 'AlreadyEnrolled';
    world.trace(`${till.name} enrol ${reply.ok ? 'done' : reply.error.type}`);
  });
}

/** Ends the program whatever it was doing, and starts it again on the same files. */
async function restartTill(world: World, till: SimulatedTill): Promise<void> {
  till.file?.close();
  await till.till.close();
  await settle();
  till.isEnrolling = false;
  till.till = createTill(till.deps);
  till.file = openTillFile(till.dataDir);
  world.trace(`${till.name} restarted`);
}

/** Lines are down for minutes to days; once the whole centre is away for a third of the run. */
function planOutages(world: World): void {
  const { time, network, options } = world;
  const random = world.random.fork('outages');
  const at = (delayMs: number, run: () => void) =>
    time.after(delayMs, { run, isConcurrent: false });
  for (const { name } of world.tills) {
    const planNext = (): void => {
      if (world.rest.isOver) return;
      const downMs = Math.floor(random.unit() ** 3 * 2 * dayMs);
      at(random.between(2 * hourMs, 30 * hourMs), () => {
        if (world.rest.isOver) return;
        network.setLineUp(name, false);
        at(downMs, () => {
          network.setLineUp(name, true);
          planNext();
        });
      });
    };
    planNext();
  }
  const runMs = options.days * dayMs;
  const awayFromMs = Math.floor(runMs * (0.2 + 0.4 * random.unit()));
  at(awayFromMs, () => network.setCentreUp(false));
  at(awayFromMs + Math.floor(runMs / 3), () => network.setCentreUp(true));
}

// Running ---------------------------------------------------------------------------------------------

async function runUntil(world: World, untilMs: number, isDone = () => false): Promise<void> {
  for (let step = 0; step < stepsMax && !isDone(); step += 1) {
    const things = world.time.takeNext(untilMs);
    if (things.length === 0) return;
    const afterwards = await Promise.all(things.map((thing) => thing.run()));
    for (const afterward of afterwards) afterward?.();
    await settle();
    for (const till of world.tills) checkJournal(world, till);
    await checkTouched(world);
    if (step % 25 === 0) for (const till of world.tills) checkTillStock(world, till);
  }
}

/** Lets everything that is ready run: promises, and what they start. Nothing waits for real time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

function checkJournal({ oracle }: World, { name, file }: SimulatedTill): void {
  oracle.seesJournal(name, file?.journalAfter(oracle.lastSeqOf(name)) ?? []);
}

function checkTillStock({ oracle }: World, { name, file }: SimulatedTill): void {
  oracle.seesTillStock(name, file?.stock() ?? new Map());
}

/** Whatever reached the centre in this step, its tables of that till are compared at once. */
async function checkTouched(world: World): Promise<void> {
  for (const name of [...world.touched].sort()) await checkCentre(world, name);
  world.touched.clear();
}

async function checkCentre({ oracle, centre }: World, name: string): Promise<void> {
  const view = await centre.viewOf(name, oracle.evidenceSeqOf(name));
  if (view !== undefined) oracle.seesCentre(name, view);
}

async function drain(world: World): Promise<void> {
  world.network.heal();
  world.rest.isOver = true;
  world.trace('healed');
  for (const till of world.tills) till.clockErrorMs = 0;
  await runUntil(world, world.time.nowMs() + drainMsMax);
}

async function finalCheck(world: World): Promise<void> {
  for (const till of world.tills) {
    world.oracle.seesJournal(till.name, till.file?.journalAfter(0) ?? []);
    checkTillStock(world, till);
    await checkCentre(world, till.name);
    const reply = await till.till.invoke('sync.status', {});
    // Safe: the contract gives this answer to this call; the till checks it.
    const status = reply.ok ? (reply.value as TillAnswer<'sync.status'>) : undefined;
    world.oracle.seesClaim(till.name, status?.ackedSeq ?? 0);
    world.oracle.seesEnd(till.name, { isAgreed: status?.state === 'agreed' });
    world.trace(`${till.name} ends at ${status?.ackedSeq} ${status?.state}`);
  }
}

function repeated(time: VirtualTime, periodMs: number, run: () => void): () => void {
  let cancel = plan();
  function plan(): () => void {
    const delayMs = periodMs - (time.nowMs() % periodMs);
    return time.after(delayMs, {
      isConcurrent: false,
      run: () => {
        cancel = plan();
        run();
      },
    });
  }
  return () => cancel();
}

/** Enough of cron for the two kinds a till uses: every n minutes, and once a day. */
function periodOf(expression: string): number {
  const minutes = /^\*\/(\d+) \* \* \* \*$/.exec(expression)?.[1];
  return minutes === undefined ? dayMs : Number(minutes) * minuteMs;
}
