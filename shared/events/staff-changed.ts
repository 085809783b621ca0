import { z } from 'zod';
import { StaffId } from '../model/facility.ts';
import { StaffMember } from '../model/staff.ts';
import { approval } from './approval.ts';

/**
 * Somebody joined, left, changed their role or duty, or got another PIN: old and new values. The PIN
 * stays at the till (table `staff_pin`), not even its hash is here: a journal is copied, carried and
 * read by others for decades, and a short number does not stand that.
 */
export const StaffChanged = z.object({
  staffId: StaffId,
  /** Null for somebody new. */
  before: StaffMember.nullable(),
  after: StaffMember,
  isPinChanged: z.boolean(),
  ...approval,
});
export type StaffChanged = z.infer<typeof StaffChanged>;
