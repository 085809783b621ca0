import { z } from 'zod';
import type { Product, TillInput } from '../../../shared/contract/till-api.ts';
import type { CalendarDate } from '../../../shared/model/calendar.ts';
import { gtinOf, readBarcode } from '../../../shared/rules/barcode/read-barcode.ts';
import { drugOfCode, drugOfNumber } from '../db/catalogue.ts';
import { learntDrug } from '../db/learnt-barcodes.ts';
import { numberKey } from '../db/search-words.ts';
import { isSellableLot } from '../db/sellable.ts';
import { productOf } from './product.ts';
import type { QueryContext } from './query-context.ts';

const NumberRow = z.object({ number: z.int() });

/**
 * Exact: a scanned text is a barcode (or a GS1 code that names a product), a registration number or nothing. Where two products carry one
 * number, the one on the shelf is meant; a barcode goes before a registration number, and the catalogue
 * before what the shop taught this till (commands/learn-barcode.ts).
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
    { key: numberKey(numberIn(barcode, context.today)), today: context.today },
  );
  if (row !== undefined) return productOf(context, drugOfNumber(context.db, row.number));
  const gtin = gtinOf(barcode);
  const learnt = gtin === undefined ? undefined : learntDrug(context.db, gtin);
  const drug = learnt === undefined ? undefined : drugOfCode(context.db, learnt);
  return drug === undefined ? null : productOf(context, drug);
}

/** What the shop prints itself may look like a barcode with a wrong check digit. */
function numberIn(scanned: string, today: CalendarDate): string {
  const read = readBarcode(scanned, { today });
  if (!read.ok || read.value.type === 'other') return scanned;
  const [code] = read.value.type === 'product' ? [read.value.code] : read.value.codes;
  return code?.gtin ?? scanned;
}
