/**
 * Real tills, with their real database files, and the real centre, in one process on one virtual
 * clock. Only what a till takes from outside is replaced: clock, names, chance, timers, the line; and
 * a watch stands over the disk and over the centre's connections. First everything goes wrong that
 * the seed has in store, and what must always hold is checked after every step (I1–I4, I8, I12);
 * then nothing goes wrong any more, and everything must come to rest in bounded time (I4, I10, I11).
 */
import { createHash } from 'node:crypto';
import { randomOf } from '../../server/twin/random.ts';
import { seededId } from '../../server/twin/seeded-id.ts';
import type { TillAnswer } from '../../shared/contract/till-api.ts';
import { createNetwork } from './faulty-network.ts';
import { enrol, heal, planCustomers, planLife, switchOffAtNight } from './life.ts';
import { createMachine, type Machine, type MachineParts, switchOff, switchOn } from './machine.ts';
import { createOracle, type Violation } from './oracle.ts';
import { drawPlan } from './plan.ts';
import { protocolNewest, setProtocol } from './source-changes.ts';
import { createVirtualTime } from './virtual-time.ts';
import type { Roads } from './workload.ts';
import type { SimulationOptions, Surroundings, World } from './world-parts.ts';

export type SimulationResult = {
  readonly events: number;
  readonly faults: number;
  readonly checks: number;
  readonly eventsByType: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
  /** The troubles that this seed had in store, in words. */
  readonly plan: string;
  /** The same for the same seed: the run can be replayed. */
  readonly digest: string;
};

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** Faults off, every event must be acknowledged within this much virtual time (I11) … */
const drainMsMax = 3 * hourMs;
/** … and within this many requests of each machine, beside those that carry its events. */
const drainRequestsMax = 120;
/** No till asks more often than this, whatever happens to it (a herd is made of such tills). */
const requestsPerHourMax = 600;
const stepsMax = 2_000_000;

export async function simulate(
  options: SimulationOptions,
  surroundings: Surroundings,
): Promise<SimulationResult> {
  const digest = createHash('sha256');
  const world = createWorld(options, surroundings, digest);
  const { oracle, machines, centre, network, disk, connections } = world;
  const before = disk.faultCount() + connections.faultCount();
  const onBug = (bug: unknown) => oracle.check('process')('bug', false, () => wordsOf(bug));
  process.on('unhandledRejection', onBug);
  try {
    await centre.begin({
      nowMs: world.time.nowMs,
      newId: () => seededId(world.time.nowMs(), world.random),
    });
    setProtocol(protocolNewest);
    for (const machine of machines) machine.code = await centre.issueCode(machine.facility);
    planLife(world);
    watchRates(world);
    await runUntil(world, world.plan.untilMs);
    await comeToRest(world);
  } catch (bug) {
    onBug(bug);
  } finally {
    process.off('unhandledRejection', onBug);
    connections.disarm();
    for (const machine of machines) await switchOff(machine).catch(onBug);
    await centre.end();
  }
  return {
    events: machines.reduce((sum, { journal }) => sum + oracle.lastSeqOf(journal), 0),
    faults:
      network.faultCount() + world.faults - before + disk.faultCount() + connections.faultCount(),
    checks: oracle.checkCount(),
    eventsByType: oracle.eventsByType(),
    violations: [...oracle.violations()],
    plan: [...world.plan.troubles, world.plan.fate, world.plan.isLongOutage ? 'weeks' : '']
      .filter((word) => word !== '' && word !== 'none')
      .join(' '),
    digest: digest.digest('hex').slice(0, 16),
  };
}

