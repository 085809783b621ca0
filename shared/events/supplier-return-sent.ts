import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Lot, Place } from '../model/lot.ts';
import { AmountVnd } from '../model/money.ts';
import { Units } from '../model/quantity.ts';
import { RecallNumber } from '../model/recall.ts';
import { approval } from './approval.ts';

export const SupplierReturnReason = z.enum([
  'recalled',
  'near-expiry',
  'damaged',
  'wrong-delivery',
  'other',
]);

/** Goods sent back to the supplier (phiếu xuất trả), recalled ones above all. */
export const SupplierReturnSent = z.object({
  supplierName: z.string().trim().min(1).max(limits.shortTextLength),
  documentNumber: z.string().trim().max(50),
  reason: SupplierReturnReason,
  recallNumber: RecallNumber.optional(),
  lines: z
    .array(
      Lot.extend({
        place: Place,
        units: Units,
        /** What the supplier credits for the line. */
        amountVnd: AmountVnd,
      }),
    )
    .min(1)
    .max(limits.stockLinesMax),
  totalVnd: AmountVnd,
  ...approval,
});
export type SupplierReturnSent = z.infer<typeof SupplierReturnSent>;
