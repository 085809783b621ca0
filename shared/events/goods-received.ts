import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Lot } from '../model/lot.ts';
import { AmountVnd, PriceVnd } from '../model/money.ts';
import { PackUnit, Quantity, Units } from '../model/quantity.ts';
import { approval } from './approval.ts';

/** Goods taken in from a supplier with their invoice (phiếu nhập; TT 02/2018 GPP records). */
export const GoodsReceived = z.object({
  supplierName: z.string().trim().min(1).max(limits.shortTextLength),
  invoiceNumber: z.string().trim().max(50),
  lines: z
    .array(
      Lot.extend({
        unit: PackUnit,
        quantity: Quantity,
        /** `quantity × unit.factor`, in the smallest unit. */
        units: Units,
        unitCostVnd: PriceVnd,
        amountVnd: AmountVnd,
      }),
    )
    .min(1)
    .max(limits.receiptLinesMax),
  totalVnd: AmountVnd,
  ...approval,
});
export type GoodsReceived = z.infer<typeof GoodsReceived>;
