import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { CalendarDate } from '../model/calendar.ts';
import { DrugCode } from '../model/drug.ts';
import { Prescription } from '../model/prescription.ts';
import { Units, UnitsOrNone } from '../model/quantity.ts';
import { approval } from './approval.ts';
import { SlipNumber } from './sale-completed.ts';

/**
 * A sale was made on a prescription, in whole or in part. The sale moves the goods; this says on
 * which document they left and what of it remains (TT 26/2025 Đ12, TT 11/2025).
 */
export const PrescriptionDispensed = z.object({
  saleId: z.uuid(),
  slip: SlipNumber,
  prescription: Prescription,
  /** Last day on which it could be collected, by the rule of its day. */
  validUntil: CalendarDate,
  /** `pending`: the national system has not been asked yet (QĐ 425 Đ9). */
  verification: z.enum(['pending', 'verified', 'not-applicable']),
  lines: z
    .array(
      z.object({
        /** The drug really sold, a substitute too. */
        drug: DrugCode,
        prescribedUnits: Units,
        /** Sold by this facility on the same prescription before. */
        dispensedBeforeUnits: UnitsOrNone,
        /** Sold by this sale. */
        dispensedUnits: UnitsOrNone,
        /** Dose, times and route as prescribed. */
        instructions: z.string().trim().max(limits.shortTextLength),
      }),
    )
    .min(1)
    .max(limits.saleLinesMax),
  ...approval,
});
export type PrescriptionDispensed = z.infer<typeof PrescriptionDispensed>;
