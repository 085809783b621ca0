import { z } from 'zod';
import type { Completeness } from '../../shared/contract/console-api.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { type Queryable, queryRow } from '../db/pool.ts';
import { Whole } from './rows.ts';

const Row = z.object({ facilities: Whole, reported: Whole, pending: Whole });

/** A backlog larger than this is said as this many: counting it would cost what it is short of. */
const pendingCountedMax = 10_000;

/** How complete the figures of these provinces are at this moment. */
export async function completenessOf(
  database: Queryable,
  { provinces, nowMs }: { readonly provinces: readonly string[]; readonly nowMs: number },
): Promise<Completeness> {
  const row = await queryRow(database, Row, sql, [new Date(nowMs), provinces, pendingCountedMax]);
  return {
    asOf: instantOfMs(nowMs),
    facilities: row?.facilities ?? 0,
    reportedLast24h: row?.reported ?? 0,
    pendingBatches: row?.pending ?? 0,
  };
}

const sql = `
  SELECT
    (SELECT count(*) FROM facility WHERE province = ANY($2::text[])) AS facilities,
    (SELECT count(*)
      FROM till JOIN facility ON facility.id = till.facility_id
      WHERE till.state = 'active' AND facility.province = ANY($2::text[])
        AND greatest(till.last_batch_at, till.last_contact_at)
          > $1::timestamptz - interval '24 hours') AS reported,
    (SELECT count(*)
      FROM (SELECT till_id FROM rollup_pending LIMIT $3) AS pending
      JOIN till ON till.id = pending.till_id
      JOIN facility ON facility.id = till.facility_id
      WHERE facility.province = ANY($2::text[])) AS pending`;
