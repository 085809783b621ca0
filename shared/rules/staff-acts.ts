import { err, ok, type Result } from '../base/result.ts';
import type { Facility } from '../model/facility.ts';
import type { StaffMember, StaffRole } from '../model/staff.ts';
import { StaffAct } from '../model/staff-act.ts';
import type { Refusal } from './refusal.ts';

/**
 * Who may do what at a counter: the whole of it. Prescription and controlled drugs are sold by a
 * pharmacist (Luật Dược Đ80–81, GPP TT 02/2018); what changes stock without a customer or touches
 * the licence is for those who answer for it. A trainee acts only under somebody else's eyes.
 */
export const rolesByAct = {
  sell: ['owner', 'pharmacist-in-charge', 'pharmacist', 'seller', 'trainee'],
  'sell-on-prescription': ['pharmacist-in-charge', 'pharmacist'],
  'sell-controlled': ['pharmacist-in-charge', 'pharmacist'],
  'choose-lot': ['owner', 'pharmacist-in-charge', 'pharmacist', 'seller'],
  'give-discount': ['owner', 'pharmacist-in-charge', 'pharmacist'],
  'weigh-warning': ['pharmacist-in-charge', 'pharmacist'],
  'void-sale': ['owner', 'pharmacist-in-charge', 'pharmacist'],
  'accept-return': ['pharmacist-in-charge', 'pharmacist'],
  'open-shift': ['owner', 'pharmacist-in-charge', 'pharmacist', 'seller'],
  'close-shift': ['owner', 'pharmacist-in-charge', 'pharmacist', 'seller'],
  'see-expected-cash': ['owner', 'pharmacist-in-charge'],
  'set-price': ['owner', 'pharmacist-in-charge'],
  'receive-goods': ['owner', 'pharmacist-in-charge', 'pharmacist', 'seller'],
  'declare-opening-stock': ['owner', 'pharmacist-in-charge'],
  'count-stock': ['owner', 'pharmacist-in-charge', 'pharmacist', 'seller'],
  quarantine: ['owner', 'pharmacist-in-charge', 'pharmacist', 'seller'],
  release: ['pharmacist-in-charge'],
  dispose: ['pharmacist-in-charge'],
  'report-loss': ['pharmacist-in-charge', 'pharmacist'],
  'acknowledge-recall': ['owner', 'pharmacist-in-charge', 'pharmacist'],
  'return-to-supplier': ['owner', 'pharmacist-in-charge', 'pharmacist'],
  transfer: ['owner', 'pharmacist-in-charge', 'pharmacist'],
  'define-product': ['owner', 'pharmacist-in-charge', 'pharmacist'],
  /** One's own duty and PIN; a trainee is on duty only beside somebody who is. */
  'change-oneself': ['owner', 'pharmacist-in-charge', 'pharmacist', 'seller', 'trainee'],
  'change-staff': ['owner', 'pharmacist-in-charge'],
  'see-audit': ['owner', 'pharmacist-in-charge'],
  'carry-reports': ['owner', 'pharmacist-in-charge', 'pharmacist', 'seller'],
  'export-books': ['owner', 'pharmacist-in-charge', 'pharmacist'],
  'keep-the-till': ['owner', 'pharmacist-in-charge'],
} as const satisfies Readonly<Record<StaffAct, readonly StaffRole[]>>;

/** Acts that need somebody who is on duty, and not only employed (GPP: người phụ trách có mặt). */
const actsOnDuty: ReadonlySet<StaffAct> = new Set([
  'sell-on-prescription',
  'sell-controlled',
  'weigh-warning',
  'accept-return',
]);

/** What a trainee may do without anybody watching: it touches neither goods nor money. */
const actsAlone: ReadonlySet<StaffAct> = new Set(['change-oneself']);

export type Acting = Pick<StaffMember, 'role' | 'isOnDuty' | 'isEmployed'>;

/** Whether somebody may do something now, alone; if not, who may. */
export function judgeAct(member: Acting, act: StaffAct): Result<null, Refusal> {
  const roles: readonly StaffRole[] = rolesByAct[act];
  if (!member.isEmployed || !roles.includes(member.role)) {
    return err({ type: 'NotPermitted', act, roles: [...roles] });
  }
  if (actsOnDuty.has(act) && !member.isOnDuty) {
    return err({ type: 'NotOnDuty', act, roles: [...roles] });
  }
  if (member.role === 'trainee' && !actsAlone.has(act)) {
    return err({ type: 'SupervisorNeeded', act, roles: approvingRoles(act) });
  }
  return ok(null);
}

/**
 * Whether somebody may take the responsibility for another person's act. Whoever watches a trainee
 * stands beside them, so they are on duty, whatever the act is.
 */
export function mayApprove(
  approver: Acting,
  { act, of }: { readonly act: StaffAct; readonly of: Acting },
): boolean {
  const isThere = approver.isOnDuty || of.role !== 'trainee';
  return isThere && judgeAct(approver, act).ok;
}

/** Whether somebody may do something now without asking anybody. */
export function mayDo(member: Acting, act: StaffAct): boolean {
  return judgeAct(member, act).ok;
}

/** Every act somebody may do alone, and of the others why not. */
export function actsOf(member: Acting): Readonly<Record<StaffAct, Refusal | null>> {
  const judged = StaffAct.options.map((act) => {
    const verdict = judgeAct(member, act);
    return [act, verdict.ok ? null : verdict.error];
  });
  // Safe: every act is there.
  return Object.fromEntries(judged) as Record<StaffAct, Refusal | null>;
}

/** The responsible pharmacist as the licence names them, until the shop says more. */
export function pharmacistOfLicence({
  responsiblePharmacist,
}: Pick<Facility, 'responsiblePharmacist'>): StaffMember {
  const { name, certificateNumber } = responsiblePharmacist;
  return {
    ...{ name, certificateNumber, role: 'pharmacist-in-charge' },
    ...{ isOnDuty: true, isEmployed: true },
  };
}

/** Everybody: who the journal knows, and the responsible pharmacist of the licence. */
export function wholeStaff(
  journal: ReadonlyMap<string, StaffMember>,
  facility: Pick<Facility, 'responsiblePharmacist'>,
): ReadonlyMap<string, StaffMember> {
  const { staffId } = facility.responsiblePharmacist;
  if (journal.has(staffId)) return journal;
  return new Map([[staffId, pharmacistOfLicence(facility)], ...journal]);
}

/** Who acts where nobody has a PIN yet: whoever answers for the shop. */
export function answersForShop(
  staff: ReadonlyMap<string, StaffMember>,
  facility: Pick<Facility, 'responsiblePharmacist'>,
): string {
  const { staffId } = facility.responsiblePharmacist;
  const named = staff.get(staffId);
  if (named?.isEmployed === true && named.role === 'pharmacist-in-charge') return staffId;
  const other = [...staff].find(
    ([, member]) => member.isEmployed && member.role === 'pharmacist-in-charge',
  );
  return other?.[0] ?? staffId;
}

function approvingRoles(act: StaffAct): StaffRole[] {
  return rolesByAct[act].filter((role) => role !== 'trainee');
}
