import { z } from 'zod';
import { ok, type Result } from '../../shared/base/result.ts';
import type { consoleApi, EnrolmentCodeRow } from '../../shared/contract/console-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import type { ProvinceCode } from '../../shared/model/area.ts';
import { type Queryable, queryRow, queryRows } from '../db/pool.ts';
import { type BadCursor, pageOf, readCursor } from './cursor.ts';
import { Moment, Whole } from './rows.ts';

type Answer = RouteAnswer<typeof consoleApi.enrolmentCodes>;
type CodeRow = z.output<typeof EnrolmentCodeRow>;

/** Codes issued for facilities of the visible provinces, newest first. */
export async function enrolmentCodes(
  database: Queryable,
  question: {
    readonly provinces: readonly ProvinceCode[];
    readonly cursor?: string | undefined;
    readonly limit: number;
    readonly nowMs: number;
  },
): Promise<Result<Answer, BadCursor>> {
  const cursor = readCursor(CursorKey, question.cursor);
  if (!cursor.ok) return cursor;
  const [afterMicros, afterId] = cursor.value ?? [null, null];
  const rows = await queryRows(database, Row, pageSql, [
    new Date(question.nowMs),
    question.provinces,
    afterMicros,
    afterId,
    question.limit + 1,
  ]);
  const page = pageOf(rows, question.limit, (row) => [row.issued_micros, row.id]);
  return ok({ rows: page.rows.map(rowOf), next: page.next });
}

/** The newest codes of one facility. */
export async function codesOfFacility(
  database: Queryable,
  question: { readonly facilityId: string; readonly limit: number; readonly nowMs: number },
): Promise<CodeRow[]> {
  const values = [new Date(question.nowMs), question.facilityId, question.limit];
  return (await queryRows(database, Row, ofFacilitySql, values)).map(rowOf);
}

/** One code; undefined outside the visible provinces. */
export async function enrolmentCode(
  database: Queryable,
  question: {
    readonly id: string;
    readonly provinces: readonly ProvinceCode[];
    readonly nowMs: number;
  },
): Promise<CodeRow | undefined> {
  const values = [new Date(question.nowMs), question.provinces, question.id];
  const row = await queryRow(database, Row, oneSql, values);
  return row === undefined ? undefined : rowOf(row);
}

const CursorKey = z.tuple([z.int(), z.uuid()]);
const Row = z.object({
  id: z.uuid(),
  facility_id: z.uuid(),
  facility_name: z.string(),
  issued_at: Moment,
  issued_micros: Whole,
  issued_by: z.string(),
  expires_at: Moment,
  used_at: Moment.nullable(),
  state: z.enum(['open', 'used', 'expired', 'revoked']),
  replaces: z.string().nullable(),
});

const selected = `
  SELECT code.id, code.facility_id, facility.name AS facility_name, code.issued_at,
    (extract(epoch FROM code.issued_at) * 1000000)::bigint AS issued_micros,
    code.issued_by, code.expires_at, code.used_at,
    CASE
      WHEN code.used_at IS NOT NULL THEN 'used'
      WHEN code.revoked_at IS NOT NULL THEN 'revoked'
      WHEN code.expires_at <= $1::timestamptz THEN 'expired'
      ELSE 'open'
    END AS state, replaced.short_code AS replaces
  FROM enrolment_code AS code JOIN facility ON facility.id = code.facility_id
    LEFT JOIN till AS replaced ON replaced.id = code.replaces_till`;
const pageSql = `${selected}
  WHERE facility.province = ANY($2::text[])
    AND ($4::uuid IS NULL OR (code.issued_at, code.id)
      < (timestamptz 'epoch' + $3::bigint * interval '1 microsecond', $4))
  ORDER BY code.issued_at DESC, code.id DESC LIMIT $5`;
const ofFacilitySql = `${selected}
  WHERE code.facility_id = $2 ORDER BY code.issued_at DESC, code.id DESC LIMIT $3`;
const oneSql = `${selected}
  WHERE facility.province = ANY($2::text[]) AND code.id = $3`;

function rowOf(row: z.output<typeof Row>): CodeRow {
  return {
    id: row.id,
    facilityId: row.facility_id,
    facilityName: row.facility_name,
    issuedAt: row.issued_at,
    issuedBy: row.issued_by,
    expiresAt: row.expires_at,
    state: row.state,
    usedAt: row.used_at,
    replaces: row.replaces,
  };
}
