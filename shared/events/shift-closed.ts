import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Instant } from '../model/calendar.ts';
import { StaffId } from '../model/facility.ts';
import { AmountVnd } from '../model/money.ts';
import { approval } from './approval.ts';
import { PaymentMethod } from './sale-completed.ts';

const SignedVnd = z.int().min(-limits.totalVndMax).max(limits.totalVndMax);
const Tally = z.object({ count: z.int().min(0), totalVnd: AmountVnd });

/**
 * The drawer was counted (chốt ca): the figures of the Z report, fixed for ever. They follow from
 * the events of this journal between the shift's opening and this event, and from the count.
 */
export const ShiftClosed = z.object({
  /** Id of its ShiftOpened. */
  shiftId: z.uuid(),
  number: z.int().min(1),
  openedAt: Instant,
  openedBy: StaffId,
  openingCashVnd: AmountVnd,
  /** Every sale of the shift, undone ones too. */
  sales: Tally,
  /** Sales undone during the shift, of whichever shift they were. */
  voids: Tally,
  /** Goods taken back during the shift. */
  returns: Tally,
  payments: z
    .array(
      z.object({
        method: PaymentMethod,
        takenVnd: AmountVnd,
        /** For voids and returns. */
        paidBackVnd: AmountVnd,
        /** What should be there: opening float + taken − paid back. */
        expectedVnd: SignedVnd,
        /** Null where nobody looked, never for cash. */
        countedVnd: AmountVnd.nullable(),
        differenceVnd: SignedVnd.nullable(),
      }),
    )
    .min(1)
    .max(PaymentMethod.options.length),
  /** What small change left out: taken − paid back = sales − voids − returns + this. */
  roundingVnd: SignedVnd.optional(),
  /** Whoever counted was not shown what should be there. */
  isBlind: z.boolean(),
  note: z.string().trim().max(limits.noteLength),
  ...approval,
});
export type ShiftClosed = z.infer<typeof ShiftClosed>;
