import { z } from 'zod';
import type { TillRow } from '../../shared/contract/console-api.ts';
import type { ProvinceCode } from '../../shared/model/area.ts';
import { type Queryable, queryRow, queryRows } from '../db/pool.ts';
import { Moment, Whole } from './rows.ts';

/** The tills a facility ever had, the present one first. */
export async function tillsOfFacility(database: Queryable, facilityId: string): Promise<TillRow[]> {
  return (await queryRows(database, Row, ofFacilitySql, [facilityId])).map(rowOf);
}

/** One till; undefined outside the visible provinces. */
export async function tillRow(
  database: Queryable,
  { id, provinces }: { readonly id: string; readonly provinces: readonly ProvinceCode[] },
): Promise<TillRow | undefined> {
  const row = await queryRow(database, Row, oneSql, [id, provinces]);
  return row === undefined ? undefined : rowOf(row);
}

const Row = z.object({
  id: z.uuid(),
  is_replaced: z.boolean(),
  short_code: z.string(),
  state: z.enum(['active', 'revoked', 'forked']),
  enrolled_at: Moment,
  acked_seq: Whole,
  acked_hash: z.string(),
  last_batch_at: Moment.nullable(),
  last_agreed_at: Moment.nullable(),
  clock_skew_ms: Whole.nullable(),
  protocol: Whole,
  program_version: z.string(),
  parked_events: Whole,
});
const selected = `
  SELECT till.id,
    EXISTS (SELECT 1 FROM till AS newer WHERE newer.replaces = till.id) AS is_replaced,
    till.short_code, till.state, till.enrolled_at, till.acked_seq, till.acked_hash,
    till.last_batch_at, till.last_agreed_at, till.clock_skew_ms, till.protocol,
    till.program_version, till.parked_events
  FROM till`;
/** A facility replaces its till now and then; nobody has a hundred. */
const ofFacilitySql = `${selected}
  WHERE till.facility_id = $1 ORDER BY till.state = 'revoked', till.enrolled_at DESC LIMIT 100`;
const oneSql = `${selected} JOIN facility ON facility.id = till.facility_id
  WHERE till.id = $1 AND facility.province = ANY($2::text[])`;

function rowOf(row: z.output<typeof Row>): TillRow {
  return {
    id: row.id,
    isReplaced: row.is_replaced,
    shortCode: row.short_code,
    state: row.state,
    enrolledAt: row.enrolled_at,
    ackedSeq: row.acked_seq,
    ackedHash: row.acked_hash,
    lastBatchAt: row.last_batch_at,
    lastAgreedAt: row.last_agreed_at,
    clockSkewMs: row.clock_skew_ms,
    protocol: row.protocol,
    programVersion: row.program_version,
    parkedEvents: row.parked_events,
  };
}
