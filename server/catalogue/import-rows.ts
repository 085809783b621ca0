/** The tables of the catalogue import: what was read, what could not be read, how far it is. */
import { z } from 'zod';
import type { CatalogueImport } from '../../shared/contract/console-api.ts';
import { Drug } from '../../shared/model/drug.ts';
import { type Queryable, queryRow, queryRows } from '../db/pool.ts';
import { Moment, Whole } from '../queries/rows.ts';

export type StagedDrug = { readonly rowNumber: number; readonly drug: Drug };
export type StagedIssue = {
  readonly issueNumber: number;
  readonly rowNumber: number;
  readonly severity: 'unreadable' | 'warning';
  readonly reason: string;
  readonly text: string;
};
export type ImportProgress = {
  readonly bytesRead: number;
  readonly rows: number;
  readonly unreadableRows: number;
  readonly warnings: number;
};

const columns = `id, file_name, size_bytes, started_at, started_by, finished_at, state, bytes_read,
  row_count, new_drugs, changed_drugs, unchanged_drugs, unreadable_rows, warnings,
  published_drugs, failure`;

const Row = z
  .object({
    id: z.uuid(),
    file_name: z.string(),
    size_bytes: Whole,
    started_at: Moment,
    started_by: z.string(),
    finished_at: Moment.nullable(),
    state: z.enum(['reading', 'ready', 'publishing', 'published', 'cancelled', 'failed']),
    bytes_read: Whole,
    row_count: Whole,
    new_drugs: Whole,
    changed_drugs: Whole,
    unchanged_drugs: Whole,
    unreadable_rows: Whole,
    warnings: Whole,
    published_drugs: Whole,
    failure: z.string().nullable(),
  })
  .transform(
    (row): CatalogueImport => ({
      id: row.id,
      fileName: row.file_name,
      sizeBytes: row.size_bytes,
      startedAt: row.started_at,
      startedBy: row.started_by,
      finishedAt: row.finished_at,
      state: row.state,
      bytesRead: row.bytes_read,
      rows: row.row_count,
      newDrugs: row.new_drugs,
      changedDrugs: row.changed_drugs,
      unchangedDrugs: row.unchanged_drugs,
      unreadableRows: row.unreadable_rows,
      warnings: row.warnings,
      publishedDrugs: row.published_drugs,
      failure: row.failure,
    }),
  );

/** Starts an import; undefined while another one is reading or publishing. */
export function insertImport(
  database: Queryable,
  started: {
    readonly id: string;
    readonly fileName: string;
    readonly sizeBytes: number;
    readonly startedBy: string;
    readonly nowMs: number;
  },
): Promise<CatalogueImport | undefined> {
  return queryRow(
    database,
    Row,
    `INSERT INTO catalogue_import (id, file_name, size_bytes, started_at, started_by, state)
     VALUES ($1, $2, $3, $4, $5, 'reading')
     ON CONFLICT ((true)) WHERE state IN ('reading', 'publishing') DO NOTHING
     RETURNING ${columns}`,
    [started.id, started.fileName, started.sizeBytes, new Date(started.nowMs), started.startedBy],
  );
}

export function findImport(database: Queryable, id: string): Promise<CatalogueImport | undefined> {
  return queryRow(database, Row, `SELECT ${columns} FROM catalogue_import WHERE id = $1`, [id]);
}

export async function isImportRunning(database: Queryable): Promise<boolean> {
  const { rows } = await database.query(
    `SELECT 1 FROM catalogue_import WHERE state IN ('reading', 'publishing')`,
  );
  return rows.length > 0;
}

export function listImports(
  database: Queryable,
  limit: number,
): Promise<readonly CatalogueImport[]> {
  return queryRows(
    database,
    Row,
    `SELECT ${columns} FROM catalogue_import ORDER BY started_at DESC, id DESC LIMIT $1`,
    [limit],
  );
}

export async function countCatalogue(database: Queryable): Promise<number> {
  const row = await queryRow(
    database,
    z.object({ drugs: Whole }),
    'SELECT count(*) AS drugs FROM drug',
  );
  return row?.drugs ?? 0;
}

/**
 * Writes how far reading is. False when the import is not being read any more, because somebody
 * cancelled it: the row's lock puts the cancelling and this in one order.
 */
