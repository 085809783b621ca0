import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Lot } from '../model/lot.ts';
import { Units } from '../model/quantity.ts';
import { approval } from './approval.ts';

export const QuarantineReason = z.enum([
  'suspected-quality',
  'damaged',
  'expired',
  'recalled',
  'inspection',
  'other',
]);

/** Goods set apart from the shelf (biệt trữ; TT 02/2018 GPP): on hand, but not to be sold. */
export const LotQuarantined = z.object({
  reason: QuarantineReason,
  note: z.string().trim().max(limits.noteLength),
  lines: z
    .array(Lot.extend({ units: Units }))
    .min(1)
    .max(limits.stockLinesMax),
  ...approval,
});
export type LotQuarantined = z.infer<typeof LotQuarantined>;
