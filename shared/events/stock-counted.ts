import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Lot, Place } from '../model/lot.ts';
import { UnitsOrNone } from '../model/quantity.ts';
import { approval } from './approval.ts';

/**
 * What was found on the shelf (kiểm kê). A line says how much was counted AND what the book held at
 * the moment of counting. The correction is the difference of these two, so that whatever was sold,
 * received or returned between the counting and its recording stays as it is (failures.md F14).
 */
export const StockCounted = z.object({
  /** A long count is written in several documents of one count. */
  countId: z.uuid(),
  scope: z.enum(['full', 'partial']),
  /** The book was not shown to the person who counted. */
  isBlind: z.boolean(),
  note: z.string().trim().max(limits.noteLength),
  lines: z
    .array(
      Lot.extend({
        place: Place,
        countedUnits: UnitsOrNone,
        /** Number of the journal's last event when this lot was counted. */
        bookSeq: z.int().min(0),
        /** What the book held of this lot at this place behind that event. */
        bookUnits: UnitsOrNone,
      }),
    )
    .min(1)
    .max(limits.stockLinesMax),
  ...approval,
});
export type StockCounted = z.infer<typeof StockCounted>;
