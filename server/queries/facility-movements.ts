/**
 * The book of movements of one facility, newest first. Its tills followed one another, each with
 * a journal of its own: the newest till's journal backwards, then the one before. So a page is a
 * walk on the key of `movement`, however long the book is.
 */
import { z } from 'zod';
import { ok, type Result } from '../../shared/base/result.ts';
import type { consoleApi } from '../../shared/contract/console-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import { type Pool, type Queryable, queryRows } from '../db/pool.ts';
import { movementKindOf } from '../ingest/write-movements.ts';
import { type BadCursor, pageOf, readCursor } from './cursor.ts';
import { Day, inSnapshot, Moment, Whole } from './rows.ts';

type Answer = RouteAnswer<typeof consoleApi.facilityMovements>;

export async function facilityMovements(
  pool: Pool,
  question: {
    readonly id: string;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<Result<Answer, BadCursor>> {
  const cursor = readCursor(CursorKey, question.cursor);
  if (!cursor.ok) return cursor;
  const rows = await inSnapshot(pool, (client) => rowsAfter(client, question, cursor.value));
  const page = pageOf(rows, question.limit, (row) => [row.till_id, row.seq, row.line]);
  return ok({
    rows: page.rows.map((row) => ({
      till: row.till_id,
      seq: row.seq,
      line: row.line,
      at: row.at,
      receivedAt: row.received_at,
      kind: movementKindOf(row.kind),
      drug: row.drug,
      name: row.name,
      lot: row.lot,
      expiresOn: row.expires_on,
      units: row.units,
      amountVnd: row.amount_vnd,
    })),
    next: page.next,
  });
}

const CursorKey = z.tuple([z.uuid(), z.int(), z.int()]);
const Row = z.object({
  till_id: z.uuid(),
  seq: Whole,
  line: Whole,
  at: Moment,
  received_at: Moment,
  kind: Whole,
  drug: z.string(),
  name: z.string(),
  lot: z.string(),
  expires_on: Day,
  units: Whole,
  amount_vnd: Whole,
});

async function rowsAfter(
  database: Queryable,
  { id, limit }: { readonly id: string; readonly limit: number },
  after: z.output<typeof CursorKey> | null,
): Promise<readonly z.output<typeof Row>[]> {
  const tills = await queryRows(database, z.object({ id: z.uuid() }), tillsSql, [id]);
  const first = after === null ? 0 : tills.findIndex((till) => till.id === after[0]);
  const rows: z.output<typeof Row>[] = [];
  // A till that is not of this facility is nowhere in the list: its cursor gives nothing.
  for (const till of first === -1 ? [] : tills.slice(first)) {
    const [, seq, line] = after?.[0] === till.id ? after : [null, null, null];
    const wanted = limit + 1 - rows.length;
    if (wanted > 0) {
      rows.push(...(await queryRows(database, Row, journalSql, [till.id, seq, line, wanted])));
    }
  }
  return rows;
}

const tillsSql = `
  SELECT id FROM till WHERE facility_id = $1 ORDER BY enrolled_at DESC, id DESC LIMIT 100`;
const journalSql = `
  SELECT movement.till_id, movement.seq, movement.line, movement.at, movement.received_at,
    movement.kind, movement.drug, coalesce(drug.name, movement.drug) AS name, movement.lot,
    movement.expires_on, movement.units, movement.amount_vnd
  FROM (
    SELECT * FROM movement
    WHERE till_id = $1 AND ($2::bigint IS NULL OR (seq, line) < ($2::bigint, $3::integer))
    ORDER BY seq DESC, line DESC LIMIT $4
  ) AS movement
  LEFT JOIN drug ON drug.code = movement.drug
  ORDER BY movement.seq DESC, movement.line DESC`;
