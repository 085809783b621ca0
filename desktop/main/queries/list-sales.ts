import { z } from 'zod';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import type { TillDb } from '../db/till-db.ts';
import type { QueryContext } from './query-context.ts';
import { oldSaleRows, saleRows } from './sale-rows.ts';

const DayRow = z.object({ totalVnd: z.int(), sales: z.int() });

/**
 * Sales newest first, of one day or by part of a slip number, with the day's takings; behind this
 * till's own stand those of the tills whose place it took.
 */
export function listSales(
  { db, today }: QueryContext,
  { beforeSeq, text, day, limit }: TillInput<'sales.list'>,
): TillAnswer<'sales.list'> {
  const question = {
    before: beforeSeq ?? Number.MAX_SAFE_INTEGER,
    day: day ?? null,
    text: text?.toUpperCase() ?? '',
  };
  const own = saleRows(db, matching('sale.seq'), { ...question, limit: limit + 1 });
  const missing = limit + 1 - own.length;
  const old =
    missing === 0
      ? []
      : oldSaleRows(db, matching('sale.position'), { ...question, limit: missing });
  const rows = [...own, ...old];
  const takings = takingsOf(db, day ?? today);
  return {
    rows: rows.slice(0, limit),
    hasMore: rows.length > limit,
    dayTotalVnd: takings?.totalVnd ?? 0,
    daySales: takings?.sales ?? 0,
  };
}

function matching(place: 'sale.seq' | 'sale.position'): string {
  return `${place} < @before AND (@day IS NULL OR sale.business_date = @day)
      AND instr(sale.slip, @text) > 0
    ORDER BY ${place} DESC LIMIT @limit`;
}

function takingsOf(db: TillDb, day: string) {
  return db.one(
    DayRow,
    `SELECT coalesce(sum(total_vnd), 0) AS totalVnd, count(*) AS sales FROM (
       SELECT id, total_vnd FROM sale WHERE business_date = @day
       UNION ALL
       SELECT id, total_vnd FROM old_sale WHERE business_date = @day AND void_reason IS NULL)
     WHERE id NOT IN (SELECT sale_id FROM void)`,
    { day },
  );
}
