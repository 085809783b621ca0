/**
 * Which facilities agree with the centre: state and since when, for the console and the nightly
 * report. `$1` is the moment before which a comparison is too old to say anything.
 */
import { businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import type { Pool } from '../db/pool.ts';

/** Silent longer than this, nobody knows. */
export const unknownAfterMs = 48 * 3_600_000;

/**
 * One row a facility that ever had a till, about its present till or, where there is none, the last.
 * What a till had agreed says nothing once it has forked or was revoked; and what waits in the clinic
 * since then is no agreement either.
 */
export const agreementStatesSql = `
  SELECT facility.id AS facility_id, till.id AS till_id, facility.name, facility.province,
    agreement.compared_at, agreement.compared_seq, agreement.first_seq,
    greatest(coalesce(agreement.waiting_events, 0), till.parked_events) AS waiting_events,
    CASE WHEN till.state = 'forked' THEN 'forked'
      WHEN till.state = 'revoked' THEN 'revoked'
      WHEN agreement.state = 'different' THEN 'different'
      WHEN agreement.compared_at IS NULL OR agreement.compared_at < $1::timestamptz THEN 'unknown'
      WHEN till.parked_events > 0 THEN 'waiting'
      ELSE agreement.state END AS state,
    CASE WHEN till.state = 'forked' THEN (SELECT min(alert.raised_at) FROM alert
        WHERE alert.facility_id = facility.id AND alert.till_id = till.id AND alert.kind = 'fork')
      WHEN agreement.state <> 'different' AND agreement.compared_at < $1::timestamptz
      THEN agreement.compared_at ELSE agreement.since END AS since
  FROM facility
  JOIN till ON till.facility_id = facility.id AND (till.state <> 'revoked' OR NOT EXISTS (
    SELECT 1 FROM till AS other WHERE other.facility_id = till.facility_id
      AND (other.state <> 'revoked' OR (other.enrolled_at, other.id) > (till.enrolled_at, till.id))))
  LEFT JOIN agreement ON agreement.till_id = till.id`;

/** Written every night, so that a year can be read back. */
export async function makeAgreementReport(pool: Pool, nowMs: number): Promise<void> {
  await pool.query(
    `INSERT INTO agreement_report
       (day, province, made_at, agreed, waiting, differing, unknown, forked, revoked)
     SELECT $2::date, province, $3, count(*) FILTER (WHERE state = 'agreed'),
       count(*) FILTER (WHERE state = 'waiting'), count(*) FILTER (WHERE state = 'different'),
       count(*) FILTER (WHERE state = 'unknown'), count(*) FILTER (WHERE state = 'forked'),
       count(*) FILTER (WHERE state = 'revoked')
     FROM (${agreementStatesSql}) AS known GROUP BY province
     ON CONFLICT (day, province) DO UPDATE SET made_at = excluded.made_at,
       agreed = excluded.agreed, waiting = excluded.waiting, differing = excluded.differing,
       unknown = excluded.unknown, forked = excluded.forked, revoked = excluded.revoked`,
    [new Date(nowMs - unknownAfterMs), businessDateOf(instantOfMs(nowMs)), new Date(nowMs)],
  );
}
