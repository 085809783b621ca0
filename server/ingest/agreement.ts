/**
 * Compares what till and centre derived from the same journal, at one head (protocol.md §4,
 * shared/sync/digest.ts): stock by lot, movements by day, and, where they differ, ranges of events.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { RouteAnswer, RouteInput } from '../../shared/contract/route.ts';
import { CentreLot, type syncApi } from '../../shared/contract/sync-api.ts';
import { CalendarDate, instantOfMs } from '../../shared/model/calendar.ts';
import { parkedReasons } from '../../shared/rules/clinic.ts';
import { movementKinds } from '../../shared/rules/movements.ts';
import { dayDigestText, splitRange, stockDigestText } from '../../shared/sync/digest.ts';
import type { TillCaller } from '../accounts/till-authentication.ts';
import { notifyConsole } from '../db/notices.ts';
import { inTransaction, queryRow, queryRows, type Transaction } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import { insertAlerts, stockDiffersAlert } from './raise-alerts.ts';
import { movementKindNumber } from './write-movements.ts';

/** What differs for good is not cured by looking again after every sale. */
const examinedAgainMs = 3_600_000;

type Question = RouteInput<typeof syncApi.agreement>['body'];
type Answer = RouteAnswer<typeof syncApi.agreement>;
type RangesQuestion = RouteInput<typeof syncApi.agreementRanges>['body'];
type RangesAnswer = RouteAnswer<typeof syncApi.agreementRanges>;

const HeadRow = z.object({
  acked_seq: z.number(),
  acked_hash: z.string(),
  province: z.string(),
  tills: z.number(),
  has_recovered: z.boolean(),
  has_mapped: z.boolean(),
  parked_events: z.number(),
});
type Head = z.output<typeof HeadRow>;
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

/** Compares till and centre at one head, and notes the result. */
export async function compareStock(
  deps: CentreDeps,
  caller: TillCaller,
  question: Question,
): Promise<Result<Answer, ProblemFacts>> {
  const now = deps.nowMs();
  const compared = await inTransaction(deps.pool, (transaction) =>
    answerFrom(transaction, { caller, question, now }),
  );
  // After the comparison, not in it: its snapshot may not write a row that others write meanwhile,
  // and the same question asked twice at once is no fault.
  const { answer } = compared;
  if (answer.state === 'agreed' || answer.state === 'different') {
    const waitingEvents = question.without?.length ?? 0;
    await note(deps, caller, { state: answer.state, seq: question.seq, waitingEvents, now });
  }
  if (answer.state === 'different') {
    await raiseAlert(deps, caller, { seq: question.seq, province: compared.province, now });
  }
  return ok(answer);
}

async function answerFrom(
  transaction: Transaction,
  {
    caller,
    question,
    now,
  }: { readonly caller: TillCaller; readonly question: Question; readonly now: number },
): Promise<{ readonly answer: Answer; readonly province: string }> {
  // Head and stock from one state of the database: they are only ever committed together.
  await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  const serverTime = instantOfMs(now);
  const head = await readHead(transaction, caller);
  const { province } = head;
  const isSameHead = head.acked_seq === question.seq && head.acked_hash === question.headHash;
  if (!isSameHead) {
    return { province, answer: { state: 'behind', ackedSeq: head.acked_seq, serverTime } };
  }
  const waiting = await waitingRecords(transaction, caller, head, question);
  if (waiting !== undefined) {
    return { province, answer: { state: 'waiting', ...waiting, serverTime } };
  }
  const lots = await stockOf(transaction, caller, head);
  const isSame =
    sha256Hex(stockDigestText(lots)) === question.stockDigest &&
    (await hasSameDays(transaction, caller, question));
  if (isSame) return { province, answer: { state: 'agreed', serverTime } };
  return { province, answer: { state: 'different', lots: [...lots], serverTime } };
}

async function readHead(transaction: Transaction, caller: TillCaller): Promise<Head> {
  const head = await queryRow(
    transaction,
    HeadRow,
    `SELECT till.acked_seq, till.acked_hash, till.parked_events, facility.province,
       (SELECT count(*) FROM till AS other WHERE other.facility_id = till.facility_id) AS tills,
       EXISTS (SELECT 1 FROM movement WHERE movement.till_id = till.id AND movement.seq = 1
         AND movement.kind = $2) AS has_recovered,
       EXISTS (SELECT 1 FROM mapped_movement JOIN till AS mapped
         ON mapped.id = mapped_movement.till_id
         WHERE mapped.facility_id = till.facility_id) AS has_mapped
     FROM till JOIN facility ON facility.id = till.facility_id WHERE till.id = $1`,
    [caller.tillId, movementKindNumber('recovery')],
  );
  return HeadRow.parse(head);
}

