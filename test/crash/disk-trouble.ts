/**
 * A disk that is full, read-only or broken, from every write call of each command on, and well again
 * afterwards: one till lives through all of it. It must refuse in words, answer questions meanwhile,
 * and record the same command once when the disk is well. Then the same at each write call of a start.
 */
import path from 'node:path';
import { databaseFaultCodes } from '../../desktop/main/db/database-fault.ts';
import type { TillReply } from '../../shared/contract/till-api.ts';
import { type FailCause, type FaultControl, openFaultControl } from './fault-library.ts';
import { type Take, takePoints } from './take.ts';
import { examineTill } from './till-check.ts';
import { type Command, eventsAfter, everyCommand } from './till-day.ts';
import { lifeOf, type TillLane } from './till-lane.ts';
import type { CrashReport } from './till-points.ts';
import { type RunningTill, startTill, type TillProgram } from './till-program.ts';

const causes: readonly FailCause[] = ['ENOSPC', 'EROFS', 'EIO'];
/** More write calls than any command makes: the loop ends when the fault no longer meets one. */
const callsPerCommandMax = 200;
const faultCodes = new Set<string>(databaseFaultCodes);
/** The life before which the shop stands stocked and the day is still to come. */
const stockedLife = 2;

type Sum = { points: number; acknowledged: number; checks: number; readonly violations: string[] };
export type Trouble = {
  readonly lane: TillLane;
  readonly program: TillProgram;
  readonly folder: string;
};

/** Every write call of every kind of command, in one life of one till. */
export async function troubleEveryCommand(trouble: Trouble, take: Take): Promise<CrashReport> {
  const { lane, program } = trouble;
  const sum = newSum();
  const all = causes.flatMap((cause) => everyCommand.map((command) => ({ cause, command })));
  const taken = takePoints(all, take, ({ cause, command }) => `${command.name}, ${cause}`);
  lane.rewind(stockedLife);
  const control = controlOf(trouble);
  const till = await startTill({ program, dataDir: lane.dataDir, control });
  let facts = 0;
  for (const each of taken.points) {
    taken.begin(each);
    const { cause, command } = each;
    for (let call = 1, isMet = true; isMet && call <= callsPerCommandMax; call += 1) {
      const made = await command.prepare((name, input) => mustAsk(till, name, input));
      facts += made.facts + (command.isFact ? 1 : 0);
      isMet = await meet({ till, control, sum }, { cause, call }, { command, input: made.input });
      if (isMet) sum.points += 1;
    }
  }
  const ended = await till.end();
  check(sum, ended.exitCode === 0, () => `the till ended with ${ended.exitCode}: ${ended.words}`);
  const calls = control.calls();
  control.close();
  sum.acknowledged += facts;
  const eventsAtEnd = eventsAfter(stockedLife - 1) + facts;
  await examine(lane, sum, { life: stockedLife - 1, answers: undefined, eventsAtEnd });
  return { what: 'till, disk full, read-only and broken', calls, ...sum };
}

/** @returns whether the fault met a write call at all. */
async function meet(
  { till, control, sum }: { till: RunningTill; control: FaultControl; sum: Sum },
  { cause, call }: { readonly cause: FailCause; readonly call: number },
  { command, input }: { readonly command: Command; readonly input: unknown },
): Promise<boolean> {
  const where = `${command.name}, ${cause} from call ${call}`;
  const before = control.failures();
  control.set({ type: 'fail', fromCall: control.calls() + call, cause });
  const first = await till.ask(command.name, input);
  const listed = await till.ask('sales.list', {});
  const isMet = control.failures() > before;
  control.set({ type: 'none' });
  check(sum, isInWords(first), () => `${where}: ${JSON.stringify(first)}`);
  check(sum, listed?.ok === true, () => `${where}: no list of sales, ${JSON.stringify(listed)}`);
  const second = await till.ask(command.name, input);
  check(sum, second?.ok === true, () => `${where}, well again: ${JSON.stringify(second)}`);
  if (command.isFact && first?.ok === true) {
    const isSame = JSON.stringify(first) === JSON.stringify(second);
    check(sum, isSame, () => `${where}: two answers, ${JSON.stringify([first, second])}`);
  }
  return isMet;
}

