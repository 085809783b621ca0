import { z } from 'zod';
import type { Product, TillInput } from '../../../shared/contract/till-api.ts';
import { foldVietnamese } from '../../../shared/rules/fold-vietnamese.ts';
import { drugOfNumber } from '../db/catalogue.ts';
import { numberKey, wordsOf } from '../db/search-words.ts';
import { isSellableLot } from '../db/sellable.ts';
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
  const found = new Set<number>();
  for (const search of searches) {
    // What was found already may come again.
    const rows = search(context, { text, words, limit: limit + found.size });
    for (const { number } of rows) {
      if (found.size < limit) found.add(number);
    }
    if (found.size === limit) break;
  }
  return [...found].map((number) => productOf(context, drugOfNumber(context.db, number)));
}

/** FTS5 text that asks for all words by their start. */
export function matchTextOf(words: readonly string[]): string {
  // A word is letters and digits only (wordsOf), so it cannot leave its quotes.
  return words.map((word) => `"${word}"*`).join(' AND ');
}

/** The range of keys that a typed number begins, or undefined when the text is none. */
export function keyRangeOf(
  text: string,
): { readonly key: string; readonly keyEnd: string } | undefined {
  const key = numberKey(text);
  const isNumber = key.length >= numberLengthMin && /\d/.test(key);
  return isNumber ? { key, keyEnd: endOf(key) } : undefined;
}

/** Below this, a number begins too many others to name one. */
const numberLengthMin = 3;
/** 100 typed characters hold at most 50 words; nobody needs more than these to name a medicine. */
const wordsMax = 12;

type Search = {
  readonly text: string;
  readonly words: readonly string[];
  readonly limit: number;
};
const FoundRow = z.object({ number: z.int() });
type FoundRow = z.infer<typeof FoundRow>;

/** One after the other until enough is found: the first ones end early, the last looks at all. */
const searches = [
  findByNumber,
  findSellableByName,
  findOthersByName,
  findSellableByNumberStart,
  findOthersByNumberStart,
  findByWords,
];

const canBeSold = `EXISTS (
  SELECT 1 FROM stock
  WHERE stock.drug = drug.code AND ${isSellableLot}
)`;

function findByNumber({ db, today }: QueryContext, { text, limit }: Search): readonly FoundRow[] {
  const range = keyRangeOf(text);
  if (range === undefined) return [];
  return db.all(
    FoundRow,
    `SELECT number FROM drug
     WHERE is_current = 1 AND number IN (SELECT number FROM drug_key WHERE key = @key)
     ORDER BY ${canBeSold} DESC, name_folded, code LIMIT @limit`,
    { today, key: range.key, limit },
  );
}

function findSellableByName(context: QueryContext, search: Search): readonly FoundRow[] {
  return findByName(context, search, canBeSold);
}

function findOthersByName(context: QueryContext, search: Search): readonly FoundRow[] {
  return findByName(context, search, `NOT ${canBeSold}`);
}

/** Walks the names in order and stops at the limit, instead of sorting all that begin alike. */
function findByName(
  { db, today }: QueryContext,
  { text, limit }: Search,
  condition: string,
): readonly FoundRow[] {
  const start = foldVietnamese(text).trim();
  return db.all(
    FoundRow,
    `SELECT number FROM drug INDEXED BY drug_by_name
     WHERE is_current = 1 AND name_folded >= @start AND name_folded < @end AND ${condition}
     ORDER BY name_folded, code LIMIT @limit`,
    { today, start, end: endOf(start), limit },
  );
}

function findSellableByNumberStart(context: QueryContext, search: Search): readonly FoundRow[] {
  return findByNumberStart(context, search, canBeSold);
}

function findOthersByNumberStart(context: QueryContext, search: Search): readonly FoundRow[] {
  return findByNumberStart(context, search, `NOT ${canBeSold}`);
}

function findByNumberStart(
  { db, today }: QueryContext,
  { text, limit }: Search,
  condition: string,
): readonly FoundRow[] {
  const range = keyRangeOf(text);
  if (range === undefined) return [];
  return db.all(
    FoundRow,
    `SELECT number FROM drug_key CROSS JOIN drug USING (number)
     WHERE ${isInKeyRange} AND ${condition} ORDER BY key LIMIT @limit`,
    { ...range, today, limit },
  );
}

/** For `keyRangeOf`, over `drug_key`. */
export const isInKeyRange = 'key >= @key AND key < @keyEnd';

function findByWords({ db, today }: QueryContext, { words, limit }: Search): readonly FoundRow[] {
  const [first = ''] = words;
  return db.all(
    FoundRow,
    `SELECT number FROM drug_search JOIN drug ON drug.number = drug_search.rowid
     WHERE drug_search MATCH @match
     ORDER BY name_folded >= @first AND name_folded < @end DESC,
       ${canBeSold} DESC, name_folded, code
     LIMIT @limit`,
    { today, match: matchTextOf(words), first, end: endOf(first), limit },
  );
}

/** The first text behind all that begin with `start`. */
function endOf(start: string): string {
  return `${start}\u{10FFFF}`;
}
