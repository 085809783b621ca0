import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { DrugCode } from '../model/drug.ts';
import { AmountVnd } from '../model/money.ts';
import { approval } from './approval.ts';
import { LotPick, SlipNumber } from './sale-completed.ts';

/**
 * A sale undone before the goods left the counter. It repeats what the sale took, so that its
 * movements follow from this event alone.
 */
export const SaleVoided = z.object({
  saleId: z.uuid(),
  slip: SlipNumber,
  reason: z.string().trim().min(1).max(limits.shortTextLength),
  lines: z
    .array(
      z.object({
        drug: DrugCode,
        amountVnd: AmountVnd,
        picks: z.array(LotPick).min(1).max(limits.lotsPerLineMax),
      }),
    )
    .min(1)
    .max(limits.saleLinesMax),
  totalVnd: AmountVnd,
  ...approval,
});
export type SaleVoided = z.infer<typeof SaleVoided>;
