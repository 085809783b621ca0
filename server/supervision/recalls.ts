/**
 * Recalls (thu hồi): published and withdrawn by the national authority, sent to every till by the
 * feed, and what facts about sales are judged by. One transaction each, with its audit entry.
 */
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/base/result.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { Recall } from '../../shared/model/recall.ts';
import { type Actor, recordAudit } from '../accounts/audit.ts';
import { publishRecallChange } from '../catalogue/publish.ts';
import { inTransaction, type Pool, type Queryable, queryRows } from '../db/pool.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';

type Deps = { readonly pool: Pool; readonly nowMs: () => number };

/** Publishes a recall once; its number is never used again, also not after a withdrawal. */
export async function publishRecall(
  deps: Deps,
  decision: Omit<Recall, 'publishedAt'>,
  actor: Actor,
): Promise<Result<Recall, ProblemFacts>> {
  const nowMs = deps.nowMs();
  const recall: Recall = { ...decision, publishedAt: instantOfMs(nowMs) };
  return inTransaction(deps.pool, async (transaction) => {
    const known = await transaction.query('SELECT 1 FROM drug WHERE code = $1', [recall.drug]);
    if (known.rows.length === 0) {
      return err({ type: 'not-found', detail: 'The catalogue has no such drug' });
    }
    const { rowCount } = await transaction.query(
      `INSERT INTO recall (number, level, drug, lots, reason, from_date, published_at, published_by)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (number) DO NOTHING`,
      [
        recall.number,
        recall.level,
        recall.drug,
        recall.lots,
        recall.reason,
        recall.fromDate,
        new Date(nowMs),
        actor.account,
      ],
    );
    if (rowCount === 0) {
      return err({ type: 'conflict', detail: 'A recall of this number was published before' });
    }
    await publishRecallChange(transaction, { number: recall.number, recall });
    const { number: subject, ...detail } = recall;
    await recordAudit(transaction, { actor, action: 'recall-published', subject, detail, nowMs });
    return ok(recall);
  });
}

/** Takes a recall back: what it named may be released and sold again. */
export async function withdrawRecall(
  deps: Deps,
  withdrawal: { readonly number: string; readonly reason: string },
  actor: Actor,
): Promise<Result<Recall, ProblemFacts>> {
  const { number, reason } = withdrawal;
  const nowMs = deps.nowMs();
  return inTransaction(deps.pool, async (transaction) => {
    const rows = await queryRows(
      transaction,
      RecallRow,
      `UPDATE recall SET withdrawn_at = $2 WHERE number = $1 AND withdrawn_at IS NULL
       RETURNING ${columns}`,
      [number, new Date(nowMs)],
    );
    const [recall] = rows;
    if (recall === undefined) {
      return err({ type: 'not-found', detail: 'No recall of this number is in force' });
    }
    await publishRecallChange(transaction, { number, recall: null });
    await recordAudit(transaction, {
      actor,
      action: 'recall-withdrawn',
      subject: number,
      detail: { reason },
      nowMs,
    });
    return ok(recall);
  });
}

/** Recalls in force, newest first. */
export function recallsInForce(database: Queryable, limit: number): Promise<readonly Recall[]> {
  return queryRows(
    database,
    RecallRow,
    `SELECT ${columns} FROM recall WHERE withdrawn_at IS NULL
     ORDER BY published_at DESC, number LIMIT $1`,
    [limit],
  );
}

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
        `SELECT ${columns} FROM recall WHERE withdrawn_at IS NULL AND drug = ANY($1::text[])`,
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

const columns = 'number, level, drug, lots, reason, from_date, published_at';
const RecallRow = z
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
