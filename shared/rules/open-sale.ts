import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { ReturnCondition } from '../events/customer-return-accepted.ts';
import { PaymentMethod } from '../events/sale-completed.ts';
import { CalendarDate } from '../model/calendar.ts';
import { DrugCode } from '../model/drug.ts';
import { Lot, LotNumber } from '../model/lot.ts';

/** What is taken off: a sum, or a share of whatever the price comes to. */
export const Discount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('vnd'), amountVnd: z.int().min(0).max(limits.totalVndMax) }),
  z.object({ kind: z.literal('percent'), percent: z.int().min(0).max(100) }),
]);
export type Discount = z.infer<typeof Discount>;

/**
 * A sale that is not finished (đơn đang bán, đơn giữ): what was asked for, without prices and lots.
 * Whoever takes it up again sees those of that moment.
 */
export const OpenSaleLine = z.object({
  drug: DrugCode,
  unit: z.string().trim().min(1).max(30),
  quantity: z.int().min(1).max(limits.quantityMax),
  discount: Discount.optional(),
  chosenLot: z
    .object({
      lot: LotNumber,
      expiresOn: CalendarDate,
      reason: z.string().trim().max(limits.shortTextLength),
    })
    .optional(),
});
export type OpenSaleLine = z.infer<typeof OpenSaleLine>;

/** Who buys, where somebody wants it on the slip: as little as that takes, and in no journal. */
export const Customer = z.object({
  name: z.string().trim().max(100),
  phone: z.string().trim().max(20),
});
export type Customer = z.infer<typeof Customer>;

/** Many more than may come back at once: the rule says how many that is. */
const goodsBackLinesMax = 5_000;

/** Goods of an earlier sale that come back: alone, or against others. */
export const GoodsBack = z.object({
  saleId: z.uuid(),
  reason: z.string().trim().min(1).max(limits.shortTextLength),
  lines: z
    .array(
      z.object({
        ...Lot.shape,
        saleLine: z.int().min(0),
        /** Whatever was typed: the rule answers. */
        units: z.number(),
        condition: ReturnCondition.optional(),
      }),
    )
    .max(goodsBackLinesMax),
  /** In which way money is given back. */
  method: PaymentMethod.default('cash'),
  minutesNumber: z.string().trim().max(50).optional(),
});
export type GoodsBack = z.infer<typeof GoodsBack>;

/** Goods back against others, with what they are worth and the slip they were sold on. */
export const Exchange = GoodsBack.extend({
  slip: z.string().max(20),
  worthVnd: z.int().min(0).max(limits.totalVndMax),
});
export type Exchange = z.infer<typeof Exchange>;

export const OpenSaleCart = z.object({
  lines: z.array(OpenSaleLine).max(limits.saleLinesMax),
  selected: z.int().min(-1).max(limits.saleLinesMax),
  saleDiscount: Discount.optional(),
  customer: Customer.optional(),
  /** An exchange that has begun, with what the goods are worth. */
  exchange: Exchange.optional(),
  /**
   * What was asked and written beside the lines: prescription, buyer, reasons. It is the screen's own
   * and is read again by it alone; nothing is decided by it before the sale is completed.
   */
  beside: z.json().optional(),
});
export type OpenSaleCart = z.infer<typeof OpenSaleCart>;
