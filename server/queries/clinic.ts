import { z } from 'zod';
import { ok, type Result } from '../../shared/base/result.ts';
import {
  AgreementState,
  agreementStates,
  type clinicApi,
  type ParkedRow,
} from '../../shared/contract/clinic-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import type { ProvinceCode } from '../../shared/model/area.ts';
import { type ParkedReason, parkedReasons } from '../../shared/rules/clinic.ts';
import { type Pool, type Queryable, queryRow, queryRows } from '../db/pool.ts';
import { agreementStatesSql, unknownAfterMs } from '../supervision/agreement-report.ts';
import { provinceName } from './areas.ts';
import { type BadCursor, pageOf, readCursor } from './cursor.ts';
import { inSnapshot, Moment, Whole } from './rows.ts';

type Provinces = readonly ProvinceCode[];

const Row = z.object({
  till_id: z.uuid(),
  seq: Whole,
  facility_id: z.uuid(),
  facility_name: z.string(),
  province: z.string(),
  type: z.string(),
  reason: z.enum(parkedReasons),
  detail: z.string(),
  parked_at: Moment,
  parked_micros: Whole,
  judged_at: Moment.nullable(),
  resolved_at: Moment.nullable(),
  released_by: z.string().nullable(),
  asked_at: Moment.nullable(),
  asked_note: z.string().nullable(),
});
const CursorKey = z.tuple([z.int(), z.uuid(), z.int()]);
const selected = `
  SELECT parked_event.till_id, parked_event.seq, parked_event.facility_id, parked_event.type,
    parked_event.reason, parked_event.detail, parked_event.parked_at, parked_event.judged_at,
    parked_event.resolved_at, parked_event.released_by, parked_event.asked_at,
    parked_event.asked_note, facility.name AS facility_name, facility.province,
    (extract(epoch FROM parked_event.parked_at) * 1000000)::bigint AS parked_micros
  FROM parked_event JOIN facility ON facility.id = parked_event.facility_id`;
const filtered = `
  parked_event.resolved_at IS NULL AND facility.province = ANY($1::text[])
    AND ($2::text IS NULL OR parked_event.reason = $2)
    AND ($3::uuid IS NULL OR parked_event.facility_id = $3)
    AND parked_event.parked_at <= $4`;

/** What waits, oldest first. */
export async function parkedRecords(
  pool: Pool,
  question: {
    readonly provinces: Provinces;
    readonly reason?: ParkedReason | undefined;
    readonly facility?: string | undefined;
    readonly olderThanDays: number;
    readonly cursor?: string | undefined;
    readonly limit: number;
    readonly nowMs: number;
  },
): Promise<Result<RouteAnswer<typeof clinicApi.parkedRecords>, BadCursor>> {
  const cursor = readCursor(CursorKey, question.cursor);
  if (!cursor.ok) return cursor;
  const [micros, till, seq] = cursor.value ?? [null, null, null];
  const before = new Date(question.nowMs - question.olderThanDays * 86_400_000);
  const filters = [question.provinces, question.reason ?? null, question.facility ?? null, before];
  return inSnapshot(pool, async (client) => {
    const total = await queryRow(
      client,
      z.object({ count: Whole }),
      `SELECT count(*) FROM parked_event JOIN facility ON facility.id = parked_event.facility_id
       WHERE ${filtered}`,
      filters,
    );
    const rows = await queryRows(
      client,
      Row,
      `${selected} WHERE ${filtered} AND ($6::uuid IS NULL
         OR (parked_event.parked_at, parked_event.till_id, parked_event.seq)
           > (timestamptz 'epoch' + $5::bigint * interval '1 microsecond', $6, $7))
       ORDER BY parked_event.parked_at, parked_event.till_id, parked_event.seq LIMIT $8`,
      [...filters, micros, till, seq, question.limit + 1],
    );
    const page = pageOf(rows, question.limit, (row) => [row.parked_micros, row.till_id, row.seq]);
    return ok({ rows: page.rows.map(rowOf), total: total?.count ?? 0, next: page.next });
  });
}

/** One record, released or not; undefined outside the visible provinces. */
export async function parkedRow(
  database: Queryable,
  question: { readonly till: string; readonly seq: number; readonly provinces: Provinces },
): Promise<ParkedRow | undefined> {
  const row = await queryRow(
    database,
    Row,
    `${selected} WHERE parked_event.till_id = $1 AND parked_event.seq = $2
       AND facility.province = ANY($3::text[])`,
    [question.till, question.seq, question.provinces],
  );
  return row === undefined ? undefined : rowOf(row);
}

function rowOf(row: z.output<typeof Row>): ParkedRow {
  return {
    till: row.till_id,
    seq: row.seq,
    facilityId: row.facility_id,
    facilityName: row.facility_name,
    provinceName: provinceName(row.province),
    type: row.type,
    reason: row.reason,
    detail: row.detail,
    parkedAt: row.parked_at,
    judgedAt: row.judged_at,
    releasedAt: row.resolved_at,
    releasedBy: row.released_by,
    askedAt: row.asked_at,
    askedNote: row.asked_note,
  };
}

