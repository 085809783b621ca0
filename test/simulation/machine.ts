/**
 * One computer with a till on it: real `createTill` on real files. It can be switched off, lose its
 * power in the middle of anything, get an older image of its disk back, be cloned, or begin its life
 * with an older program. Whatever it still had in flight when it died, nobody hears of any more.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TillDeps } from '../../desktop/main/deps.ts';
import type { CentreWire, WireRequest } from '../../desktop/main/sync/centre-wire.ts';
import { createTill, type Till } from '../../desktop/main/till.ts';
import type { Random } from '../../server/twin/random.ts';
import { seededId } from '../../server/twin/seeded-id.ts';
import { copyDatabase, type Disk } from './disk.ts';
import type { Oracle } from './oracle.ts';
import { openTillFile, type TillFile } from './till-file.ts';
import type { VirtualTime } from './virtual-time.ts';
import { createWorkload, type Roads, type Workload } from './workload.ts';

export type MachineParts = {
  readonly folder: string;
  readonly time: VirtualTime;
  readonly disk: Disk;
  readonly oracle: Oracle;
  readonly wireOf: (machine: string) => CentreWire;
  readonly drugCodes: readonly string[];
  readonly controlledDrug: string;
  readonly roads: Roads;
  readonly trace: (text: string) => void;
  readonly wrong: (machine: string, detail: string) => void;
};

/** What an image of a disk holds, and how many events of it the auditor knows. */
type Image = { readonly folder: string; readonly seq: number; readonly of: string };

export type Machine = {
  readonly name: string;
  readonly facility: string;
  readonly random: Random;
  readonly workload: Workload;
  readonly keys: { key: Uint8Array | undefined };
  /** What the auditor calls its present journal: another one after an older image came back. */
  journal: string;
  /** The journals that claim to be the same till. */
  identity: string;
  till: Till;
  file: TillFile | undefined;
  dataDir: string;
  code: string;
  isOn: boolean;
  isEnrolled: boolean;
  isEnrolling: boolean;
  /** The next answer is not heard by anybody. */
  isDeaf: boolean;
  /** Nothing it sends leaves it any more. */
  isMute: boolean;
  isDiskSound: boolean;
  isRevoked: boolean;
  image: Image | undefined;
  protocol: number;
  clockErrorMs: number;
  /** Milliseconds gained per hour. */
  driftMsPerHour: number;
  /** Ends what the present incarnation still has in flight. */
  fall: () => void;
  incarnations: number;
};

const hourMs = 3_600_000;

export function createMachine(
  parts: MachineParts,
  birth: {
    readonly name: string;
    readonly facility: string;
    readonly random: Random;
    /** The identity whose place it takes with its code. */
    readonly heirOf?: string | undefined;
  },
): Machine {
  const { name, facility, random, heirOf } = birth;
  const { oracle, drugCodes, controlledDrug, roads } = parts;
  const machine: Machine = {
    ...{ name, facility, random, journal: name, identity: name, code: '' },
    keys: { key: undefined },
    workload: createWorkload(
      {
        ...{ shop: facility, roads, controlledDrug },
        till: () => machine.till,
        random: random.fork('workload'),
        newId: idsOf(parts, random.fork('commands')),
        nowMs: () => nowMsOf(parts, machine),
        asked: (asked) => oracle.asked(machine.journal, asked),
        accepted: (answer) => oracle.accepted(machine.journal, answer),
        refused: (commandId) => oracle.refused(machine.journal, commandId),
        isDeaf: () => machine.isDeaf,
        isDiskSound: () => machine.isDiskSound,
        wrong: (detail) => parts.wrong(name, detail),
      },
      drugCodes,
    ),
    till: closedTill,
    file: undefined,
    dataDir: path.join(parts.folder, name, '1'),
    ...{ isOn: false, isEnrolled: false, isEnrolling: false, isDeaf: false, isMute: false },
    ...{ isDiskSound: true, isRevoked: false, image: undefined, protocol: 1 },
    clockErrorMs: random.between(-3 * 60_000, 3 * 60_000),
    driftMsPerHour: random.between(-500, 500),
    fall: () => undefined,
    incarnations: 1,
  };
  const origin = { identity: name, facility };
  oracle.appears(name, heirOf === undefined ? origin : { ...origin, heirOf });
  return machine;
}

