import { z } from 'zod';
import { ok, type Result } from '../../shared/base/result.ts';
import type { consoleApi } from '../../shared/contract/console-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import { type Queryable, queryRows } from '../db/pool.ts';
import { type BadCursor, pageOf, readCursor } from './cursor.ts';
import { likePattern, Moment, Whole } from './rows.ts';

type Answer = RouteAnswer<typeof consoleApi.audit>;

/** Who did what, newest first; the text is looked for in account, action, subject and address. */
export async function auditTrail(
  database: Queryable,
  question: {
    readonly text: string;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<Result<Answer, BadCursor>> {
  const cursor = readCursor(z.tuple([z.int()]), question.cursor);
  if (!cursor.ok) return cursor;
  const rows = await queryRows(database, Row, sql, [
    question.text === '' ? null : `%${likePattern(question.text)}%`,
    cursor.value?.[0] ?? null,
    question.limit + 1,
  ]);
  const page = pageOf(rows, question.limit, (row) => [row.id]);
  return ok({
    rows: page.rows.map((row) => ({ ...row, id: String(row.id) })),
    next: page.next,
  });
}

const Row = z.object({
  id: Whole,
  at: Moment,
  account: z.string(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.unknown()),
  address: z.string(),
});
const sql = `
  SELECT id, at, account, action, subject, detail, address
  FROM audit
  WHERE ($1::text IS NULL OR concat_ws(' ', account, action, subject, address) ILIKE $1)
    AND ($2::bigint IS NULL OR id < $2)
  ORDER BY id DESC LIMIT $3`;
