import { z } from 'zod';
import type { consoleApi } from '../../shared/contract/console-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { LocalProductKind } from '../../shared/model/local-product.ts';
import { type Pool, queryRows } from '../db/pool.ts';
import { Whole } from './rows.ts';

type Answer = RouteAnswer<typeof consoleApi.facilityProducts>;

/**
 * What a facility trades under codes of its own, as it defined each last. One is mapped when its
 * dictionary or an alias of the catalogue says which drug it is; the others wait for somebody.
 */
export async function localProducts(
  pool: Pool,
  { id, limit }: { readonly id: string; readonly limit: number },
): Promise<Answer> {
  const rows = await queryRows(pool, Row, sql, [id, limit]);
  return {
    rows: rows.map((row) => ({
      code: row.code,
      name: row.name,
      kind: row.kind,
      barcode: row.barcode,
      registrationNumber: row.registration_number,
      definedAt: instantOfMs(row.at.getTime()),
      onHandUnits: row.on_hand_units,
      mappedTo: row.mapped_to,
    })),
  };
}

const Row = z.object({
  code: z.string(),
  name: z.string(),
  kind: LocalProductKind,
  barcode: z.string().nullable(),
  registration_number: z.string(),
  at: z.date(),
  on_hand_units: Whole,
  mapped_to: z.string().nullable(),
});

const sql = `
  WITH defined AS (
    SELECT DISTINCT ON (code) code, name, kind, barcode, registration_number, at
    FROM product_definition WHERE facility_id = $1 ORDER BY code, at DESC, revision DESC, seq DESC)
  SELECT * FROM (
    SELECT defined.*,
      (SELECT coalesce(sum(on_hand_units), 0) FROM facility_stock
       WHERE facility_id = $1 AND drug = defined.code) AS on_hand_units,
      coalesce(
        (SELECT drug FROM drug_code_mapping AS mapping
         WHERE mapping.facility_id = $1 AND mapping.code = defined.code),
        (SELECT min(drug.code) FROM drug WHERE drug.entry -> 'aliases'
           @> jsonb_build_array(jsonb_build_object('value', defined.code)))) AS mapped_to
    FROM defined) AS product
  ORDER BY mapped_to IS NOT NULL, name, code LIMIT $2`;
