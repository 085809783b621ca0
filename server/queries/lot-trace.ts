import { z } from 'zod';
import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { LotTrace } from '../../shared/contract/console-api.ts';
import type { ProvinceCode } from '../../shared/model/area.ts';
import { FacilityKind } from '../../shared/model/facility.ts';
import { movementKinds } from '../../shared/rules/movements.ts';
import { type Pool, type Queryable, queryRow, queryRows } from '../db/pool.ts';
import { provinceName } from './areas.ts';
import { completenessOf } from './completeness.ts';
import { drugEntry } from './drug-entry.ts';
import { Day, inSnapshot, Moment, Whole } from './rows.ts';

export type LotTraceQuestion = {
  readonly drug: string;
  readonly lot: string;
  readonly provinces: readonly ProvinceCode[];
  readonly nowMs: number;
};

/** Who received, sold and holds a lot. Lots that nobody visible ever had are not found. */
export function lotTrace(
  pool: Pool,
  question: LotTraceQuestion,
): Promise<Result<LotTrace, 'not-found'>> {
  const cut = [question.drug, question.lot, question.provinces];
  return inSnapshot(pool, async (client) => {
    const drug = await drugEntry(client, {
      code: question.drug,
      provinces: question.provinces,
    });
    const totals = await queryRow(client, TotalsRow, totalsSql, cut);
    if (drug === undefined || totals === undefined || totals.facilities === 0) {
      return err('not-found');
    }
    return ok({
      drug,
      lot: question.lot,
      expiresOn: totals.expires_on,
      completeness: await completenessOf(client, question),
      totals: {
        openingUnits: totals.opening_units,
        receivedUnits: totals.received_units,
        soldUnits: totals.sold_units,
        voidedUnits: totals.voided_units,
        otherUnits: totals.other_units,
        onHandUnits: totals.on_hand_units,
      },
      facilityCount: totals.facilities,
      facilities: await holdersOf(client, cut),
      days: await daysOf(client, cut),
    });
  });
}

const figures = {
  opening_units: Whole,
  received_units: Whole,
  sold_units: Whole,
  voided_units: Whole,
  other_units: Whole,
  on_hand_units: Whole,
};

const TotalsRow = z.object({ ...figures, facilities: Whole, expires_on: z.array(Day) });
const totalsSql = `
  SELECT count(DISTINCT facility.id) AS facilities,
    coalesce(array_agg(DISTINCT stock.expires_on::text), '{}') AS expires_on,
    coalesce(sum(stock.opening_units), 0) AS opening_units,
    coalesce(sum(stock.received_units), 0) AS received_units,
    coalesce(sum(stock.sold_units), 0) AS sold_units,
    coalesce(sum(stock.voided_units), 0) AS voided_units,
    coalesce(sum(stock.other_units), 0) AS other_units,
    coalesce(sum(stock.on_hand_units), 0) AS on_hand_units
  FROM facility_stock AS stock JOIN facility ON facility.id = stock.facility_id
  WHERE stock.drug = $1 AND stock.lot = $2 AND facility.province = ANY($3::text[])
  HAVING count(*) > 0`;

const HolderRow = z.object({
  ...figures,
  facility_id: z.uuid(),
  name: z.string(),
  province: z.string(),
  kind: FacilityKind,
  expires_on: Day,
  last_movement_at: Moment,
});
const holdersSql = `
  SELECT stock.facility_id, facility.name, facility.province, facility.kind, stock.expires_on,
    stock.opening_units, stock.received_units, stock.sold_units, stock.voided_units,
    stock.other_units, stock.on_hand_units, stock.last_movement_at
  FROM facility_stock AS stock JOIN facility ON facility.id = stock.facility_id
  WHERE stock.drug = $1 AND stock.lot = $2 AND facility.province = ANY($3::text[])
  ORDER BY stock.on_hand_units DESC, facility.name, stock.facility_id, stock.expires_on
  LIMIT ${limits.lotFacilitiesMax}`;

async function holdersOf(
  database: Queryable,
  cut: readonly unknown[],
): Promise<LotTrace['facilities']> {
  const rows = await queryRows(database, HolderRow, holdersSql, cut);
  return rows.map((row) => ({
    facilityId: row.facility_id,
    name: row.name,
    province: row.province,
    provinceName: provinceName(row.province),
    kind: row.kind,
    expiresOn: row.expires_on,
    openingUnits: row.opening_units,
    receivedUnits: row.received_units,
    soldUnits: row.sold_units,
    voidedUnits: row.voided_units,
    otherUnits: row.other_units,
    onHandUnits: row.on_hand_units,
    lastMovementAt: row.last_movement_at,
  }));
}

const DayRow = z.object({
  day: Day,
  received_units: Whole,
  sold_units: Whole,
  other_units: Whole,
});
/** A new till says again what the facility holds; nothing moved. */
const recoveryKind = movementKinds.indexOf('recovery') + 1;
/**
 * Opening stock counts as received, a void takes back from what was sold: received − sold + other
 * over all days is the stock.
 */
const daysSql = `
  SELECT movement.day,
    coalesce(sum(movement.units) FILTER (WHERE movement.kind IN (1, 2)), 0) AS received_units,
    coalesce(-sum(movement.units) FILTER (WHERE movement.kind IN (3, 4)), 0) AS sold_units,
    coalesce(sum(movement.units) FILTER (WHERE movement.kind > 4), 0) AS other_units
  FROM movement JOIN facility ON facility.id = movement.facility_id
  WHERE movement.lot = $2 AND movement.drug = $1 AND facility.province = ANY($3::text[])
    AND movement.kind <> ${recoveryKind}
  GROUP BY movement.day ORDER BY movement.day`;

async function daysOf(database: Queryable, cut: readonly unknown[]): Promise<LotTrace['days']> {
  const rows = await queryRows(database, DayRow, daysSql, cut);
  return rows.map((row) => ({
    day: row.day,
    receivedUnits: row.received_units,
    soldUnits: row.sold_units,
    otherUnits: row.other_units,
  }));
}
