import { z } from 'zod';
import { ok, type Result } from '../../shared/base/result.ts';
import type { AlertRow, consoleApi } from '../../shared/contract/console-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import type { ProvinceCode } from '../../shared/model/area.ts';
import { type AlertKind, alertKinds } from '../../shared/rules/alerts.ts';
import { type Pool, type Queryable, queryRow, queryRows } from '../db/pool.ts';
import { provinceName } from './areas.ts';
import { type BadCursor, pageOf, readCursor } from './cursor.ts';
import { inSnapshot, Moment, Whole } from './rows.ts';

type Answer = RouteAnswer<typeof consoleApi.alerts>;

/** Open alerts of the visible provinces, newest first. */
export async function alerts(
  pool: Pool,
  question: {
    readonly provinces: readonly ProvinceCode[];
    readonly kind?: AlertKind | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<Result<Answer, BadCursor>> {
  const cursor = readCursor(CursorKey, question.cursor);
  if (!cursor.ok) return cursor;
  const [afterMicros, afterId] = cursor.value ?? [null, null];
  const filters = [question.provinces, question.kind ?? null];
  return inSnapshot(pool, async (client) => {
    const total = await queryRow(client, TotalRow, totalSql, filters);
    const values = [...filters, afterMicros, afterId, question.limit + 1];
    const rows = await queryRows(client, Row, pageSql, values);
    const page = pageOf(rows, question.limit, (row) => [row.raised_micros, row.id]);
    return ok({ rows: page.rows.map(rowOf), total: total?.alerts ?? 0, next: page.next });
  });
}

/** The newest open alerts of one facility. */
export async function alertsOfFacility(
  database: Queryable,
  { facilityId, limit }: { readonly facilityId: string; readonly limit: number },
): Promise<AlertRow[]> {
  const rows = await queryRows(database, Row, ofFacilitySql, [facilityId, limit]);
  return rows.map(rowOf);
}

const CursorKey = z.tuple([z.int(), z.uuid()]);
const TotalRow = z.object({ alerts: Whole });
const Row = z.object({
  id: z.uuid(),
  kind: z.enum(alertKinds),
  raised_at: Moment,
  /** PostgreSQL keeps microseconds: a cursor that dropped them would serve a row twice. */
  raised_micros: Whole,
  facility_id: z.uuid(),
  facility_name: z.string(),
  province: z.string(),
  till_id: z.uuid().nullable(),
  seq: Whole.nullable(),
  drug: z.string().nullable(),
  drug_name: z.string().nullable(),
  lot: z.string().nullable(),
  detail: z.record(z.string(), z.union([z.string(), z.number()])),
});

const columns = `alert.id, alert.kind, alert.raised_at, alert.province, alert.till_id, alert.seq,
    alert.drug, alert.lot, alert.detail, alert.facility_id,
    (extract(epoch FROM alert.raised_at) * 1000000)::bigint AS raised_micros,
    facility.name AS facility_name, drug.name AS drug_name`;
const joined = `
  JOIN facility ON facility.id = alert.facility_id
  LEFT JOIN drug ON drug.code = alert.drug`;

const open = `alert.resolved_at IS NULL AND alert.province = ANY($1::text[])
    AND ($2::text IS NULL OR alert.kind = $2)`;
const totalSql = `SELECT count(*) AS alerts FROM alert WHERE ${open}`;
const pageSql = `
  SELECT ${columns}
  FROM (
    SELECT * FROM alert
    WHERE ${open}
      AND ($4::uuid IS NULL OR (alert.raised_at, alert.id)
        < (timestamptz 'epoch' + $3::bigint * interval '1 microsecond', $4))
    ORDER BY alert.raised_at DESC, alert.id DESC LIMIT $5
  ) AS alert ${joined}
  ORDER BY alert.raised_at DESC, alert.id DESC`;
const ofFacilitySql = `
  SELECT ${columns} FROM alert ${joined}
  WHERE alert.facility_id = $1 AND alert.resolved_at IS NULL
  ORDER BY alert.raised_at DESC, alert.id DESC LIMIT $2`;

function rowOf(row: z.output<typeof Row>): AlertRow {
  return {
    id: row.id,
    kind: row.kind,
    raisedAt: row.raised_at,
    facilityId: row.facility_id,
    facilityName: row.facility_name,
    provinceName: provinceName(row.province),
    till: row.till_id,
    seq: row.seq,
    drug: row.drug,
    drugName: row.drug_name,
    lot: row.lot,
    detail: row.detail,
  };
}
