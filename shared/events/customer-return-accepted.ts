import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Lot } from '../model/lot.ts';
import { AmountVnd } from '../model/money.ts';
import { Units } from '../model/quantity.ts';
import { SlipNumber } from './sale-completed.ts';

/**
 * A customer brings goods back. They left the shop, so nobody knows how they were kept: they go into
 * quarantine and never straight to the shelf (TT 02/2018 GPP). Each line names the sold line and lot.
 */
export const CustomerReturnAccepted = z.object({
  saleId: z.uuid(),
  slip: SlipNumber,
  reason: z.string().trim().min(1).max(limits.shortTextLength),
  lines: z
    .array(
      Lot.extend({
        /** Place of the line in the sale, from 0. */
        saleLine: z.int().min(0).max(limits.saleLinesMax),
        units: Units,
        refundVnd: AmountVnd,
      }),
    )
    .min(1)
    .max(limits.stockLinesMax),
  totalVnd: AmountVnd,
});
export type CustomerReturnAccepted = z.infer<typeof CustomerReturnAccepted>;
