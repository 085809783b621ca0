import { z } from 'zod';
import type { consoleApi } from '../../shared/contract/console-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import { foldVietnamese } from '../../shared/rules/fold-vietnamese.ts';
import { type Queryable, queryRows } from '../db/pool.ts';
import { likePattern } from './rows.ts';

type Answer = RouteAnswer<typeof consoleApi.searchDrugs>;

const Row = z.object({
  code: z.string(),
  name: z.string(),
  registration_number: z.string(),
  ingredients: z.string(),
  manufacturer: z.string(),
  is_demonstration: z.boolean(),
});

/** Drugs that have every word of the text somewhere; without text, the most sold of late. */
export async function searchDrugs(
  database: Queryable,
  question: {
    readonly text: string;
    readonly provinces: readonly string[];
    readonly limit: number;
  },
): Promise<Answer> {
  const folded = foldVietnamese(question.text).trim();
  const rows =
    folded === ''
      ? await queryRows(database, Row, mostSoldSql, [question.provinces, question.limit])
      : await queryRows(database, Row, matchSql, [
          folded.split(/\s+/).map((word) => `%${likePattern(word)}%`),
          `${likePattern(folded)}%`,
          question.limit,
        ]);
  return {
    rows: rows.map((row) => ({
      code: row.code,
      name: row.name,
      registrationNumber: row.registration_number,
      ingredients: row.ingredients,
      manufacturer: row.manufacturer,
      isDemonstration: row.is_demonstration,
    })),
  };
}

const columns = `
  drug.code, drug.name, drug.entry->>'registrationNumber' AS registration_number,
  drug.entry->>'ingredients' AS ingredients, drug.entry->>'manufacturer' AS manufacturer,
  drug.is_demonstration`;

/** A name that begins with the text stands before one that only holds its words. */
const matchSql = `
  SELECT ${columns}
  FROM drug
  WHERE search_text LIKE ALL ($1::text[])
  ORDER BY search_text NOT LIKE $2, search_text, code
  LIMIT $3`;

const mostSoldSql = `
  SELECT ${columns}
  FROM (
    SELECT drug, sum(sold_units) AS sold_units
    FROM area_drug_pace WHERE province = ANY($1::text[])
    GROUP BY drug ORDER BY sum(sold_units) DESC, drug LIMIT $2
  ) AS sold
  JOIN drug ON drug.code = sold.drug
  ORDER BY sold.sold_units DESC, drug.code`;
