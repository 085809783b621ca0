import { z } from 'zod';
import { PaymentMethod } from '../../../shared/events/sale-completed.ts';
import { Instant } from '../../../shared/model/calendar.ts';
import type { DrawerEntry, OpenShift } from '../../../shared/rules/shift.ts';
import type { TillDb } from './till-db.ts';

const OpenRow = z.object({
  seq: z.int(),
  shiftId: z.string(),
  number: z.int(),
  openedAt: Instant,
  openedBy: z.string(),
  openingCashVnd: z.int(),
});

/** The shift that is open, or undefined. */
export function openShift(db: TillDb): (OpenShift & { readonly seq: number }) | undefined {
  return db.one(
    OpenRow,
    `SELECT seq, id AS shiftId, number, opened_at AS openedAt, opened_by AS openedBy,
       opening_cash_vnd AS openingCashVnd
     FROM shift WHERE id NOT IN (SELECT shift_id FROM shift_closing) ORDER BY seq DESC LIMIT 1`,
  );
}

export function lastShiftNumber(db: TillDb): number {
  const row = db.one(
    z.object({ last: z.int().nullable() }),
    'SELECT max(number) AS last FROM shift',
  );
  return row?.last ?? 0;
}

const EntryRow = z.object({
  what: z.enum(['sale', 'void', 'return']),
  method: PaymentMethod,
  count: z.int(),
  totalVnd: z.int(),
});

/**
 * What went through the drawer after an event of this journal. A sale of an old till that is undone
 * here is paid back as it was paid; goods that come back are paid in cash.
 */
export function drawerEntries(db: TillDb, afterSeq: number): readonly DrawerEntry[] {
  return db.all(
    EntryRow,
    `SELECT 'sale' AS what, payment_method AS method, count(*) AS count,
       sum(total_vnd) AS totalVnd
     FROM sale WHERE seq > @after GROUP BY payment_method
     UNION ALL
     SELECT 'void', sold.method, count(*), sum(sold.total_vnd) FROM void JOIN (
       SELECT id, payment_method AS method, total_vnd FROM sale
       UNION ALL
       SELECT id, json_extract(line, '$.data.payment.method'), total_vnd FROM old_sale
     ) AS sold ON sold.id = void.sale_id
     WHERE void.seq > @after GROUP BY sold.method
     UNION ALL
     SELECT 'return', 'cash', count(DISTINCT seq), sum(refund_vnd) FROM sale_return
     WHERE seq > @after HAVING count(*) > 0`,
    { after: afterSeq },
  );
}
