import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Lot } from '../model/lot.ts';
import { AmountVnd } from '../model/money.ts';
import { Units } from '../model/quantity.ts';
import { approval } from './approval.ts';
import { PaymentMethod, SlipNumber } from './sale-completed.ts';

/** How goods look that come back: intact in their pack, opened, or damaged. */
export const ReturnCondition = z.enum(['sealed', 'opened', 'damaged']);
export type ReturnCondition = z.infer<typeof ReturnCondition>;

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
        condition: ReturnCondition.optional(),
      }),
    )
    .min(1)
    .max(limits.stockLinesMax),
  totalVnd: AmountVnd,
  /**
   * How the customer had it back; `totalVnd + roundingVnd = paidVnd + creditVnd`. Absent in events of
   * older programs: all of it in cash.
   */
  refund: z
    .object({
      method: PaymentMethod,
      paidVnd: AmountVnd,
      /** What small change and what had been rounded off when it was sold leave out. */
      roundingVnd: z.int().min(-limits.totalVndMax).max(0).optional(),
      /** What of it paid for the sale of an exchange. */
      creditVnd: AmountVnd.optional(),
    })
    .optional(),
  /** The sale that took the place of what came back. */
  exchange: z.object({ saleId: z.uuid(), slip: SlipNumber }).optional(),
  /** Of the return minutes of a specially controlled drug (TT 18/2026, appendix XVIII). */
  minutesNumber: z.string().trim().min(1).max(50).optional(),
  ...approval,
});
export type CustomerReturnAccepted = z.infer<typeof CustomerReturnAccepted>;
