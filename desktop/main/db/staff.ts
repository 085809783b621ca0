import { z } from 'zod';
import { StaffMember } from '../../../shared/model/staff.ts';
import type { TillDb } from './till-db.ts';

const Row = z.object({ staffId: z.string(), member: z.string() });

/** Everybody who ever worked here, as they are now, by staff id. */
export function staffMembers(db: TillDb): ReadonlyMap<string, StaffMember> {
  const rows = db.all(Row, 'SELECT staff_id AS staffId, member FROM staff ORDER BY staff_id');
  return new Map(rows.map((row) => [row.staffId, StaffMember.parse(JSON.parse(row.member))]));
}
