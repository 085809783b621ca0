/**
 * One drug over time. Days, weeks and months come from the roll-up by area and day; hours come from
 * the movements themselves, found through the lots of the drug, so that no question reads a month
 * of the whole country.
 *
 * Balance: the stock of the roll-ups is what all movements rolled up so far add up to. Taking away
 * what moved after a moment gives the stock at that moment, so
 * start + in − out = end holds by construction, also while batches arrive or come late.
 */
import { z } from 'zod';
import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { DrugMovement } from '../../shared/contract/console-api.ts';
import type { AreaScheme, ProvinceCode } from '../../shared/model/area.ts';
import {
  addDays,
  businessDateOf,
  type CalendarDate,
  daysBetween,
  instantOfMs,
} from '../../shared/model/calendar.ts';
import { FacilityKind } from '../../shared/model/facility.ts';
import { type Pool, type Queryable, queryRows } from '../db/pool.ts';
import { movementKindNumber } from '../ingest/write-movements.ts';
import { areaOfProvince, areasOf, Sums } from './areas.ts';
import { completenessOf } from './completeness.ts';
import { drugEntry } from './drug-entry.ts';
import { Day, inSnapshot, Whole } from './rows.ts';
import { type Bucket, bucketOfDay, bucketsBetween, hourStart } from './time-buckets.ts';

export type DrugMovementQuestion = {
  readonly code: string;
  readonly provinces: readonly ProvinceCode[];
  readonly scheme: AreaScheme;
  readonly from?: CalendarDate | undefined;
  readonly to?: CalendarDate | undefined;
  readonly bucket: Bucket;
  readonly nowMs: number;
};
type Period = { readonly from: CalendarDate; readonly to: CalendarDate };

/** Movement kinds as the table numbers them. */
const kind = {
  opening: movementKindNumber('opening'),
  receipt: movementKindNumber('receipt'),
  sale: movementKindNumber('sale'),
  void: movementKindNumber('void'),
} as const;
/** Days whose sales say how long the stock lasts. */
const paceDays = 14;
const lotsShown = 200;

export async function drugMovement(
  pool: Pool,
  question: DrugMovementQuestion,
): Promise<Result<DrugMovement, 'bad-request' | 'not-found'>> {
  const today = businessDateOf(instantOfMs(question.nowMs));
  const period = periodOf(question, today);
  if (period === undefined) return err('bad-request');
  return inSnapshot(pool, async (client) => {
    const drug = await drugEntry(client, question);
    if (drug === undefined) return err('not-found');
    const cut = [question.code, question.provinces];
    const moved = await queryRows(client, AreaRow, areasSql, [...cut, period.from, period.to]);
    const stock = await queryRows(client, StockRow, stockSql, cut);
    const pace = await queryRows(client, PaceRow, paceSql, [
      ...cut,
      addDays(today, 1 - paceDays),
      today,
    ]);
    const holders = await queryRows(client, HolderRow, holdersSql, cut);
    const onHandUnits = stock.reduce((sum, row) => sum + row.units, 0);
    return ok({
      drug,
      completeness: await completenessOf(client, question),
      ...period,
      points: await pointsOf(client, question, period),
      areas: areaRows(question, { moved, stock, pace, holders }),
      facilityKinds: kindRows({ moved, stock }),
      balance: balanceOf(moved, onHandUnits - (await unitsAfter(client, cut, period.to))),
      onHandUnits,
      lots: await lotsOf(client, cut),
    });
  });
}

function periodOf(question: DrugMovementQuestion, today: CalendarDate): Period | undefined {
  const to = question.to ?? today;
  const from = question.from ?? addDays(to, question.bucket === 'hour' ? -1 : -29);
  const days = daysBetween({ from, to }) + 1;
  const daysMax = question.bucket === 'hour' ? limits.movementHourDaysMax : limits.movementDaysMax;
  return days >= 1 && days <= daysMax ? { from, to } : undefined;
}

const AreaRow = z.object({
  province: z.string(),
  facility_kind: FacilityKind,
  kind: Whole,
  units: Whole,
});
const areasSql = `
  SELECT province, facility_kind, kind, sum(units) AS units
  FROM area_day_drug
  WHERE drug = $1 AND day BETWEEN $3::date AND $4::date AND province = ANY($2::text[])
  GROUP BY province, facility_kind, kind`;

