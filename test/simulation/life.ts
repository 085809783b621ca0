/** What happens in a seed and when: customers, and the troubles of its plan. */
import { rmSync, truncateSync } from 'node:fs';
import path from 'node:path';
import type { Random } from '../../server/twin/random.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { copyDatabase, type DiskFault } from './disk.ts';
import {
  bringImageBack,
  cloneOf,
  keepImage,
  loosePower,
  type Machine,
  nextFolder,
  switchOff,
  switchOn,
} from './machine.ts';
import { makeOlder } from './older-program.ts';
import type { Fate } from './plan.ts';
import { protocolNewest, setProtocol } from './source-changes.ts';
import { letStrangerReport } from './stranger.ts';
import type { World } from './world-parts.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
/** A long outage begins and ends with so much ordinary life. */
const asleepAfterMs = hourMs / 2;
const awakeBeforeEndMs = hourMs / 2;

/** Plans everything that the seed has in store. */
export function planLife(world: World): void {
  const { plan, machines } = world;
  for (const machine of machines) {
    planCustomers(world, machine);
    planTroubles(world, machine);
  }
  planCentre(world);
  const chosen = machines[0];
  if (chosen !== undefined) fateful[plan.fate](world, chosen);
}

/** Faults end, whatever is broken is repaired or installed, everybody is there at the same moment. */
export function heal(world: World): void {
  world.isOver = true;
  world.network.heal();
  world.connections.disarm();
  setProtocol(protocolNewest + 1);
  for (const machine of world.machines) {
    machine.clockErrorMs = 0;
    mend(world, machine);
    switchOn(world.parts, machine);
  }
  world.trace('healed');
}

/** At this moment of the virtual clock, unless faults are over by then. */
function at(world: World, delayMs: number, run: () => void | Promise<void>): void {
  const ifNotOver = () => (world.isOver ? undefined : run());
  world.time.after(delayMs, { run: ifNotOver, isConcurrent: false });
}

function sometime(world: World): number {
  return Math.floor(world.random.unit() * (world.plan.untilMs - world.time.nowMs()));
}

// At the counter -----------------------------------------------------------------------------------------

/** Customers come in twos and threes, all day. */
export function planCustomers(world: World, machine: Machine): void {
  const { random } = machine;
  const rush = async (): Promise<void> => {
    at(world, random.between(minuteMs, 10 * minuteMs), rush);
    if (!machine.isOn || (isAsleep(world) && !random.isTrue(0.02))) return;
    if (!machine.isEnrolled) return enrol(world, machine);
    for (let left = random.between(1, 4); left > 0; left -= 1) {
      world.trace(`${machine.name} ${await machine.workload.act()}`);
    }
  };
  at(world, random.between(0, 3 * minuteMs), rush);
}

/** Types the code in; whatever got lost on the way, the same code may be typed again. */
export function enrol(world: World, machine: Machine): void {
  if (machine.isEnrolling || machine.code === '') return;
  machine.isEnrolling = true;
  const { code, till } = machine;
  const centreUrl = 'http://centre.simulation.invalid';
  void till.invoke('setup.enrol', { centreUrl, code }).then((reply) => {
    if (machine.till !== till) return;
    machine.isEnrolling = false;
    machine.isEnrolled = reply.ok || reply.error.type === 'AlreadyEnrolled';
    world.trace(`${machine.name} enrol ${reply.ok ? 'done' : reply.error.type}`);
  });
}

function planTroubles(world: World, machine: Machine): void {
  const { plan } = world;
  const { random } = machine;
  const every = (hoursMax: number, run: () => void | Promise<void>) => {
    const next = async (): Promise<void> => {
      at(world, random.between(hourMs / 8, hoursMax * hourMs), next);
      await run();
    };
    at(world, random.between(0, hoursMax * hourMs), next);
  };
  if (plan.troubles.has('clock')) every(1, () => setClock(world, machine));
  if (plan.troubles.has('line')) every(1, () => loseLine(world, machine));
  if (plan.troubles.has('power')) every(0.8, () => losePower(world, machine));
  if (plan.troubles.has('disk')) every(1, () => breakDisk(world, machine));
  if (plan.troubles.has('versions')) every(1, () => installOther(world, machine));
  if (plan.isLongOutage) planLongAbsence(world, machine);
}