function createWorld(
  options: SimulationOptions,
  surroundings: Surroundings,
  digest: { readonly update: (text: string) => unknown },
): World {
  const { startMs, folder, days } = options;
  const random = randomOf(options.seed);
  const time = createVirtualTime(startMs);
  const { drugCodes, controlledDrug } = surroundings.centre;
  const oracle = createOracle(new Set([controlledDrug]));
  const plan = drawPlan(random.fork('plan'), { startMs, days });
  const trace = (text: string) => {
    digest.update(`${time.nowMs() - startMs} ${text}\n`);
    if (process.env['SIMULATION_TRACE'] === '1') {
      process.stderr.write(`${((time.nowMs() - startMs) / minuteMs).toFixed(1)} ${text}\n`);
    }
  };
  const touched = new Set<string>();
  const machines: Machine[] = [];
  const network = createNetwork({
    time,
    random: random.fork('network'),
    trace,
    // Two journals of one name, and a connection that breaks, are told in the order of the seed.
    isConcurrent: plan.fate === 'none' && !plan.troubles.has('centre-breaks'),
    deliver: async (name, request) => {
      // Questions change nothing there that is checked.
      if (request.method === 'POST' && !request.url.endsWith('/agreement')) {
        touched.add(machines.find((machine) => machine.name === name)?.identity ?? name);
      }
      return surroundings.centre.deliver(request);
    },
  });
  const wrong = (name: string, detail: string) =>
    oracle.check(name)('answers', false, () => detail);
  const { centre, disk } = surroundings;
  const { wireOf } = network;
  const roads: Roads = {
    partnerOf: centre.partnerOf,
    shops: () => [...new Set(machines.map(({ facility }) => facility))],
    transfers: [],
  };
  const parts: MachineParts = {
    ...{ folder, time, disk, oracle, wireOf, drugCodes, controlledDrug, roads, trace, wrong },
  };
  const addMachine: World['addMachine'] = ({ name, facility, code, heirOf }) => {
    const machine = createMachine(parts, { name, facility, heirOf, random: random.fork(name) });
    machine.code = code;
    machine.protocol = random.between(1, protocolNewest);
    machines.push(machine);
    switchOn(parts, machine);
    if (code !== '') planCustomers(world, machine);
  };
  const world: World = {
    ...surroundings,
    ...{
      options,
      plan,
      time,
      random,
      network,
      oracle,
      machines,
      parts,
      addMachine,
      trace,
      touched,
    },
    revokedIdentities: new Set(),
    tillIds: new Map(),
    isOver: false,
    faults: 0,
  };
  for (let number = 1; number <= options.tills; number += 1) {
    addMachine({ name: `T${number}`, facility: `T${number}`, code: '' });
  }
  return world;
}

// Running ---------------------------------------------------------------------------------------------

async function runUntil(world: World, untilMs: number, isDone?: () => Promise<boolean>) {
  for (let step = 0; step < stepsMax; step += 1) {
    if (world.oracle.violations().length > 0) return;
    const things = world.time.takeNext(untilMs);
    if (things.length === 0) return;
    const afterwards = await Promise.all(things.map((thing) => thing.run()));
    for (const afterward of afterwards) afterward?.();
    await settle();
    for (const machine of world.machines) checkMachine(world, machine);
    await checkTouched(world);
    if (step % 8 === 0 && (await isDone?.())) return;
  }
}

/** Lets everything that is ready run: promises, and what they start. Nothing waits for real time. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}

/** Whatever was committed at a till in this step: its journal and its stock. */
function checkMachine({ oracle }: World, { file, journal }: Machine): void {
  if (file === undefined || !file.hasChanged()) return;
  oracle.seesJournal(journal, file.journalAfter(oracle.lastSeqOf(journal)));
  oracle.seesTillStock(journal, file.stock());
  // What it sold in this step, it sold knowing what it knew before.
  oracle.seesRecalls(journal, [...file.recalls().values()]);
}

/** Whatever reached the centre in this step: its tables of that till; then what tills claim. */
async function checkTouched(world: World): Promise<void> {
  for (const identity of [...world.touched].sort()) await checkCentre(world, identity);
  world.touched.clear();
  for (const { journal, file } of world.machines) {
    if (file !== undefined) world.oracle.seesClaim(journal, file.claim());
  }
}

