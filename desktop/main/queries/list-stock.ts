import { z } from 'zod';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { foldVietnamese } from '../../../shared/rules/fold-vietnamese.ts';
import { wordsOf } from '../db/search-words.ts';
import type { SqlValue } from '../db/till-db.ts';
import type { QueryContext } from './query-context.ts';
import { isInKeyRange, keyRangeOf, matchTextOf } from './search-drugs.ts';
import { stockRows } from './stock-rows.ts';

const CountRow = z.object({ total: z.int() });

/** Everything on the shelf by name and expiry, or what a text names by drug or lot. */
export function listStock(
  context: QueryContext,
  { text, offset, limit }: TillInput<'stock.list'>,
): TillAnswer<'stock.list'> {
  const filter = filterOf(text);
  const counted = context.db.one(
    CountRow,
    `SELECT count(*) AS total FROM stock LEFT JOIN drug ON drug.code = stock.drug
     WHERE stock.on_hand_units > 0 ${filter.sql}`,
    filter.parameters,
  );
  const rows = stockRows(
    context,
    `${filter.sql}
     ORDER BY coalesce(drug.name_folded, stock.drug), stock.drug, stock.expires_on, stock.lot
     LIMIT @limit OFFSET @offset`,
    { ...filter.parameters, limit, offset },
  );
  return { rows: [...rows], total: counted?.total ?? 0 };
}

function filterOf(text: string): {
  readonly sql: string;
  readonly parameters: Readonly<Record<string, SqlValue>>;
} {
  if (text.trim() === '') return { sql: '', parameters: {} };
  const words = wordsOf(text);
  if (words.length === 0) return { sql: 'AND false', parameters: {} };
  const range = keyRangeOf(text);
  const byNumber = `drug.number IN (SELECT number FROM drug_key WHERE ${isInKeyRange}) OR`;
  const sql = `AND (${range === undefined ? '' : byNumber}
    drug.number IN (SELECT rowid FROM drug_search WHERE drug_search MATCH @match)
    OR instr(drug.name_folded, @name) > 0 OR instr(stock.lot, @lot) > 0)`;
  const name = foldVietnamese(text).trim();
  const lot = text.trim().toUpperCase();
  return { sql, parameters: { ...range, match: matchTextOf(words), name, lot } };
}
