import { z } from 'zod';
import type { Brand } from '../base/brand.ts';

/** A day without a time, `YYYY-MM-DD`, in the business calendar of Việt Nam. */
export type CalendarDate = Brand<string, 'CalendarDate'>;
/** A moment, RFC 3339 with an offset or `Z`, to the second or finer. */
export type Instant = Brand<string, 'Instant'>;

const dayMs = 86_400_000;
/** Việt Nam has kept UTC+07:00 without daylight saving since 1975. */
const vietnamOffsetMs = 7 * 3_600_000;

export const CalendarDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine(isRealDate, 'no such day')
  // Safe: shape and existence were checked on the two lines above.
  .transform((text) => text as CalendarDate);

export const Instant = z
  .string()
  .max(40)
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:\d{2})$/)
  .refine((text) => Number.isFinite(Date.parse(text)), 'no such moment')
  // Safe: shape and existence were checked on the two lines above.
  .transform((text) => text as Instant);

/** The day in Việt Nam on which a moment falls. */
export function businessDateOf(instant: Instant | string): CalendarDate {
  return dateOfDayNumber(Math.floor((Date.parse(instant) + vietnamOffsetMs) / dayMs));
}

/** The moment in Vietnamese local time, to the second: `2026-11-22T14:32:05+07:00`. */
export function instantOfMs(epochMs: number): Instant {
  const local = new Date(epochMs + vietnamOffsetMs).toISOString().slice(0, 19);
  // Safe: toISOString gives the checked shape.
  return `${local}+07:00` as Instant;
}

export function msOfInstant(instant: Instant | string): number {
  return Date.parse(instant);
}

/** Hour of the day in Việt Nam, 0 to 23. */
export function hourOf(instant: Instant | string): number {
  return Math.floor(
    ((((Date.parse(instant) + vietnamOffsetMs) % dayMs) + dayMs) % dayMs) / 3_600_000,
  );
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return dateOfDayNumber(dayNumberOf(date) + days);
}

/** Days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween({
  from,
  to,
}: {
  readonly from: CalendarDate;
  readonly to: CalendarDate;
}) {
  return dayNumberOf(to) - dayNumberOf(from);
}

/** Days since 1970-01-01. */
export function dayNumberOf(date: CalendarDate): number {
  return Date.parse(`${date}T00:00:00Z`) / dayMs;
}

export function dateOfDayNumber(dayNumber: number): CalendarDate {
  const known = datesOfDayNumber.get(dayNumber);
  if (known !== undefined) return known;
  // Safe: toISOString gives the checked shape.
  const date = new Date(dayNumber * dayMs).toISOString().slice(0, 10) as CalendarDate;
  if (datesOfDayNumber.size >= rememberedDaysMax) datesOfDayNumber.clear();
  datesOfDayNumber.set(dayNumber, date);
  return date;
}

/** The same few days are asked for with every event of a journal. */
const datesOfDayNumber = new Map<number, CalendarDate>();
const rememberedDaysMax = 4_096;

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** By arithmetic: every lot of every sale line is asked, at the till and again at the centre. */
function isRealDate(text: string): boolean {
  const year = Number(text.slice(0, 4));
  const month = Number(text.slice(5, 7));
  const day = Number(text.slice(8, 10));
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 && isLeapYear ? 29 : (monthLengths[month - 1] ?? 0);
  return day >= 1 && day <= length;
}
