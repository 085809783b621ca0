import { err, ok, type Result } from '../base/result.ts';
import type { StaffChanged } from '../events/staff-changed.ts';
import type { StaffMember, StaffRole } from '../model/staff.ts';
import type { Refusal } from './refusal.ts';
import { rolesByAct } from './staff-acts.ts';

export type StaffContext = {
  /** As the journal says they are now, by staff id. */
  readonly staff: ReadonlyMap<string, StaffMember>;
  /** Those, and the responsible pharmacist whom only the licence names so far (staff-acts.ts). */
  readonly whole: ReadonlyMap<string, StaffMember>;
};

/** Roles for which the law wants a practice certificate (Luật Dược Đ11, Đ13). */
const rolesWithCertificate: ReadonlySet<StaffRole> = new Set([
  'pharmacist-in-charge',
  'pharmacist',
]);

/** Stands in `by` where no person acted: a new till that takes over what the centre has. */
export const automaticStaffId = 'AUTO';

/** Who may give others a PIN (staff-acts.ts). */
const keepsStaff: ReadonlySet<StaffRole> = new Set(rolesByAct['change-staff']);

/** Adds a member of the staff, or changes what they are; nobody is ever removed. */
export function decideStaffChange(
  { staff, whole }: StaffContext,
  command: { readonly staffId: string; readonly after: StaffMember },
): Result<StaffChanged, Refusal> {
  const { staffId, after } = command;
  if (staffId === automaticStaffId) return err({ type: 'StaffIdReserved', staffId });
  const before = staff.get(staffId) ?? null;
  if (before !== null && isSame(before, after)) return err({ type: 'StaffNotChanged', staffId });
  const needsCertificate = rolesWithCertificate.has(after.role) && after.isEmployed;
  if (needsCertificate && after.certificateNumber.trim() === '') {
    return err({ type: 'CertificateMissing', staffId });
  }
  const now = whole.get(staffId);
  const isLast =
    now !== undefined &&
    isInCharge(now) &&
    !isInCharge(after) &&
    ![...whole].some(([id, member]) => id !== staffId && isInCharge(member));
  if (isLast) return err({ type: 'LastInCharge', staffId });
  return ok({ staffId, before, after, isPinChanged: false });
}

/** Gives somebody a PIN; the PIN itself is no part of the fact (events/staff-changed.ts). */
export function decidePin(
  { staff, whole, withPin }: StaffContext & { readonly withPin: ReadonlySet<string> },
  command: { readonly staffId: string; readonly pin: string },
): Result<StaffChanged, Refusal> {
  const { staffId, pin } = command;
  const member = whole.get(staffId);
  if (member?.isEmployed !== true) return err({ type: 'UnknownStaff', staffId });
  if (!isStrongPin(pin)) return err({ type: 'PinTooSimple' });
  const hasKeeper = [...whole].some(
    ([id, { role, isEmployed }]) => isEmployed && keepsStaff.has(role) && withPin.has(id),
  );
  if (!hasKeeper && !keepsStaff.has(member.role)) return err({ type: 'PinInChargeFirst' });
  const before = staff.get(staffId) ?? null;
  return ok({ staffId, before, after: member, isPinChanged: true });
}

/** 4 to 6 digits, not all the same, not a run up or down. */
export function isStrongPin(pin: string): boolean {
  if (!/^\d{4,6}$/.test(pin)) return false;
  const steps = [...pin].slice(1).map((digit, index) => Number(digit) - Number(pin[index]));
  return ![0, 1, -1].some((step) => steps.every((taken) => taken === step));
}

function isInCharge({ role, isEmployed }: StaffMember): boolean {
  return role === 'pharmacist-in-charge' && isEmployed;
}

function isSame(a: StaffMember, b: StaffMember): boolean {
  return (
    a.name === b.name &&
    a.role === b.role &&
    a.certificateNumber === b.certificateNumber &&
    a.isOnDuty === b.isOnDuty &&
    a.isEmployed === b.isEmployed
  );
}
