import { z } from 'zod';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { FacilityFile, FacilityRow, TillRow } from '../../shared/contract/console-api.ts';
import type { ProvinceCode } from '../../shared/model/area.ts';
import { addDays, businessDateOf, type Instant, instantOfMs } from '../../shared/model/calendar.ts';
import { type Pool, type Queryable, queryRow, queryRows } from '../db/pool.ts';
import { findFacility } from '../facilities/facility-table.ts';
import { alertsOfFacility } from './alerts.ts';
import { completenessOf } from './completeness.ts';
import { DayRow, daysFrom, daysShown } from './day-figures.ts';
import { codesOfFacility } from './enrolment-codes.ts';
import { facilityRow } from './facilities.ts';
import { inSnapshot, Moment, Whole } from './rows.ts';
import { tillsOfFacility } from './tills.ts';

const alertsShown = 50;
const codesShown = 20;

/** The file of one facility; outside the visible provinces it does not exist. */
export function facilityFile(
  pool: Pool,
  question: {
    readonly id: string;
    readonly provinces: readonly ProvinceCode[];
    readonly nowMs: number;
  },
): Promise<Result<FacilityFile, 'not-found'>> {
  const { id, nowMs } = question;
  return inSnapshot(pool, async (client) => {
    const facility = await findFacility(client, question);
    const row = await facilityRow(client, question);
    if (facility === undefined || row === undefined) return err('not-found');
    const today = businessDateOf(instantOfMs(nowMs));
    const from = addDays(today, 1 - daysShown);
    const tills = await tillsOfFacility(client, id);
    const stock = await queryRow(client, StockRow, stockSql, [id]);
    return ok({
      facility,
      row,
      completeness: await completenessOf(client, { provinces: [facility.province], nowMs }),
      tills,
      codes: await codesOfFacility(client, { facilityId: id, limit: codesShown, nowMs }),
      alerts: await alertsOfFacility(client, { facilityId: id, limit: alertsShown }),
      days: daysFrom(from, await queryRows(client, DayRow, daysSql, [id, from, today])),
      stockLots: stock?.lots ?? 0,
      stockUnits: stock?.units ?? 0,
      silence: await silenceOf(client, row, tills),
    });
  });
}

const StockRow = z.object({ lots: Whole, units: Whole });
const stockSql = `
  SELECT count(*) AS lots, coalesce(sum(on_hand_units), 0) AS units
  FROM facility_stock WHERE facility_id = $1 AND on_hand_units <> 0`;
const daysSql = `
  SELECT day, sale_count, sold_units, received_units, amount_vnd
  FROM facility_day WHERE facility_id = $1 AND day BETWEEN $2::date AND $3::date`;

/** Silence has a reason, and a moment since when. */
async function silenceOf(
  database: Queryable,
  row: FacilityRow,
  tills: readonly TillRow[],
): Promise<FacilityFile['silence']> {
  if (row.state === 'reporting') return null;
  if (row.state === 'never-enrolled') return { reason: 'never-enrolled', since: null };
  if (row.state === 'revoked') return { reason: 'revoked', since: row.lastReportedAt };
  const forked = tills.find((till) => till.state === 'forked');
  if (forked === undefined) return { reason: 'no-contact', since: row.lastReportedAt };
  return { reason: 'fork', since: (await forkedAt(database, forked.id)) ?? forked.lastBatchAt };
}

async function forkedAt(database: Queryable, tillId: string): Promise<Instant | null> {
  const rows = await queryRows(
    database,
    z.object({ raised_at: Moment.nullable() }),
    `SELECT max(raised_at) AS raised_at FROM alert WHERE till_id = $1 AND kind = 'fork'
       AND facility_id = (SELECT facility_id FROM till WHERE id = $1)`,
    [tillId],
  );
  return rows[0]?.raised_at ?? null;
}
