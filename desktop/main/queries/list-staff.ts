import { z } from 'zod';
import type { TillAnswer } from '../../../shared/contract/till-api.ts';
import { Instant } from '../../../shared/model/calendar.ts';
import { StaffMember } from '../../../shared/model/staff.ts';
import type { QueryContext } from './query-context.ts';

const Row = z.object({
  staffId: z.string(),
  changedAt: Instant,
  member: z.string(),
  hasPin: z.int(),
});

/** Everybody who works or worked here. */
export function listStaff({ db }: QueryContext): TillAnswer<'staff.list'> {
  const rows = db.all(
    Row,
    `SELECT staff.staff_id AS staffId, changed_at AS changedAt, member,
       staff_pin.staff_id IS NOT NULL AS hasPin
     FROM staff LEFT JOIN staff_pin USING (staff_id) ORDER BY staff.staff_id`,
  );
  return {
    rows: rows.map(({ staffId, changedAt, member, hasPin }) => ({
      ...StaffMember.parse(JSON.parse(member)),
      staffId,
      changedAt,
      hasPin: hasPin === 1,
    })),
  };
}
