import { businessDateOf, type Instant, msOfInstant } from '../model/calendar.ts';
import type { ClockTime } from '../model/shop-settings.ts';

/** Whether `offered` is newer than `installed`; both `major.minor.patch`. Never a way back. */
export function isNewerVersion(offered: string, installed: string): boolean {
  const [left, right] = [partsOf(offered), partsOf(installed)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at >= 0 && (left[at] ?? 0) > (right[at] ?? 0);
}

/** Whether a till belongs to the share that takes a version first: the same answer every time. */
export function isInRollout(tillNumber: number, percent: number): boolean {
  return tillNumber % 100 < percent;
}

/** How long behind the chosen time a program may still be exchanged: a shop opens again. */
const windowMinutes = 120;
/** Nobody has done anything at the counter for so long. */
const idleMinutes = 10;

/**
 * Whether a program may be exchanged by itself now: within two hours behind the time the shop chose,
 * also over midnight, and while nobody works at the counter.
 */
export function isInstallTime({
  now,
  updateAt,
  lastWorkAt,
}: {
  readonly now: Instant;
  readonly updateAt: ClockTime | null;
  /** The last call of a person; null when there was none since the start. */
  readonly lastWorkAt: Instant | null;
}): boolean {
  if (updateAt === null) return false;
  const startedToday = msOfInstant(`${businessDateOf(now)}T${updateAt}:00+07:00`);
  const minutesToday = (msOfInstant(now) - startedToday) / 60_000;
  const minutes = minutesToday < 0 ? minutesToday + 24 * 60 : minutesToday;
  const idle = lastWorkAt === null ? idleMinutes : minutesBetween(lastWorkAt, now);
  // A clock that was set back says nothing about who is at the counter.
  return minutes < windowMinutes && (idle >= idleMinutes || idle < 0);
}

function minutesBetween(from: Instant, to: Instant): number {
  return (msOfInstant(to) - msOfInstant(from)) / 60_000;
}

function partsOf(version: string): readonly number[] {
  return version.split('.').map((part) => Number.parseInt(part, 10));
}
