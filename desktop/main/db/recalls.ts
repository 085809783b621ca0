import { z } from 'zod';
import { Recall } from '../../../shared/model/recall.ts';
import type { TillDb } from './till-db.ts';

/**
 * The recall that names a row of `stock`, the gravest first, or NULL; as in shared/rules/recall.ts.
 * For use inside a query over `stock`.
 */
export const recallOfStock = `(SELECT recall.number FROM recall WHERE recall.drug = stock.drug
  AND (recall.lots IS NULL
    OR EXISTS (SELECT 1 FROM json_each(recall.lots) WHERE json_each.value = stock.lot))
  ORDER BY recall.level, recall.number LIMIT 1)`;

/** Writes one recall; the same once more has one effect. */
export function saveRecall(db: TillDb, recall: Recall): void {
  const { number, drug, level, lots } = recall;
  db.run(
    `INSERT INTO recall (number, drug, level, lots, entry) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (number) DO UPDATE SET drug = excluded.drug, level = excluded.level,
       lots = excluded.lots, entry = excluded.entry`,
    number,
    drug,
    level,
    lots === null ? null : JSON.stringify(lots),
    JSON.stringify(recall),
  );
}

/** A recall was withdrawn. */
export function removeRecall(db: TillDb, number: string): void {
  db.run('DELETE FROM recall WHERE number = ?', number);
}

const EntryRow = z.object({ entry: z.string() });

/** A recall in force, or undefined. */
export function recallOfNumber(db: TillDb, number: string): Recall | undefined {
  const row = db.one(EntryRow, 'SELECT entry FROM recall WHERE number = ?', number);
  return row === undefined ? undefined : Recall.parse(JSON.parse(row.entry));
}

/** The recalls of the drugs that lines name. */
export function recallsOfDrugs(
  db: TillDb,
  lines: readonly { readonly drug: string }[],
): readonly Recall[] {
  return [...new Set(lines.map((line) => line.drug))].flatMap((drug) =>
    db
      .all(EntryRow, 'SELECT entry FROM recall WHERE drug = ?', drug)
      .map((row) => Recall.parse(JSON.parse(row.entry))),
  );
}
