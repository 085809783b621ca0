import { z } from 'zod';
import { limits } from '../../shared/base/limits.ts';
import { ok, type Result } from '../../shared/base/result.ts';
import {
  clinicActs,
  type clinicApi,
  type ParkedRow,
  type ParkedState,
} from '../../shared/contract/clinic-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import type { ProvinceCode } from '../../shared/model/area.ts';
import { type ParkedReason, parkedReasons } from '../../shared/rules/clinic.ts';
import { type Pool, type Queryable, queryRow, queryRows } from '../db/pool.ts';
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
const stateSql = {
  waiting: 'parked_event.resolved_at IS NULL',
  asked: 'parked_event.resolved_at IS NULL AND parked_event.asked_at IS NOT NULL',
  released: 'parked_event.resolved_at IS NOT NULL',
} as const satisfies Record<ParkedState, string>;
const filtered = `
  facility.province = ANY($1::text[])
    AND ($2::uuid IS NULL OR parked_event.facility_id = $2)
    AND parked_event.parked_at <= $3`;
const ReasonRow = z.object({ reason: z.enum(parkedReasons), count: Whole });

/** What waits, oldest first; what has left, newest first. */
export async function parkedRecords(
  pool: Pool,
  question: {
    readonly provinces: Provinces;
    readonly state: ParkedState;
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
  const filters = [question.provinces, question.facility ?? null, before];
  const [past, order] = question.state === 'released' ? ['<', 'DESC'] : ['>', 'ASC'];
  const which = `${stateSql[question.state]} AND ${filtered}`;
  return inSnapshot(pool, async (client) => {
    const counted = await queryRows(
      client,
      ReasonRow,
      `SELECT parked_event.reason, count(*) FROM parked_event
         JOIN facility ON facility.id = parked_event.facility_id
       WHERE ${which} GROUP BY parked_event.reason`,
      filters,
    );
    const rows = await queryRows(
      client,
      Row,
      `${selected} WHERE ${which}
         AND ($4::text IS NULL OR parked_event.reason = $4)
         AND ($6::uuid IS NULL OR (parked_event.parked_at, parked_event.till_id, parked_event.seq)
           ${past} (timestamptz 'epoch' + $5::bigint * interval '1 microsecond', $6, $7))
       ORDER BY parked_event.parked_at ${order}, parked_event.till_id ${order},
         parked_event.seq ${order} LIMIT $8`,
      [...filters, question.reason ?? null, micros, till, seq, question.limit + 1],
    );
    const page = pageOf(rows, question.limit, (row) => [row.parked_micros, row.till_id, row.seq]);
    const reasons = { ...noReasons, ...countsOf(counted) };
    const total =
      question.reason === undefined
        ? counted.reduce((sum, row) => sum + row.count, 0)
        : reasons[question.reason];
    return ok({ rows: page.rows.map(rowOf), total, reasons, next: page.next });
  });
}

const noReasons = {
  UnknownEventType: 0,
  NewerEventVersion: 0,
  InvalidEventData: 0,
  UnknownDrugCode: 0,
  WaitsForParked: 0,
  RefusedByDatabase: 0,
} as const satisfies Record<ParkedReason, number>;

function countsOf(
  rows: readonly z.output<typeof ReasonRow>[],
): Partial<Record<ParkedReason, number>> {
  return Object.fromEntries(rows.map(({ reason, count }) => [reason, count]));
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

const ActRow = z.object({
  at: Moment,
  account: z.string(),
  action: z.enum(clinicActs),
  detail: z.record(z.string(), z.unknown()),
});

/** What people did about a record, as the audit keeps it; oldest first. */
export async function actsOn(
  database: Queryable,
  { till, seq }: { readonly till: string; readonly seq: number },
) {
  return queryRows(
    database,
    ActRow,
    `SELECT at, account, action, detail FROM audit
     WHERE action IN ('record-judged', 'drug-code-mapped', 'facility-asked')
       AND detail ->> 'till' = $1 AND detail ->> 'seq' = $2
     ORDER BY id LIMIT ${limits.pageRowsMax}`,
    [till, String(seq)],
  );
}

const VerdictRow = z
  .object({
    cause: z.string(),
    before_reason: z.enum(parkedReasons),
    after_reason: z.enum(parkedReasons).or(z.literal('')),
    first_at: Moment,
    last_at: Moment,
    times: Whole,
  })
  .transform((row) => ({
    cause: row.cause,
    before: row.before_reason,
    after: row.after_reason === '' ? null : row.after_reason,
    firstAt: row.first_at,
    lastAt: row.last_at,
    times: row.times,
  }));

/** How often a record was judged again, for what cause, and what came of it; oldest first. */
export async function verdictsOn(
  database: Queryable,
  { till, seq }: { readonly till: string; readonly seq: number },
) {
  return queryRows(
    database,
    VerdictRow,
    `SELECT cause, before_reason, after_reason, first_at, last_at, times FROM parked_verdict
     WHERE till_id = $1 AND seq = $2 ORDER BY first_at, after_reason DESC`,
    [till, seq],
  );
}

/** Names of the catalogue for drug codes, and for texts that this facility's dictionary knows. */
export async function drugNamesFor(
  database: Queryable,
  { codes, facilityId }: { readonly codes: readonly string[]; readonly facilityId: string },
): Promise<Readonly<Record<string, string>>> {
  if (codes.length === 0) return {};
  const rows = await queryRows(
    database,
    z.object({ code: z.string(), name: z.string() }),
    `SELECT given.code, drug.name
     FROM unnest($1::text[]) AS given (code)
     LEFT JOIN drug_code_mapping AS mapping
       ON mapping.facility_id = $2 AND mapping.code = given.code
     JOIN drug ON drug.code = coalesce(mapping.drug, given.code)`,
    [codes, facilityId],
  );
  return Object.fromEntries(rows.map((row) => [row.code, row.name]));
}
