import { StaffId } from '../model/facility.ts';

/**
 * Spread into every fact that a person may record: who took the responsibility with their PIN for
 * what `by` of the envelope may not do alone (rules/staff-acts.ts). Absent where nobody had to.
 */
export const approval = { approvedBy: StaffId.optional() } as const;
