import { z } from 'zod';
import type { consoleApi } from '../../shared/contract/console-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import { type Queryable, queryRows } from '../db/pool.ts';
import { Day, likePattern, Whole } from './rows.ts';

type Answer = RouteAnswer<typeof consoleApi.searchLots>;

const Row = z.object({
  drug: z.string(),
  name: z.string(),
  lot: z.string(),
  expires_on: Day,
  on_hand_units: Whole,
  facilities: Whole,
});

/** Lots whose number begins with the text, as far as the visible provinces have had them. */
export async function searchLots(
  database: Queryable,
  question: {
    readonly text: string;
    readonly provinces: readonly string[];
    readonly limit: number;
  },
): Promise<Answer> {
  const prefix = `${likePattern(question.text.toUpperCase())}%`;
  const rows = await queryRows(database, Row, sql, [prefix, question.provinces, question.limit]);
  return {
    rows: rows.map((row) => ({
      drug: row.drug,
      name: row.name,
      lot: row.lot,
      expiresOn: row.expires_on,
      onHandUnits: row.on_hand_units,
      facilities: row.facilities,
    })),
  };
}

const sql = `
  SELECT found.*, coalesce(drug.name, found.drug) AS name
  FROM (
    SELECT stock.drug, stock.lot, stock.expires_on,
      sum(stock.on_hand_units) AS on_hand_units, count(*) AS facilities
    FROM facility_stock AS stock JOIN facility ON facility.id = stock.facility_id
    WHERE stock.lot LIKE $1 AND facility.province = ANY($2::text[])
    GROUP BY stock.lot, stock.drug, stock.expires_on
    ORDER BY stock.lot, stock.drug, stock.expires_on
    LIMIT $3
  ) AS found
  LEFT JOIN drug ON drug.code = found.drug
  ORDER BY found.lot, found.drug, found.expires_on`;