async function checkCentre(world: World, identity: string): Promise<void> {
  const { oracle, centre } = world;
  const tillId = tillIdOf(world, identity);
  if (tillId === undefined) return;
  const view = await centre.viewOf(tillId, oracle.evidenceSeqOf(identity));
  if (view !== undefined) oracle.seesCentre(identity, view);
}

function tillIdOf({ tillIds, machines }: World, identity: string): string | undefined {
  const known = tillIds.get(identity);
  if (known !== undefined) return known;
  for (const machine of machines.filter((candidate) => candidate.identity === identity)) {
    const tillId = machine.file?.tillId();
    if (tillId !== undefined) tillIds.set(identity, tillId);
  }
  return tillIds.get(identity);
}

function watchRates(world: World): void {
  const { time, network, oracle } = world;
  const counted = new Map<string, number>();
  const look = async (): Promise<void> => {
    if (world.isOver) return;
    time.after(hourMs, { run: look, isConcurrent: false });
    await switchOffAtNight(world);
    for (const { name } of world.machines) {
      const sent = network.sentBy(name);
      const inHour = sent - (counted.get(name) ?? 0);
      counted.set(name, sent);
      oracle.check(name)('rate', inHour <= requestsPerHourMax, () => `${inHour} requests an hour`);
    }
  };
  time.after(hourMs, { run: look, isConcurrent: false });
}

// The end ---------------------------------------------------------------------------------------------------

async function comeToRest(world: World): Promise<void> {
  const { time, network, machines, oracle } = world;
  if (oracle.violations().length > 0) return;
  heal(world);
  // What a person would do: type the code again, press the key again that got no answer.
  for (const machine of machines)
    world.trace(`${machine.name} ${await machine.workload.askAgain()}`);
  const typeCodes = (): void => {
    for (const machine of machines) if (!machine.isEnrolled) enrol(world, machine);
    if (machines.some((machine) => !machine.isEnrolled)) {
      time.after(10 * minuteMs, { run: typeCodes, isConcurrent: false });
    }
  };
  typeCodes();
  // A machine whose copy went on elsewhere hears of it once a day, or when somebody asks.
  const askCopies = (): void => {
    for (const machine of machines) {
      const isOneOfSeveral = machines.some(
        (other) => other !== machine && other.identity === machine.identity,
      );
      if (isOneOfSeveral) void machine.till.invoke('sync.now', {});
    }
    time.after(hourMs / 2, { run: askCopies, isConcurrent: false });
  };
  askCopies();
  const sentBefore = new Map(machines.map(({ name }) => [name, network.sentBy(name)]));
  await runUntil(world, time.nowMs() + drainMsMax, () => isAtRest(world));
  if (oracle.violations().length > 0) return;
  for (const { name, journal } of machines) {
    const requests = network.sentBy(name) - (sentBefore.get(name) ?? 0);
    const requestsMax = drainRequestsMax + oracle.lastSeqOf(journal);
    const isBounded = requests <= requestsMax;
    oracle.check(name)('I11', isBounded, () => `${requests} requests until it came to rest`);
  }
  await checkEverything(world);
}

async function isAtRest(world: World): Promise<boolean> {
  const { machines, oracle, centre, tillIds } = world;
  for (const machine of machines) {
    const status = await statusOf(machine);
    const problem = status?.problem?.type;
    if (machine.isRevoked) {
      if (problem !== 'revoked') return false;
      continue;
    }
    if (!machine.isEnrolled || !oracle.isDrained(machine.journal)) return false;
    if (status?.state !== 'agreed' && problem !== 'fork') return false;
    if (oracle.hasSecondPast(machine.journal)) {
      const alerts = await centre.alertKindsOf(tillIds.get(machine.identity) ?? '');
      if (!alerts.has('fork')) return false;
    }
    const { drugs, recalls, facility, unread } = await centre.reference(machine.facility);
    if (sameText(machine.file?.catalogue(), drugs) !== true) return false;
    if (sameText(machine.file?.recalls(), recalls) !== true) return false;
    if (sameText(machine.file?.facility(), facility) !== true) return false;
    if (sameText(machine.file?.unread(), unread) !== true) return false;
  }
  return true;
}