const StockRow = z.object({ province: z.string(), facility_kind: FacilityKind, units: Whole });
const stockSql = `
  SELECT province, facility_kind, on_hand_units AS units
  FROM area_drug_stock WHERE drug = $1 AND province = ANY($2::text[])`;

const PaceRow = z.object({ province: z.string(), units: Whole });
const paceSql = `
  SELECT province, -sum(units) AS units
  FROM area_day_drug
  WHERE drug = $1 AND day BETWEEN $3::date AND $4::date AND province = ANY($2::text[])
    AND kind IN (${kind.sale}, ${kind.void})
  GROUP BY province`;

const HolderRow = z.object({ province: z.string(), facilities: Whole });
const holdersSql = `
  SELECT facility.province, count(DISTINCT facility.id) AS facilities
  FROM facility_stock JOIN facility ON facility.id = facility_stock.facility_id
  WHERE facility_stock.drug = $1 AND facility_stock.on_hand_units > 0
    AND facility.province = ANY($2::text[])
  GROUP BY facility.province`;

const UnitsRow = z.object({ units: Whole });
const afterSql = `
  SELECT coalesce(sum(units), 0) AS units
  FROM area_day_drug WHERE drug = $1 AND day > $3::date AND province = ANY($2::text[])`;

async function unitsAfter(
  database: Queryable,
  cut: readonly unknown[],
  to: CalendarDate,
): Promise<number> {
  const rows = await queryRows(database, UnitsRow, afterSql, [...cut, to]);
  return rows[0]?.units ?? 0;
}

type AreaRows = readonly z.output<typeof AreaRow>[];
type StockRows = readonly z.output<typeof StockRow>[];

function areaRows(
  { scheme, provinces }: DrugMovementQuestion,
  rows: {
    readonly moved: AreaRows;
    readonly stock: StockRows;
    readonly pace: readonly z.output<typeof PaceRow>[];
    readonly holders: readonly z.output<typeof HolderRow>[];
  },
): DrugMovement['areas'] {
  const area = (row: { readonly province: string }) => areaOfProvince(scheme, row.province);
  const sold = new Sums<string>();
  const received = new Sums<string>();
  for (const row of rows.moved) {
    if (row.kind === kind.sale || row.kind === kind.void) sold.add(area(row), -row.units);
    if (row.kind === kind.receipt) received.add(area(row), row.units);
  }
  const onHand = new Sums<string>();
  for (const row of rows.stock) onHand.add(area(row), row.units);
  const pace = new Sums<string>();
  for (const row of rows.pace) pace.add(area(row), row.units);
  const holders = new Sums<string>();
  for (const row of rows.holders) holders.add(area(row), row.facilities);
  return areasOf(scheme, provinces).map(({ code, name }) => {
    const soldUnitsPerDay = pace.of(code) / paceDays;
    return {
      code,
      name,
      soldUnits: sold.of(code),
      receivedUnits: received.of(code),
      onHandUnits: onHand.of(code),
      soldUnitsPerDay,
      daysOfCover: soldUnitsPerDay > 0 ? Math.max(0, onHand.of(code)) / soldUnitsPerDay : null,
      facilitiesWithStock: holders.of(code),
    };
  });
}

function kindRows(rows: {
  readonly moved: AreaRows;
  readonly stock: StockRows;
}): DrugMovement['facilityKinds'] {
  const sold = new Sums<FacilityKind>();
  for (const row of rows.moved) {
    if (row.kind === kind.sale || row.kind === kind.void) sold.add(row.facility_kind, -row.units);
  }
  const onHand = new Sums<FacilityKind>();
  for (const row of rows.stock) onHand.add(row.facility_kind, row.units);
  return FacilityKind.options.map((facilityKind) => ({
    kind: facilityKind,
    soldUnits: sold.of(facilityKind),
    onHandUnits: onHand.of(facilityKind),
  }));
}

/** What a kind adds over the period comes in, what it takes goes out. */
function balanceOf(moved: AreaRows, endUnits: number): DrugMovement['balance'] {
  const unitsByKind = new Sums<number>();
  for (const row of moved) unitsByKind.add(row.kind, row.units);
  const outUnits = unitsByKind.values().reduce((out, units) => out - Math.min(0, units), 0);
  const inUnits = unitsByKind.total() + outUnits;
  return { startUnits: endUnits - inUnits + outUnits, inUnits, outUnits, endUnits };
}