function setClock({ trace }: World, machine: Machine): void {
  machine.clockErrorMs = clockError(machine.random);
  trace(`${machine.name} clock ${machine.clockErrorMs}`);
}

function clockError(random: Random): number {
  const draw = random.unit();
  if (draw < 0.08) return 3_650 * dayMs;
  if (draw < 0.16) return -3_650 * dayMs;
  if (draw < 0.5) return random.between(-3 * dayMs, 3 * dayMs);
  return random.between(-5 * minuteMs, 5 * minuteMs);
}

function loseLine(world: World, { name, random }: Machine): void {
  world.network.setLineUp(name, false);
  const downMs = Math.floor(random.unit() ** 2 * hourMs);
  at(world, downMs, () => world.network.setLineUp(name, true));
}

/** In order, at any moment, just after a sale, or in the middle of what one writes. */
async function losePower(world: World, machine: Machine): Promise<void> {
  const { parts, disk, trace } = world;
  if (!machine.isOn) return;
  const draw = machine.random.unit();
  if (draw < 0.2) await switchOff(machine);
  else if (draw < 0.4 || !machine.isEnrolled) await loosePower(parts, machine);
  else if (draw < 0.65) {
    // The customer has just got the slip.
    trace(`${machine.name} ${await machine.workload.act()}`);
    await loosePower(parts, machine);
  } else {
    const isInTheMiddle = draw < 0.88;
    machine.isDeaf = true;
    // What is not yet written was not sent either.
    machine.isMute = isInTheMiddle;
    const before = disk.log(machine.dataDir);
    trace(`${machine.name} ${await machine.workload.act()}`);
    await loosePower(parts, machine, isInTheMiddle ? before : undefined);
  }
  const isBackAtOnce = machine.random.isTrue(0.6);
  const backMs = isBackAtOnce ? 0 : machine.random.between(minuteMs, hourMs / 2);
  trace(`${machine.name} lost power ${draw < 0.2 ? 'in order' : 'suddenly'}`);
  world.faults += 1;
  at(world, backMs, () => switchOn(parts, machine));
}

function breakDisk(world: World, machine: Machine): void {
  const kinds: readonly DiskFault[] = ['full', 'no-room-for-pages', 'write-protected', 'broken'];
  const kind = machine.random.pick(kinds);
  machine.isDiskSound = false;
  world.disk.damage(machine.dataDir, kind, machine.random.fork(`disk ${world.time.nowMs()}`));
  world.trace(`${machine.name} disk ${kind}`);
  world.faults += 1;
  at(world, machine.random.between(minuteMs, 25 * minuteMs), () => mend(world, machine));
}

/** A till that could not open its database then is started again by the person who mended it. */
function mend(world: World, machine: Machine): void {
  world.disk.mend(machine.dataDir);
  machine.isDiskSound = true;
  if (!machine.isOn || machine.file !== undefined) return;
  machine.isOn = false;
  switchOn(world.parts, machine);
}

/** One version too new at times: the centre says so, and takes everything once it is installed too. */
function installOther({ trace }: World, machine: Machine): void {
  machine.protocol = machine.random.between(1, protocolNewest + 1);
  trace(`${machine.name} speaks protocol ${machine.protocol}`);
}

/** Weeks in which hardly anybody comes. */
function isAsleep({ plan, time, options }: World): boolean {
  const nowMs = time.nowMs();
  return (
    plan.isLongOutage &&
    nowMs > options.startMs + asleepAfterMs &&
    nowMs < plan.untilMs - awakeBeforeEndMs
  );
}

/** Whoever left a till on in these weeks comes by and switches it off. */
export async function switchOffAtNight(world: World): Promise<void> {
  if (!isAsleep(world)) return;
  for (const machine of world.machines) await switchOff(machine);
}

/** A shop that stays dark for weeks, with a few minutes of light now and then. */
function planLongAbsence(world: World, machine: Machine): void {
  const { parts, time, plan } = world;
  const fromMs = asleepAfterMs;
  at(world, fromMs, () => switchOff(machine));
  const backMs = plan.untilMs - time.nowMs() - awakeBeforeEndMs;
  for (let visits = 0; visits < 3; visits += 1) {
    const visitMs = fromMs + Math.floor(machine.random.unit() * (backMs - fromMs));
    at(world, visitMs, () => switchOn(parts, machine));
    at(world, visitMs + 20 * minuteMs, () => switchOff(machine));
  }
  // Everybody at the same moment.
  at(world, backMs, () => switchOn(parts, machine));
}

