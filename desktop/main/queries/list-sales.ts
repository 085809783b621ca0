import { z } from 'zod';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { wordsOf } from '../db/search-words.ts';
import type { TillDb } from '../db/till-db.ts';
import type { QueryContext } from './query-context.ts';
import { oldSaleRows, saleRows } from './sale-rows.ts';
import { matchTextOf } from './search-drugs.ts';

const DayRow = z.object({ totalVnd: z.int(), sales: z.int() });

/**
 * Sales newest first, of one day or by part of a slip number, with the day's takings; behind this
 * till's own stand those of the tills whose place it took.
 */
export function listSales(
  { db, today }: QueryContext,
  { beforeSeq, text, day, product, limit }: TillInput<'sales.list'>,
): TillAnswer<'sales.list'> {
  const question = {
    before: beforeSeq ?? Number.MAX_SAFE_INTEGER,
    day: day ?? null,
    text: text?.toUpperCase() ?? '',
    drugs: product === undefined ? null : JSON.stringify(drugsNamed(db, product)),
  };
  const own = saleRows(db, matching('sale.seq'), { ...question, limit: limit + 1 });
  const missing = limit + 1 - own.length;
  // What an old till sold stands in its sealed lines only: it is found by slip and day.
  const old =
    missing === 0 || product !== undefined
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
      AND instr(sale.slip, @text) > 0 AND ${holdsOneOf}
    ORDER BY ${place} DESC LIMIT @limit`;
}

/** By the index of a drug's movements; `@drugs` is a JSON list, or null for every sale. */
const holdsOneOf = `(@drugs IS NULL OR sale.seq IN (
      SELECT seq FROM movement
      WHERE drug IN (SELECT value FROM json_each(@drugs)) AND kind = 'sale'))`;
const drugsNamedMax = 200;

function drugsNamed(db: TillDb, product: string): readonly string[] {
  const words = wordsOf(product);
  if (words.length === 0) return [];
  return db
    .all(
      z.object({ code: z.string() }),
      `SELECT code FROM drug_search JOIN drug ON drug.number = drug_search.rowid
       WHERE drug_search MATCH ? LIMIT ?`,
      matchTextOf(words),
      drugsNamedMax,
    )
    .map(({ code }) => code);
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
