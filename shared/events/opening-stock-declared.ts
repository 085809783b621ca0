import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Lot } from '../model/lot.ts';
import { PriceVnd } from '../model/money.ts';
import { Units } from '../model/quantity.ts';
import { approval } from './approval.ts';

/** What stood on the shelves when the till took over (tồn đầu kỳ; Gateway A phieu_nhap type 3). */
export const OpeningStockDeclared = z.object({
  lines: z
    .array(Lot.extend({ units: Units, unitCostVnd: PriceVnd.nullable() }))
    .min(1)
    .max(limits.openingLinesMax),
  ...approval,
});
export type OpeningStockDeclared = z.infer<typeof OpeningStockDeclared>;
