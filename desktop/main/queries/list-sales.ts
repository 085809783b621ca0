import { z } from 'zod';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import type { QueryContext } from './query-context.ts';
import { saleRows } from './sale-rows.ts';

const DayRow = z.object({ totalVnd: z.int(), sales: z.int() });

/** Sales newest first, of one day or by part of a slip number, with the day's takings. */
export function listSales(
  { db, today }: QueryContext,
  { beforeSeq, text, day, limit }: TillInput<'sales.list'>,
): TillAnswer<'sales.list'> {
  const rows = saleRows(
    db,
    `sale.seq < @before AND (@day IS NULL OR sale.business_date = @day)
       AND instr(sale.slip, @text) > 0
     ORDER BY sale.seq DESC LIMIT @limit`,
    {
      before: beforeSeq ?? Number.MAX_SAFE_INTEGER,
      day: day ?? null,
      text: text?.toUpperCase() ?? '',
      limit: limit + 1,
    },
  );
  const takings = db.one(
    DayRow,
    `SELECT coalesce(sum(total_vnd), 0) AS totalVnd, count(*) AS sales FROM sale
     WHERE business_date = ? AND seq NOT IN (SELECT sale_seq FROM void)`,
    day ?? today,
  );
  return {
    rows: rows.slice(0, limit),
    hasMore: rows.length > limit,
    dayTotalVnd: takings?.totalVnd ?? 0,
    daySales: takings?.sales ?? 0,
  };
}
