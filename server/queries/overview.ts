import { z } from 'zod';
import { present } from '../../shared/base/assert.ts';
import {
  type AreaFigures,
  FacilityState,
  type LatestSale,
  type Overview,
  type ShortageRow,
} from '../../shared/contract/console-api.ts';
import type { AreaScheme, ProvinceCode } from '../../shared/model/area.ts';
import {
  addDays,
  businessDateOf,
  type CalendarDate,
  instantOfMs,
} from '../../shared/model/calendar.ts';
import { FacilityKind } from '../../shared/model/facility.ts';
import type { Pool } from '../db/pool.ts';
import { type Queryable, queryRows } from '../db/pool.ts';
import { areaOfProvince, areasOf, provinceName, Sums } from './areas.ts';
import { completenessOf } from './completeness.ts';
import { type DayFigures, DayRow, daysFrom, daysShown } from './day-figures.ts';
import { facilityStates } from './facility-state.ts';
import { Decimal, inSnapshot, Moment, Whole } from './rows.ts';

const shortagesShown = 50;
const latestSalesShown = 20;

export type OverviewQuestion = {
  readonly provinces: readonly ProvinceCode[];
  readonly scheme: AreaScheme;
  readonly nowMs: number;
};

/** The country or an area at a glance; every figure from one state of the database. */
export function overview(pool: Pool, question: OverviewQuestion): Promise<Overview> {
  const { provinces, nowMs } = question;
  const today = businessDateOf(instantOfMs(nowMs));
  return inSnapshot(pool, async (client) => {
    const states = await queryRows(client, StateRow, statesSql, [new Date(nowMs), provinces]);
    const alerts = await queryRows(client, AlertCountRow, alertsSql, [provinces]);
    const week = await queryRows(client, AreaWeekRow, weekSql, [
      provinces,
      addDays(today, -6),
      today,
    ]);
    const days = await dayFigures(client, { provinces, today });
    return {
      completeness: await completenessOf(client, question),
      kinds: kindFigures(states),
      areas: areaFigures(question, { states, alerts, week }),
      days,
      today: present(days.at(-1), 'Today is the last of the days shown'),
      shortages: await shortagesOf(client, provinces),
      latestSales: await latestSalesOf(client, provinces),
      openAlerts: alerts.reduce((sum, row) => sum + row.alerts, 0),
    };
  });
}

const StateRow = z.object({
  province: z.string(),
  kind: FacilityKind,
  state: FacilityState,
  facilities: Whole,
});
const statesSql = `
  SELECT province, kind, state, count(*) AS facilities
  FROM (${facilityStates}) AS known
  GROUP BY province, kind, state`;

const AlertCountRow = z.object({ province: z.string(), alerts: Whole });
const alertsSql = `
  SELECT province, count(*) AS alerts
  FROM alert WHERE resolved_at IS NULL AND province = ANY($1::text[])
  GROUP BY province`;

const AreaWeekRow = z.object({ province: z.string(), sold_units: Whole, amount_vnd: Whole });
const weekSql = `
  SELECT province, sum(sold_units) AS sold_units, sum(amount_vnd) AS amount_vnd
  FROM area_day
  WHERE day BETWEEN $2::date AND $3::date AND province = ANY($1::text[])
  GROUP BY province`;

type Counted = {
  readonly states: readonly z.output<typeof StateRow>[];
  readonly alerts: readonly z.output<typeof AlertCountRow>[];
  readonly week: readonly z.output<typeof AreaWeekRow>[];
};

function areaFigures({ provinces, scheme }: OverviewQuestion, counted: Counted): AreaFigures[] {
  const facilities = new Sums<string>();
  for (const row of counted.states) {
    const area = areaOfProvince(scheme, row.province);
    facilities.add(area, row.facilities);
    facilities.add(`${area} ${row.state}`, row.facilities);
  }
  const alerts = new Sums<string>();
  for (const row of counted.alerts) alerts.add(areaOfProvince(scheme, row.province), row.alerts);
  const units = new Sums<string>();
  const amounts = new Sums<string>();
  for (const row of counted.week) {
    units.add(areaOfProvince(scheme, row.province), row.sold_units);
    amounts.add(areaOfProvince(scheme, row.province), row.amount_vnd);
  }
  return areasOf(scheme, provinces).map(({ code, name }) => ({
    code,
    name,
    facilities: facilities.of(code),
    reportedLast24h: facilities.of(`${code} reporting`),
    // A facility whose tills are all revoked reports as little as one that fell silent.
    silent: facilities.of(`${code} silent`) + facilities.of(`${code} revoked`),
    neverEnrolled: facilities.of(`${code} never-enrolled`),
    soldUnitsLast7Days: units.of(code),
    amountVndLast7Days: amounts.of(code),
    openAlerts: alerts.of(code),
  }));
}