const DayPointRow = z.object({ day: Day, kind: Whole, units: Whole, amount_vnd: Whole });
const dayPointsSql = `
  SELECT day, kind, sum(units) AS units, sum(amount_vnd) AS amount_vnd
  FROM area_day_drug
  WHERE drug = $1 AND day BETWEEN $3::date AND $4::date AND province = ANY($2::text[])
  GROUP BY day, kind`;

const HourPointRow = z.object({
  day: Day,
  hour: Whole,
  kind: Whole,
  units: Whole,
  amount_vnd: Whole,
});
/**
 * The lots of the drug first, each the smallest after the one before: a few steps in the index
 * instead of reading every shelf. Then their movements, from the index by lot.
 */
const hourPointsSql = `
  WITH RECURSIVE lots AS (
    (SELECT lot FROM facility_stock WHERE drug = $1 ORDER BY lot LIMIT 1)
    UNION ALL
    SELECT (SELECT next.lot FROM facility_stock AS next
      WHERE next.drug = $1 AND next.lot > lots.lot ORDER BY next.lot LIMIT 1)
    FROM lots WHERE lots.lot IS NOT NULL
  )
  SELECT movement.day, movement.kind,
    extract(hour FROM movement.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::integer AS hour,
    sum(movement.units) AS units, sum(movement.amount_vnd) AS amount_vnd
  FROM lots
  JOIN movement ON movement.lot = lots.lot AND movement.drug = $1
  JOIN facility ON facility.id = movement.facility_id
  WHERE movement.day BETWEEN $3::date AND $4::date AND facility.province = ANY($2::text[])
  GROUP BY movement.day, hour, movement.kind`;

async function pointsOf(
  database: Queryable,
  { code, provinces, bucket }: DrugMovementQuestion,
  period: Period,
): Promise<DrugMovement['points']> {
  const values = [code, provinces, period.from, period.to];
  const rows =
    bucket === 'hour'
      ? (await queryRows(database, HourPointRow, hourPointsSql, values)).map((row) => ({
          ...row,
          at: hourStart(row.day, row.hour),
        }))
      : (await queryRows(database, DayPointRow, dayPointsSql, values)).map((row) => {
          const at: string = bucketOfDay(bucket, row.day);
          return { ...row, at };
        });
  const units = new Sums<string>();
  const amounts = new Sums<string>();
  for (const row of rows) {
    units.add(`${row.at} ${row.kind}`, row.units);
    if (row.kind === kind.sale) amounts.add(row.at, row.amount_vnd);
    if (row.kind === kind.void) amounts.add(row.at, -row.amount_vnd);
  }
  return bucketsBetween(bucket, period).map((at) => ({
    at,
    openingUnits: units.of(`${at} ${kind.opening}`),
    receivedUnits: units.of(`${at} ${kind.receipt}`),
    // Without the addition a bucket without sales would be −0.
    soldUnits: 0 - units.of(`${at} ${kind.sale}`),
    voidedUnits: units.of(`${at} ${kind.void}`),
    amountVnd: amounts.of(at),
  }));
}

const LotRow = z.object({ lot: z.string(), expires_on: Day, units: Whole, facilities: Whole });
const lotsSql = `
  SELECT facility_stock.lot, facility_stock.expires_on,
    sum(facility_stock.on_hand_units) AS units, count(*) AS facilities
  FROM facility_stock JOIN facility ON facility.id = facility_stock.facility_id
  WHERE facility_stock.drug = $1 AND facility_stock.on_hand_units <> 0
    AND facility.province = ANY($2::text[])
  GROUP BY facility_stock.lot, facility_stock.expires_on
  ORDER BY facility_stock.expires_on, facility_stock.lot
  LIMIT ${lotsShown}`;

async function lotsOf(database: Queryable, cut: readonly unknown[]): Promise<DrugMovement['lots']> {
  const rows = await queryRows(database, LotRow, lotsSql, cut);
  return rows.map((row) => ({
    lot: row.lot,
    expiresOn: row.expires_on,
    onHandUnits: row.units,
    facilities: row.facilities,
  }));
}
