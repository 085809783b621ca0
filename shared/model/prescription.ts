import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { CalendarDate } from './calendar.ts';

/**
 * Last letter of a prescription's code (TT 26/2025 App. I): `c` modern drugs, `n` narcotics, `h`
 * psychotropics and precursors, `t` and `y` traditional medicine (TT 55/2025, QĐ 808).
 */
export const PrescriptionForm = z.enum(['c', 'n', 'h', 't', 'y']);
export type PrescriptionForm = z.infer<typeof PrescriptionForm>;

/**
 * What it is for, as far as it bounds the days of supply: `listed-disease` is one of the 252 of
 * TT 26/2025 App. VII, `discharge` covers the days after a stay in hospital.
 */
export const Treatment = z.enum(['acute', 'long-term', 'cancer', 'listed-disease', 'discharge']);
export type Treatment = z.infer<typeof Treatment>;

/**
 * What the counter writes down of a prescription (đơn thuốc, TT 26/2025 App. I–III), and no more
 * about a patient than the books of the law ask for.
 */
export const Prescription = z.object({
  kind: z.enum(['electronic', 'paper']),
  /** The national code of 14 characters in lower case, or the number on the paper. */
  code: z.string().trim().min(1).max(50),
  form: PrescriptionForm,
  issuedOn: CalendarDate,
  /** A form `n` has up to three stages, each bought by itself (TT 26/2025). */
  stage: z
    .object({ number: z.int().min(1).max(3), fromDate: CalendarDate, toDate: CalendarDate })
    .optional(),
  treatment: Treatment.optional(),
  prescriber: z.object({
    facilityName: z.string().trim().min(1).max(limits.shortTextLength),
    /** Five characters (QĐ 384/QĐ-BYT); empty where the paper has none. */
    facilityCode: z.string().trim().max(20),
    name: z.string().trim().min(1).max(limits.shortTextLength),
    /** Of the doctor (QĐ 3176/QĐ-BYT); empty where the paper has none. */
    code: z.string().trim().max(50),
  }),
  patient: z.object({
    name: z.string().trim().min(1).max(limits.shortTextLength),
    birthYear: z.int().min(1_900).max(2_200).nullable(),
    /** For the customer book of controlled drugs (TT 18/2026 App. XIX). */
    address: z.string().trim().max(limits.nameLength),
  }),
  /** Who took the goods, by an identity paper; forms `n` and `h` only. */
  collector: z
    .object({
      name: z.string().trim().min(1).max(limits.shortTextLength),
      identityNumber: z.string().trim().min(1).max(30),
    })
    .optional(),
});
export type Prescription = z.infer<typeof Prescription>;