function kindFigures(states: Counted['states']): Overview['kinds'] {
  return FacilityKind.options.map((kind) => {
    const ofKind = states.filter((row) => row.kind === kind);
    const reporting = ofKind.filter((row) => row.state === 'reporting');
    return { kind, facilities: sumOf(ofKind), reportedLast24h: sumOf(reporting) };
  });
}

function sumOf(rows: Counted['states']): number {
  return rows.reduce((sum, row) => sum + row.facilities, 0);
}

const daysSql = `
  SELECT day::text, sum(sale_count) AS sale_count, sum(sold_units) AS sold_units,
    sum(received_units) AS received_units, sum(amount_vnd) AS amount_vnd
  FROM area_day
  WHERE day BETWEEN $2::date AND $3::date AND province = ANY($1::text[])
  GROUP BY day`;

async function dayFigures(
  database: Queryable,
  { provinces, today }: { readonly provinces: readonly string[]; readonly today: CalendarDate },
): Promise<DayFigures[]> {
  const from = addDays(today, 1 - daysShown);
  return daysFrom(from, await queryRows(database, DayRow, daysSql, [provinces, from, today]));
}

const Shortage = z.object({
  drug: z.string(),
  name: z.string(),
  province: z.string(),
  on_hand_units: Whole,
  sold_units_per_day: Decimal,
  days_of_cover: Decimal,
});
const shortagesSql = `
  SELECT shortage.drug, coalesce(drug.name, shortage.drug) AS name, shortage.province,
    shortage.on_hand_units, shortage.sold_units_per_day, shortage.days_of_cover
  FROM shortage LEFT JOIN drug ON drug.code = shortage.drug
  WHERE shortage.province = ANY($1::text[])
  ORDER BY shortage.days_of_cover, shortage.sold_units_per_day DESC, shortage.drug
  LIMIT ${shortagesShown}`;

async function shortagesOf(
  database: Queryable,
  provinces: readonly string[],
): Promise<z.output<typeof ShortageRow>[]> {
  const rows = await queryRows(database, Shortage, shortagesSql, [provinces]);
  return rows.map((row) => ({
    drug: row.drug,
    name: row.name,
    province: row.province,
    provinceName: provinceName(row.province),
    onHandUnits: row.on_hand_units,
    soldUnitsPerDay: row.sold_units_per_day,
    daysOfCover: row.days_of_cover,
  }));
}

const Sale = z.object({
  at: Moment,
  received_at: Moment,
  facility_id: z.uuid(),
  facility_name: z.string(),
  province: z.string(),
  till_id: z.uuid(),
  seq: Whole,
  line_count: Whole,
  units: Whole,
  amount_vnd: Whole,
});
/** The newest of every province first, from its index; then the newest of those. */
const latestSalesSql = `
  SELECT newest.*, facility.name AS facility_name
  FROM unnest($1::text[]) AS asked (code)
  CROSS JOIN LATERAL (
    SELECT at, received_at, facility_id, province, till_id, seq, line_count, units, amount_vnd
    FROM latest_sale WHERE latest_sale.province = asked.code
    ORDER BY received_at DESC, seq DESC LIMIT ${latestSalesShown}
  ) AS newest
  JOIN facility ON facility.id = newest.facility_id
  ORDER BY newest.received_at DESC, newest.at DESC, newest.seq DESC
  LIMIT ${latestSalesShown}`;

async function latestSalesOf(
  database: Queryable,
  provinces: readonly string[],
): Promise<z.output<typeof LatestSale>[]> {
  const rows = await queryRows(database, Sale, latestSalesSql, [provinces]);
  return rows.map((row) => ({
    at: row.at,
    receivedAt: row.received_at,
    facilityId: row.facility_id,
    facilityName: row.facility_name,
    provinceName: provinceName(row.province),
    till: row.till_id,
    seq: row.seq,
    lines: row.line_count,
    units: row.units,
    amountVnd: row.amount_vnd,
  }));
}
