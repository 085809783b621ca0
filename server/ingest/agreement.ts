import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ok, type Result } from '../../shared/base/result.ts';
import type { RouteAnswer, RouteInput } from '../../shared/contract/route.ts';
import { CentreLot, type syncApi } from '../../shared/contract/sync-api.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { stockDigestText } from '../../shared/sync/digest.ts';
import type { TillCaller } from '../accounts/till-authentication.ts';
import { notifyConsole } from '../db/notices.ts';
import { inTransaction, queryRow, queryRows, type Transaction } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import { insertAlerts, stockDiffersAlert } from './raise-alerts.ts';
import { movementKindNumber } from './write-movements.ts';

type Question = RouteInput<typeof syncApi.agreement>['body'];
type Answer = RouteAnswer<typeof syncApi.agreement>;

const HeadRow = z.object({
  acked_seq: z.number(),
  acked_hash: z.string(),
  province: z.string(),
  tills: z.number(),
  has_recovered: z.boolean(),
});
const LotRow = z
  .object({
    drug: z.string(),
    lot: z.string(),
    expires_on: z.string(),
    on_hand_units: z.number(),
    quarantined_units: z.number(),
  })
  .transform((row) =>
    CentreLot.parse({
      drug: row.drug,
      lot: row.lot,
      expiresOn: row.expires_on,
      onHandUnits: row.on_hand_units,
      quarantinedUnits: row.quarantined_units,
    }),
  );

/** Compares the stock of till and centre at one head (protocol.md §4), and notes the result. */
export async function compareStock(
  deps: CentreDeps,
  caller: TillCaller,
  question: Question,
): Promise<Result<Answer, ProblemFacts>> {
  const now = deps.nowMs();
  const answer = await inTransaction(deps.pool, (transaction) =>
    answerFrom(transaction, deps, { caller, question, now }),
  );
  // After the comparison, not in it: its snapshot may not write a row that others write meanwhile,
  // and the same question asked twice at once is no fault.
  if (answer.state !== 'behind') {
    await deps.pool.query(
      `UPDATE till SET caught_up_at = $2,
         last_agreed_at = CASE WHEN $3 THEN $2 ELSE last_agreed_at END
       WHERE id IN (SELECT id FROM till WHERE id = $1 FOR UPDATE SKIP LOCKED)`,
      [caller.tillId, new Date(now), answer.state === 'agreed'],
    );
  }
  return ok(answer);
}

async function answerFrom(
  transaction: Transaction,
  deps: CentreDeps,
  {
    caller,
    question,
    now,
  }: { readonly caller: TillCaller; readonly question: Question; readonly now: number },
): Promise<Answer> {
  // Head and stock from one state of the database: they are only ever committed together.
  await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
  const serverTime = instantOfMs(now);
  const head = await readHead(transaction, caller);
  const isSameHead = head.acked_seq === question.seq && head.acked_hash === question.headHash;
  if (!isSameHead) return { state: 'behind', ackedSeq: head.acked_seq, serverTime };
  const lots = await stockOf(transaction, caller, head.tills === 1 || head.has_recovered);
  const digest = createHash('sha256').update(stockDigestText(lots)).digest('hex');
  if (digest === question.stockDigest) return { state: 'agreed', serverTime };
  const till = { id: caller.tillId, facilityId: caller.facilityId, province: head.province };
  const alert = stockDiffersAlert(till, question.seq);
  const raised = await insertAlerts(transaction, deps, [alert], new Date(now).toISOString());
  if (raised > 0) await notifyConsole(transaction, ['alert']);
  return { state: 'different', lots: [...lots], serverTime };
}

async function readHead(transaction: Transaction, caller: TillCaller) {
  const head = await queryRow(
    transaction,
    HeadRow,
    `SELECT till.acked_seq, till.acked_hash, facility.province,
       (SELECT count(*) FROM till AS other WHERE other.facility_id = till.facility_id) AS tills,
       EXISTS (SELECT 1 FROM movement WHERE movement.till_id = till.id AND movement.seq = 1
         AND movement.kind = $2) AS has_recovered
     FROM till JOIN facility ON facility.id = till.facility_id WHERE till.id = $1`,
    [caller.tillId, movementKindNumber('recovery')],
  );
  return HeadRow.parse(head);
}

/**
 * A till that is the facility's only one, or took over from the one before (TillRecovered), knows
 * what the facility holds. One that began anew beside an older journal knows only what it reported.
 */
async function stockOf(transaction: Transaction, caller: TillCaller, knowsFacility: boolean) {
  return knowsFacility
    ? queryRows(
        transaction,
        LotRow,
        `SELECT drug, lot, expires_on, on_hand_units, quarantined_units FROM facility_stock
         WHERE facility_id = $1 AND (on_hand_units <> 0 OR quarantined_units <> 0)`,
        [caller.facilityId],
      )
    : queryRows(
        transaction,
        LotRow,
        `SELECT drug, lot, expires_on, sum(units) AS on_hand_units,
           coalesce(sum(units) FILTER (WHERE is_quarantine), 0) AS quarantined_units
         FROM movement WHERE till_id = $1 GROUP BY drug, lot, expires_on
         HAVING sum(units) <> 0 OR sum(units) FILTER (WHERE is_quarantine) <> 0`,
        [caller.tillId],
      );
}
