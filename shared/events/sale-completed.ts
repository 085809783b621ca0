import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { CalendarDate } from '../model/calendar.ts';
import { DrugCode } from '../model/drug.ts';
import { LotNumber } from '../model/lot.ts';
import { AmountVnd, PriceVnd } from '../model/money.ts';
import { PackUnit, Quantity, Units } from '../model/quantity.ts';

/** Units of one line taken from one lot. */
export const LotPick = z.object({
  lot: LotNumber,
  expiresOn: CalendarDate,
  units: Units,
});
export type LotPick = z.infer<typeof LotPick>;

export const SaleLine = z.object({
  drug: DrugCode,
  unit: PackUnit,
  quantity: Quantity,
  /** Price of one sold unit, VAT included. */
  priceVnd: PriceVnd,
  /** `quantity × priceVnd − discountVnd`. */
  amountVnd: AmountVnd,
  discountVnd: AmountVnd,
  /** Adds up to `quantity × unit.factor`. */
  picks: z.array(LotPick).min(1).max(limits.lotsPerLineMax),
  /** Present when a person chose the lot instead of first-expired-first-out: why. */
  lotReason: z.string().trim().min(1).max(limits.shortTextLength).optional(),
});
export type SaleLine = z.infer<typeof SaleLine>;

/** The till's short code and a running number, so two tills never share one. */
export const SlipNumber = z.string().regex(/^[A-Z0-9]{2,8}-\d{1,9}$/);

/** Also what a shift's figures are told apart by. */
export const PaymentMethod = z.enum(['cash', 'vietqr']);
export type PaymentMethod = z.infer<typeof PaymentMethod>;

/** A finished retail sale (hóa đơn bán lẻ; QĐ 777 `hoa_don`). */
export const SaleCompleted = z.object({
  slip: SlipNumber,
  lines: z.array(SaleLine).min(1).max(limits.saleLinesMax),
  totalVnd: AmountVnd,
  payment: z.object({
    method: PaymentMethod,
    tenderedVnd: AmountVnd,
    changeVnd: AmountVnd,
  }),
  prescriptionCode: z.string().trim().min(1).max(50).optional(),
});
export type SaleCompleted = z.infer<typeof SaleCompleted>;
