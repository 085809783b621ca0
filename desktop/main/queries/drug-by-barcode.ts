import { z } from 'zod';
import type { Product, TillInput } from '../../../shared/contract/till-api.ts';
import { drugOfNumber } from '../db/catalogue.ts';
import { numberKey } from '../db/search-words.ts';
import { isSellableLot } from '../db/sellable.ts';
import { productOf } from './product.ts';
import type { QueryContext } from './query-context.ts';

const NumberRow = z.object({ number: z.int() });

/**
 * Exact: a scanned text is a barcode, a registration number or nothing. Where two products carry one
 * number, the one on the shelf is meant; a barcode goes before a registration number.
 */
export function drugByBarcode(
  context: QueryContext,
  { barcode }: TillInput<'drugs.byBarcode'>,
): Product | null {
  const row = context.db.one(
    NumberRow,
    `SELECT number FROM drug_key JOIN drug USING (number)
     WHERE is_current = 1
       AND key = @key
     ORDER BY kind = 'gtin' DESC,
       EXISTS (SELECT 1 FROM stock
         WHERE stock.drug = drug.code AND ${isSellableLot}) DESC,
       name_folded, code
     LIMIT 1`,
    { key: numberKey(barcode), today: context.today },
  );
  return row === undefined ? null : productOf(context, drugOfNumber(context.db, row.number));
}
