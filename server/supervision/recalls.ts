/**
 * Recalls (thu hồi): published and withdrawn by the national authority, sent to every till by the
 * feed, and what facts about sales are judged by. One transaction each, with its audit entry.
 */
import { err, ok, type Result } from '../../shared/base/result.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import type { Recall } from '../../shared/model/recall.ts';
import { type Actor, recordAudit } from '../accounts/audit.ts';
import { publishRecallChange } from '../catalogue/publish.ts';
import { inTransaction, type Pool, type Queryable, queryRows } from '../db/pool.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import { RecallRow, recallColumns } from '../ingest/recalls-by-drug.ts';

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
       RETURNING ${recallColumns}`,
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
    `SELECT ${recallColumns} FROM recall WHERE withdrawn_at IS NULL
     ORDER BY published_at DESC, number LIMIT $1`,
    [limit],
  );
}
