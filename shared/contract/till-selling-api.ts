/**
 * Selling, a part of till-api.ts: sales set aside and taken up again. A counter is a screen that sells; it makes its own id and keeps it.
 */
import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { Instant } from '../model/calendar.ts';
import { AmountVnd } from '../model/money.ts';
import { OpenSaleCart } from '../rules/open-sale.ts';

export const CounterId = z.uuid();
export const OpenSaleLabel = z.string().trim().max(60);

export const OpenSaleRow = z.object({
  id: z.uuid(),
  /** `here`: on the screen that asks; `elsewhere`: on another one. */
  state: z.enum(['parked', 'here', 'elsewhere']),
  label: OpenSaleLabel,
  savedAt: Instant,
  lineCount: z.int(),
  totalVnd: AmountVnd,
  /** Of the first line, to tell sales apart. */
  firstDrug: z.string().nullable(),
});
export type OpenSaleRow = z.infer<typeof OpenSaleRow>;

const Named = z.object({ id: z.uuid(), counter: CounterId });

export const tillSellingApi = {
  /** What a counter works on, or sets aside; repeated as often as it changes. */
  'openSales.save': {
    kind: 'command',
    input: Named.extend({
      isParked: z.boolean(),
      label: OpenSaleLabel.default(''),
      totalVnd: AmountVnd,
      cart: OpenSaleCart,
    }),
    answer: z.object({}),
  },
  /** Parked ones first, oldest first; then those at counters. Empty and sold ones are not named. */
  'openSales.list': {
    kind: 'query',
    input: z.object({ counter: CounterId }),
    answer: z.object({ rows: z.array(OpenSaleRow).max(limits.openSalesMax) }),
  },
  /** Only one counter has it: a parked one is refused to the second that asks. */
  'openSales.take': {
    kind: 'command',
    input: Named.extend({
      /** Also from a counter that works on it: its screen is gone, or the shop has agreed. */
      isFromElsewhere: z.boolean().default(false),
    }),
    answer: OpenSaleRow.omit({ state: true, firstDrug: true }).extend({ cart: OpenSaleCart }),
  },
  'openSales.discard': { kind: 'command', input: Named, answer: z.object({}) },
} as const;
