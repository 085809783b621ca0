import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { TillId } from '../model/facility.ts';
import { Lot } from '../model/lot.ts';
import { PriceVnd } from '../model/money.ts';
import { Units, UnitsOrNone } from '../model/quantity.ts';
import { HashHex } from './envelope.ts';

/**
 * A burnt or lost till is replaced (protocol.md §5): the new journal begins with the shelf as the
 * centre knows it at the old till's acknowledged head. A shop with many lots needs several of these
 * events, one part each, because one event must fit one batch; together they are one recovery.
 *
 * The units were counted at the centre when the old till reported them. So they move the new till's
 * stock and never the facility's (`isFacilityMovement` in rules/movements.ts).
 */
export const TillRecovered = z.object({
  oldTill: TillId,
  /** The old till's head as the centre acknowledged it; what came after is lost or re-entered. */
  oldSeq: z.int().min(0),
  oldHash: HashHex,
  part: z.int().min(1).max(limits.recoveryPartsMax),
  parts: z.int().min(1).max(limits.recoveryPartsMax),
  lots: z
    .array(
      Lot.extend({
        /** Everything held, what stands in quarantine included. */
        onHandUnits: Units,
        quarantinedUnits: UnitsOrNone,
        unitCostVnd: PriceVnd.nullable(),
      }).refine((lot) => lot.quarantinedUnits <= lot.onHandUnits, 'more in quarantine than held'),
    )
    .max(limits.recoveryLotsMax),
});
export type TillRecovered = z.infer<typeof TillRecovered>;
