/**
 * Power cuts: each life of the day is recorded once, call by call (write-faults.c). From the record
 * the state of the disk after a cut at any call is made: what was synced is there; what was not is
 * gone (`strict`), or each single write of it is there, half there or gone (`lossy`, by a seed).
 * Names are held by their folder, which must be synced as well. Answers and sent batches stand in the
 * same record, so it is known what had been promised at that moment.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Random, randomOf } from '../../server/twin/random.ts';
import type { TillReply } from '../../shared/contract/till-api.ts';
import { batchHeaderNames } from '../../shared/sync/batch.ts';
import { type Take, takePoints } from './take.ts';
import { examineTill } from './till-check.ts';
import { eventsAfter } from './till-day.ts';
import { type Answers, type CentreState, lifeOf, type TillLane } from './till-lane.ts';
import type { CrashReport } from './till-points.ts';
import { Reply } from './till-program.ts';

type Call = {
  readonly name: string;
  readonly inode: string;
  readonly offset: number;
  readonly path: string;
  readonly data: Buffer;
};
type Change = {
  readonly type: 'write' | 'truncate';
  readonly offset: number;
  readonly data: Buffer;
};
type NameChange =
  | { readonly type: 'set'; readonly path: string; readonly inode: string }
  | { readonly type: 'drop'; readonly path: string }
  | { readonly type: 'move'; readonly path: string; readonly inode: string; readonly to: string };

/** Files by inode and names by path, as on the disk; and what is on its way there. */
type Disk = {
  readonly files: Map<string, Buffer>;
  readonly names: Map<string, string>;
  readonly pendingChanges: Map<string, Change[]>;
  readonly pendingNames: Map<string, NameChange[]>;
  /** As the program sees it. */
  readonly seenNames: Map<string, string>;
};

export type PowerLossOptions = {
  readonly lane: TillLane;
  readonly folder: string;
  readonly take: Take;
  readonly seed: number;
  /** The disk says that it has synced and has not: the suite's own proof that it would notice. */
  readonly hasDeafDisk: boolean;
};

/** Opens and examines the state after a cut at every call of every life, of both kinds. */
export async function cutPowerEverywhere(options: PowerLossOptions): Promise<CrashReport> {
  const { lane, take, seed } = options;
  const lives: RecordedLife[] = [];
  for (const life of lane.callsByLife.keys()) lives.push(await recordLife(options, life));
  const all = lives.flatMap((recorded) =>
    recorded.diskCalls.flatMap((at, number): readonly Cut[] => [
      { recorded, at, number, kind: 'strict' },
      { recorded, at, number, kind: 'lossy' },
    ]),
  );
  const taken = takePoints(all, take, nameOf);
  const calls = lives.reduce((sum, { diskCalls }) => sum + diskCalls.length, 0);
  const sum = { calls, points: 0, acknowledged: 0, checks: 0, violations: [] as string[] };
  for (const cut of taken.points) {
    taken.begin(cut);
    const { before, after, calls: made, life } = cut.recorded;
    const disk = replay(before.files, made.slice(0, cut.at));
    const random = randomOf(`${seed}/${life}/${cut.number}`);
    const promised = promisedBy(made.slice(0, cut.at), before.centre, after);
    writeFolder(lane.dataDir, cut.kind === 'strict' ? settled(disk) : lossy(disk, random));
    lane.setState(promised.centre);
    const { answers } = promised;
    const found = await examineTill(lane, { life, answers, eventsAtEnd: eventsAfter(life) });
    sum.points += 1;
    sum.acknowledged += promised.answers.length + promised.centre.events.length;
    sum.checks += found.checks;
    sum.violations.push(...found.violations.map((violation) => `${nameOf(cut)}: ${violation}`));
  }
  return { what: `till, power loss (seed ${seed})`, ...sum };
}

type RecordedLife = {
  readonly life: number;
  readonly before: { readonly files: ReadonlyMap<string, Buffer>; readonly centre: CentreState };
  readonly after: CentreState;
  readonly calls: readonly Call[];
  /** Places in `calls` at which the power may be cut. */
  readonly diskCalls: readonly number[];
};
type Cut = {
  readonly recorded: RecordedLife;
  readonly at: number;
  readonly number: number;
  readonly kind: 'strict' | 'lossy';
};

