import { z } from 'zod';
import { limits } from '../base/limits.ts';

/** What somebody is in the facility; what each may do stands in rules/staff-acts.ts. */
export const StaffRole = z.enum([
  'owner',
  'pharmacist-in-charge',
  'pharmacist',
  'seller',
  'trainee',
]);
export type StaffRole = z.infer<typeof StaffRole>;

/** A member of the staff at some moment. The PIN is no part of it: it never leaves the till. */
export const StaffMember = z.object({
  name: z.string().trim().min(1).max(limits.shortTextLength),
  role: StaffRole,
  /** Practice certificate (chứng chỉ hành nghề dược); empty for those who need none. */
  certificateNumber: z.string().trim().max(50),
  isOnDuty: z.boolean(),
  /** False once they have left; nobody is ever removed. */
  isEmployed: z.boolean(),
});
export type StaffMember = z.infer<typeof StaffMember>;
