/**
 * The watermark worker. A batch leaves a row in `rollup_pending`, committed together with its
 * movements; this worker takes such rows away and adds their movements to the figures by area, in
 * one transaction of its own. So each movement is added exactly once, in whatever order batches
 * commit, and an acknowledgement never waits for a row that the whole nation shares.
 *
 * Every process runs one; an advisory lock lets one of them work at a time, because two would only
 * wait for each other's rows.
 */
import type { Logger } from 'pino';
import { z } from 'zod';
import { type ConsoleTopic, notifyConsole } from '../db/notices.ts';
import { inTransaction, type Pool, queryRows, type Transaction } from '../db/pool.ts';
import { movementKindNumber } from './write-movements.ts';

export type RollUp = {
  /** Something was committed. */
  readonly wake: (topics?: readonly ConsoleTopic[]) => void;
  /** Works until nothing is pending. */
  readonly drain: () => Promise<void>;
  readonly stop: () => Promise<void>;
  /** Rounds that found something, for jobs that only need to run then. */
  readonly rounds: () => number;
};

export const rollUpLock = 460_004;
/** A single sale is on the charts at once. */
const gatherMs = 100;
/**
 * Under load, rounds are at least this far apart: what is added up together touches each figure
 * once. With the round itself it stays under a second.
 */
const roundEveryMs = 600;
const quietBatches = 8;
/** For batches that another process committed before it ended. */
const lookAroundMs = 500;
const batchesPerRoundMax = 250;
const latestSalesPerProvince = 25;

/** Follows the journal of acknowledgements until stopped. */
export function startRollUp(options: {
  readonly pool: Pool;
  readonly log: Pick<Logger, 'error'>;
}): RollUp {
  let isStopped = false;
  let working: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let rounds = 0;
  const topics = new Set<ConsoleTopic>();
  let notBeforeMs = 0;
  const lookAround = setInterval(() => wake(), lookAroundMs);
  lookAround.unref();

  function wake(news: readonly ConsoleTopic[] = []): void {
    for (const topic of news) topics.add(topic);
    if (isStopped || timer !== undefined) return;
    timer = setTimeout(start, Math.max(gatherMs, notBeforeMs - performance.now()));
    timer.unref();
  }

  function start(): void {
    timer = undefined;
    if (isStopped) return;
    if (working === undefined) {
      working = work().finally(() => {
        working = undefined;
      });
    } else wake();
  }

  async function work(): Promise<void> {
    try {
      const startedMs = performance.now();
      const news = takeTopics();
      const batches = await rollUpOnce(options.pool, news);
      if (batches === 0) {
        for (const topic of news) topics.add(topic);
        return;
      }
      rounds += 1;
      // What came meanwhile is gathered, unless a whole round is waiting already.
      const isBusy = batches > quietBatches && batches < batchesPerRoundMax;
      notBeforeMs = isBusy ? startedMs + roundEveryMs : 0;
      wake();
    } catch (error) {
      // Nothing is lost: the rows are still pending, and the next look around finds them.
      options.log.error({ err: error }, 'roll-up failed; it will be tried again');
    }
  }

  function takeTopics(): readonly ConsoleTopic[] {
    const taken: readonly ConsoleTopic[] = [
      ...new Set([...topics, 'movement', 'facility'] as const),
    ];
    topics.clear();
    return taken;
  }

  return {
    wake,
    rounds: () => rounds,
    drain: async () => {
      while ((await rollUpOnce(options.pool, takeTopics(), 'wait')) > 0) rounds += 1;
    },
    stop: async () => {
      isStopped = true;
      clearInterval(lookAround);
      clearTimeout(timer);
      await working;
    },
  };
}

const PendingRow = z.object({
  till_id: z.string(),
  first_seq: z.number(),
  last_seq: z.number(),
  first_day: z.string(),
  last_day: z.string(),
});

/**
 * One round. @returns how many batches were added up; 0 when nothing is pending, or when another
 * process is at work and this one was not asked to wait for it.
 */
export async function rollUpOnce(
  pool: Pool,
  topics: readonly ConsoleTopic[],
  ifBusy: 'skip' | 'wait' = 'skip',
): Promise<number> {
  return inTransaction(pool, async (transaction) => {
    if (!(await takeLock(transaction, ifBusy))) return 0;
    const pending = await queryRows(
      transaction,
      PendingRow,
      `DELETE FROM rollup_pending WHERE id IN (
         SELECT id FROM rollup_pending ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED)
       RETURNING till_id, first_seq, last_seq, first_day, last_day`,
      [batchesPerRoundMax],
    );
    if (pending.length === 0) return 0;
    await transaction.query(`SET LOCAL work_mem = '64MB'`);
    await transaction.query(addUpSql, [
      pending.map((row) => row.till_id),
      pending.map((row) => row.first_seq),
      pending.map((row) => row.last_seq),
      pending.map((row) => row.first_day),
      pending.map((row) => row.last_day),
    ]);
    await transaction.query(trimSql, [latestSalesPerProvince]);
    await notifyConsole(transaction, topics);
    return pending.length;
  });
}

async function takeLock(transaction: Transaction, ifBusy: 'skip' | 'wait'): Promise<boolean> {
  if (ifBusy === 'wait') {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [rollUpLock]);
    return true;
  }
  const answer = await transaction.query('SELECT pg_try_advisory_xact_lock($1) AS taken', [
    rollUpLock,
  ]);
  return z.object({ taken: z.boolean() }).parse(answer.rows[0]).taken;
}

