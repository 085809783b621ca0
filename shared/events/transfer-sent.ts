import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Lot } from '../model/lot.ts';
import { PriceVnd } from '../model/money.ts';
import { Units } from '../model/quantity.ts';
import { approval } from './approval.ts';

/** The other facility of a transfer, as its document names it. */
export const TransferPartner = z.object({
  facilityCode: z.string().trim().min(1).max(50),
  facilityName: z.string().trim().min(1).max(limits.nameLength),
});

/**
 * Goods on their way to another facility of the same owner (luân chuyển). They have left this stock
 * and are in no other one until they are received; the event's id is the transfer's.
 */
export const TransferSent = z.object({
  to: TransferPartner,
  note: z.string().trim().max(limits.noteLength),
  lines: z
    .array(Lot.extend({ units: Units, unitCostVnd: PriceVnd.nullable() }))
    .min(1)
    .max(limits.stockLinesMax),
  ...approval,
});
export type TransferSent = z.infer<typeof TransferSent>;
