import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { AmountVnd } from '../model/money.ts';
import { approval } from './approval.ts';

/** Somebody begins to sell from a drawer (mở ca). The event's id is the shift's. */
export const ShiftOpened = z.object({
  /** 1, 2, 3 … of this till. */
  number: z.int().min(1),
  /** Change put into the drawer. */
  openingCashVnd: AmountVnd,
  note: z.string().trim().max(limits.noteLength),
  ...approval,
});
export type ShiftOpened = z.infer<typeof ShiftOpened>;
