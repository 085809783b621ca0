import { z } from 'zod';
import type { TillAnswer } from '../../../shared/contract/till-api.ts';
import { Instant } from '../../../shared/model/calendar.ts';
import { everybody, staffWithPin } from '../db/staff.ts';
import type { QueryContext } from './query-context.ts';

const Row = z.object({ staffId: z.string(), changedAt: Instant });

/** Everybody who works or worked here, and the responsible pharmacist of the licence. */
export function listStaff({ db }: QueryContext): TillAnswer<'staff.list'> {
  const rows = db.all(Row, 'SELECT staff_id AS staffId, changed_at AS changedAt FROM staff');
  const changedAt = new Map(rows.map((row) => [row.staffId, row.changedAt]));
  const withPin = staffWithPin(db);
  return {
    rows: [...everybody(db)].map(([staffId, member]) => ({
      ...member,
      staffId,
      changedAt: changedAt.get(staffId) ?? null,
      hasPin: withPin.has(staffId),
    })),
  };
}
