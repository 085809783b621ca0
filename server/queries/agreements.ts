import { z } from 'zod';
import { ok, type Result } from '../../shared/base/result.ts';
import {
  type AgreementRow,
  AgreementState,
  agreementStates,
  type clinicApi,
} from '../../shared/contract/clinic-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import type { AreaScheme, ProvinceCode } from '../../shared/model/area.ts';
import { addDays, businessDateOf, CalendarDate, instantOfMs } from '../../shared/model/calendar.ts';
import { type Pool, type Queryable, queryRow, queryRows } from '../db/pool.ts';
import { agreementStatesSql, unknownAfterMs } from '../supervision/agreement-report.ts';
import { areaOfProvince, areasOf, provinceName } from './areas.ts';
import { type BadCursor, pageOf, readCursor } from './cursor.ts';
import { nameEvents } from './name-events.ts';
import { inSnapshot, Moment, Whole } from './rows.ts';

type Provinces = readonly ProvinceCode[];
/** What a year of reports is read back for is a trend; more days make no better picture. */
const reportDaysShown = 60;

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
    till_id: z.uuid(),
  })
  .transform((row) => ({
    tillId: row.till_id,
    firstSeq: row.first_seq,
    facilityId: row.facility_id,
    facilityName: row.name,
    provinceName: provinceName(row.province),
    state: row.state,
    since: row.since,
    comparedAt: row.compared_at,
    comparedSeq: row.compared_seq,
    waitingEvents: row.waiting_events,
  }));
type Known = z.output<typeof AgreementDbRow>;

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
      rows: await withFirst(client, page.rows),
      counts: {
        forked: countOf('forked'),
        different: countOf('different'),
        waiting: countOf('waiting'),
        unknown: countOf('unknown'),
        revoked: countOf('revoked'),
        agreed: countOf('agreed'),
      },
      reportedAt: report?.made_at ?? null,
      next: page.next,
    });
  });
}

/** The first event that differs as a person finds it again, from the evidence. */
async function withFirst(database: Queryable, rows: readonly Known[]): Promise<AgreementRow[]> {
  const asked = rows.flatMap(({ tillId, firstSeq }) =>
    firstSeq === null ? [] : [{ till: tillId, seq: firstSeq }],
  );
  const names = await nameEvents(database, asked);
  return rows.map(({ tillId, firstSeq, ...row }) => ({
    ...row,
    first: names.get(`${tillId}/${firstSeq}`) ?? null,
  }));
}

const ReportRow = z.object({
  day: CalendarDate,
  province: z.string(),
  agreed: Whole,
  waiting: Whole,
  differing: Whole,
  unknown: Whole,
  forked: Whole,
  revoked: Whole,
});
type ReportRow = z.output<typeof ReportRow>;

/** What the nightly reports of the last weeks counted, by day and, for the last one, by area. */
export async function agreementReport(
  pool: Pool,
  question: {
    readonly provinces: Provinces;
    readonly scheme: AreaScheme;
    readonly nowMs: number;
  },
): Promise<RouteAnswer<typeof clinicApi.agreementReport>> {
  const { provinces, scheme, nowMs } = question;
  const from = addDays(businessDateOf(instantOfMs(nowMs)), 1 - reportDaysShown);
  const rows = await queryRows(
    pool,
    ReportRow,
    `SELECT day, province, agreed, waiting, differing, unknown, forked, revoked
     FROM agreement_report
     WHERE day >= $1::date AND province = ANY($2::text[]) ORDER BY day`,
    [from, provinces],
  );
  const days = [...new Set(rows.map((row) => row.day))];
  const last = rows.filter((row) => row.day === days.at(-1));
  return {
    days: days.map((day) => ({ day, ...sumOf(rows.filter((row) => row.day === day)) })),
    areas: areasOf(
      scheme,
      last.map((row) => row.province),
    ).map((area) => ({
      ...area,
      ...sumOf(last.filter((row) => areaOfProvince(scheme, row.province) === area.code)),
    })),
  };
}

function sumOf(rows: readonly ReportRow[]) {
  const sum = (figure: Exclude<keyof ReportRow, 'day' | 'province'>) =>
    rows.reduce((total, row) => total + row[figure], 0);
  return {
    forked: sum('forked'),
    different: sum('differing'),
    waiting: sum('waiting'),
    unknown: sum('unknown'),
    revoked: sum('revoked'),
    agreed: sum('agreed'),
  };
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
      agreement: (await withFirst(client, agreement === undefined ? [] : [agreement]))[0] ?? null,
      parked: counts?.parked ?? 0,
      checkedAt: counts?.checked_at ?? null,
      repairs: [...repairs],
    };
  });
}
