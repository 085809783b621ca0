import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { CalendarDate } from './calendar.ts';
import { DrugCode } from './drug.ts';

/** Lot number (số lô) as printed on the pack; upper case, no spaces around, no control characters. */
export const LotNumber = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._/()+-]*$/u)
  .max(limits.lotNumberLength);
export type LotNumber = z.infer<typeof LotNumber>;

/** One lot of one product with its expiry (hạn dùng); the key of stock everywhere. */
export const Lot = z.object({ drug: DrugCode, lot: LotNumber, expiresOn: CalendarDate });
export type Lot = z.infer<typeof Lot>;

/** Where goods stand: what is in quarantine (biệt trữ) is on hand, but may not be sold. */
export const Place = z.enum(['shelf', 'quarantine']);
export type Place = z.infer<typeof Place>;

/** The lot's key as one string, for maps and digests. */
export function lotKey(lot: Lot): string {
  return `${lot.drug}|${lot.lot}|${lot.expiresOn}`;
}
