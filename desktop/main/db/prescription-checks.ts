import { z } from 'zod';
import { Instant, msOfInstant } from '../../../shared/model/calendar.ts';
import { DrugCode } from '../../../shared/model/drug.ts';
import type { Prescription } from '../../../shared/model/prescription.ts';
import { prescriptionKey } from '../../../shared/rules/prescription.ts';
import { standingDispensings } from './dispensings.ts';
import type { TillDb } from './till-db.ts';

/** What all other facilities together sold on a prescription, by the drug on the paper. */
export const SoldElsewhere = z.array(
  z.object({ drug: DrugCode, prescribedUnits: z.int(), dispensedUnits: z.int() }),
);
export type SoldElsewhere = z.infer<typeof SoldElsewhere>;

const CheckRow = z.object({ checkedAt: Instant, lines: z.string() });

/** A look-up older than this says nothing about now. */
const freshForMs = 10 * 60_000;

/** What the centre said just now; undefined when nobody asked it lately. */
export function freshCheck(
  db: TillDb,
  prescription: Prescription,
  nowMs: number,
): SoldElsewhere | undefined {
  const row = db.one(
    CheckRow,
    'SELECT checked_at AS checkedAt, lines FROM prescription_check WHERE prescription = ?',
    prescriptionKey(prescription),
  );
  if (row === undefined) return undefined;
  const ageMs = nowMs - msOfInstant(row.checkedAt);
  if (ageMs < 0 || ageMs > freshForMs) return undefined;
  return SoldElsewhere.parse(JSON.parse(row.lines));
}

const OwnRow = z.object({ drug: z.string(), prescribedUnits: z.int(), dispensedUnits: z.int() });

/**
 * Keeps the centre's answer, and whether all facilities together have sold more than was prescribed.
 */
export function keepCheck(
  db: TillDb,
  key: string,
  answer: { readonly lines: SoldElsewhere; readonly at: Instant },
): void {
  const seq = db.one(
    z.object({ seq: z.int().nullable() }),
    'SELECT max(seq) AS seq FROM dispensing WHERE prescription = ?',
    key,
  );
  const own = db.all(
    OwnRow,
    `SELECT prescribed_drug AS drug, max(prescribed_units) AS prescribedUnits,
       sum(dispensed_units) AS dispensedUnits
     FROM ${standingDispensings} WHERE prescription = ? GROUP BY prescribed_drug`,
    key,
  );
  const elsewhere = new Map(answer.lines.map((line) => [line.drug, line.dispensedUnits]));
  const isExceeded = own.some(
    ({ drug, prescribedUnits, dispensedUnits }) =>
      dispensedUnits + (elsewhere.get(drug) ?? 0) > prescribedUnits,
  );
  db.run(
    `INSERT INTO prescription_check (prescription, checked_at, seq, outcome, lines)
     VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (prescription) DO UPDATE SET checked_at = excluded.checked_at,
       seq = excluded.seq, outcome = excluded.outcome, lines = excluded.lines`,
    key,
    answer.at,
    seq?.seq ?? 0,
    isExceeded ? 'exceeded' : 'verified',
    JSON.stringify(answer.lines),
  );
}

const PendingRow = z.object({ key: z.string() });

/** Prescriptions that were sold on without asking anybody, oldest first. */
export function pendingChecks(db: TillDb, ackedSeq: number, limit: number): readonly string[] {
  return db
    .all(
      PendingRow,
      `SELECT dispensing.prescription AS key FROM ${standingDispensings}
       LEFT JOIN prescription_check AS checked USING (prescription)
       WHERE verification = 'pending' AND dispensing.seq <= ?
         AND (checked.seq IS NULL OR checked.seq < dispensing.seq)
       GROUP BY dispensing.prescription ORDER BY min(dispensing.seq) LIMIT ?`,
      ackedSeq,
      limit,
    )
    .map(({ key }) => key);
}
