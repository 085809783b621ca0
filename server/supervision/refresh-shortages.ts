/**
 * What sells, and what runs out: sales of the last 14 days by drug and province, and the drugs whose
 * stock there lasts fewer days than that. Read from the roll-ups; called by a job every minute.
 */
import { addDays, businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import { inTransaction, type Pool } from '../db/pool.ts';

/** Days whose sales say how fast a drug moves. */
export const paceDays = 14;
/** A wholesaler's round takes a week: less cover than that is a shortage in the making. */
const coverDaysMin = 7;
/** A drug sold on fewer days than this has no pace to speak of. */
const daysWithSalesMin = 5;

export async function refreshShortages(pool: Pool, nowMs: number): Promise<void> {
  const today = businessDateOf(instantOfMs(nowMs));
  await inTransaction(pool, async (transaction) => {
    // Several processes of one centre: one of them is enough.
    const { rows } = await transaction.query(
      `SELECT pg_try_advisory_xact_lock(hashtext('refresh-shortages')) AS "isMine"`,
    );
    if (rows[0]?.isMine !== true) return;
    await transaction.query('SET LOCAL jit = off');
    await transaction.query(paceSql, [addDays(today, 1 - paceDays), today]);
    await transaction.query(forgetPaceSql, [addDays(today, 1 - paceDays), today]);
    await transaction.query(shortageSql, [
      paceDays,
      daysWithSalesMin,
      coverDaysMin,
      new Date(nowMs),
    ]);
    await transaction.query('DELETE FROM shortage WHERE computed_at < $1', [new Date(nowMs)]);
  });
}

/** Rows are written only where a figure changed. */
const paceSql = `
  INSERT INTO area_drug_pace AS known (drug, province, sold_units, days_with_sales)
  SELECT drug, province, -sum(units), count(DISTINCT day) FILTER (WHERE kind = 3)
  FROM area_day_drug
  WHERE day BETWEEN $1::date AND $2::date AND kind IN (3, 4)
  GROUP BY drug, province
  ON CONFLICT (drug, province) DO UPDATE
    SET sold_units = excluded.sold_units, days_with_sales = excluded.days_with_sales
    WHERE (known.sold_units, known.days_with_sales)
      IS DISTINCT FROM (excluded.sold_units, excluded.days_with_sales)`;

const forgetPaceSql = `
  DELETE FROM area_drug_pace WHERE NOT EXISTS (
    SELECT 1 FROM area_day_drug
    WHERE area_day_drug.drug = area_drug_pace.drug
      AND area_day_drug.province = area_drug_pace.province
      AND area_day_drug.day BETWEEN $1::date AND $2::date AND area_day_drug.kind IN (3, 4))`;

const shortageSql = `
  INSERT INTO shortage
    (drug, province, on_hand_units, sold_units_per_day, days_of_cover, computed_at)
  SELECT pace.drug, pace.province, coalesce(stock.on_hand_units, 0),
    pace.sold_units / $1::float8,
    greatest(coalesce(stock.on_hand_units, 0), 0) * $1::float8 / pace.sold_units, $4
  FROM area_drug_pace AS pace
  LEFT JOIN (
    SELECT drug, province, sum(on_hand_units)::bigint AS on_hand_units
    FROM area_drug_stock GROUP BY drug, province
  ) AS stock ON stock.drug = pace.drug AND stock.province = pace.province
  WHERE pace.days_with_sales >= $2 AND pace.sold_units > 0
    AND greatest(coalesce(stock.on_hand_units, 0), 0) * $1::float8 < $3::float8 * pace.sold_units
  ON CONFLICT (drug, province) DO UPDATE SET on_hand_units = excluded.on_hand_units,
    sold_units_per_day = excluded.sold_units_per_day,
    days_of_cover = excluded.days_of_cover, computed_at = excluded.computed_at`;
