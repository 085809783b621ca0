/**
 * What a facility's software calls a drug where that is no drug code of the catalogue: the clinic's
 * dictionary. An account maps a code for one facility, because two shops may call two drugs `P 01`;
 * an alias of the catalogue maps it everywhere. What an alias gave is written down as well, so that
 * the evidence and this table give every derived table again, whatever becomes of the catalogue.
 */
import { z } from 'zod';
import { type Queryable, queryRows, type Transaction } from '../db/pool.ts';
import { storable } from './storable.ts';

export type ForeignCodes = ReadonlyMap<string, string>;

const MappingRow = z.object({ code: z.string(), drug: z.string() });

/** Everything written down for a facility. */
export async function mappingsOf(database: Queryable, facilityId: string): Promise<ForeignCodes> {
  const rows = await queryRows(
    database,
    MappingRow,
    'SELECT code, drug FROM drug_code_mapping WHERE facility_id = $1',
    [facilityId],
  );
  return new Map(rows.map((row) => [row.code, row.drug]));
}

/** The drugs behind codes of a facility, as far as its dictionary or the catalogue know them. */
export async function lookUpForeignCodes(
  transaction: Transaction,
  facilityId: string,
  given: { readonly codes: ReadonlySet<string>; readonly nowMs: number },
): Promise<ForeignCodes> {
  // What PostgreSQL cannot keep is nobody's code.
  const codes = [...given.codes].filter((code) => storable(code) === code);
  if (codes.length === 0) return new Map();
  await transaction.query(
    `INSERT INTO drug_code_mapping (facility_id, code, drug, mapped_by, mapped_at)
     SELECT $1, given.code, min(drug.code), 'catalogue', $3
     FROM unnest($2::text[]) AS given (code)
     JOIN drug ON drug.entry -> 'aliases'
       @> jsonb_build_array(jsonb_build_object('value', given.code))
     WHERE NOT EXISTS (SELECT 1 FROM drug_code_mapping AS known
       WHERE known.facility_id = $1 AND known.code = given.code)
     GROUP BY given.code HAVING count(*) = 1
     ON CONFLICT (facility_id, code) DO NOTHING`,
    [facilityId, codes, new Date(given.nowMs)],
  );
  const rows = await queryRows(
    transaction,
    MappingRow,
    'SELECT code, drug FROM drug_code_mapping WHERE facility_id = $1 AND code = ANY($2::text[])',
    [facilityId, codes],
  );
  return new Map(rows.map((row) => [row.code, row.drug]));
}
