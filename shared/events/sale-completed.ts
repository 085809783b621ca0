import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { CalendarDate } from '../model/calendar.ts';
import { DrugCode } from '../model/drug.ts';
import { LotNumber } from '../model/lot.ts';
import { AmountVnd, PriceVnd } from '../model/money.ts';
import { PackUnit, Quantity, Units } from '../model/quantity.ts';
import { approval } from './approval.ts';

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

export const Buyer = z.object({
  name: z.string().trim().min(1).max(limits.shortTextLength),
  address: z.string().trim().min(1).max(limits.nameLength),
});
export type Buyer = z.infer<typeof Buyer>;

/** A warning in spite of which was sold, and why; the rule's name says what it was about. */
export const WeighedFinding = z.object({
  kind: z.enum(['interaction', 'double-active', 'caution']),
  rule: z.string().trim().min(1).max(100),
  drugs: z.array(DrugCode).min(1).max(limits.saleLinesMax),
  reason: z.string().trim().min(1).max(limits.shortTextLength),
});
export type WeighedFinding = z.infer<typeof WeighedFinding>;

/** One of several ways in which a sale was paid: what it has settled, change left out. */
export const PaymentPart = z.object({ method: PaymentMethod, amountVnd: AmountVnd });
export type PaymentPart = z.infer<typeof PaymentPart>;

export const Payment = z.object({
  /** Of several the first. */
  method: PaymentMethod,
  /** In all ways together. */
  tenderedVnd: AmountVnd,
  changeVnd: AmountVnd,
  /** Only where there were several: they add up to `tenderedVnd − changeVnd`. */
  parts: z.array(PaymentPart).min(2).max(PaymentMethod.options.length).optional(),
  /** What the shop's rule for small change added to the sum due; cash only. */
  roundingVnd: z.int().min(-limits.cashRoundingVndMax).max(0).optional(),
  /** What stands beside a transfer in the bank's statement. */
  reference: z.string().trim().min(1).max(limits.paymentReferenceLength).optional(),
});
export type Payment = z.infer<typeof Payment>;

/**
 * A finished retail sale (hóa đơn bán lẻ; QĐ 777 `hoa_don`). Paid is
 * `totalVnd + payment.roundingVnd − exchange.creditVnd`, exactly.
 */
export const SaleCompleted = z.object({
  slip: SlipNumber,
  lines: z.array(SaleLine).min(1).max(limits.saleLinesMax),
  totalVnd: AmountVnd,
  payment: Payment,
  /** What of the lines' discounts was given on the whole; each line holds its share. */
  saleDiscountVnd: AmountVnd.optional(),
  /** Goods of an earlier sale came back in the same go, and their price paid for a part of this. */
  exchange: z
    .object({
      /** The earlier sale. */
      saleId: z.uuid(),
      slip: SlipNumber,
      creditVnd: AmountVnd,
    })
    .optional(),
  prescriptionCode: z.string().trim().min(1).max(50).optional(),
  /** For the customer book of controlled drugs and their combinations (TT 18/2026 App. XIX). */
  buyer: Buyer.optional(),
  /** Warnings that a pharmacist has weighed, by the set of rules in force (model/safety-pack.ts). */
  safety: z
    .object({
      packVersion: z.int().min(1),
      weighed: z.array(WeighedFinding).min(1).max(limits.findingsMax),
    })
    .optional(),
  ...approval,
});
export type SaleCompleted = z.infer<typeof SaleCompleted>;
