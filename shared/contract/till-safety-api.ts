/** Safety at the counter, a part of till-api.ts: what the rules say, photos and look-ups. */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { PaperPhoto } from '../events/prescription-dispensed.ts';
import { DrugCode } from '../model/drug.ts';
import { Prescription } from '../model/prescription.ts';
import { SafetySeverity } from '../model/safety-pack.ts';
import { linesMax } from './till-parts.ts';

export const AskedPerson = z.object({
  ageMonths: z.int().min(0).max(1_500).optional(),
  isPregnant: z.boolean().optional(),
  isBreastFeeding: z.boolean().optional(),
});

const BothLanguages = z.object({ vi: z.string(), en: z.string() });
export const ShownFinding = z.object({
  kind: z.enum(['interaction', 'double-active', 'caution']),
  rule: z.string(),
  severity: SafetySeverity,
  drugs: z.array(DrugCode),
  actives: z.array(z.string()),
  reason: BothLanguages.nullable(),
  reference: z.string(),
});
export type ShownFinding = z.infer<typeof ShownFinding>;

/** What is known of a prescription beyond this till. */
export const PrescriptionKnowledge = z.object({
  /** `unreachable`: no line now; asked again by itself later. */
  state: z.enum(['known', 'unreachable']),
  lines: z.array(z.object({ drug: DrugCode, prescribedUnits: z.int(), dispensedUnits: z.int() })),
});
export type PrescriptionKnowledge = z.infer<typeof PrescriptionKnowledge>;

export const tillSafetyApi = {
  /** What the rules in force say about a basket, and what must be asked first. */
  'safety.check': {
    kind: 'query',
    input: z.object({ drugs: z.array(DrugCode).max(linesMax), person: AskedPerson.default({}) }),
    answer: z.object({
      packVersion: z.int(),
      source: z.string(),
      questions: z.array(z.enum(['age', 'pregnancy', 'breast-feeding'])),
      findings: z.array(ShownFinding),
      /** Drugs whose buyer is written down. */
      buyerFor: z.array(DrugCode),
    }),
  },
  /** Keeps a photo of a paper prescription at this till; the sale names it by its hash. */
  'prescriptions.keepPhoto': {
    kind: 'command',
    input: z.object({
      /** Base64. */
      file: z.base64().max(Math.ceil(limits.paperPhotoBytesMax / 3) * 4),
    }),
    answer: PaperPhoto,
  },
  'prescriptions.photo': {
    kind: 'query',
    input: z.object({ sha256: PaperPhoto.shape.sha256 }),
    /** A data URL; null where this till has no such file. */
    answer: z.object({ url: z.string() }).nullable(),
  },
  /** Asks the centre what other facilities sold on a prescription, and remembers the answer. */
  'prescriptions.lookUp': {
    kind: 'command',
    input: z.object({ prescription: Prescription }),
    answer: PrescriptionKnowledge,
  },
} as const;