const WaitingRow = z.object({ seq: z.number(), reason: z.enum(parkedReasons) });

/** What the till must leave out and did not, or left out and need not any more. */
async function waitingRecords(
  transaction: Transaction,
  caller: TillCaller,
  head: Head,
  question: Question,
): Promise<Pick<Extract<Answer, { state: 'waiting' }>, 'records' | 'total'> | undefined> {
  // A till that does not compare days does not know this answer either.
  if (question.days === undefined || head.parked_events === 0) return undefined;
  const records = await queryRows(
    transaction,
    WaitingRow,
    `SELECT seq, reason FROM parked_event
     WHERE till_id = $1 AND resolved_at IS NULL ORDER BY seq LIMIT $2`,
    [caller.tillId, limits.waitingEventsMax],
  );
  if (records.length === 0) return undefined;
  const without = new Set(question.without ?? []);
  const isSame =
    records.length === head.parked_events &&
    without.size === records.length &&
    records.every(({ seq }) => without.has(seq));
  return isSame ? undefined : { records: [...records], total: head.parked_events };
}

/**
 * A till that is the facility's only one, or took over from the one before (TillRecovered), knows
 * what the facility holds. One that began anew beside an older journal knows only what it reported.
 * Drugs are called as the till calls them.
 */
async function stockOf(transaction: Transaction, caller: TillCaller, head: Head) {
  const knowsFacility = head.tills === 1 || head.has_recovered;
  if (knowsFacility && !head.has_mapped) {
    return queryRows(
      transaction,
      LotRow,
      `SELECT drug, lot, expires_on, on_hand_units, quarantined_units FROM facility_stock
       WHERE facility_id = $1 AND (on_hand_units <> 0 OR quarantined_units <> 0)`,
      [caller.facilityId],
    );
  }
  return queryRows(
    transaction,
    LotRow,
    `SELECT coalesce(reported_drug, drug) AS drug, lot, expires_on, sum(units) AS on_hand_units,
       coalesce(sum(units) FILTER (WHERE is_quarantine), 0) AS quarantined_units
     FROM movement LEFT JOIN mapped_movement USING (till_id, seq, line)
     WHERE CASE WHEN $1 THEN till_id IN (SELECT id FROM till WHERE facility_id = $2) AND kind <> $4
       ELSE till_id = $3 END
     GROUP BY 1, lot, expires_on
     HAVING sum(units) <> 0 OR sum(units) FILTER (WHERE is_quarantine) <> 0`,
    [knowsFacility, caller.facilityId, caller.tillId, movementKindNumber('recovery')],
  );
}

const DayRow = z
  .object({
    day: CalendarDate,
    movements: z.number(),
    units: z.number(),
    amount_vnd: z.number(),
  })
  .transform(({ amount_vnd: amountVnd, ...row }) => ({ ...row, amountVnd }));

async function hasSameDays(
  transaction: Transaction,
  caller: TillCaller,
  { days, seq }: Question,
): Promise<boolean> {
  if (days === undefined) return true;
  const rows = await queryRows(
    transaction,
    DayRow,
    `SELECT day, count(*) AS movements, sum(units) AS units, sum(amount_vnd) AS amount_vnd
     FROM movement WHERE till_id = $1 AND seq > $2 AND seq <= $3 GROUP BY day`,
    [caller.tillId, days.afterSeq, seq],
  );
  return sha256Hex(dayDigestText(rows)) === days.digest;
}

async function note(
  deps: CentreDeps,
  caller: TillCaller,
  noted: {
    readonly state: 'agreed' | 'different';
    readonly seq: number;
    readonly waitingEvents: number;
    readonly now: number;
  },
): Promise<void> {
  const { seq, waitingEvents } = noted;
  const now = new Date(noted.now);
  const hasAgreed = noted.state === 'agreed';
  const state = hasAgreed && waitingEvents > 0 ? 'waiting' : noted.state;
  const [before] = await queryRows(
    deps.pool,
    z.object({ was: z.string().nullable() }),
    `WITH known AS (SELECT state FROM agreement WHERE till_id = $1),
     noted AS (
       INSERT INTO agreement AS old
         (till_id, state, since, compared_at, compared_seq, waiting_events)
       VALUES ($1, $4, $2, $2, $5, $6)
       ON CONFLICT (till_id) DO UPDATE SET state = excluded.state,
         since = CASE WHEN old.state = excluded.state THEN old.since ELSE excluded.since END,
         compared_at = excluded.compared_at, compared_seq = excluded.compared_seq,
         waiting_events = excluded.waiting_events,
         first_seq = CASE WHEN excluded.state = 'different' THEN old.first_seq END,
         first_found_at = CASE WHEN excluded.state = 'different' THEN old.first_found_at END),
     told AS (
       UPDATE till SET caught_up_at = $2,
         last_agreed_at = CASE WHEN $3 THEN $2 ELSE last_agreed_at END
       WHERE id IN (SELECT id FROM till WHERE id = $1 FOR UPDATE SKIP LOCKED))
     SELECT (SELECT state FROM known) AS was`,
    [caller.tillId, now, hasAgreed, state, seq, waitingEvents],
  );
  if (before?.was === 'different' && hasAgreed) {
    await deps.pool.query(
      `UPDATE alert SET resolved_at = $2
       WHERE till_id = $1 AND kind = 'stock-differs' AND resolved_at IS NULL`,
      [caller.tillId, now],
    );
  }
  if (before?.was !== state) await notifyConsole(deps.pool, ['facility', 'alert']);
}

