import { z } from 'zod';
import type { Product, TillInput } from '../../../shared/contract/till-api.ts';
import { Drug } from '../../../shared/model/drug.ts';
import { compactKey, gtinKey } from '../db/search-words.ts';
import { productOf } from './product.ts';
import type { QueryContext } from './query-context.ts';

const EntryRow = z.object({ entry: z.string() });

/**
 * Exact: a scanned text is a barcode, a registration number or nothing. Where two products carry one
 * number, the one on the shelf is meant; a barcode goes before a registration number.
 */
export function drugByBarcode(
  context: QueryContext,
  { barcode }: TillInput<'drugs.byBarcode'>,
): Product | null {
  const row = context.db.one(
    EntryRow,
    `SELECT entry FROM drug_key JOIN drug USING (number)
     WHERE is_current = 1
       AND ((key = ?1 AND kind = 'gtin') OR (key = ?2 AND kind <> 'gtin'))
     ORDER BY kind = 'gtin' DESC,
       EXISTS (SELECT 1 FROM stock
         WHERE stock.drug = drug.code AND on_hand_units > 0 AND expires_on > ?3) DESC,
       name_folded, code
     LIMIT 1`,
    gtinKey(barcode),
    compactKey(barcode),
    context.today,
  );
  return row === undefined ? null : productOf(context, Drug.parse(JSON.parse(row.entry)));
}
