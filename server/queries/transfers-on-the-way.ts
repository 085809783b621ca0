import { z } from 'zod';
import type { consoleApi } from '../../shared/contract/console-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import { type Pool, queryRows } from '../db/pool.ts';
import { Day, Whole } from './rows.ts';

type Answer = RouteAnswer<typeof consoleApi.facilityTransfers>;

/**
 * What a facility has sent to others and nobody has taken in yet, by transfer and lot: it is in no
 * stock. A negative number was taken in beyond what was sent.
 */
export async function transfersOnTheWay(
  pool: Pool,
  { id, limit }: { readonly id: string; readonly limit: number },
): Promise<Answer> {
  const rows = await queryRows(pool, Row, sql, [id, limit]);
  return {
    rows: rows.map((row) => ({
      transferId: row.transfer_id,
      drug: row.drug,
      name: row.name,
      lot: row.lot,
      expiresOn: row.expires_on,
      sentUnits: row.sent_units,
      onTheWayUnits: row.on_the_way_units,
    })),
  };
}

const Row = z.object({
  transfer_id: z.string(),
  drug: z.string(),
  name: z.string(),
  lot: z.string(),
  expires_on: Day,
  sent_units: Whole,
  on_the_way_units: Whole,
});
const sql = `
  WITH own AS (
    SELECT DISTINCT transfer_id FROM transfer_movement WHERE facility_id = $1 AND units < 0
  )
  SELECT moved.transfer_id, moved.drug, coalesce(drug.name, moved.drug) AS name, moved.lot,
    moved.expires_on, coalesce(-sum(moved.units) FILTER (WHERE moved.units < 0), 0) AS sent_units,
    -sum(moved.units) AS on_the_way_units
  FROM own JOIN transfer_movement AS moved USING (transfer_id)
  LEFT JOIN drug ON drug.code = moved.drug
  GROUP BY moved.transfer_id, moved.drug, drug.name, moved.lot, moved.expires_on
  HAVING sum(moved.units) <> 0
  ORDER BY moved.transfer_id DESC, moved.drug, moved.lot, moved.expires_on LIMIT $2`;
