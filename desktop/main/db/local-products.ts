import { z } from 'zod';
import { LocalProductDefined } from '../../../shared/events/local-product-defined.ts';
import { drugOfLocalProduct } from '../../../shared/rules/local-product.ts';
import { writeDrug } from './catalogue.ts';
import { numberKey } from './search-words.ts';
import type { TillDb } from './till-db.ts';

const DefinitionRow = z.object({ definition: z.string() });

/** The current definition of one of the shop's own products, or undefined. */
export function localProductOf(db: TillDb, code: string): LocalProductDefined | undefined {
  const row = db.one(DefinitionRow, 'SELECT definition FROM local_product WHERE code = ?', code);
  return row === undefined ? undefined : LocalProductDefined.parse(JSON.parse(row.definition));
}

/** All of them as they are defined now. */
export function localProducts(db: TillDb): readonly LocalProductDefined[] {
  return db
    .all(DefinitionRow, 'SELECT definition FROM local_product ORDER BY code')
    .map((row) => LocalProductDefined.parse(JSON.parse(row.definition)));
}

/**
 * Makes the shop's own products stand in the catalogue tables as the journal says, beside those of
 * the centre: what searches, scans and sells looks in one place. Those tables are thrown away with
 * every snapshot, so this is called behind it. Doing it twice has one effect.
 */
export function indexLocalProducts(db: TillDb): void {
  for (const product of localProducts(db)) writeDrug(db, drugOfLocalProduct(product));
}

const OwnerRow = z.object({ code: z.string() });

/** Another current product that carries a number (barcode, registration), if any. */
export function ownerOfNumber(
  db: TillDb,
  number: string,
  exceptCode: string | undefined,
): string | undefined {
  const key = numberKey(number);
  if (key === '') return undefined;
  return db.one(
    OwnerRow,
    `SELECT code FROM drug_key JOIN drug USING (number)
     WHERE key = ? AND is_current = 1 AND code IS NOT ? ORDER BY code LIMIT 1`,
    key,
    exceptCode ?? null,
  )?.code;
}
