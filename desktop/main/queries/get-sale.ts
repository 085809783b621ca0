import { z } from 'zod';
import { present } from '../../../shared/base/assert.ts';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { Instant } from '../../../shared/model/calendar.ts';
import { Customer } from '../../../shared/rules/open-sale.ts';
import { loadSale } from '../commands/load-sale.ts';
import { drugOfCode } from '../db/catalogue.ts';
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
  const reason = db.one(
    ReasonRow,
    `SELECT reason FROM void WHERE sale_id = @id
     UNION ALL SELECT void_reason FROM old_sale WHERE id = @id AND void_reason IS NOT NULL`,
    { id },
  );
  const customer = db.one(Customer, 'SELECT name, phone FROM sale_customer WHERE sale_id = ?', id);
  return {
    row,
    sale,
    drugNames: drugNamesOf(db, sale.lines),
    voidedReason: reason?.reason ?? null,
    ...whatBecameOf(db, id),
    ...nowKnownOf(db, [...new Set(sale.lines.map(({ drug }) => drug))]),
    customer: customer ?? null,
  };
}

function whatBecameOf(db: TillDb, id: string) {
  const { returned, refundedVnd } = loadSale(db, id);
  const returns = db.all(
    ReturnRow,
    `SELECT id, at, by_staff AS by, reason, total_vnd AS totalVnd, cash_vnd AS cashVnd,
       vietqr_vnd AS vietqrVnd, credit_vnd AS creditVnd, exchange_sale_id AS exchangeSaleId
     FROM customer_return WHERE sale_id = ? ORDER BY seq`,
    id,
  );
  return { returned: [...returned], refundedVnd, returns: [...returns] };
}

function nowKnownOf(db: TillDb, codes: readonly string[]) {
  const drugs = codes.map((code) => drugOfCode(db, code)).filter((drug) => drug !== undefined);
  return {
    unitsByDrug: Object.fromEntries(drugs.map(({ code, units }) => [code, [...units]])),
    controlledDrugs: drugs
      .filter(({ controlClass }) => controlClass !== undefined)
      .map(({ code }) => code),
  };
}

/** The names that the drugs of a document have today, by code. */
export function drugNamesOf(
  db: TillDb,
  lines: readonly { readonly drug: string }[],
): Readonly<Record<string, string>> {
  const codes = new Set(lines.map(({ drug }) => drug));
  return Object.fromEntries([...codes].map((code) => [code, nameOf(db, code)]));
}

const ReasonRow = z.object({ reason: z.string() });
const ReturnRow = z.object({
  id: z.string(),
  at: Instant,
  by: z.string(),
  reason: z.string(),
  totalVnd: z.int(),
  cashVnd: z.int(),
  vietqrVnd: z.int(),
  creditVnd: z.int(),
  exchangeSaleId: z.string().nullable(),
});
const NameRow = z.object({ name: z.string() });

function nameOf(db: TillDb, code: string): string {
  return db.one(NameRow, 'SELECT name FROM drug WHERE code = ?', code)?.name ?? code;
}
