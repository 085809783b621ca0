import { z } from 'zod';
import { ok, type Result } from '../../shared/base/result.ts';
import {
  type consoleApi,
  type FacilityRow,
  FacilityState,
} from '../../shared/contract/console-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import { type ProvinceCode, province63, unit34 } from '../../shared/model/area.ts';
import { FacilityKind } from '../../shared/model/facility.ts';
import { foldVietnamese } from '../../shared/rules/fold-vietnamese.ts';
import { type Pool, type Queryable, queryRow, queryRows } from '../db/pool.ts';
import { provinceName } from './areas.ts';
import { type BadCursor, pageOf, readCursor } from './cursor.ts';
import { facilityStates } from './facility-state.ts';
import { inSnapshot, likePattern, Moment, Whole } from './rows.ts';

type Answer = RouteAnswer<typeof consoleApi.facilities>;

export type FacilitiesQuestion = {
  readonly provinces: readonly ProvinceCode[];
  readonly text: string;
  readonly kind?: FacilityKind | undefined;
  readonly state?: FacilityState | undefined;
  /** `lastReportedAt`: the longest silence first; `alerts`: the most first. */
  readonly sort: 'name' | 'lastReportedAt' | 'alerts';
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly nowMs: number;
};

/** A page of the licence register with what each facility last reported. */
export async function facilities(
  pool: Pool,
  question: FacilitiesQuestion,
): Promise<Result<Answer, BadCursor>> {
  const cursor = readCursor(CursorKey, question.cursor);
  if (!cursor.ok) return cursor;
  const [after, afterId] = cursor.value ?? [null, null];
  const filters = filtersOf(question);
  return inSnapshot(pool, async (client) => {
    const total = await totalOf(client, question, filters);
    const rows = await queryRows(client, Row, pageSql[question.sort], [
      ...filters,
      after,
      afterId,
      question.limit + 1,
    ]);
    const page = pageOf(rows, question.limit, (row) => [row.sort_key, row.id]);
    return ok({ rows: page.rows.map(rowOf), total: total?.facilities ?? 0, next: page.next });
  });
}

/** Without a filter by state, the register alone is counted. */
async function totalOf(
  database: Queryable,
  { state }: FacilitiesQuestion,
  filters: readonly unknown[],
) {
  return state === undefined
    ? queryRow(database, TotalRow, registerTotalSql, filters.slice(1, 4))
    : queryRow(database, TotalRow, stateTotalSql, filters);
}

/** One facility as the register lists it; undefined outside the visible provinces. */
export async function facilityRow(
  database: Queryable,
  question: {
    readonly id: string;
    readonly provinces: readonly ProvinceCode[];
    readonly nowMs: number;
  },
): Promise<FacilityRow | undefined> {
  const values = [new Date(question.nowMs), question.provinces, question.id];
  const row = await queryRow(database, Row, oneSql, values);
  return row === undefined ? undefined : rowOf(row);
}

const Row = z.object({
  id: z.uuid(),
  code: z.string(),
  name: z.string(),
  kind: FacilityKind,
  province: z.string(),
  commune: z.string(),
  licence_number: z.string(),
  state: FacilityState,
  last_reported_at: Moment.nullable(),
  open_alerts: Whole,
  sort_key: z.union([z.string(), z.number()]).nullable(),
});
const TotalRow = z.object({ facilities: Whole });
/** For names the key is looked up by id, so that a cursor stays short. */
const CursorKey = z.tuple([z.union([z.string(), z.number()]).nullable(), z.uuid()]);

const filtered = `${facilityStates}
    AND facility.search_text LIKE ALL ($3::text[])
    AND ($4::text IS NULL OR facility.kind = $4)`;
const stateTotalSql = `
  SELECT count(*) AS facilities FROM (${filtered}) AS known WHERE known.state = $5::text`;
const registerTotalSql = `
  SELECT count(*) AS facilities FROM facility
  WHERE province = ANY($1::text[]) AND search_text LIKE ALL ($2::text[])
    AND ($3::text IS NULL OR kind = $3)`;

const openAlerts = `(
  SELECT count(*) FROM alert
  WHERE alert.facility_id = known.id AND alert.resolved_at IS NULL)`;
const columns = `known.id, known.code, known.name, known.kind, known.province, known.commune,
    known.licence_number, known.state, known.last_reported_at`;

/** `$6` and `$7` are the sort key and the id of the last row served. */
const pageSql = {
  name: `
    SELECT ${columns}, ${openAlerts} AS open_alerts, NULL AS sort_key
    FROM (
      SELECT * FROM (${filtered}) AS known
      WHERE ($5::text IS NULL OR known.state = $5)
        AND ($7::uuid IS NULL OR ($6::text IS NULL AND (known.search_text, known.id)
          > (SELECT last.search_text, last.id FROM facility AS last WHERE last.id = $7)))
      ORDER BY known.search_text, known.id LIMIT $8
    ) AS known
    ORDER BY known.search_text, known.id`,
  lastReportedAt: `
    SELECT ${columns}, ${openAlerts} AS open_alerts, known.silent_since AS sort_key
    FROM (
      SELECT * FROM (
        SELECT inner_known.*, coalesce(extract(epoch FROM last_reported_at), 0)::float8
          AS silent_since
        FROM (${filtered}) AS inner_known
      ) AS known
      WHERE ($5::text IS NULL OR known.state = $5)
        AND ($7::uuid IS NULL OR (known.silent_since, known.id) > ($6::float8, $7))
      ORDER BY known.silent_since, known.id LIMIT $8
    ) AS known
    ORDER BY known.silent_since, known.id`,
  alerts: `
    SELECT ${columns}, -known.fewest AS open_alerts, known.fewest AS sort_key
    FROM (
      SELECT inner_known.*, -coalesce(open.alerts, 0) AS fewest
      FROM (${filtered}) AS inner_known
      LEFT JOIN (
        SELECT facility_id, count(*) AS alerts FROM alert
        WHERE resolved_at IS NULL AND province = ANY($2::text[]) GROUP BY facility_id
      ) AS open ON open.facility_id = inner_known.id
    ) AS known
    WHERE ($5::text IS NULL OR known.state = $5)
      AND ($7::uuid IS NULL OR (known.fewest, known.id) > ($6::bigint, $7))
    ORDER BY known.fewest, known.id LIMIT $8`,
} as const;

const oneSql = `
  SELECT ${columns}, ${openAlerts} AS open_alerts, NULL AS sort_key
  FROM (${facilityStates} AND facility.id = $3) AS known`;

function filtersOf(question: FacilitiesQuestion): readonly unknown[] {
  const words = foldVietnamese(question.text).split(/\s+/);
  return [
    new Date(question.nowMs),
    question.provinces,
    words.filter((word) => word !== '').map((word) => `%${likePattern(word)}%`),
    question.kind ?? null,
    question.state ?? null,
  ];
}

function rowOf(row: z.output<typeof Row>): FacilityRow {
  const unit = province63(row.province)?.unit34 ?? row.province;
  return {
    id: row.id,
    code: row.code,
    name: row.name,
    kind: row.kind,
    province: row.province,
    provinceName: provinceName(row.province),
    unit34: unit,
    unit34Name: unit34(unit)?.name ?? unit,
    commune: row.commune,
    licenceNumber: row.licence_number,
    state: row.state,
    lastReportedAt: row.last_reported_at,
    openAlerts: row.open_alerts,
  };
}
