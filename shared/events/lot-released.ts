import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Lot } from '../model/lot.ts';
import { Units } from '../model/quantity.ts';
import { approval } from './approval.ts';

/** Goods that stood in quarantine are back on the shelf, with who or what cleared them. */
export const LotReleased = z.object({
  reason: z.string().trim().min(1).max(limits.shortTextLength),
  lines: z
    .array(Lot.extend({ units: Units }))
    .min(1)
    .max(limits.stockLinesMax),
  ...approval,
});
export type LotReleased = z.infer<typeof LotReleased>;
