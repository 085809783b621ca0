import { z } from 'zod';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { LocalProductDefined } from '../../../shared/events/local-product-defined.ts';
import { Instant } from '../../../shared/model/calendar.ts';
import { ownerOfNumber } from '../db/local-products.ts';
import type { QueryContext } from './query-context.ts';

const Row = z.object({ definition: z.string(), definedAt: Instant, onHandUnits: z.int() });

/**
 * The shop's own products. One is mapped when a drug of the catalogue names its code as an alias:
 * from then on both are known to be the same.
 */
export function listLocalProducts(
  { db }: QueryContext,
  { isUnmapped, offset, limit }: TillInput<'products.listLocal'>,
): TillAnswer<'products.listLocal'> {
  const rows = db
    .all(
      Row,
      `SELECT definition, defined_at AS definedAt, (SELECT coalesce(sum(on_hand_units), 0)
         FROM stock WHERE drug = local_product.code) AS onHandUnits
       FROM local_product ORDER BY seq DESC`,
    )
    .map(({ definition, definedAt, onHandUnits }) => {
      const product = LocalProductDefined.parse(JSON.parse(definition));
      const mappedTo = ownerOfNumber(db, product.code, product.code) ?? null;
      return { ...product, definedAt, onHandUnits, mappedTo };
    })
    .filter(({ mappedTo }) => !isUnmapped || mappedTo === null);
  return { rows: rows.slice(offset, offset + limit), hasMore: rows.length > offset + limit };
}
