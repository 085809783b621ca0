import { z } from 'zod';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { Recall } from '../../shared/model/recall.ts';
import { type Queryable, queryRows } from '../db/pool.ts';

export type RecallsByDrug = ReadonlyMap<string, readonly Recall[]>;

/**
 * Recalls in force by drug, for one transaction: each drug is asked for once. Not remembered longer,
 * so that a recall counts from the moment it is published.
 */
export function createRecallFinder(): {
  readonly forDrugs: (database: Queryable, drugs: ReadonlySet<string>) => Promise<RecallsByDrug>;
} {
  const asked = new Set<string>();
  const found = new Map<string, Recall[]>();
  return {
    forDrugs: async (database, drugs) => {
      const missing = [...drugs].filter((drug) => !asked.has(drug));
      if (missing.length === 0) return found;
      for (const drug of missing) asked.add(drug);
      const rows = await queryRows(
        database,
        RecallRow,
        `SELECT ${recallColumns} FROM recall WHERE withdrawn_at IS NULL AND drug = ANY($1::text[])`,
        [missing],
      );
      for (const recall of rows) {
        const recalls = found.get(recall.drug);
        if (recalls === undefined) found.set(recall.drug, [recall]);
        else recalls.push(recall);
      }
      return found;
    },
  };
}

/** Of the table `recall`, for `RecallRow`. */
export const recallColumns = 'number, level, drug, lots, reason, from_date, published_at';
export const RecallRow = z
  .object({
    number: z.string(),
    level: z.number(),
    drug: z.string(),
    lots: z.array(z.string()).nullable(),
    reason: z.string(),
    from_date: z.string(),
    published_at: z.date(),
  })
  .transform((row) =>
    Recall.parse({
      number: row.number,
      level: row.level,
      drug: row.drug,
      lots: row.lots,
      reason: row.reason,
      fromDate: row.from_date,
      publishedAt: instantOfMs(row.published_at.getTime()),
    }),
  );
