import { z } from 'zod';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { Instant } from '../../../shared/model/calendar.ts';
import { shiftFigures } from '../../../shared/rules/shift.ts';
import { DatabaseFaulted } from '../db/database-fault.ts';
import { readEvent } from '../db/read-event.ts';
import { drawerEntries, openShift } from '../db/shifts.ts';
import type { QueryContext } from './query-context.ts';

/** The open shift's figures so far (X); null when none is open. */
export function currentShift(
  { db }: QueryContext,
  { isBlind }: TillInput<'shifts.current'>,
): TillAnswer<'shifts.current'> {
  const found = openShift(db);
  if (found === undefined) return null;
  const { seq, ...open } = found;
  const { payments, ...figures } = shiftFigures(open, drawerEntries(db, seq));
  if (!isBlind) return { ...open, ...figures, payments: [...payments] };
  const { sales, voids, returns } = figures;
  const counts = { sales: countOf(sales), voids: countOf(voids), returns: countOf(returns) };
  return { ...open, ...counts, payments: null };
}

/** With the sums, the float and a pencil, a blind count would be none. */
function countOf({ count }: { readonly count: number }) {
  return { count, totalVnd: null };
}

const ShiftListRow = z.object({
  shiftId: z.string(),
  number: z.int(),
  openedAt: Instant,
  openedBy: z.string(),
  closedAt: Instant.nullable(),
  saleCount: z.int().nullable(),
  salesVnd: z.int().nullable(),
  cashDifferenceVnd: z.int().nullable(),
});

/** Shifts newest first. */
export function listShifts(
  { db }: QueryContext,
  { beforeNumber, limit, maySeeSums }: TillInput<'shifts.list'> & { readonly maySeeSums: boolean },
): TillAnswer<'shifts.list'> {
  const rows = db.all(
    ShiftListRow,
    `SELECT id AS shiftId, number, opened_at AS openedAt, opened_by AS openedBy,
       closed_at AS closedAt, sale_count AS saleCount, sales_vnd AS salesVnd,
       cash_difference_vnd AS cashDifferenceVnd
     FROM shift LEFT JOIN shift_closing ON shift_id = id
     WHERE number < ? ORDER BY number DESC LIMIT ?`,
    beforeNumber ?? Number.MAX_SAFE_INTEGER,
    limit + 1,
  );
  const shown = rows.slice(0, limit);
  return {
    rows: maySeeSums
      ? shown
      : shown.map((row) => ({ ...row, salesVnd: null, cashDifferenceVnd: null })),
    hasMore: rows.length > limit,
  };
}

const LineRow = z.object({ seq: z.int(), line: z.string() });

/** The Z report of a closed shift as it was sealed. */
export function getShift(
  { db }: QueryContext,
  { shiftId }: TillInput<'shifts.get'>,
): TillAnswer<'shifts.get'> {
  const row = db.one(
    LineRow,
    `SELECT event.seq, event.line FROM shift_closing JOIN event USING (seq) WHERE shift_id = ?`,
    shiftId,
  );
  if (row === undefined) return null;
  const event = readEvent(row.seq, row.line);
  if (!event.ok) throw new DatabaseFaulted(event.error);
  if (event.value.type !== 'ShiftClosed.v1') return null;
  const { seq, at, by, data } = event.value;
  return { seq, closedAt: at, closedBy: by, figures: data };
}
