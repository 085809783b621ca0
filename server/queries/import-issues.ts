import { z } from 'zod';
import { ok, type Result } from '../../shared/base/result.ts';
import type { consoleApi } from '../../shared/contract/console-api.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import { rowReasons, rowWarnings, type Sentence } from '../catalogue/reasons.ts';
import { type Queryable, queryRow, queryRows } from '../db/pool.ts';
import { type BadCursor, pageOf, readCursor } from './cursor.ts';
import { Whole } from './rows.ts';

type Answer = RouteAnswer<typeof consoleApi.importIssues>;

/** Every row of a file that could not be read, and every warning, in the order of the file. */
export async function importIssues(
  database: Queryable,
  question: {
    readonly id: string;
    readonly severity?: 'unreadable' | 'warning' | undefined;
    readonly cursor?: string | undefined;
    readonly limit: number;
  },
): Promise<Result<Answer, BadCursor>> {
  const cursor = readCursor(z.tuple([z.int()]), question.cursor);
  if (!cursor.ok) return cursor;
  const filters = [question.id, question.severity ?? null];
  const total = await queryRow(database, TotalRow, totalSql, filters);
  const values = [...filters, cursor.value?.[0] ?? 0, question.limit + 1];
  const rows = await queryRows(database, Row, pageSql, values);
  const page = pageOf(rows, question.limit, (row) => [row.issue_number]);
  return ok({
    rows: page.rows.map((row) => ({
      rowNumber: row.row_number,
      severity: row.severity,
      reason: row.reason,
      sentenceVi: sentencesByCode.get(row.reason)?.vi ?? row.reason,
      sentenceEn: sentencesByCode.get(row.reason)?.en ?? row.reason,
      text: row.row_text,
    })),
    total: total?.issues ?? 0,
    next: page.next,
  });
}

const sentencesByCode: ReadonlyMap<string, Sentence> = new Map(
  Object.entries({ ...rowReasons, ...rowWarnings }),
);
const TotalRow = z.object({ issues: Whole });
const Row = z.object({
  issue_number: Whole,
  row_number: Whole,
  severity: z.enum(['unreadable', 'warning']),
  reason: z.string(),
  row_text: z.string(),
});
const filtered = `
  FROM catalogue_import_issue
  WHERE import_id = $1 AND ($2::text IS NULL OR severity = $2)`;
const totalSql = `SELECT count(*) AS issues ${filtered}`;
const pageSql = `
  SELECT issue_number, row_number, severity, reason, row_text ${filtered} AND issue_number > $3
  ORDER BY issue_number LIMIT $4`;
