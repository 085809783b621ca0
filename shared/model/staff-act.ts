import { z } from 'zod';

/** Everything at a counter that not everybody may do; who may stands in rules/staff-acts.ts. */
export const StaffAct = z.enum([
  'sell',
  'sell-on-prescription',
  'sell-controlled',
  'choose-lot',
  'give-discount',
  'void-sale',
  'accept-return',
  'open-shift',
  'close-shift',
  'see-expected-cash',
  'set-price',
  'receive-goods',
  'declare-opening-stock',
  'count-stock',
  'quarantine',
  'release',
  'dispose',
  'report-loss',
  'acknowledge-recall',
  'return-to-supplier',
  'transfer',
  'define-product',
  'change-oneself',
  'change-staff',
  'see-audit',
  'carry-reports',
  'export-books',
  'keep-the-till',
]);
export type StaffAct = z.infer<typeof StaffAct>;
