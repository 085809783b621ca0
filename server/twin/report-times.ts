import type { PlannedFacility } from './facilities.ts';
import { randomOf } from './random.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** How a till's reports reach the centre. */
export type ReportHabit = {
  /** About every week, at a moment of its own: the past is told in few, larger batches. */
  readonly everyMs: number;
  readonly firstMs: number;
  /** Behind the moment by this much: most are online, some report every few hours. */
  readonly lagMs: number;
  /** Nothing arrives any more from here on; null for a till that still reports. */
  readonly silentFromMs: number | null;
};

export function reportHabit(input: {
  readonly seed: string;
  readonly planned: PlannedFacility;
  readonly firstDayMs: number;
  /** When the country was made: silence is counted back from here. */
  readonly createdMs: number;
}): ReportHabit {
  const { planned, firstDayMs, createdMs } = input;
  const random = randomOf(`${input.seed}/${planned.facility.code}/reports`);
  const { connection } = planned;
  return {
    everyMs: random.between(6, 9) * dayMs,
    firstMs: firstDayMs + dayMs + random.between(0, 6 * 24 * 60) * 60_000,
    lagMs: random.isTrue(0.8) ? 0 : random.between(1, 18) * hourMs,
    silentFromMs: connection.type === 'silent' ? createdMs - connection.forDays * dayMs : null,
  };
}

export type ReportTime = { readonly till: number; readonly atMs: number };

/** Every report of every till until now, in the order of time. */
export function reportTimes(habits: readonly ReportHabit[], nowMs: number): readonly ReportTime[] {
  return habits
    .flatMap((habit, till) => momentsOf(habit, nowMs).map((atMs) => ({ till, atMs })))
    .sort((a, b) => a.atMs - b.atMs || a.till - b.till);
}

function momentsOf(habit: ReportHabit, nowMs: number): readonly number[] {
  const lastMs = habit.silentFromMs ?? nowMs - habit.lagMs;
  const moments: number[] = [];
  for (let atMs = habit.firstMs; atMs < lastMs; atMs += habit.everyMs) moments.push(atMs);
  return [...moments, lastMs];
}