async function checkEverything(world: World): Promise<void> {
  const { machines, oracle, centre } = world;
  for (const machine of machines) {
    const { journal, file, name } = machine;
    if (file === undefined) {
      oracle.check(name)('I11', false, () => 'it cannot open its database on a sound disk');
      continue;
    }
    oracle.seesJournal(journal, file.journalAfter(0));
    oracle.seesTillStock(journal, file.stock());
    await checkCentre(world, machine.identity);
    await checkTillEnd(world, machine);
    if (!machine.isRevoked) await checkReference(world, machine);
  }
  const differences = await centre.replayDifferences();
  const check = oracle.check('centre');
  check('I10', differences === 0, () => `${differences} rows differ from a replay of the evidence`);
  const rolledUp = await centre.rolledUpUnitsByDrug();
  const moved = await centre.movedUnitsByDrug();
  check('I4', sameText(rolledUp, moved), () => 'the figures by area are not the sum of movements');
}

async function checkTillEnd(world: World, machine: Machine): Promise<void> {
  const { oracle, centre, tillIds } = world;
  const { journal, identity, name } = machine;
  const status = await statusOf(machine);
  const alerts = await centre.alertKindsOf(tillIds.get(identity) ?? '');
  oracle.seesEnd(journal, {
    isAgreed: status?.state === 'agreed',
    problem: status?.problem?.type ?? null,
    isForkKnown: alerts.has('fork'),
    isRevoked: machine.isRevoked,
  });
  // Time stands still once something was found.
  if (oracle.violations().length > 0) return;
  const report = await rebuiltBy(world, machine);
  oracle.check(name)('I10', report?.hadDifferences === false, () => 'a replay gives other tables');
  world.trace(
    `${name} ends at ${status?.ackedSeq} ${status?.state} ${status?.problem?.type ?? ''}`,
  );
}

/** A rebuild pauses between its slices, so that somebody may sell: time goes on meanwhile. */
async function rebuiltBy(world: World, { till }: Machine) {
  const { time } = world;
  let report: TillAnswer<'journal.rebuild'> | undefined;
  let isAnswered = false;
  void till.invoke('journal.rebuild', {}).then((reply) => {
    isAnswered = true;
    // Safe: the contract gives this answer to this call; the till checks it.
    if (reply.ok) report = reply.value as TillAnswer<'journal.rebuild'>;
  });
  await settle();
  if (!isAnswered) await runUntil(world, time.nowMs() + minuteMs, async () => isAnswered);
  return report;
}

async function checkReference(world: World, { name, facility, file }: Machine): Promise<void> {
  const check = world.oracle.check(name);
  const reference = await world.centre.reference(facility);
  check('feed', sameText(file?.catalogue(), reference.drugs), () => 'it has another catalogue');
  check('feed', sameText(file?.recalls(), reference.recalls), () => 'it knows other recalls');
  check(
    'feed',
    sameText(file?.facility(), reference.facility),
    () => 'it has another register entry',
  );
  check(
    'feed',
    sameText(file?.unread(), reference.unread),
    () => 'it lost what it cannot read yet',
  );
}

async function statusOf(machine: Machine) {
  const reply = await machine.till.invoke('sync.status', {});
  // Safe: the contract gives this answer to this call; the till checks it.
  return reply.ok ? (reply.value as TillAnswer<'sync.status'>) : undefined;
}

/** The same content, whatever the order of names. */
function sameText(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b);
}

function canonical(value: unknown): string {
  if (value instanceof Map) return canonical(Object.fromEntries(value));
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function wordsOf(bug: unknown): string {
  return bug instanceof Error ? (bug.stack ?? bug.message).slice(0, 600) : String(bug);
}
