import { z } from 'zod';
import { present } from '../../shared/base/assert.ts';
import { type clinicApi, epochReasons } from '../../shared/contract/clinic-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import type { ProvinceCode } from '../../shared/model/area.ts';
import { type Pool, queryRow } from '../db/pool.ts';
import { inSnapshot, Moment, Whole } from './rows.ts';

const EpochRow = z.object({
  number: Whole,
  began_at: Moment,
  reason: z.enum(epochReasons),
  before: z.date().nullable(),
});
const LostRow = z.object({ tills: Whole, lost: Whole, missing: Whole });

/**
 * The present life of the database, and what its tills showed to have been lost with the one before:
 * receipts of this centre over events that it no longer had, and how many of these it has again.
 */
export function centreEpoch(
  pool: Pool,
  { provinces }: { readonly provinces: readonly ProvinceCode[] },
): Promise<RouteAnswer<typeof clinicApi.centreEpoch>> {
  return inSnapshot(pool, async (client) => {
    const epoch = await queryRow(
      client,
      EpochRow,
      `SELECT number, began_at, reason, lag(began_at) OVER (ORDER BY number) AS before
       FROM centre_epoch ORDER BY number DESC LIMIT 1`,
    );
    const { number, began_at, reason, before } = present(epoch, 'A centre has an epoch');
    const lost = await queryRow(
      client,
      LostRow,
      `SELECT count(*) AS tills, coalesce(sum(acked - had), 0) AS lost,
         coalesce(sum(greatest(0, acked - acked_now)), 0) AS missing
       FROM (SELECT max(shown.acked_seq) AS acked, min(shown.had_seq) AS had,
           till.acked_seq AS acked_now
         FROM lost_acknowledgement AS shown
         JOIN till ON till.id = shown.till_id
         JOIN facility ON facility.id = till.facility_id
         WHERE facility.province = ANY($1::text[])
           AND shown.acknowledged_at >= coalesce($2, shown.acknowledged_at)
         GROUP BY till.id, till.acked_seq) AS by_till`,
      [provinces, before],
    );
    return {
      number,
      beganAt: began_at,
      reason,
      tills: lost?.tills ?? 0,
      lostEvents: lost?.lost ?? 0,
      missingEvents: lost?.missing ?? 0,
    };
  });
}
