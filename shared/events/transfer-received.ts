import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Lot, Place } from '../model/lot.ts';
import { PriceVnd } from '../model/money.ts';
import { Units, UnitsOrNone } from '../model/quantity.ts';
import { approval } from './approval.ts';
import { TransferPartner } from './transfer-sent.ts';

/**
 * Goods of a transfer have arrived: each lot with what the sender's document says and what was in
 * the box. What is missing stays on the way until the two facilities have cleared it up.
 */
export const TransferReceived = z.object({
  /** Id of the sender's TransferSent, as printed on the document that came with the goods. */
  transferId: z.uuid(),
  from: TransferPartner,
  note: z.string().trim().max(limits.noteLength),
  lines: z
    .array(
      Lot.extend({
        place: Place,
        sentUnits: Units,
        units: UnitsOrNone,
        unitCostVnd: PriceVnd.nullable(),
      }),
    )
    .min(1)
    .max(limits.stockLinesMax),
  ...approval,
});
export type TransferReceived = z.infer<typeof TransferReceived>;