// At the centre ---------------------------------------------------------------------------------------------

function planCentre(world: World): void {
  const { network, plan, time, random, centre, connections } = world;
  const spanMs = plan.untilMs - time.nowMs();
  const awayFromMs = plan.isLongOutage ? hourMs / 2 : sometime(world);
  const awayMs = plan.isLongOutage ? spanMs - hourMs : Math.floor(random.unit() * hourMs);
  at(world, awayFromMs, () => network.setCentreUp(false));
  at(world, awayFromMs + awayMs, () => network.setCentreUp(true));
  const several = (times: number, run: () => void | Promise<void>) => {
    for (let left = times; left > 0; left -= 1) at(world, sometime(world), run);
  };
  if (plan.troubles.has('centre-breaks')) {
    several(12, () => {
      if (random.isTrue(0.35)) connections.loseNextCommit();
      else if (random.isTrue(0.4)) connections.breakBeforeCommit();
      else connections.breakBefore(random.between(2, 12));
    });
  }
  if (plan.troubles.has('centre-restarts')) several(1, () => centre.restart());
  if (plan.troubles.has('catalogue')) {
    several(9, async () => {
      for (let left = random.between(1, 8); left > 0; left -= 1) {
        world.trace(await centre.changeCatalogue(random.unit));
      }
    });
    several(1, () => centre.publishUnknown(`x${random.between(1, 9)}`));
    several(1, () => centre.renameFacility('T1', `Nhà thuốc ${random.between(1, 999)}`));
  }
  if (plan.troubles.has('versions')) {
    several(1, () => setProtocol(random.between(protocolNewest, protocolNewest + 1)));
  }
  if (plan.troubles.has('recalls')) planRecalls(world);
  if (plan.troubles.has('stranger')) {
    several(1, async () => {
      connections.disarm();
      await letStrangerReport(world, time.nowMs());
    });
  }
}

/** Something is recalled that lies in a basket, and the news comes before the customer pays. */
function planRecalls(world: World): void {
  const { random, centre, trace } = world;
  for (let left = 3; left > 0; left -= 1) {
    at(world, sometime(world), async () => {
      const ready = world.machines.filter(({ isOn, isEnrolled }) => isOn && isEnrolled);
      if (ready.length === 0) return;
      const machine = random.pick(ready);
      const [drug] = await machine.workload.beginBasket();
      if (drug === undefined) return;
      const lot = await machine.workload.firstLotOf(drug);
      const isWholeDrug = lot === undefined || random.isTrue(0.2);
      trace(`centre ${await centre.publishRecall(drug, isWholeDrug ? null : [lot])}`);
      at(world, random.between(1_000, minuteMs), () => void machine.till.invoke('sync.now', {}));
      at(world, random.between(minuteMs, 3 * minuteMs), async () => {
        if (machine.isOn) trace(`${machine.name} ${await machine.workload.finishBasket()}`);
      });
      at(world, random.between(3 * minuteMs, hourMs / 2), async () => {
        if (!machine.isOn || world.plan.fate === 'older') return;
        trace(`${machine.name} ${await machine.workload.acknowledge()}`);
      });
    });
  }
  if (random.isTrue(0.4))
    at(world, sometime(world), async () => trace(await centre.withdrawRecall()));
}

// Fates -----------------------------------------------------------------------------------------------------

