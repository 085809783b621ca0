import { z } from 'zod';
import type { SaleRow } from '../../../shared/contract/till-api.ts';
import { Instant } from '../../../shared/model/calendar.ts';
import { getSetting } from '../db/sync-state.ts';
import type { SqlParameter, TillDb } from '../db/till-db.ts';

const Row = z.object({
  id: z.string(),
  seq: z.int(),
  slip: z.string(),
  at: Instant,
  by: z.string(),
  lineCount: z.int(),
  totalVnd: z.int(),
  isVoided: z.int(),
});

/**
 * Sales of this till with what became of them.
 * @param rest conditions, order and bounds of the question.
 */
export function saleRows(
  db: TillDb,
  rest: string,
  ...parameters: readonly SqlParameter[]
): readonly SaleRow[] {
  const ackedSeq = getSetting(db, 'ackedHead').seq;
  const sql = `SELECT sale.id, sale.seq, sale.slip, sale.at, sale.by_staff AS by,
      sale.line_count AS lineCount, sale.total_vnd AS totalVnd,
      void.seq IS NOT NULL AS isVoided
    FROM sale LEFT JOIN void ON void.sale_id = sale.id WHERE ${rest}`;
  return db.all(Row, sql, ...parameters).map((row) => ({
    ...row,
    isVoided: row.isVoided === 1,
    isReported: row.seq <= ackedSeq,
  }));
}

/** The same of the tills whose place this one took: the centre has had all of them. */
export function oldSaleRows(
  db: TillDb,
  rest: string,
  ...parameters: readonly SqlParameter[]
): readonly SaleRow[] {
  const sql = `SELECT sale.id, sale.position AS seq, sale.slip, sale.at, sale.by_staff AS by,
      sale.line_count AS lineCount, sale.total_vnd AS totalVnd,
      void.seq IS NOT NULL OR sale.void_reason IS NOT NULL AS isVoided
    FROM old_sale AS sale LEFT JOIN void ON void.sale_id = sale.id WHERE ${rest}`;
  return db
    .all(Row, sql, ...parameters)
    .map((row) => ({ ...row, isVoided: row.isVoided === 1, isReported: true }));
}
