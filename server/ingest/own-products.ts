import { z } from 'zod';
import { isLocalProductCode } from '../../shared/model/local-product.ts';
import { type Queryable, queryRows } from '../db/pool.ts';
import type { DocumentRow } from './document-rows.ts';

const CodeRow = z.object({ code: z.string() });

/**
 * Codes of the facility's own products among `drugs`: known to the centre from the facility's own
 * definitions, so their sales are no sales of an unknown drug.
 * @param news rows that are not written yet, of the facility itself.
 */
export async function ownProducts(
  database: Queryable,
  facilityId: string,
  given: { readonly drugs: ReadonlySet<string>; readonly news: readonly DocumentRow[] },
): Promise<ReadonlySet<string>> {
  const wanted = [...given.drugs].filter(isLocalProductCode);
  if (wanted.length === 0) return nothing;
  const rows = await queryRows(
    database,
    CodeRow,
    `SELECT DISTINCT code FROM product_definition
     WHERE facility_id = $1 AND code = ANY($2::text[])`,
    [facilityId, wanted],
  );
  const written = rows.map(({ code }) => code);
  const fresh = given.news.flatMap(({ table, values }) =>
    table === 'product_definition' && values['facility_id'] === facilityId
      ? [String(values['code'])]
      : [],
  );
  return new Set([...written, ...fresh]);
}

const nothing: ReadonlySet<string> = new Set();
