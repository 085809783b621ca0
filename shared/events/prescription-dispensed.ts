import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { CalendarDate } from '../model/calendar.ts';
import { DrugCode } from '../model/drug.ts';
import { Prescription } from '../model/prescription.ts';
import { Units, UnitsOrNone } from '../model/quantity.ts';
import { approval } from './approval.ts';
import { SlipNumber } from './sale-completed.ts';

/** Content-addressed: the fact proves which picture was taken, wherever the file is. */
export const PaperPhoto = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  mediaType: z.enum(['image/jpeg', 'image/png', 'image/webp']),
  bytes: z.int().min(1).max(limits.paperPhotoBytesMax),
});
export type PaperPhoto = z.infer<typeof PaperPhoto>;

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
  /** `pending`: nobody was asked yet (QĐ 425 Đ9); `verified`: the centre knew of no more sold. */
  verification: z.enum(['pending', 'verified', 'not-applicable']),
  /** A photo of the paper, kept at the till under this name; it is not sent with the fact. */
  paper: PaperPhoto.optional(),
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
        /** By other facilities, as the centre knew just before. */
        dispensedElsewhereUnits: UnitsOrNone.optional(),
        /** For how many days all that was prescribed is meant. */
        days: z.int().min(1).max(366).optional(),
        /** Sold instead of another of the same active, strength and form; the buyer agreed. */
        substituteFor: z
          .object({
            drug: DrugCode,
            name: z.string().trim().min(1).max(limits.nameLength),
            reason: z.string().trim().min(1).max(limits.shortTextLength),
          })
          .optional(),
        /** Dose, times and route as prescribed. */
        instructions: z.string().trim().max(limits.shortTextLength),
      }),
    )
    .min(1)
    .max(limits.saleLinesMax),
  ...approval,
});
export type PrescriptionDispensed = z.infer<typeof PrescriptionDispensed>;
