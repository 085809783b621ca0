import { z } from 'zod';
import { Instant } from '../../../shared/model/calendar.ts';
import type { TillDb } from './till-db.ts';

export type LastSlip = { readonly lastSlip: string | null; readonly lastSlipAt: Instant | null };
const SlipRow = z.object({ slip: z.string(), at: Instant });

/** The last sale these books know of: paper slips behind it are to be entered again. */
export function lastSlipIn(books: TillDb): LastSlip {
  const sale = books.one(SlipRow, 'SELECT slip, at FROM sale ORDER BY seq DESC LIMIT 1');
  return { lastSlip: sale?.slip ?? null, lastSlipAt: sale?.at ?? null };
}