const fateful: Readonly<Record<Fate, (world: World, machine: Machine) => void>> = {
  none: () => undefined,
  image: (world, machine) => {
    at(world, between(world, 0.2, 0.5), () => keepImage(world.parts, machine));
    at(world, between(world, 0.55, 0.8), async () => {
      const isBack = await bringImageBack(world.parts, machine);
      world.trace(`${machine.name} ${isBack ? 'has an older image back' : 'keeps its disk'}`);
    });
  },
  clone: (world, machine) => {
    at(world, between(world, 0.3, 0.7), () => {
      if (machine.file === undefined || !machine.isEnrolled) return;
      const twin = cloneOf(world.parts, machine, world.random.fork('twin'));
      world.machines.push(twin);
      planCustomers(world, twin);
      world.trace(`${machine.name} has a twin`);
    });
  },
  burnt: (world, machine) => {
    at(world, between(world, 0.3, 0.7), () => replaceBurnt(world, machine));
  },
  reborn: (world, machine) => {
    at(world, between(world, 0.3, 0.7), () => recover(world, machine));
  },
  older: (world, machine) => {
    machine.workload.setProgram('older');
    at(world, between(world, 0.3, 0.7), () => comeFromOlderProgram(world, machine));
  },
  'lost-file': (world, machine) => {
    at(world, between(world, 0.3, 0.7), () => loseFile(world, machine));
  },
  'centre-restored': (world) => {
    at(world, between(world, 0.3, 0.5), async () => {
      if (!world.machines.every(({ isEnrolled }) => isEnrolled)) return;
      await world.centre.backUp();
      world.trace('the centre is backed up');
    });
    at(world, between(world, 0.6, 0.8), async () => {
      world.connections.disarm();
      if (!(await world.centre.restoreBackup())) return;
      world.oracle.centreWentBack();
      // Seen before anything arrives again: how far back it went.
      for (const { identity } of world.machines) world.touched.add(identity);
      world.trace('the centre is restored');
    });
  },
};

function between(world: World, from: number, to: number): number {
  const spanMs = world.plan.untilMs - world.time.nowMs();
  return Math.floor(spanMs * (from + (to - from) * world.random.unit()));
}

/** The machine is gone; the shop gets another one, and the centre takes the name from the first. */
async function replaceBurnt(world: World, machine: Machine): Promise<void> {
  const tillId = machine.file?.tillId();
  if (tillId === undefined) return;
  world.connections.disarm();
  await world.centre.revoke(tillId);
  machine.isRevoked = true;
  world.revokedIdentities.add(machine.identity);
  const code = await world.centre.issueCode(machine.facility);
  const name = `${machine.name}-next`;
  world.addMachine({ name, facility: machine.facility, code });
  world.trace(`${machine.name} is burnt and replaced`);
}

/** Another machine takes its place with a recovery code, and with what it had reported. */
async function recover(world: World, machine: Machine): Promise<void> {
  const tillId = machine.file?.tillId();
  if (tillId === undefined) return;
  world.connections.disarm();
  const code = await world.centre.issueRecoveryCode(tillId);
  // From the moment on in which the code is used.
  machine.isRevoked = true;
  const { name, facility, identity } = machine;
  world.addMachine({ name: `${name}-heir`, facility, code, heirOf: identity });
  world.trace(`${name} is to be recovered`);
}

async function comeFromOlderProgram(world: World, machine: Machine): Promise<void> {
  const { parts, time, random } = world;
  if (!machine.isOn || machine.file === undefined) return;
  world.network.setLineUp(machine.name, false);
  world.trace(`${machine.name} ${await machine.workload.act()}`);
  await switchOff(machine);
  const from = machine.dataDir;
  const to = nextFolder(parts, machine);
  const openedAt = instantOfMs(time.nowMs());
  const known = makeOlder({ from, to, openedAt, random });
  if (known !== undefined) machine.dataDir = to;
  machine.workload.setProgram('of today');
  world.trace(`${machine.name} comes from migration ${known}`);
  switchOn(parts, machine);
  at(world, 20 * minuteMs, () => world.network.setLineUp(machine.name, true));
}

/** Somebody deletes or empties the database: the till says so and never begins anew in its place. */
async function loseFile(world: World, machine: Machine): Promise<void> {
  const { parts, disk, oracle, random } = world;
  if (!machine.isOn || machine.file === undefined) return;
  await loosePower(parts, machine);
  const whole = machine.dataDir;
  machine.dataDir = nextFolder(parts, machine);
  copyDatabase(whole, machine.dataDir);
  const file = path.join(machine.dataDir, 'till.db');
  if (disk.log(whole).length > 0 && random.isTrue(0.5)) rmSync(file);
  else truncateSync(file, random.pick([0, 50]));
  machine.isDiskSound = false;
  switchOn(parts, machine);
  const found = machine.till.fault()?.code;
  oracle.check(machine.name)(
    'F5',
    found === 'database-damaged',
    () => `its file is gone, and it says ${found ?? 'nothing'}`,
  );
  await switchOff(machine);
  machine.dataDir = whole;
  machine.isDiskSound = true;
  switchOn(parts, machine);
  world.trace(`${machine.name} lost its file and got it back`);
}
