/** Codes of packs that a shop teaches its till, a part of till-api.ts. */
import { z } from 'zod';
import { DrugCode } from '../model/drug.ts';
import { hasRightCheckDigit } from '../rules/barcode/check-digit.ts';

/** As `gtinOf` gives it: 14 digits, the last of them right. */
export const Gtin = z
  .string()
  .regex(/^\d{14}$/)
  .refine(hasRightCheckDigit, 'the check digit is wrong');

export const tillBarcodeApi = {
  /** From now on the code means this drug, unless the catalogue says otherwise. */
  'barcodes.learn': {
    kind: 'command',
    input: z.object({ gtin: Gtin, drug: DrugCode }),
    answer: z.object({
      /** What it meant before, to put back. */
      before: DrugCode.nullable(),
    }),
  },
  'barcodes.forget': {
    kind: 'command',
    input: z.object({ gtin: Gtin }),
    answer: z.object({}),
  },
} as const;
