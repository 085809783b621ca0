/**
 * What all facilities together sold on a prescription. A till sees only its own sales and, with a
 * line, what the centre had a moment ago; only here can somebody notice that one paper was taken to
 * two shops.
 */
import { z } from 'zod';
import { present } from '../../shared/base/assert.ts';
import { exceededPrescription } from '../../shared/rules/alerts.ts';
import { type Queryable, queryRows, type Transaction } from '../db/pool.ts';
import type { DocumentRow } from './document-rows.ts';
import type { AlertRow } from './raise-alerts.ts';
import type { TillSource } from './till-source.ts';

const SoldRow = z.object({
  prescription: z.string(),
  drug: z.string(),
  prescribed_units: z.number(),
  dispensed_units: z.number(),
  facilities: z.number(),
});

/** By prescription and drug on the paper; sales that were undone are left out. */
export async function soldOnPrescriptions(
  database: Queryable,
  prescriptions: readonly string[],
  options: { readonly withoutFacility: string | null } = { withoutFacility: null },
): Promise<readonly z.infer<typeof SoldRow>[]> {
  return queryRows(
    database,
    SoldRow,
    `SELECT prescription, prescribed_drug AS drug,
       max(prescribed_units)::bigint AS prescribed_units,
       sum(dispensed_units)::bigint AS dispensed_units,
       count(DISTINCT facility_id)::bigint AS facilities
     FROM prescription_dispensing AS sold
     WHERE prescription = ANY($1::text[]) AND ($2::uuid IS NULL OR facility_id <> $2)
       AND NOT EXISTS (SELECT 1 FROM sale_void WHERE sale_void.sale_id = sold.sale_id)
     GROUP BY prescription, prescribed_drug ORDER BY prescription, prescribed_drug`,
    [prescriptions, options.withoutFacility],
  );
}

/**
 * Makes two shops that report the same paper in the same moment wait for each other, so that the
 * second sees the first. In one order everywhere: no deadlock. Before the rows are written.
 */
export async function lockPrescriptions(
  transaction: Transaction,
  documents: readonly DocumentRow[],
): Promise<void> {
  const keys = prescriptionsIn(documents);
  if (keys.length === 0) return;
  await transaction.query(
    `SELECT pg_advisory_xact_lock(name) FROM (
       SELECT DISTINCT hashtextextended(key, 0) AS name FROM unnest($1::text[]) AS key ORDER BY name
     ) AS names`,
    [keys],
  );
}

/** Alerts for prescriptions among these documents of which more was sold than was prescribed. */
export async function exceededAlerts(
  transaction: Transaction,
  documents: readonly DocumentRow[],
  tills: ReadonlyMap<string, TillSource>,
): Promise<readonly AlertRow[]> {
  const sellers = new Map<string, TillSource & { readonly seq: number }>();
  for (const { table, values } of documents) {
    if (table !== 'prescription_dispensing') continue;
    const till = present(tills.get(String(values['till_id'])), 'A document comes from a till');
    sellers.set(String(values['prescription']), { ...till, seq: Number(values['seq']) });
  }
  if (sellers.size === 0) return [];
  const sold = await soldOnPrescriptions(transaction, [...sellers.keys()]);
  return sold.flatMap((row): readonly AlertRow[] => {
    const seller = present(sellers.get(row.prescription), 'It was asked for');
    const alert = exceededPrescription({
      prescription: row.prescription,
      drug: row.drug,
      prescribedUnits: row.prescribed_units,
      dispensedUnits: row.dispensed_units,
      facilities: row.facilities,
    });
    if (alert === undefined) return [];
    const { facilityId, province, id, seq } = seller;
    const cause = `${alert.kind}|${row.prescription}|${row.drug}`;
    return [{ ...alert, facilityId, province, till: id, seq, cause }];
  });
}

function prescriptionsIn(documents: readonly DocumentRow[]): readonly string[] {
  const keys = documents
    .filter(({ table }) => table === 'prescription_dispensing')
    .map(({ values }) => String(values['prescription']));
  return [...new Set(keys)];
}
