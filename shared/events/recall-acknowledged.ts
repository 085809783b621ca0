import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Lot } from '../model/lot.ts';
import { UnitsOrNone } from '../model/quantity.ts';
import { RecallLevel, RecallNumber } from '../model/recall.ts';
import { approval } from './approval.ts';

/**
 * The facility has read a recall; what it held of the lots stands in quarantine now. No line: it
 * held nothing of them.
 */
export const RecallAcknowledged = z.object({
  recallNumber: RecallNumber,
  level: RecallLevel,
  note: z.string().trim().max(limits.noteLength),
  lines: z
    .array(
      Lot.extend({
        /** Taken off the shelf by this. */
        units: UnitsOrNone,
        /** Stood in quarantine already. */
        quarantinedUnits: UnitsOrNone,
      }),
    )
    .max(limits.stockLinesMax),
  ...approval,
});
export type RecallAcknowledged = z.infer<typeof RecallAcknowledged>;