export async function saveProgress(
  database: Queryable,
  id: string,
  progress: ImportProgress,
): Promise<boolean> {
  const { rowCount } = await database.query(
    `UPDATE catalogue_import
     SET bytes_read = $2, row_count = $3, unreadable_rows = $4, warnings = $5
     WHERE id = $1 AND state = 'reading'`,
    [id, progress.bytesRead, progress.rows, progress.unreadableRows, progress.warnings],
  );
  return rowCount === 1;
}

export async function stageRows(
  database: Queryable,
  id: string,
  {
    drugs,
    issues,
  }: { readonly drugs: readonly StagedDrug[]; readonly issues: readonly StagedIssue[] },
): Promise<void> {
  if (drugs.length > 0) {
    await database.query(
      `INSERT INTO catalogue_import_drug (import_id, row_number, code, entry)
       SELECT $1, * FROM unnest($2::bigint[], $3::text[], $4::jsonb[])`,
      [
        id,
        drugs.map((staged) => staged.rowNumber),
        drugs.map((staged) => staged.drug.code),
        drugs.map((staged) => JSON.stringify(staged.drug)),
      ],
    );
  }
  if (issues.length > 0) {
    await database.query(
      `INSERT INTO catalogue_import_issue
         (import_id, issue_number, row_number, severity, reason, row_text)
       SELECT $1, * FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[])`,
      [
        id,
        issues.map((issue) => issue.issueNumber),
        issues.map((issue) => issue.rowNumber),
        issues.map((issue) => issue.severity),
        issues.map((issue) => issue.reason),
        issues.map((issue) => issue.text),
      ],
    );
  }
}

/** Compares what was read with the catalogue as it is now. */
export async function countDifferences(database: Queryable, id: string): Promise<void> {
  await database.query(
    `UPDATE catalogue_import SET new_drugs = counted.new_drugs,
       changed_drugs = counted.changed_drugs, unchanged_drugs = counted.unchanged_drugs
     FROM (
       SELECT count(*) FILTER (WHERE drug.code IS NULL) AS new_drugs,
         count(*) FILTER (WHERE drug.entry <> staged.entry) AS changed_drugs,
         count(*) FILTER (WHERE drug.entry = staged.entry) AS unchanged_drugs
       FROM catalogue_import_drug AS staged LEFT JOIN drug ON drug.code = staged.code
       WHERE staged.import_id = $1
     ) AS counted
     WHERE id = $1`,
    [id],
  );
}

const DifferentRow = z.object({ row_number: Whole, entry: Drug });

/** The next drugs that are new or differ from the catalogue, in the order of the file. */
export async function differentDrugs(
  database: Queryable,
  {
    id,
    afterRow,
    limit,
  }: { readonly id: string; readonly afterRow: number; readonly limit: number },
): Promise<readonly StagedDrug[]> {
  const rows = await queryRows(
    database,
    DifferentRow,
    `SELECT staged.row_number, staged.entry
     FROM catalogue_import_drug AS staged LEFT JOIN drug ON drug.code = staged.code
     WHERE staged.import_id = $1 AND staged.row_number > $2
       AND drug.entry IS DISTINCT FROM staged.entry
     ORDER BY staged.row_number LIMIT $3`,
    [id, afterRow, limit],
  );
  return rows.map((row) => ({ rowNumber: row.row_number, drug: row.entry }));
}

type State = CatalogueImport['state'];

/** Moves an import on, if it still stands where the caller believes; undefined when not. */
export function changeState(
  database: Queryable,
  id: string,
  change: {
    readonly from: readonly State[];
    readonly to: State;
    readonly nowMs: number;
    readonly failure?: string;
  },
): Promise<CatalogueImport | undefined> {
  const isOver = change.to !== 'publishing';
  return queryRow(
    database,
    Row,
    `UPDATE catalogue_import SET state = $3, failure = $4,
       finished_at = CASE WHEN $5::boolean THEN $6::timestamptz END
     WHERE id = $1 AND state = ANY($2::text[]) RETURNING ${columns}`,
    [id, change.from, change.to, change.failure ?? null, isOver, new Date(change.nowMs)],
  );
}

/** The drugs go; the report of what could not be read stays. */
export async function forgetStagedDrugs(database: Queryable, id: string): Promise<void> {
  await database.query('DELETE FROM catalogue_import_drug WHERE import_id = $1', [id]);
}

export async function savePublished(
  database: Queryable,
  id: string,
  publishedDrugs: number,
): Promise<void> {
  await database.query('UPDATE catalogue_import SET published_drugs = $2 WHERE id = $1', [
    id,
    publishedDrugs,
  ]);
}
