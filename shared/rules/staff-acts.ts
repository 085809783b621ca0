import type { StaffMember, StaffRole } from '../model/staff.ts';

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
  'change-staff': ['owner', 'pharmacist-in-charge'],
  'keep-the-till': ['owner', 'pharmacist-in-charge'],
} as const satisfies Readonly<Record<string, readonly StaffRole[]>>;
export type StaffAct = keyof typeof rolesByAct;

/** Acts that need somebody who is on duty, and not only employed (GPP: người phụ trách có mặt). */
const actsOnDuty: ReadonlySet<StaffAct> = new Set([
  'sell-on-prescription',
  'sell-controlled',
  'accept-return',
]);

/** Whether somebody may do something now. */
export function mayDo(
  member: Pick<StaffMember, 'role' | 'isOnDuty' | 'isEmployed'>,
  act: StaffAct,
): boolean {
  const roles: readonly StaffRole[] = rolesByAct[act];
  const isPresent = member.isOnDuty || !actsOnDuty.has(act);
  return member.isEmployed && isPresent && roles.includes(member.role);
}
