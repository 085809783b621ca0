import type { Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decideStaffChange } from '../../../shared/rules/staff.ts';
import { staffMembers } from '../db/staff.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Adds a member of the staff, or changes what they are. */
export function changeStaff(
  context: CommandContext,
  input: TillInput<'staff.change'>,
): Result<TillAnswer<'staff.change'>, TillProblem> {
  return recordOnce(context, 'staff.change', input, ({ db, append }) => {
    const { staffId, name, role, certificateNumber, isOnDuty, isEmployed } = input;
    const after = { name, role, certificateNumber, isOnDuty, isEmployed };
    const changed = decideStaffChange({ staff: staffMembers(db) }, { staffId, after });
    return changed.ok ? append('StaffChanged.v1', changed.value) : changed;
  });
}
