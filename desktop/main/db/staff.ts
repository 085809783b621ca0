import { z } from 'zod';
import { StaffMember } from '../../../shared/model/staff.ts';
import { wholeStaff } from '../../../shared/rules/staff-acts.ts';
import { getSetting } from './sync-state.ts';
import type { TillDb } from './till-db.ts';

const Row = z.object({ staffId: z.string(), member: z.string() });

/** Everybody who ever worked here by the journal, as they are now, by staff id. */
export function staffMembers(db: TillDb): ReadonlyMap<string, StaffMember> {
  const rows = db.all(Row, 'SELECT staff_id AS staffId, member FROM staff ORDER BY staff_id');
  return new Map(rows.map((row) => [row.staffId, StaffMember.parse(JSON.parse(row.member))]));
}

/** Those, and the responsible pharmacist of the licence; empty before the till is enrolled. */
export function everybody(db: TillDb): ReadonlyMap<string, StaffMember> {
  const facility = getSetting(db, 'facility');
  const journal = staffMembers(db);
  return facility === null ? journal : wholeStaff(journal, facility);
}

/** Who has a PIN at this till. */
export function staffWithPin(db: TillDb): ReadonlySet<string> {
  const rows = db.all(
    z.object({ staffId: z.string() }),
    'SELECT staff_id AS staffId FROM staff_pin',
  );
  return new Set(rows.map(({ staffId }) => staffId));
}