/** An answer, or a refusal with a code that the screens have a sentence for. */
function isInWords(reply: TillReply | undefined): boolean {
  if (reply === undefined) return false;
  return reply.ok || (reply.error.type === 'Fault' && faultCodes.has(reply.error.code));
}

type TroubledStart = { readonly life: number; readonly cause: FailCause; readonly call: number };

/** Every write call of a start, on an empty folder and on a full one. */
export async function troubleEveryStart(trouble: Trouble, take: Take): Promise<CrashReport> {
  const { lane } = trouble;
  const sum = newSum();
  const all: TroubledStart[] = [];
  let calls = 0;
  for (const life of [0, stockedLife]) {
    lane.rewind(life);
    const callsAtStart = await startUnder(trouble, undefined, sum);
    calls += callsAtStart;
    for (let call = 1; call <= callsAtStart; call += 1) {
      all.push(...causes.map((cause) => ({ life, cause, call })));
    }
  }
  const taken = takePoints(
    all,
    take,
    ({ life, cause, call }) => `start of ${lifeOf(life).name}, ${cause} from call ${call}`,
  );
  for (const start of taken.points) {
    taken.begin(start);
    const { life } = start;
    lane.rewind(life);
    await startUnder(trouble, start, sum);
    sum.points += 1;
    await examine(lane, sum, { life, answers: [], eventsAtEnd: eventsAfter(life) });
  }
  return { what: 'till, start on a disk in trouble', calls, ...sum };
}

/** @returns write calls of the start and the end. */
async function startUnder(
  trouble: Trouble,
  fault: { readonly cause: FailCause; readonly call: number } | undefined,
  sum: Sum,
): Promise<number> {
  const { lane, program } = trouble;
  const control = controlOf(trouble);
  if (fault !== undefined) control.set({ type: 'fail', fromCall: fault.call, cause: fault.cause });
  const till = await startTill({ program, dataDir: lane.dataDir, control });
  const where = `start, ${fault?.cause ?? 'well'} from call ${fault?.call ?? 0}`;
  const { started } = till;
  const isSaid = started === null || (started !== undefined && faultCodes.has(started));
  check(sum, isSaid, () => `${where}: it says ${started}`);
  const status = await till.ask('status.get', {});
  check(sum, status?.ok === true, () => `${where}: no status, ${JSON.stringify(status)}`);
  const ended = await till.end();
  check(sum, ended.exitCode === 0, () => `${where}: ended with ${ended.exitCode}: ${ended.words}`);
  const calls = control.calls();
  control.close();
  return calls;
}

async function examine(
  lane: TillLane,
  sum: Sum,
  ended: Pick<Parameters<typeof examineTill>[1], 'life' | 'answers' | 'eventsAtEnd'>,
): Promise<void> {
  const found = await examineTill(lane, ended);
  sum.checks += found.checks;
  sum.violations.push(...found.violations);
}

async function mustAsk(till: RunningTill, name: string, input: unknown): Promise<unknown> {
  const reply = await till.ask(name, input);
  if (reply === undefined)
    throw new Error(
      `${name} on a well disk: the till is gone, ${JSON.stringify(await till.end())}`,
    );
  if (reply.ok !== true) throw new Error(`${name} on a well disk: ${JSON.stringify(reply)}`);
  return reply.value;
}

function check(sum: Sum, holds: boolean, otherwise: () => string): void {
  sum.checks += 1;
  if (!holds) sum.violations.push(otherwise());
}

function newSum(): Sum {
  return { points: 0, acknowledged: 0, checks: 0, violations: [] };
}

function controlOf({ lane, program, folder }: Trouble): FaultControl {
  return openFaultControl({
    library: program.library,
    file: path.join(folder, 'trouble-control'),
    watched: lane.dataDir,
  });
}
