import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Lot, Place } from '../model/lot.ts';
import { Units } from '../model/quantity.ts';
import { approval } from './approval.ts';

export const DisposalReason = z.enum(['expired', 'damaged', 'recalled', 'quality', 'other']);

/** Goods destroyed (hủy thuốc), with the minutes and the people who saw it. */
export const LotDisposed = z.object({
  reason: DisposalReason,
  /** How: burnt by a licensed company, returned to … */
  method: z.string().trim().min(1).max(limits.shortTextLength),
  minutesNumber: z.string().trim().max(50),
  witnesses: z.array(z.string().trim().min(1).max(limits.shortTextLength)).max(limits.witnessesMax),
  lines: z
    .array(Lot.extend({ place: Place, units: Units }))
    .min(1)
    .max(limits.stockLinesMax),
  ...approval,
});
export type LotDisposed = z.infer<typeof LotDisposed>;
