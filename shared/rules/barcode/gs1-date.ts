import { CalendarDate } from '../../model/calendar.ts';

/**
 * A YYMMDD field. Day 00 is the last day of the month; the century is the one that brings the year
 * within 50 years of now (GS1 General Specifications §3.4.2 and §7.12). Undefined when there is no
 * such day.
 */
export function dateOfField(digits: string, today: CalendarDate): CalendarDate | undefined {
  const year = yearOf(Number(digits.slice(0, 2)), Number(today.slice(0, 4)));
  const month = Number(digits.slice(2, 4));
  if (month < 1 || month > 12) return undefined;
  const writtenDay = Number(digits.slice(4, 6));
  const day = writtenDay === 0 ? new Date(Date.UTC(year, month, 0)).getUTCDate() : writtenDay;
  const pad = (part: number) => String(part).padStart(2, '0');
  const parsed = CalendarDate.safeParse(`${year}-${pad(month)}-${pad(day)}`);
  return parsed.success ? parsed.data : undefined;
}

function yearOf(twoDigits: number, thisYear: number): number {
  const century = thisYear - (thisYear % 100);
  const ahead = twoDigits - (thisYear % 100);
  if (ahead >= 51) return century - 100 + twoDigits;
  if (ahead <= -50) return century + 100 + twoDigits;
  return century + twoDigits;
}