async function recordLife(
  { lane, folder, hasDeafDisk }: PowerLossOptions,
  life: number,
): Promise<RecordedLife> {
  const recordFile = path.join(folder, `record-${life}`);
  rmSync(recordFile, { force: true });
  lane.rewind(life);
  const before = { files: readFolder(lane.dataDir), centre: lane.state() };
  await lane.play(life, { type: 'none' }, recordFile);
  const recorded = readRecord(recordFile);
  const calls = hasDeafDisk ? recorded.filter(({ name }) => name !== 'sync') : recorded;
  const diskCalls = calls.flatMap(({ name }, index) => (isOnDisk(name) ? [index] : []));
  return { life, before, after: lane.state(), calls, diskCalls };
}

function nameOf({ recorded, number, kind }: Cut): string {
  return `${lifeOf(recorded.life).name}, ${kind} power loss at call ${number + 1}`;
}

function isOnDisk(name: string): boolean {
  return name !== 'say' && name !== 'send';
}

/** Each call: a line `name inode offset length path`, then its data and a line feed. */
function readRecord(file: string): readonly Call[] {
  const bytes = readFileSync(file);
  const calls: Call[] = [];
  for (let at = 0; at < bytes.length; ) {
    const lineEnd = bytes.indexOf(10, at);
    const [name = '', inode = '', offset = '', length = '', ...rest] = bytes
      .toString('utf8', at, lineEnd)
      .split(' ');
    const dataEnd = lineEnd + 1 + Number(length);
    const data = bytes.subarray(lineEnd + 1, dataEnd);
    calls.push({ name, inode, offset: Number(offset), path: rest.join(' '), data });
    at = dataEnd + 1;
  }
  return calls;
}

function replay(before: ReadonlyMap<string, Buffer>, calls: readonly Call[]): Disk {
  const disk: Disk = {
    files: new Map(),
    names: new Map(),
    pendingChanges: new Map(),
    pendingNames: new Map(),
    seenNames: new Map(),
  };
  for (const [file, content] of before) {
    // Known by its path until the record names its inode.
    disk.files.set(`before ${file}`, content);
    disk.names.set(file, `before ${file}`);
    disk.seenNames.set(file, `before ${file}`);
  }
  const inodeOf = new Map<string, string>();
  for (const call of calls) {
    const known = disk.seenNames.get(call.path);
    if (known?.startsWith('before ') === true && call.name !== 'create') {
      inodeOf.set(call.inode, known);
    }
    if (call.name === 'create')
      inodeOf.set(call.inode, `${call.inode} ${inodeOf.size} ${call.path}`);
    apply(disk, call, inodeOf.get(call.inode) ?? call.inode);
  }
  return disk;
}

function apply(disk: Disk, call: Call, inode: string): void {
  const changeName = (change: NameChange): void => {
    pendingOf(disk.pendingNames, path.dirname(change.path)).push(change);
    setName(disk.seenNames, change);
  };
  switch (call.name) {
    case 'create':
      disk.files.set(inode, Buffer.alloc(0));
      changeName({ type: 'set', path: call.path, inode });
      break;
    case 'write':
    case 'truncate':
      pendingOf(disk.pendingChanges, inode).push({
        type: call.name,
        offset: call.offset,
        data: call.data,
      });
      break;
    case 'unlink':
      changeName({ type: 'drop', path: call.path });
      break;
    case 'rename':
      changeName({ type: 'move', path: call.path, inode, to: call.data.toString('utf8') });
      break;
    case 'sync':
      sync(disk, call.path, inode);
      break;
    case 'mkdir':
    case 'say':
    case 'send':
      break;
    default:
      throw new Error(`The record names a call that nobody knows: ${call.name}`);
  }
}

