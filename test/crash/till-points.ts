/**
 * Every write call of the scripted day, one after the other: the till is killed there with SIGKILL,
 * before the call and half way through it, opened again and examined.
 */
import path from 'node:path';
import { type Take, takePoints } from './take.ts';
import { examineTill } from './till-check.ts';
import { eventsAfter } from './till-day.ts';
import { lifeOf, openTillLane, type TillLane } from './till-lane.ts';
import type { TillProgram } from './till-program.ts';

export type CrashReport = {
  readonly what: string;
  /** Write calls that the enumeration stands on. */
  readonly calls: number;
  /** Points at which something was really done to the program, or a state that was really opened. */
  readonly points: number;
  /** Answers and receipts that a crash could have taken back. */
  readonly acknowledged: number;
  readonly checks: number;
  readonly violations: readonly string[];
};

export type PointOptions = {
  readonly folder: string;
  readonly take: Take;
  readonly lanes: number;
};

type Point = { readonly life: number; readonly atCall: number; readonly isTorn: boolean };

/** @throws when the undisturbed day does not go through. */
export async function killTillEverywhere(
  program: TillProgram,
  options: PointOptions,
): Promise<CrashReport> {
  const lanes = await openLanes(program, options);
  const sum = { points: 0, acknowledged: 0, checks: 0, violations: [] as string[] };
  let survived = 0;
  const [first] = lanes;
  if (first === undefined) throw new Error('Crash points need a lane');
  const taken = takePoints(pointsOf(first.callsByLife), options.take, nameOf);
  const waiting = [...taken.points];
  const planned = waiting.length;
  const work = async (lane: TillLane): Promise<void> => {
    for (let point = waiting.shift(); point !== undefined; point = waiting.shift()) {
      taken.begin(point);
      const found = await killAt(lane, point);
      if (found === undefined) {
        survived += 1;
        continue;
      }
      sum.points += 1;
      sum.acknowledged += found.acknowledged;
      sum.checks += found.checks;
      sum.violations.push(...found.violations.map((violation) => `${nameOf(point)}: ${violation}`));
    }
  };
  try {
    await Promise.all(lanes.map(work));
  } finally {
    for (const lane of lanes) await lane.close();
  }
  // A life may end a few calls earlier than the one that was counted, never many.
  if (survived > planned / 8) sum.violations.push(`${survived} of ${planned} points were missed`);
  const calls = first.callsByLife.reduce((all, count) => all + count, 0);
  return { what: 'till, kill -9', calls, ...sum };
}

export async function openLanes(
  program: TillProgram,
  { folder, lanes }: PointOptions,
): Promise<readonly TillLane[]> {
  return Promise.all(
    Array.from({ length: lanes }, (_, lane) =>
      openTillLane(path.join(folder, `lane-${lane}`), program),
    ),
  );
}

/** A few calls beyond those counted: the order of background work differs a little. */
const callsBeyond = 2;

function pointsOf(callsByLife: readonly number[]): Point[] {
  return callsByLife.flatMap((calls, life) =>
    Array.from({ length: calls + callsBeyond }, (_, index) => index + 1).flatMap((atCall) => [
      { life, atCall, isTorn: false },
      { life, atCall, isTorn: true },
    ]),
  );
}

function nameOf({ life, atCall, isTorn }: Point): string {
  return `${lifeOf(life).name}, ${isTorn ? 'half way through' : 'before'} call ${atCall}`;
}

async function killAt(lane: TillLane, { life, atCall, isTorn }: Point) {
  let ended = await playAgain(lane, { life, atCall, isTorn });
  if (!ended.wasKilled && ended.calls > 0) {
    // This life was shorter than the one that was counted: it dies on its way there instead.
    ended = await playAgain(lane, { life, atCall: 1 + (atCall % ended.calls), isTorn });
  }
  if (!ended.wasKilled) return undefined;
  const acknowledged = ended.answers.length + lane.centre.events.length;
  const { answers } = ended;
  const found = await examineTill(lane, { life, answers, eventsAtEnd: eventsAfter(life) });
  return { ...found, acknowledged };
}

function playAgain(lane: TillLane, { life, atCall, isTorn }: Point) {
  lane.rewind(life);
  return lane.play(life, { type: 'kill', atCall, isTorn });
}
