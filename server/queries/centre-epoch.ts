import { z } from 'zod';
import { present } from '../../shared/base/assert.ts';
import { limits } from '../../shared/base/limits.ts';
import { type clinicApi, epochReasons } from '../../shared/contract/clinic-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import type { ProvinceCode } from '../../shared/model/area.ts';
import { type Pool, queryRow, queryRows } from '../db/pool.ts';
import { provinceName } from './areas.ts';
import { inSnapshot, Moment, Whole } from './rows.ts';

const EpochRow = z.object({
  number: Whole,
  began_at: Moment,
  reason: z.enum(epochReasons),
  before: z.date().nullable(),
});
const LostRow = z.object({
  facility_id: z.uuid(),
  name: z.string(),
  province: z.string(),
  tills: Whole,
  lost: Whole,
  missing: Whole,
});

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
    const lost = await queryRows(
      client,
      LostRow,
      `SELECT facility.id AS facility_id, facility.name, facility.province,
         count(*) AS tills, sum(by_till.acked - by_till.had) AS lost,
         sum(greatest(0, by_till.acked - by_till.acked_now)) AS missing
       FROM (SELECT till.facility_id, max(shown.acked_seq) AS acked, min(shown.had_seq) AS had,
           till.acked_seq AS acked_now
         FROM lost_acknowledgement AS shown JOIN till ON till.id = shown.till_id
         WHERE shown.acknowledged_at >= coalesce($2, shown.acknowledged_at)
         GROUP BY till.id) AS by_till
       JOIN facility ON facility.id = by_till.facility_id
       WHERE facility.province = ANY($1::text[])
       GROUP BY facility.id ORDER BY missing DESC, lost DESC, facility.name`,
      [provinces, before],
    );
    const sum = (figure: 'tills' | 'lost' | 'missing') =>
      lost.reduce((total, row) => total + row[figure], 0);
    return {
      number,
      beganAt: began_at,
      reason,
      tills: sum('tills'),
      lostEvents: sum('lost'),
      missingEvents: sum('missing'),
      facilities: lost.slice(0, limits.pageRowsMax).map((row) => ({
        facilityId: row.facility_id,
        facilityName: row.name,
        provinceName: provinceName(row.province),
        lostEvents: row.lost,
        missingEvents: row.missing,
      })),
    };
  });
}
