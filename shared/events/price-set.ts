import { z } from 'zod';
import { DrugCode } from '../model/drug.ts';
import { PriceVnd } from '../model/money.ts';
import { PackUnit } from '../model/quantity.ts';
import { approval } from './approval.ts';

/** The shop's listed retail price of one packing level (niêm yết giá; Luật Dược Đ107). */
export const PriceSet = z.object({
  drug: DrugCode,
  unit: PackUnit,
  priceVnd: PriceVnd,
  previousPriceVnd: PriceVnd.nullable(),
  ...approval,
});
export type PriceSet = z.infer<typeof PriceSet>;
