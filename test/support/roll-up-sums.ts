import { z } from 'zod';
import { type Pool, queryRow } from '../../server/db/pool.ts';

const sameSums = `
  SELECT (SELECT count(*) FROM (
      (SELECT drug, province, day, facility_kind, kind, units, amount_vnd FROM area_day_drug)
      EXCEPT
      (SELECT movement.drug, facility.province, movement.day, facility.kind, movement.kind,
         sum(movement.units), sum(movement.amount_vnd)
       FROM movement JOIN facility ON facility.id = movement.facility_id
       WHERE movement.kind <> 14 GROUP BY 1, 2, 3, 4, 5)
    ) AS different) AS area_day_drug,
    (SELECT count(*) FROM (
      (SELECT drug, province, facility_kind, on_hand_units FROM area_drug_stock)
      EXCEPT
      (SELECT stock.drug, facility.province, facility.kind, sum(stock.on_hand_units)
       FROM facility_stock AS stock JOIN facility ON facility.id = stock.facility_id
       GROUP BY 1, 2, 3)) AS different) AS area_drug_stock,
    (SELECT sum(-units) FROM movement WHERE kind IN (3, 4))
      - (SELECT sum(sold_units) FROM area_day) AS area_day,
    (SELECT sum(-units) FROM movement WHERE kind IN (3, 4))
      - (SELECT sum(sold_units) FROM facility_day) AS facility_day,
    (SELECT count(DISTINCT (till_id, seq)) FROM movement WHERE kind = 3)
      - (SELECT sum(sale_count) FROM area_day) AS sales,
    (SELECT count(*) FROM rollup_pending) AS pending`;

/** @returns which figures by area are not the sums of the movements, or are not made yet. */
export async function differingSums(pool: Pool): Promise<readonly string[]> {
  const sums = await queryRow(pool, z.record(z.string(), z.number().nullable()), sameSums);
  return Object.entries(sums ?? { nothing: 1 })
    .filter(([, difference]) => difference !== 0 && difference !== null)
    .map(([name, difference]) => `${name} by ${difference}`);
}
