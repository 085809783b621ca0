import { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import type { Product, TillInput } from '../../../shared/contract/till-api.ts';
import { Drug } from '../../../shared/model/drug.ts';
import { foldVietnamese } from '../../../shared/rules/fold-vietnamese.ts';
import { compactKey, gtinKey, wordsOf } from '../db/search-words.ts';
import { productOf } from './product.ts';
import type { QueryContext } from './query-context.ts';

/**
 * Finds products by the start of any words, typed without diacritics. In order: the number typed in
 * full (barcode, registration), names that start with the text, then everything that has all words;
 * within each, what can be sold today first, then by name.
 */
export function searchDrugs(
  context: QueryContext,
  { text, limit }: TillInput<'drugs.search'>,
): readonly Product[] {
  const words = [...new Set(wordsOf(text))].slice(0, wordsMax);
  if (words.length === 0) return [];
  const found = new Map<number, Drug>();
  const searches = [findByNumber, findByNameStart, findByWords];
  for (const search of searches) {
    const missing = limit - found.size;
    if (missing === 0) break;
    // What was already found may come again, so that many more are asked for.
    for (const row of search(context, { text, words, limit: missing + found.size })) {
      if (found.size < limit && !found.has(row.number)) {
        found.set(row.number, Drug.parse(JSON.parse(row.entry)));
      }
    }
  }
  return [...found.values()].map((drug) => productOf(context, drug));
}

/** FTS5 text that asks for all words by their start, or for the whole text as one number. */
export function matchTextOf(words: readonly string[]): string {
  // A word is letters and digits only (wordsOf), so it cannot leave its quotes.
  const all = words.map((word) => `"${word}"*`).join(' AND ');
  const joined = words.join('');
  return words.length > 1 && /\d/.test(joined) ? `(${all}) OR "${joined}"*` : all;
}

/** 100 typed characters hold at most 50 words; nobody needs more than these to name a medicine. */
const wordsMax = 12;

type Search = {
  readonly text: string;
  readonly words: readonly string[];
  readonly limit: number;
};
const FoundRow = z.object({ number: z.int(), entry: z.string() });
type FoundRow = z.infer<typeof FoundRow>;

const canBeSold = `EXISTS (
  SELECT 1 FROM stock
  WHERE stock.drug = drug.code AND stock.on_hand_units > 0 AND stock.expires_on > ?1
)`;

function findByNumber({ db, today }: QueryContext, { text, limit }: Search): readonly FoundRow[] {
  const compact = compactKey(text);
  if (!/\d/.test(compact)) return [];
  return db.all(
    FoundRow,
    `SELECT number, entry FROM drug
     WHERE is_current = 1 AND number IN (SELECT number FROM drug_key WHERE key IN (?2, ?3))
     ORDER BY ${canBeSold} DESC, name_folded, code LIMIT ?4`,
    today,
    compact,
    gtinKey(text),
    limit,
  );
}

function findByNameStart(
  { db, today }: QueryContext,
  { text, limit }: Search,
): readonly FoundRow[] {
  const start = foldVietnamese(text).trim();
  return db.all(
    FoundRow,
    `SELECT number, entry FROM drug JOIN (
       SELECT number AS found, row_number() OVER (
         ORDER BY ${canBeSold} DESC, name_folded, code
       ) AS place
       FROM drug INDEXED BY drug_by_name
       WHERE is_current = 1 AND name_folded >= ?2 AND name_folded < ?3
       ORDER BY place LIMIT ?4
     ) ON number = found
     ORDER BY place`,
    today,
    start,
    `${start}\u{10FFFF}`,
    limit,
  );
}

function findByWords({ db, today }: QueryContext, { words, limit }: Search): readonly FoundRow[] {
  const [first = ''] = words;
  return db.all(
    FoundRow,
    `SELECT number, entry FROM drug
     WHERE number IN (
       SELECT rowid FROM drug_search WHERE drug_search MATCH ?2
     ) AND is_current = 1
     ORDER BY name_folded >= ?3 AND name_folded < ?4 DESC,
       ${canBeSold} DESC, name_folded, code
     LIMIT ?5`,
    today,
    matchTextOf(words),
    first,
    `${first}\u{10FFFF}`,
    Math.min(limit, limits.searchResultsMax * 2),
  );
}
