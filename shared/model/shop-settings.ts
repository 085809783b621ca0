import { z } from 'zod';
import { PaymentSettings } from './payment-settings.ts';

/** A time of day in Việt Nam, `HH:MM`. */
export const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export type ClockTime = z.infer<typeof ClockTime>;

const IdleMinutes = z.int().min(0).max(240);
const ShiftPolicy = z.enum(['offered', 'required', 'off']);
/** None that needs an administrator. */
const LanPort = z.int().min(1_024).max(65_535);
const Percent = z.int().min(0).max(100);

/**
 * How a shop wants its till to behave: chosen at the counter, kept on this machine, never sent. Each
 * choice has a default, so that a new till sells at once and an older row still opens.
 */
export const ShopSettings = z.object({
  /** When a newer program may take the place of this one; null: only when a person says so. */
  updateAt: ClockTime.nullable().default('22:30'),
  payment: PaymentSettings.default({ account: null, counterAccounts: {}, cashRoundingVnd: 0 }),
  /** A counter that nobody has touched for so long is locked; the cart stays. 0: never. */
  idleMinutes: IdleMinutes.default(15),
  /** False: who works alone begins the day without a PIN; a lock still wants it. */
  isPinAskedAtStart: z.boolean().default(true),
  /** Whether a sale without an open shift is refused, or the screen only offers to open one. */
  shift: ShiftPolicy.default('offered'),
  /** Of a whole sale, given by whoever sells; more needs whoever may give discounts. */
  freeDiscountPercent: Percent.default(0),
  /** Whether other devices of the shop's network may be counters, and by which port. */
  isLanOn: z.boolean().default(false),
  lanPort: LanPort.default(4743),
});
export type ShopSettings = z.infer<typeof ShopSettings>;

/** Some of the choices; what is not named stays as it is. */
export const ShopSettingsChange = z.object({
  updateAt: ClockTime.nullable().optional(),
  payment: PaymentSettings.optional(),
  idleMinutes: IdleMinutes.optional(),
  isPinAskedAtStart: z.boolean().optional(),
  shift: ShiftPolicy.optional(),
  freeDiscountPercent: Percent.optional(),
  isLanOn: z.boolean().optional(),
  lanPort: LanPort.optional(),
});
export type ShopSettingsChange = z.infer<typeof ShopSettingsChange>;
