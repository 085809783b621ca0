import { unreachable } from '../../shared/base/assert.ts';
import {
  addDays,
  type CalendarDate,
  dateOfDayNumber,
  dayNumberOf,
  daysBetween,
} from '../../shared/model/calendar.ts';

export type Bucket = 'hour' | 'day' | 'week' | 'month';

/** The start of the bucket a day lies in: its Monday, or the first of its month. */
export function bucketOfDay(bucket: Exclude<Bucket, 'hour'>, day: CalendarDate): CalendarDate {
  switch (bucket) {
    case 'day':
      return day;
    case 'week':
      // 1970-01-01 was a Thursday: three days after a Monday.
      return dateOfDayNumber(Math.floor((dayNumberOf(day) + 3) / 7) * 7 - 3);
    case 'month':
      return addDays(day, 1 - Number(day.slice(8)));
    default:
      return unreachable(bucket);
  }
}

/** The start of an hour in Việt Nam, as the contract writes it. */
export function hourStart(day: CalendarDate, hour: number): string {
  return `${day}T${String(hour).padStart(2, '0')}:00:00+07:00`;
}

/** Every bucket from the first to the last day, so that a chart shows silence as zero. */
export function bucketsBetween(
  bucket: Bucket,
  { from, to }: { readonly from: CalendarDate; readonly to: CalendarDate },
): readonly string[] {
  const days = Array.from({ length: daysBetween({ from, to }) + 1 }, (_, index) =>
    addDays(from, index),
  );
  if (bucket !== 'hour') return [...new Set(days.map((day) => bucketOfDay(bucket, day)))];
  return days.flatMap((day) => Array.from({ length: 24 }, (_, hour) => hourStart(day, hour)));
}
