import { z } from 'zod';
import { present } from '../../../shared/base/assert.ts';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { saleEventOf } from '../db/old-sales.ts';
import type { TillDb } from '../db/till-db.ts';
import type { QueryContext } from './query-context.ts';
import { oldSaleRows, saleRows } from './sale-rows.ts';

/** One sale as it was sealed, with the names its drugs have today. */
export function getSale(
  { db }: QueryContext,
  { id }: TillInput<'sales.get'>,
): TillAnswer<'sales.get'> {
  const [row] = [...saleRows(db, 'sale.id = ?', id), ...oldSaleRows(db, 'sale.id = ?', id)];
  if (row === undefined) return null;
  const sale = present(saleEventOf(db, id), 'A sale is an event').data;
  const drugs = [...new Set(sale.lines.map((line) => line.drug))];
  const reason = db.one(
    ReasonRow,
    `SELECT reason FROM void WHERE sale_id = @id
     UNION ALL SELECT void_reason FROM old_sale WHERE id = @id AND void_reason IS NOT NULL`,
    { id },
  );
  return {
    row,
    sale,
    drugNames: Object.fromEntries(drugs.map((code) => [code, nameOf(db, code)])),
    voidedReason: reason?.reason ?? null,
  };
}

const ReasonRow = z.object({ reason: z.string() });
const NameRow = z.object({ name: z.string() });

function nameOf(db: TillDb, code: string): string {
  return db.one(NameRow, 'SELECT name FROM drug WHERE code = ?', code)?.name ?? code;
}