const AgreementDbRow = z
  .object({
    facility_id: z.uuid(),
    name: z.string(),
    province: z.string(),
    state: AgreementState,
    since: Moment.nullable(),
    compared_at: Moment.nullable(),
    compared_seq: Whole.nullable(),
    waiting_events: Whole,
    first_seq: Whole.nullable(),
  })
  .transform((row) => ({
    facilityId: row.facility_id,
    facilityName: row.name,
    provinceName: provinceName(row.province),
    state: row.state,
    since: row.since,
    comparedAt: row.compared_at,
    comparedSeq: row.compared_seq,
    waitingEvents: row.waiting_events,
    firstSeq: row.first_seq,
  }));

/** Facilities by how they agree with the centre: what differs first, then by name. */
export async function agreements(
  pool: Pool,
  question: {
    readonly provinces: Provinces;
    readonly state?: AgreementState | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
    readonly nowMs: number;
  },
): Promise<Result<RouteAnswer<typeof clinicApi.agreements>, BadCursor>> {
  const cursor = readCursor(z.tuple([z.int(), z.string(), z.uuid()]), question.cursor);
  if (!cursor.ok) return cursor;
  const [place, name, id] = cursor.value ?? [null, null, null];
  const common = [new Date(question.nowMs - unknownAfterMs), question.provinces];
  const known = `SELECT *, array_position($3::text[], state) AS place
    FROM (${agreementStatesSql} WHERE facility.province = ANY($2::text[])) AS known`;
  return inSnapshot(pool, async (client) => {
    const counted = await queryRows(
      client,
      z.object({ state: AgreementState, count: Whole }),
      `SELECT state, count(*) FROM (${known}) AS ranked GROUP BY state`,
      [...common, agreementStates],
    );
    const rows = await queryRows(
      client,
      AgreementDbRow,
      `SELECT * FROM (${known}) AS ranked
       WHERE ($4::text IS NULL OR state = $4)
         AND ($5::int IS NULL OR (place, name, facility_id) > ($5, $6, $7::uuid))
       ORDER BY place, name, facility_id LIMIT $8`,
      [...common, agreementStates, question.state ?? null, place, name, id, question.limit + 1],
    );
    const page = pageOf(rows, question.limit, (row) => [
      agreementStates.indexOf(row.state) + 1,
      row.facilityName,
      row.facilityId,
    ]);
    const report = await queryRow(
      client,
      z.object({ made_at: Moment.nullable() }),
      'SELECT max(made_at) AS made_at FROM agreement_report',
    );
    const countOf = (state: AgreementState) =>
      counted.find((row) => row.state === state)?.count ?? 0;
    return ok({
      rows: [...page.rows],
      counts: {
        different: countOf('different'),
        waiting: countOf('waiting'),
        unknown: countOf('unknown'),
        agreed: countOf('agreed'),
      },
      reportedAt: report?.made_at ?? null,
      next: page.next,
    });
  });
}

export async function clinicFigures(pool: Pool, provinces: Provinces) {
  const row = await queryRow(
    pool,
    z.object({ parked: Whole, differing: Whole }),
    `SELECT (SELECT count(*) FROM parked_event
         JOIN facility ON facility.id = parked_event.facility_id
         WHERE resolved_at IS NULL AND facility.province = ANY($1::text[])) AS parked,
       (SELECT count(*) FROM agreement JOIN till ON till.id = agreement.till_id
         JOIN facility ON facility.id = till.facility_id
         WHERE agreement.state = 'different' AND till.state <> 'revoked'
           AND facility.province = ANY($1::text[])) AS differing`,
    [provinces],
  );
  return row ?? { parked: 0, differing: 0 };
}

/** Agreement, clinic, checks and repairs of one facility, which the caller may see. */
export async function facilityHealth(
  pool: Pool,
  { id, nowMs }: { readonly id: string; readonly nowMs: number },
): Promise<RouteAnswer<typeof clinicApi.facilityHealth>> {
  return inSnapshot(pool, async (client) => {
    const agreement = await queryRow(
      client,
      AgreementDbRow,
      `${agreementStatesSql} WHERE facility.id = $2`,
      [new Date(nowMs - unknownAfterMs), id],
    );
    const counts = await queryRow(
      client,
      z.object({ parked: Whole, checked_at: Moment.nullable() }),
      `SELECT (SELECT count(*) FROM parked_event
           WHERE facility_id = $1 AND resolved_at IS NULL) AS parked,
         (SELECT checked_at FROM derived_check WHERE scope = $1::text) AS checked_at`,
      [id],
    );
    const repairs = await queryRows(
      client,
      z
        .object({
          repaired_at: Moment,
          asked_by: z.string(),
          differences: z.record(z.string(), Whole),
        })
        .transform((row) => ({
          repairedAt: row.repaired_at,
          askedBy: row.asked_by,
          differences: row.differences,
        })),
      `SELECT repaired_at, asked_by, differences FROM derived_repair
       WHERE facility_id = $1 ORDER BY repaired_at DESC LIMIT 20`,
      [id],
    );
    return {
      agreement: agreement ?? null,
      parked: counts?.parked ?? 0,
      checkedAt: counts?.checked_at ?? null,
      repairs: [...repairs],
    };
  });
}
