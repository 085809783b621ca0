import { z } from 'zod';
import type { SaleCompleted } from '../../../shared/events/sale-completed.ts';
import { Lot } from '../../../shared/model/lot.ts';
import type { AcceptedReturn } from '../../../shared/rules/returns.ts';
import { saleEventOf } from '../db/old-sales.ts';
import type { TillDb } from '../db/till-db.ts';

/** A stored sale with what became of it since: what an undoing or a return must know. */
export type StoredSale = {
  readonly sale: { readonly id: string; readonly data: SaleCompleted } | undefined;
  readonly isVoided: boolean;
  readonly returned: readonly AcceptedReturn[];
  /** What the customer had back for it, in money or in goods. */
  readonly refundedVnd: number;
};

/** Of this till, or of one whose place it took: with what all of them did to it. */
export function loadSale(db: TillDb, saleId: string): StoredSale {
  const event = saleEventOf(db, saleId);
  if (event === undefined)
    return { sale: undefined, isVoided: false, returned: [], refundedVnd: 0 };
  const voided = db.one(
    z.object({ isVoided: z.int() }),
    `SELECT EXISTS (SELECT 1 FROM void WHERE sale_id = @sale)
       OR EXISTS (SELECT 1 FROM old_sale WHERE id = @sale AND void_reason IS NOT NULL) AS isVoided`,
    { sale: event.id },
  );
  const returned = db.all(
    ReturnRow,
    `SELECT sale_line AS saleLine, drug, lot, expires_on AS expiresOn, units,
       refund_vnd AS refundVnd
     FROM (SELECT 0 AS own, seq, line, sale_line, drug, lot, expires_on, units, refund_vnd
             FROM old_sale_return WHERE sale_id = @sale
           UNION ALL SELECT 1, seq, line, sale_line, drug, lot, expires_on, units, refund_vnd
             FROM sale_return WHERE sale_id = @sale)
     ORDER BY own, seq, line`,
    { sale: event.id },
  );
  const refunded = db.one(
    z.object({ sumVnd: z.int() }),
    `SELECT (SELECT coalesce(sum(refund_vnd), 0) FROM old_sale_return WHERE sale_id = @sale)
       + (SELECT coalesce(sum(cash_vnd + vietqr_vnd + credit_vnd), 0) FROM customer_return
          WHERE sale_id = @sale) AS sumVnd`,
    { sale: event.id },
  );
  return {
    sale: { id: event.id, data: event.data },
    isVoided: voided?.isVoided === 1,
    returned,
    refundedVnd: refunded?.sumVnd ?? 0,
  };
}

const ReturnRow = Lot.extend({ saleLine: z.int(), units: z.int(), refundVnd: z.int() });
