import type { peopleVi } from './people-vi.ts';

/** People, PINs, permissions, shifts and the audit: a part of en.ts. */
export const peopleEn: Readonly<Record<keyof typeof peopleVi, string>> = {
  'role.owner': 'the owner',
  'role.pharmacist-in-charge': 'the pharmacist in charge',
  'role.pharmacist': 'a pharmacist',
  'role.seller': 'a seller',
  'role.trainee': 'a trainee',

  'act.sell': 'selling',
  'act.sell-on-prescription': 'selling prescription drugs',
  'act.sell-controlled': 'selling specially controlled drugs',
  'act.choose-lot': 'choosing another lot than the first to expire',
  'act.give-discount': 'giving a discount',
  'act.weigh-warning': 'selling in spite of a safety warning',
  'act.void-sale': 'voiding a sale',
  'act.accept-return': 'taking goods back',
  'act.open-shift': 'opening a shift',
  'act.close-shift': 'closing a shift',
  'act.see-expected-cash': 'seeing what should be in the drawer',
  'act.set-price': 'setting prices',
  'act.receive-goods': 'receiving goods',
  'act.declare-opening-stock': 'declaring opening stock',
  'act.count-stock': 'counting stock',
  'act.quarantine': 'putting goods into quarantine',
  'act.release': 'releasing goods from quarantine',
  'act.dispose': 'disposing of goods',
  'act.report-loss': 'reporting a loss',
  'act.acknowledge-recall': 'acknowledging a recall',
  'act.return-to-supplier': 'returning goods to a supplier',
  'act.transfer': 'transferring goods between facilities',
  'act.define-product': 'defining a product of the shop',
  'act.change-oneself': 'changing one’s own PIN and duty',
  'act.change-staff': 'managing the staff',
  'act.see-audit': 'reading the audit',
  'act.carry-reports': 'carrying reports by hand',
  'act.export-books': 'exporting the books for an inspector',
  'act.keep-the-till': 'changing the settings of the till',

  'people.or': '{first} or {last}',

  'problem.NotSignedIn': 'The counter is locked. Enter a PIN to go on; nothing was lost.',
  'problem.NotPermitted':
    'For {act}, {roles} is needed. Nothing was recorded; whoever may can approve here with their PIN.',
  'problem.NotOnDuty':
    'For {act}, {roles} has to be on duty. Nothing was recorded; go on duty, or let somebody on duty approve.',
  'problem.SupervisorNeeded':
    'A trainee works under somebody’s eyes: for {act}, {roles} on duty approves with a PIN.',
  'problem.StaffIdReserved':
    'The code {staffId} stands for what the machine does by itself. Choose another one.',
  'problem.PinInChargeFirst':
    'The pharmacist in charge or the owner sets a PIN first, then everybody else.',
  'problem.PinNotSet':
    '{staffId} has no PIN yet. The pharmacist in charge or the owner can set one.',
  'problem.WrongPin': 'Wrong PIN. Try again.',
  'problem.WrongPin.wait': 'Wrong PIN several times. Wait {wait}, then try again.',
  'problem.ApproverMayNot': '{staffId} may not approve this either: {acts}.',
  'problem.DifferenceUnexplained':
    'The money differs by {difference}. Write down why, then close; the figures stay as counted.',
};
