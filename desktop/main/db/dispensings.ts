import { z } from 'zod';
import type { Prescription } from '../../../shared/model/prescription.ts';
import { prescriptionKey } from '../../../shared/rules/prescription.ts';
import type { TillDb } from './till-db.ts';

const EarlierRow = z.object({
  drug: z.string(),
  prescribedUnits: z.int(),
  dispensedUnits: z.int(),
});

/** Dispensings whose sale was not undone; for use behind FROM. */
export const standingDispensings = `(SELECT * FROM dispensing
  WHERE sale_id NOT IN (SELECT sale_id FROM void)) AS dispensing`;

/** What sales that stand have taken of a prescription, by drug on the paper; old tills' too. */
export function dispensedEarlier(
  db: TillDb,
  prescription: Prescription,
): ReadonlyMap<string, { readonly prescribedUnits: number; readonly dispensedUnits: number }> {
  const rows = db.all(
    EarlierRow,
    `SELECT drug, max(prescribed_units) AS prescribedUnits, sum(dispensed_units) AS dispensedUnits
     FROM (
       SELECT prescription, sale_id, prescribed_drug AS drug, prescribed_units, dispensed_units
       FROM dispensing
       UNION ALL
       SELECT prescription, sale_id, drug, prescribed_units, dispensed_units FROM old_dispensing
       WHERE sale_id NOT IN (SELECT id FROM old_sale WHERE void_reason IS NOT NULL))
     WHERE prescription = ? AND sale_id NOT IN (SELECT sale_id FROM void) GROUP BY drug`,
    prescriptionKey(prescription),
  );
  return new Map(rows.map(({ drug, ...units }) => [drug, units]));
}