/** One alert for one head; the first of them has the facility's tables looked through. */
async function raiseAlert(
  deps: CentreDeps,
  caller: TillCaller,
  { seq, province, now }: { readonly seq: number; readonly province: string; readonly now: number },
): Promise<void> {
  const till = { id: caller.tillId, facilityId: caller.facilityId, province };
  const alert = stockDiffersAlert(till, seq);
  const raised = await insertAlerts(deps.pool, deps, [alert], new Date(now).toISOString());
  if (raised === 0) return;
  await notifyConsole(deps.pool, ['alert']);
  const { rowCount } = await deps.pool.query(
    'SELECT 1 FROM derived_check WHERE scope = $1 AND checked_at > $2',
    [caller.facilityId, new Date(now - examinedAgainMs)],
  );
  if (rowCount === 0) deps.clinic.examine(caller.facilityId);
}

const MovementRow = z
  .object({
    drug: z.string(),
    lot: z.string(),
    expires_on: z.string(),
    kind: z.string(),
    units: z.number(),
    amount_vnd: z.number(),
    day: CalendarDate,
    is_quarantine: z.boolean(),
  })
  .transform((row) => ({
    drug: row.drug,
    lot: row.lot,
    expiresOn: row.expires_on,
    kind: row.kind,
    units: row.units,
    amountVnd: row.amount_vnd,
    day: row.day,
    isQuarantine: row.is_quarantine,
  }));

const rowsOfRange = `
  FROM movement LEFT JOIN mapped_movement USING (till_id, seq, line)
  WHERE till_id = $1`;

/** Digests of the parts of a range of the till's events, and its movements where it is one event. */
export async function compareRanges(
  deps: CentreDeps,
  caller: TillCaller,
  question: RangesQuestion,
): Promise<Result<RangesAnswer, ProblemFacts>> {
  const { after, through, parts } = question;
  if (through <= after || through > caller.ackedSeq) {
    return err({ type: 'conflict', detail: `Events 1 to ${caller.ackedSeq} can be compared` });
  }
  const ranges = splitRange({ after, through }, parts);
  const rows = await queryRows(
    deps.pool,
    z.object({ digest: z.string() }),
    // The same text as movementText makes of the till's rows (shared/sync/digest.ts).
    `SELECT encode(sha256(convert_to(coalesce((
       SELECT string_agg(concat_ws('|', seq, day, coalesce(reported_drug, drug), lot, expires_on,
         ($4::text[])[kind], CASE WHEN is_quarantine THEN 'quarantine' ELSE 'shelf' END, units,
         amount_vnd), E'\\n' ORDER BY seq, line)
       ${rowsOfRange} AND seq > part.after AND seq <= part.through), ''), 'UTF8')), 'hex') AS digest
     FROM unnest($2::bigint[], $3::bigint[]) WITH ORDINALITY AS part (after, through, place)
     ORDER BY part.place`,
    [
      caller.tillId,
      ranges.map((range) => range.after),
      ranges.map((range) => range.through),
      movementKinds,
    ],
  );
  const digests = rows.map((row) => row.digest);
  const isOneEvent = through - after === 1;
  if (isOneEvent && question.digest !== undefined && question.digest !== digests[0]) {
    await deps.pool.query(
      `UPDATE agreement SET first_seq = $2, first_found_at = $3
       WHERE till_id = $1 AND state = 'different'`,
      [caller.tillId, through, new Date(deps.nowMs())],
    );
    await notifyConsole(deps.pool, ['facility']);
  }
  const movements = isOneEvent
    ? await queryRows(
        deps.pool,
        MovementRow,
        `SELECT coalesce(reported_drug, drug) AS drug, lot, expires_on,
           ($3::text[])[kind] AS kind, units, amount_vnd, day, is_quarantine
         ${rowsOfRange} AND seq = $2 ORDER BY line`,
        [caller.tillId, through, movementKinds],
      )
    : [];
  return ok({ digests, movements: [...movements], serverTime: instantOfMs(deps.nowMs()) });
}

function sha256Hex(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
