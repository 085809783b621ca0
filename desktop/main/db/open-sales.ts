import { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { addDays, businessDateOf, Instant } from '../../../shared/model/calendar.ts';
import { OpenSaleCart } from '../../../shared/rules/open-sale.ts';
import type { Refusal } from '../../../shared/rules/refusal.ts';
import type { TillDb } from './till-db.ts';

/**
 * Sales that are not finished, kept beside the journal: those a counter works on, so that a killed
 * program or browser loses none, and those set aside (F5), which belong to the shop. One counter
 * has a sale at a time; what it costs and which lots it takes is asked anew by whoever takes it up.
 */
const StateRow = z.object({ counter: z.string().nullable(), saleId: z.string().nullable() });
const ListRow = z.object({
  id: z.string(),
  counter: z.string().nullable(),
  label: z.string(),
  savedAt: Instant,
  lineCount: z.int(),
  totalVnd: z.int(),
  firstDrug: z.string().nullable(),
});
const FullRow = ListRow.omit({ firstDrug: true }).extend({ cart: z.string() });
const columns = `open_sale.id, counter, label, saved_at AS savedAt, line_count AS lineCount,
  total_vnd AS totalVnd`;

export function saveOpenSale(
  db: TillDb,
  input: TillInput<'openSales.save'> & { readonly savedAt: Instant },
): Result<Record<string, never>, Refusal> {
  return db.immediately(() => {
    const { id, counter, isParked, label, totalVnd, cart, savedAt } = input;
    const refusal = refuseOpenSale(db, { id, counter });
    if (refusal !== undefined) return err(refusal);
    forgetOld(db, savedAt);
    if (countOthers(db, id) >= limits.openSalesMax) {
      return err({ type: 'TooManyOpenSales', openSalesMax: limits.openSalesMax });
    }
    db.run(
      `INSERT INTO open_sale (id, counter, label, saved_at, line_count, total_vnd, cart)
       VALUES (?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (id) DO UPDATE SET counter = excluded.counter, label = excluded.label,
         saved_at = excluded.saved_at, line_count = excluded.line_count,
         total_vnd = excluded.total_vnd, cart = excluded.cart`,
      id,
      isParked ? null : counter,
      label,
      savedAt,
      cart.lines.length,
      totalVnd,
      JSON.stringify(cart),
    );
    return ok({});
  });
}

export function listOpenSales(
  db: TillDb,
  { counter }: TillInput<'openSales.list'>,
): TillAnswer<'openSales.list'> {
  const rows = db.all(
    ListRow,
    `SELECT ${columns}, drug.name AS firstDrug
     FROM open_sale LEFT JOIN drug ON drug.code = json_extract(cart, '$.lines[0].drug')
     WHERE sale_id IS NULL AND line_count > 0
     ORDER BY counter IS NOT NULL, saved_at, id LIMIT ?`,
    limits.openSalesMax,
  );
  return {
    rows: rows.map(({ counter: at, ...row }) => ({
      ...row,
      state: at === null ? 'parked' : at === counter ? 'here' : 'elsewhere',
    })),
  };
}

export function takeOpenSale(
  db: TillDb,
  { id, counter, isFromElsewhere }: TillInput<'openSales.take'>,
): Result<TillAnswer<'openSales.take'>, Refusal> {
  return db.immediately(() => {
    const refusal = refuseOpenSale(db, { id, counter });
    const isAllowed =
      refusal === undefined || (refusal.type === 'OpenSaleElsewhere' && isFromElsewhere);
    if (!isAllowed) return err(refusal);
    const row = db.one(FullRow, `SELECT ${columns}, cart FROM open_sale WHERE id = ?`, id);
    if (row === undefined) return err({ type: 'UnknownOpenSale' });
    db.run('UPDATE open_sale SET counter = ? WHERE id = ?', counter, id);
    const { counter: _before, cart, ...named } = row;
    return ok({ ...named, cart: OpenSaleCart.parse(JSON.parse(cart)) });
  });
}

export function discardOpenSale(
  db: TillDb,
  sale: TillInput<'openSales.discard'>,
): Result<Record<string, never>, Refusal> {
  return db.immediately(() => {
    const refusal = refuseOpenSale(db, sale);
    if (refusal !== undefined) return err(refusal);
    db.run('DELETE FROM open_sale WHERE id = ?', sale.id);
    return ok({});
  });
}

/** Why a counter may not go on with a sale; a sale that nobody has saved yet is its own. */
export function refuseOpenSale(
  db: TillDb,
  sale: { readonly id: string; readonly counter: string } | undefined,
): Refusal | undefined {
  if (sale === undefined) return undefined;
  const row = db.one(
    StateRow,
    'SELECT counter, sale_id AS saleId FROM open_sale WHERE id = ?',
    sale.id,
  );
  if (row === undefined) return undefined;
  if (row.saleId !== null) return { type: 'OpenSaleSold' };
  const isElsewhere = row.counter !== null && row.counter !== sale.counter;
  return isElsewhere ? { type: 'OpenSaleElsewhere' } : undefined;
}

/** Remembered without its contents, so that a screen that still shows it cannot sell it again. */
export function markSold(db: TillDb, id: string, saleId: string): void {
  db.run(
    `UPDATE open_sale SET sale_id = ?, line_count = 0, label = '', cart = '{}' WHERE id = ?`,
    saleId,
    id,
  );
}

function countOthers(db: TillDb, id: string): number {
  const row = db.one(
    z.object({ count: z.int() }),
    'SELECT count(*) AS count FROM open_sale WHERE sale_id IS NULL AND id <> ?',
    id,
  );
  return row?.count ?? 0;
}

function forgetOld(db: TillDb, now: Instant): void {
  const before = addDays(businessDateOf(now), -limits.soldOpenSaleDays);
  db.run('DELETE FROM open_sale WHERE sale_id IS NOT NULL AND saved_at < ?', before);
}
