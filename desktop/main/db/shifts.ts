import { z } from 'zod';
import { present } from '../../../shared/base/assert.ts';
import { Instant } from '../../../shared/model/calendar.ts';
import { takenBy } from '../../../shared/rules/payment.ts';
import type { DrawerEntry, OpenShift } from '../../../shared/rules/shift.ts';
import { saleEventOf } from './old-sales.ts';
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
  count: z.int(),
  totalVnd: z.int(),
  cashVnd: z.int(),
  vietqrVnd: z.int(),
});
const VoidedRow = z.object({ saleId: z.string() });

/**
 * What went through the drawer after an event of this journal. A sale that is undone is paid back as
 * it was paid, also one of an old till.
 */
export function drawerEntries(db: TillDb, afterSeq: number): readonly DrawerEntry[] {
  const own = db.all(
    EntryRow,
    `SELECT 'sale' AS what, count(*) AS count, sum(total_vnd) AS totalVnd,
       sum(cash_vnd) AS cashVnd, sum(vietqr_vnd) AS vietqrVnd
     FROM sale WHERE seq > @after HAVING count(*) > 0
     UNION ALL
     SELECT 'void', count(*), sum(total_vnd), sum(cash_vnd), sum(vietqr_vnd)
     FROM void JOIN sale ON sale.id = void.sale_id
     WHERE void.seq > @after HAVING count(*) > 0
     UNION ALL
     SELECT 'return', count(*), sum(total_vnd), sum(cash_vnd), sum(vietqr_vnd)
     FROM customer_return WHERE seq > @after HAVING count(*) > 0`,
    { after: afterSeq },
  );
  const voidedOld = db.all(
    VoidedRow,
    `SELECT sale_id AS saleId FROM void JOIN old_sale ON old_sale.id = void.sale_id
     WHERE void.seq > ?`,
    afterSeq,
  );
  return [
    ...own.map(({ what, count, totalVnd, cashVnd, vietqrVnd }) => ({
      ...{ what, count, totalVnd },
      paidVnd: { cash: cashVnd, vietqr: vietqrVnd },
    })),
    ...voidedOld.map(({ saleId }): DrawerEntry => {
      const { data } = present(saleEventOf(db, saleId), 'An old sale is kept for ever');
      return { what: 'void', count: 1, totalVnd: data.totalVnd, paidVnd: takenBy(data) };
    }),
  ];
}