/** The path of a folder that is synced stands for the names in it. */
function sync(disk: Disk, synced: string, inode: string): void {
  const changes = disk.pendingChanges.get(inode) ?? [];
  disk.files.set(inode, changes.reduce(changed, disk.files.get(inode) ?? Buffer.alloc(0)));
  disk.pendingChanges.delete(inode);
  for (const change of disk.pendingNames.get(synced) ?? []) setName(disk.names, change);
  disk.pendingNames.delete(synced);
}

function changed(content: Buffer, { type, offset, data }: Change): Buffer {
  if (type === 'truncate') {
    const cut = Buffer.alloc(offset);
    content.copy(cut);
    return cut;
  }
  const grown = Buffer.alloc(Math.max(content.length, offset + data.length));
  content.copy(grown);
  data.copy(grown, offset);
  return grown;
}

function setName(names: Map<string, string>, change: NameChange): void {
  if (change.type === 'set') names.set(change.path, change.inode);
  else names.delete(change.path);
  if (change.type === 'move') names.set(change.to, change.inode);
}

/** Only what was synced. */
function settled({ files, names }: Disk): ReadonlyMap<string, Buffer> {
  return new Map([...names].map(([file, inode]) => [file, files.get(inode) ?? Buffer.alloc(0)]));
}

/** Of what was not synced, each piece by itself is there, half there, or gone. */
function lossy(disk: Disk, random: Random): ReadonlyMap<string, Buffer> {
  const files = new Map(disk.files);
  for (const [inode, changes] of disk.pendingChanges) {
    for (const change of changes) {
      const fate = random.unit();
      if (fate < 0.4) continue;
      const half = Math.floor(change.data.length / 2 / sectorBytes) * sectorBytes;
      const kept = fate < 0.6 ? change.data.subarray(0, half) : change.data;
      files.set(inode, changed(files.get(inode) ?? Buffer.alloc(0), { ...change, data: kept }));
    }
  }
  const names = new Map(disk.names);
  for (const changes of disk.pendingNames.values()) {
    // A journalling file system keeps the order of names: some of the first, none of the rest.
    const kept = random.between(0, changes.length);
    for (const change of changes.slice(0, kept)) setName(names, change);
  }
  return settled({ ...disk, files, names });
}

/** What a disk writes whole or not at all. */
const sectorBytes = 512;

const lastSeqPattern = new RegExp(`^${batchHeaderNames.lastSeq}: (\\d+)`, 'gim');

/** What the till had answered, and what it had sent: the centre may have all of that. */
function promisedBy(
  calls: readonly Call[],
  before: CentreState,
  after: CentreState,
): { readonly answers: Answers; readonly centre: CentreState } {
  const said = textOf(calls, 'say')
    .split('\n')
    .filter((line) => line !== '');
  // The first line says that the till has started.
  const answers = said.slice(1).map((line) => Reply.parse(JSON.parse(line)) as TillReply);
  const sent = textOf(calls, 'send');
  const lastSeqs = [...sent.matchAll(lastSeqPattern)].map(([, seq]) => Number(seq));
  const isEnrolmentSent = /^POST \/v1\/enrolments /m.test(sent);
  const known = isEnrolmentSent ? after : before;
  const events = after.events.slice(0, Math.max(before.events.length, ...lastSeqs));
  return { answers, centre: { ...known, changes: after.changes, events } };
}

function textOf(calls: readonly Call[], name: 'say' | 'send'): string {
  const pieces = calls.filter((call) => call.name === name).map(({ data }) => data);
  return Buffer.concat(pieces).toString('utf8');
}

function readFolder(folder: string): ReadonlyMap<string, Buffer> {
  const files = readdirSync(folder).map((name) => path.join(folder, name));
  return new Map(files.map((file) => [file, readFileSync(file)]));
}

function writeFolder(folder: string, files: ReadonlyMap<string, Buffer>): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of files) writeFileSync(file, content);
}

function pendingOf<Value>(pending: Map<string, Value[]>, key: string): Value[] {
  const known = pending.get(key);
  if (known !== undefined) return known;
  const fresh: Value[] = [];
  pending.set(key, fresh);
  return fresh;
}
