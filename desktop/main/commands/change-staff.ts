import { err, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decideStaffChange } from '../../../shared/rules/staff.ts';
import { everybody, staffMembers } from '../db/staff.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Adds a member of the staff, or changes what they are. */
export function changeStaff(
  context: CommandContext,
  input: TillInput<'staff.change'>,
): Result<TillAnswer<'staff.change'>, TillProblem> {
  return recordOnce(context, 'staff.change', input, ({ db, append }) => {
    const { staffId, name, role, certificateNumber, isOnDuty, isEmployed } = input;
    const after = { name, role, certificateNumber, isOnDuty, isEmployed };
    const staff = { staff: staffMembers(db), whole: everybody(db) };
    const changed = decideStaffChange(staff, { staffId, after });
    return changed.ok ? append('StaffChanged.v1', changed.value) : changed;
  });
}

/** Somebody comes to work, or leaves for now. */
export function setDuty(
  context: CommandContext,
  input: TillInput<'staff.setDuty'>,
): Result<TillAnswer<'staff.setDuty'>, TillProblem> {
  return recordOnce(context, 'staff.setDuty', input, ({ db, append }) => {
    const { staffId, isOnDuty } = input;
    const whole = everybody(db);
    const member = whole.get(staffId);
    if (member?.isEmployed !== true) return err({ type: 'UnknownStaff', staffId });
    const after = { ...member, isOnDuty };
    const changed = decideStaffChange({ staff: whole, whole }, { staffId, after });
    return changed.ok ? append('StaffChanged.v1', changed.value) : changed;
  });
}