/** Starts the program on whatever its folder holds. */
export function switchOn(parts: MachineParts, machine: Machine): void {
  if (machine.isOn) return;
  mkdirSync(machine.dataDir, { recursive: true });
  machine.isDeaf = false;
  machine.isMute = false;
  let isAlive = true;
  const flight = new AbortController();
  machine.fall = () => {
    isAlive = false;
    flight.abort();
  };
  machine.till = createTill(depsOf(parts, machine, () => isAlive));
  machine.isOn = true;
  machine.isEnrolling = false;
  const fault = machine.till.fault();
  if (fault !== null) {
    if (machine.isDiskSound) parts.wrong(machine.name, `opens with ${fault.code}: ${fault.detail}`);
    machine.file = undefined;
    return;
  }
  machine.file = openTillFile(machine.dataDir);
  parts.oracle.seesReopened(machine.journal, machine.file.journalAfter(0));
}

/** Ends the program in order, as a person does in the evening. */
export async function switchOff(machine: Machine): Promise<void> {
  if (!machine.isOn) return;
  machine.file?.close();
  machine.file = undefined;
  const closed = machine.till.close();
  machine.fall();
  await closed;
  machine.till = closedTill;
  machine.isOn = false;
}

/**
 * The power goes. With `logBefore`, in the middle of what was written to the log since it was like
 * that.
 */
export async function loosePower(
  parts: MachineParts,
  machine: Machine,
  logBefore?: Buffer,
): Promise<void> {
  if (!machine.isOn) return;
  const { file, journal } = machine;
  if (logBefore === undefined && file !== undefined) {
    // Committed, so it is certain: the auditor must find it again.
    parts.oracle.seesJournal(journal, file.journalAfter(parts.oracle.lastSeqOf(journal)));
  }
  const before = machine.dataDir;
  const after = nextFolder(parts, machine);
  parts.disk.copyAfterPowerCut(before, after, machine.random, logBefore);
  // What a first start that died half way leaves behind.
  writeFileSync(path.join(after, 'till.db.new'), 'half a database');
  await abandon(parts, machine, after);
}

/** Keeps an image of the disk as it is. */
export function keepImage(parts: MachineParts, machine: Machine): void {
  if (machine.file === undefined || !machine.isEnrolled) return;
  const folder = path.join(parts.folder, machine.name, `image-${machine.incarnations}`);
  copyDatabase(machine.dataDir, folder);
  const seq = machine.file.journalAfter(0).length;
  machine.image = { folder, seq, of: machine.journal };
}

/** Brings the older image back: from here on, a second past under the same name. */
export async function bringImageBack(parts: MachineParts, machine: Machine): Promise<boolean> {
  const { image } = machine;
  if (image === undefined || !machine.isOn) return false;
  const folder = nextFolder(parts, machine);
  copyDatabase(image.folder, folder);
  await abandon(parts, machine, folder);
  machine.journal = `${machine.name}~${machine.incarnations}`;
  parts.oracle.appears(machine.journal, {
    identity: machine.identity,
    facility: machine.facility,
    from: { machine: image.of, seq: image.seq },
  });
  machine.workload.forget();
  switchOn(parts, machine);
  return true;
}

/** A second computer with the same disk, key and name. */
export function cloneOf(parts: MachineParts, original: Machine, random: Random): Machine {
  const name = `${original.name}-twin`;
  const twin = createMachine(parts, { name, facility: original.facility, random });
  copyDatabase(original.dataDir, twin.dataDir);
  twin.keys.key = original.keys.key;
  twin.identity = original.identity;
  twin.isEnrolled = true;
  const seq = original.file?.journalAfter(0).length ?? 0;
  parts.oracle.appears(name, {
    identity: original.identity,
    facility: original.facility,
    from: { machine: original.journal, seq },
  });
  switchOn(parts, twin);
  return twin;
}

/** Replaces the folder of a machine that is off. */
export function nextFolder(parts: Pick<MachineParts, 'folder'>, machine: Machine): string {
  machine.incarnations += 1;
  return path.join(parts.folder, machine.name, String(machine.incarnations));
}

