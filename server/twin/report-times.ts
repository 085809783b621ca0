import type { PlannedFacility } from './facilities.ts';
import { randomOf } from './random.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * When a till's reports reached the centre during the month before: every few days, at an hour of
 * its own; most have reported within the last day, the silent ones stopped.
 * @returns rising moments in (afterMs, nowMs].
 */
export function reportTimes(input: {
  readonly seed: string;
  readonly planned: PlannedFacility;
  readonly firstDayMs: number;
  readonly afterMs: number;
  readonly nowMs: number;
  /** The morning of the country's creation: silence is counted back from here. */
  readonly createdMs: number;
}): readonly number[] {
  const { planned, firstDayMs, afterMs, nowMs, createdMs } = input;
  const random = randomOf(`${input.seed}/${planned.facility.code}/reports`);
  const everyMs = random.between(3, 5) * dayMs;
  const phaseMs = random.between(0, 4 * 24) * hourMs;
  const lagMs = random.isTrue(0.8) ? 0 : random.between(1, 18) * hourMs;
  if (planned.connection.type === 'never-enrolled') return [];
  const isSilent = planned.connection.type === 'silent';
  const lastMs = isSilent ? createdMs - silentMs(planned) : nowMs - lagMs;
  const times: number[] = [];
  for (let timeMs = firstDayMs + dayMs + phaseMs; timeMs < lastMs; timeMs += everyMs) {
    times.push(timeMs);
  }
  return [...times, lastMs].filter((timeMs) => timeMs > afterMs && timeMs <= nowMs);
}

function silentMs({ connection }: PlannedFacility): number {
  return connection.type === 'silent' ? connection.forDays * dayMs : 0;
}
