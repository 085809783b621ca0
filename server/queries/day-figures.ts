import { z } from 'zod';
import type { Overview } from '../../shared/contract/console-api.ts';
import { addDays, type CalendarDate } from '../../shared/model/calendar.ts';
import { Day, Whole } from './rows.ts';

export type DayFigures = Overview['today'];

/** How many days back the pages show. */
export const daysShown = 30;

export const DayRow = z.object({
  day: Day,
  sale_count: Whole,
  sold_units: Whole,
  received_units: Whole,
  amount_vnd: Whole,
});

/** Thirty days from `from`, those without a movement as zeros. */
export function daysFrom(
  from: CalendarDate,
  rows: readonly z.output<typeof DayRow>[],
): DayFigures[] {
  const rowByDay = new Map(rows.map((row) => [row.day, row]));
  return Array.from({ length: daysShown }, (_, index) => {
    const day = addDays(from, index);
    const row = rowByDay.get(day);
    return {
      day,
      soldUnits: row?.sold_units ?? 0,
      receivedUnits: row?.received_units ?? 0,
      saleCount: row?.sale_count ?? 0,
      amountVnd: row?.amount_vnd ?? 0,
    };
  });
}