/** Net of voided sales; a sale is counted on its day, voided or not, so a count never sinks. */
const dayFigures = `
  count(*) FILTER (WHERE kind = 3 AND line = 1) AS sale_count,
  coalesce(-sum(units) FILTER (WHERE kind IN (3, 4)), 0)::bigint AS sold_units,
  coalesce(sum(units) FILTER (WHERE kind = 2), 0)::bigint AS received_units,
  coalesce(sum(CASE kind WHEN 3 THEN amount_vnd WHEN 4 THEN -amount_vnd END), 0)::bigint
    AS amount_vnd`;
const addDayFigures = `
  sale_count = known.sale_count + excluded.sale_count,
  sold_units = known.sold_units + excluded.sold_units,
  received_units = known.received_units + excluded.received_units,
  amount_vnd = known.amount_vnd + excluded.amount_vnd`;

/**
 * What each figure is, of the movements in `fact` (with the facility's `province` and
 * `facility_kind`): added up batch by batch here, and from all movements where the derived tables
 * are checked.
 */
export const rollUpFigures = {
  area_day_drug: `
    SELECT drug, province, day, facility_kind, kind, sum(units)::bigint AS units,
      sum(amount_vnd)::bigint AS amount_vnd
    FROM fact GROUP BY drug, day, province, facility_kind, kind`,
  area_day: `
    SELECT province, day, facility_kind, ${dayFigures} FROM fact
    WHERE kind <> 1 GROUP BY day, province, facility_kind`,
  facility_day: `
    SELECT facility_id, day, ${dayFigures} FROM fact
    WHERE kind <> 1 GROUP BY facility_id, day`,
  area_drug_stock: `
    SELECT drug, province, facility_kind, sum(units)::bigint AS on_hand_units
    FROM fact GROUP BY drug, province, facility_kind`,
  latest_sale: `
    SELECT sale.till_id, sale.seq, sale.facility_id, sale.province, sale.at, sale.received_at,
      count(*)::integer AS line_count, -sum(fact.units)::bigint AS units,
      sum(fact.amount_vnd)::bigint AS amount_vnd
    FROM (
      SELECT till_id, seq, facility_id, province, at, received_at, row_number() OVER
        (PARTITION BY province ORDER BY received_at DESC, at DESC, seq DESC, till_id) AS place
      FROM fact WHERE kind = 3 AND line = 1
    ) AS sale
    JOIN fact ON fact.till_id = sale.till_id AND fact.seq = sale.seq
    WHERE sale.place <= ${latestSalesPerProvince}
    GROUP BY sale.till_id, sale.seq, sale.facility_id, sale.province, sale.at, sale.received_at`,
} as const;

/**
 * Kinds: 1 opening, 2 receipt, 3 sale, 4 void … (shared/rules/movements.ts). A recovery moves no
 * facility's stock: its units were added up with the old till's journal. LATERAL makes it look up each batch by the key of
 * its movements, in the partitions of its days only, whatever the statistics say just after a
 * start. A sale has exactly one first line.
 */
const addUpSql = `
  WITH fact AS MATERIALIZED (
    SELECT movement.*, facility.province, facility.kind AS facility_kind
    FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::date[], $5::date[])
      AS batch (till_id, first_seq, last_seq, first_day, last_day)
    CROSS JOIN LATERAL (
      SELECT till_id, seq, line, day, facility_id, drug, kind, units, amount_vnd, at, received_at
      FROM movement
      WHERE movement.till_id = batch.till_id
        AND movement.seq BETWEEN batch.first_seq AND batch.last_seq
        AND movement.day BETWEEN batch.first_day AND batch.last_day
        AND movement.kind <> ${movementKindNumber('recovery')}
      OFFSET 0
    ) AS movement
    JOIN facility ON facility.id = movement.facility_id
  ), by_area_drug AS (
    INSERT INTO area_day_drug AS known (drug, province, day, facility_kind, kind, units, amount_vnd)
    ${rollUpFigures.area_day_drug}
    ORDER BY drug, day, province
    ON CONFLICT (drug, day, province, facility_kind, kind) DO UPDATE SET
      units = known.units + excluded.units,
      amount_vnd = known.amount_vnd + excluded.amount_vnd
  ), by_area AS (
    INSERT INTO area_day AS known
      (province, day, facility_kind, sale_count, sold_units, received_units, amount_vnd)
    ${rollUpFigures.area_day}
    ON CONFLICT (day, province, facility_kind) DO UPDATE SET ${addDayFigures}
  ), by_facility AS (
    INSERT INTO facility_day AS known
      (facility_id, day, sale_count, sold_units, received_units, amount_vnd)
    ${rollUpFigures.facility_day}
    ON CONFLICT (facility_id, day) DO UPDATE SET ${addDayFigures}
  ), stock AS (
    INSERT INTO area_drug_stock AS known (drug, province, facility_kind, on_hand_units)
    ${rollUpFigures.area_drug_stock} ORDER BY drug, province
    ON CONFLICT (drug, province, facility_kind) DO UPDATE SET
      on_hand_units = known.on_hand_units + excluded.on_hand_units
  )
  INSERT INTO latest_sale
    (till_id, seq, facility_id, province, at, received_at, line_count, units, amount_vnd)
  ${rollUpFigures.latest_sale}
  ON CONFLICT (till_id, seq) DO NOTHING`;

const trimSql = `
  DELETE FROM latest_sale USING (
    SELECT till_id, seq, row_number() OVER
      (PARTITION BY province ORDER BY received_at DESC, at DESC, seq DESC, till_id) AS place
    FROM latest_sale
  ) AS placed
  WHERE placed.place > $1
    AND latest_sale.till_id = placed.till_id AND latest_sale.seq = placed.seq`;
