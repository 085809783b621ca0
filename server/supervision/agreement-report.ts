/**
 * Which facilities agree with the centre: state and since when, for the console and the nightly
 * report. `$1` is the moment before which a comparison is too old to say anything.
 */
import { businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import type { Pool } from '../db/pool.ts';

/** Silent longer than this, nobody knows. */
export const unknownAfterMs = 48 * 3_600_000;

/** One row a facility that ever had a till. */
export const agreementStatesSql = `
  SELECT facility.id AS facility_id, till.id AS till_id, facility.name, facility.province,
    agreement.compared_at, agreement.compared_seq, agreement.first_seq,
    coalesce(agreement.waiting_events, 0) AS waiting_events,
    CASE WHEN agreement.state = 'different' THEN 'different'
      WHEN agreement.compared_at IS NULL OR agreement.compared_at < $1::timestamptz THEN 'unknown'
      ELSE agreement.state END AS state,
    CASE WHEN agreement.state <> 'different' AND agreement.compared_at < $1::timestamptz
      THEN agreement.compared_at ELSE agreement.since END AS since
  FROM facility
  JOIN till ON till.facility_id = facility.id AND till.state <> 'revoked'
  LEFT JOIN agreement ON agreement.till_id = till.id`;

/** Written every night, so that a year can be read back. */
export async function makeAgreementReport(pool: Pool, nowMs: number): Promise<void> {
  await pool.query(
    `INSERT INTO agreement_report
       (day, province, made_at, agreed, waiting, differing, unknown)
     SELECT $2::date, province, $3, count(*) FILTER (WHERE state = 'agreed'),
       count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'different'),
       count(*) FILTER (WHERE state = 'unknown')
     FROM (${agreementStatesSql}) AS known GROUP BY province
     ON CONFLICT (day, province) DO UPDATE SET made_at = excluded.made_at,
       agreed = excluded.agreed, waiting = excluded.waiting, differing = excluded.differing,
       unknown = excluded.unknown`,
    [new Date(nowMs - unknownAfterMs), businessDateOf(instantOfMs(nowMs)), new Date(nowMs)],
  );
}
