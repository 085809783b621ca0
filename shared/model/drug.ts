import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { PriceVnd } from './money.ts';
import { UnitTree } from './quantity.ts';

/** The catalogue's own key of a product: opaque, stable, printable ASCII, never reused. */
export const DrugCode = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/)
  .max(limits.drugCodeLength);
export type DrugCode = z.infer<typeof DrugCode>;

/**
 * Other names by which software and packs know the product: old registration number (số đăng ký),
 * 12-digit GPLH (TT 08/2022 App. V), DQG code, GTIN/EAN barcode, a trade or popular name.
 */
export const DrugAlias = z.object({
  kind: z.enum(['registration', 'gplh', 'dqg', 'gtin', 'name', 'own']),
  value: z.string().trim().min(1).max(limits.shortTextLength),
});
export type DrugAlias = z.infer<typeof DrugAlias>;

/** Whether a prescription is needed (thuốc kê đơn) belongs to the product (TT 07/2017). */
export const PrescriptionClass = z.enum(['prescription', 'over-the-counter', 'unknown']);
export type PrescriptionClass = z.infer<typeof PrescriptionClass>;

/**
 * Specially controlled drugs (thuốc phải kiểm soát đặc biệt, Luật Dược Đ2.26; lists of TT 20/2017):
 * they leave only with a prescription (I7). Absent: not controlled, or not known to be.
 */
export const ControlClass = z.enum([
  'narcotic',
  'psychotropic',
  'precursor',
  'combination',
  'toxic',
  'radioactive',
  'banned-elsewhere',
]);
export type ControlClass = z.infer<typeof ControlClass>;

export const Drug = z.object({
  code: DrugCode,
  name: z.string().trim().min(1).max(limits.nameLength),
  /** As on the licence, printable; several numbers of one product are aliases. */
  registrationNumber: z.string().trim().max(limits.shortTextLength),
  /** Active ingredients with strengths as the register writes them, joined by `; `. */
  ingredients: z.string().trim().max(4_000),
  dosageForm: z.string().trim().max(limits.nameLength),
  prescriptionClass: PrescriptionClass,
  controlClass: ControlClass.optional(),
  packaging: z.string().trim().max(limits.noteLength),
  units: UnitTree,
  manufacturer: z.string().trim().max(limits.nameLength),
  country: z.string().trim().max(limits.shortTextLength),
  group: z.string().trim().max(limits.shortTextLength),
  aliases: z.array(DrugAlias).max(limits.aliasesPerDrugMax),
  /** Declared retail price (giá kê khai) of the smallest unit, where there is one. */
  ceilingPriceVnd: PriceVnd.nullable(),
  /** True for entries of the starter catalogue, which no authority has issued. */
  isDemonstration: z.boolean(),
});
export type Drug = z.infer<typeof Drug>;
