import { z } from 'zod';
import { ok, type Result } from '../../shared/base/result.ts';
import type { consoleApi } from '../../shared/contract/console-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import { foldVietnamese } from '../../shared/rules/fold-vietnamese.ts';
import { type Queryable, queryRows } from '../db/pool.ts';
import { type BadCursor, pageOf, readCursor } from './cursor.ts';
import { Day, likePattern, Whole } from './rows.ts';

type Answer = RouteAnswer<typeof consoleApi.facilityStock>;

/** What stands on the shelves of a facility, by name and lot; lots sold out are left out. */
export async function facilityStock(
  database: Queryable,
  question: {
    readonly id: string;
    readonly text: string;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<Result<Answer, BadCursor>> {
  const cursor = readCursor(CursorKey, question.cursor);
  if (!cursor.ok) return cursor;
  const words = foldVietnamese(question.text).split(/\s+/);
  const rows = await queryRows(database, Row, sql, [
    question.id,
    words.filter((word) => word !== '').map((word) => `%${likePattern(word)}%`),
    ...(cursor.value ?? [null, null, null]),
    question.limit + 1,
  ]);
  const page = pageOf(rows, question.limit, (row) => [row.drug, row.lot, row.expires_on]);
  return ok({
    rows: page.rows.map((row) => ({
      drug: row.drug,
      name: row.name,
      lot: row.lot,
      expiresOn: row.expires_on,
      onHandUnits: row.on_hand_units,
    })),
    next: page.next,
  });
}

const CursorKey = z.tuple([z.string(), z.string(), Day]);
const Row = z.object({
  drug: z.string(),
  name: z.string(),
  lot: z.string(),
  expires_on: Day,
  on_hand_units: Whole,
});
/** Names sort without diacritics; the cursor names the lot, its drug's name is looked up. */
const sql = `
  SELECT stock.drug, coalesce(drug.name, stock.drug) AS name, stock.lot, stock.expires_on,
    stock.on_hand_units
  FROM facility_stock AS stock LEFT JOIN drug ON drug.code = stock.drug
  WHERE stock.facility_id = $1 AND stock.on_hand_units <> 0
    AND concat_ws(' ', coalesce(drug.search_text, lower(stock.drug)), lower(stock.lot))
      LIKE ALL ($2::text[])
    AND ($3::text IS NULL OR (coalesce(drug.search_text, ''), stock.drug, stock.lot,
        stock.expires_on)
      > (coalesce((SELECT search_text FROM drug WHERE code = $3), ''), $3, $4, $5::date))
  ORDER BY coalesce(drug.search_text, ''), stock.drug, stock.lot, stock.expires_on
  LIMIT $6`;
