import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Instant } from '../model/calendar.ts';
import { Lot, Place } from '../model/lot.ts';
import { Units } from '../model/quantity.ts';
import { approval } from './approval.ts';

export const LossCause = z.enum(['lost', 'stolen', 'broken', 'mixed-up', 'other']);

/**
 * Specially controlled drugs are gone (thất thoát, nhầm lẫn). The authority is told within 48 hours
 * of discovery with Mẫu 07 (NĐ 163/2025, TT 18/2026); this fact holds what that form asks for.
 */
export const ControlledDrugLossReported = z.object({
  cause: LossCause,
  /** How it happened and how it was noticed. */
  circumstances: z.string().trim().min(1).max(limits.noteLength),
  foundAt: Instant,
  foundBy: z.string().trim().min(1).max(limits.shortTextLength),
  actionsTaken: z.string().trim().max(limits.noteLength),
  lines: z
    .array(Lot.extend({ place: Place, units: Units }))
    .min(1)
    .max(limits.stockLinesMax),
  ...approval,
});
export type ControlledDrugLossReported = z.infer<typeof ControlledDrugLossReported>;
