import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { CalendarDate, Instant } from './calendar.ts';
import { DrugCode } from './drug.ts';
import { LotNumber } from './lot.ts';

/** Number of the decision as the authority writes it, e.g. `123/QĐ-QLD`. */
export const RecallNumber = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._/-]*$/u)
  .max(50);

/** How grave: 1 endangers life (stop at once, all recalled in 3 days), 2 in 15, 3 in 30 (TT 11/2018 Đ12). */
export const RecallLevel = z.union([z.literal(1), z.literal(2), z.literal(3)]);

/** A recall (thu hồi thuốc; Luật Dược Đ63–65) of one drug, published by the centre. */
export const Recall = z.object({
  number: RecallNumber,
  level: RecallLevel,
  drug: DrugCode,
  /** The lots it names; null is every lot, also of times to come. */
  lots: z.array(LotNumber).min(1).max(limits.recallLotsMax).nullable(),
  reason: z.string().trim().min(1).max(limits.noteLength),
  /**
   * Sales from this day on are offences. A till stops selling when it learns of the recall, whatever
   * day its clock shows: a wrong clock must not sell a dangerous lot.
   */
  fromDate: CalendarDate,
  publishedAt: Instant,
});
export type Recall = z.infer<typeof Recall>;
