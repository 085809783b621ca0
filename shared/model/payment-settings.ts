import { z } from 'zod';

/** Where the shop is paid: the bank's number at the State Bank (BIN) and the account there. */
export const BankAccount = z.object({
  bankBin: z.string().regex(/^\d{6}$/),
  number: z.string().regex(/^[0-9A-Za-z]{1,19}$/),
});
export type BankAccount = z.output<typeof BankAccount>;

export const ShopAccount = BankAccount.extend({
  /** Shown beside the code, so that whoever pays can compare. */
  holder: z.string().trim().min(1).max(100),
});
export type ShopAccount = z.infer<typeof ShopAccount>;

export const CashRounding = z.union([z.literal(0), z.literal(500), z.literal(1_000)]);

/** How a shop is paid: kept by the till, in no journal. */
export const PaymentSettings = z.object({
  account: ShopAccount.nullable(),
  /** Counters that are paid into an account of their own. */
  counterAccounts: z.record(z.uuid(), ShopAccount),
  cashRoundingVnd: CashRounding,
});
export type PaymentSettings = z.infer<typeof PaymentSettings>;