async function abandon(parts: MachineParts, machine: Machine, folder: string): Promise<void> {
  const before = machine.dataDir;
  machine.fall();
  await switchOff(machine);
  parts.disk.mend(before);
  rmSync(before, { recursive: true, force: true });
  machine.dataDir = folder;
}

export function nowMsOf({ time }: Pick<MachineParts, 'time'>, machine: Machine): number {
  const driftMs = Math.floor((machine.driftMsPerHour * (time.nowMs() % (1_000 * hourMs))) / hourMs);
  return time.nowMs() + machine.clockErrorMs + driftMs;
}

function depsOf(parts: MachineParts, machine: Machine, isAlive: () => boolean): TillDeps {
  const { time } = parts;
  const jitter = machine.random.fork(`jitter ${machine.incarnations}`);
  const ids = machine.random.fork(`ids ${machine.incarnations}`);
  const ifAlive = (run: () => void) => () => {
    if (isAlive()) run();
  };
  return {
    dataDir: machine.dataDir,
    programVersion: '0.0.0-simulation',
    host: 'counter-host',
    nowMs: () => nowMsOf(parts, machine),
    elapsedMs: () => time.nowMs(),
    newId: idsOf(parts, ids),
    random: jitter.unit,
    timers: {
      after: (delayMs, run) => time.after(delayMs, { run: ifAlive(run), isConcurrent: false }),
      schedule: (expression, run) => repeated(time, periodOf(expression), ifAlive(run)),
    },
    keyStore: {
      load: () => machine.keys.key,
      save: (key) => {
        machine.keys.key = key;
      },
    },
    centreWire: mortalWire(parts.wireOf(machine.name), machine, isAlive),
    log: {
      info: quiet,
      warn: quiet,
      error: (detail, message) => hear(parts, machine, { detail, message }),
    },
  };
}

/** A bug that only reaches the log is a finding as well. */
function hear(
  parts: MachineParts,
  machine: Machine,
  said: { readonly detail: Readonly<Record<string, unknown>>; readonly message: string },
): void {
  const { err, code } = said.detail;
  const isBug = err instanceof Error && (code === undefined || String(code).startsWith('bug-'));
  if (isBug) parts.wrong(machine.name, `${said.message}: ${err.stack?.slice(0, 400)}`);
}

/** The line of one incarnation: the dead hear nothing. Each till announces its own protocol. */
function mortalWire(wire: CentreWire, machine: Machine, isAlive: () => boolean): CentreWire {
  const whileAlive = <Value>(promise: Promise<Value>) =>
    new Promise<Value>((resolve, reject) => {
      promise.then(
        (value) => isAlive() && resolve(value),
        (error: unknown) => isAlive() && reject(error),
      );
    });
  return {
    send: (request) =>
      machine.isMute
        ? new Promise(() => undefined)
        : whileAlive(wire.send(announced(request, machine.protocol))),
    listen: (request, on) =>
      wire.listen(request, {
        opened: () => isAlive() && on.opened(),
        news: () => isAlive() && on.news(),
        ended: () => isAlive() && on.ended(),
      }),
  };
}

/** The version stands in a header of a batch and in the body of an enrolment; neither is signed. */
function announced(request: WireRequest, protocol: number): WireRequest {
  const { headers, body } = request;
  if ('x-protocol' in headers) {
    return { ...request, headers: { ...headers, 'x-protocol': String(protocol) } };
  }
  if (body === undefined || !request.url.endsWith('/v1/enrolments')) return request;
  const asked: unknown = JSON.parse(Buffer.from(body).toString());
  return { ...request, body: Buffer.from(JSON.stringify(Object.assign({}, asked, { protocol }))) };
}

function idsOf({ time }: Pick<MachineParts, 'time'>, random: Random): () => string {
  return () => seededId(time.nowMs(), random);
}

const closedTill: Till = {
  invoke: async () => ({ ok: false, error: { type: 'TillUnreachable' } }),
  subscribe: () => () => {},
  fault: () => null,
  close: async () => {},
};

function quiet(): void {}

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
  return minutes === undefined ? 24 * hourMs : Number(minutes) * 60_000;
}
