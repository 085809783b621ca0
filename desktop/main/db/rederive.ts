/**
 * Derives everything once more, beside the till's own tables (protocol.md I10): the journal is
 * replayed, proved event by event, into a second database that lives only as long as this takes, and
 * the tables are compared row by row. All of it in steps, so that the counter goes on meanwhile: what
 * is sold between two steps is replayed before the next comparison, so both sides always stand at the
 * same event when rows are compared.
 */
import Database from 'better-sqlite3';
import { z } from 'zod';
import { present } from '../../../shared/base/assert.ts';
import { ok, type Result } from '../../../shared/base/result.ts';
import type { ChainHead } from '../../../shared/events/seal.ts';
import { applyEvent, derivedTables } from './apply-event.ts';
import type { DatabaseFault } from './database-fault.ts';
import { indexLocalProducts } from './local-products.ts';
import { type SqlValue, TillDb } from './till-db.ts';
import { chainStart, readProved } from './verify-journal.ts';

export type DerivedTable = (typeof derivedTables)[number];

/** Rows that stand in only one of the stored and the re-derived table. */
export type TableDifference = { readonly table: DerivedTable; readonly rows: number };

export type Rederivation = {
  /** Replays at most `eventsMax` more events. @returns whether the head was reached. */
  readonly follow: (eventsMax: number) => Result<boolean, DatabaseFault>;
  readonly head: () => ChainHead;
  /** Events replayed so far. */
  readonly events: () => number;
  readonly movements: () => number;
  /** Rows compared so far. */
  readonly rows: () => number;
  /**
   * Compares at most `rowsMax` more rows of one table; call it at the head.
   * @param after the key of the last row compared, undefined at the beginning.
   */
  readonly compareRows: (
    table: DerivedTable,
    after: Key | undefined,
    rowsMax: number,
  ) => 'different' | 'done' | Key;
  /** Makes the till's tables what the journal says, in one transaction; call it at the head. */
  readonly repair: (tables: readonly DerivedTable[]) => readonly TableDifference[];
  readonly close: () => void;
};
export type Key = readonly SqlValue[];

const cacheKib = 16 * 1024;
const Row = z.record(z.string(), z.union([z.string(), z.number(), z.null()]));
const rowsPerPage = 2_000;

export function openRederivation(db: TillDb): Rederivation {
  // Private and temporary: SQLite keeps it in its cache and spills it into a file without a name.
  const copy = new TillDb(new Database(''));
  copy.pragma('journal_mode = OFF');
  copy.pragma('synchronous = OFF');
  copy.pragma('foreign_keys = OFF');
  copy.pragma(`cache_size = -${cacheKib}`);
  for (const table of derivedTables) copy.execute(schemaOf(db, table));
  const keys = new Map(derivedTables.map((table) => [table, keyColumns(db, table)]));
  let proved = chainStart;
  let movements = 0;
  let rows = 0;
  const keyOf = (table: DerivedTable) => present(keys.get(table), 'Every derived table has a key');
  return {
    follow: (eventsMax) => {
      const slice = readProved(db, proved, eventsMax);
      if (!slice.ok) return slice;
      const { events, head } = slice.value;
      copy.immediately(() => {
        for (const event of events) movements += applyEvent(copy, event);
      });
      proved = head;
      return ok(events.length < eventsMax);
    },
    head: () => proved,
    events: () => proved.seq,
    movements: () => movements,
    rows: () => rows,
    compareRows: (table, after, rowsMax) => {
      const page = { table, key: keyOf(table), after, rowsMax };
      const stored = readPage(db, page);
      const derived = readPage(copy, page);
      rows += stored.length;
      if (JSON.stringify(stored) !== JSON.stringify(derived)) return 'different';
      const last = stored.at(-1);
      if (last === undefined || stored.length < rowsMax) return 'done';
      return keyOf(table).map((column) => last[column] ?? null);
    },
    repair: (tables) =>
      db.immediately(() => {
        // A void refers to its sale: together they are right again at the end.
        db.pragma('defer_foreign_keys = ON');
        const repaired = tables
          .map((table) => ({ table, rows: replaceRows(db, copy, table, keyOf(table)) }))
          .filter(({ rows }) => rows > 0);
        if (repaired.some(({ table }) => table === 'local_product')) indexLocalProducts(db);
        return repaired;
      }),
    close: () => copy.close(),
  };
}

/** Whether a whole table is what the journal says; call it at the head. */
export function isSameTable(rederivation: Rederivation, table: DerivedTable): boolean {
  let after: Key | undefined;
  for (;;) {
    const compared = rederivation.compareRows(table, after, rowsPerPage);
    if (compared === 'different') return false;
    if (compared === 'done') return true;
    after = compared;
  }
}

function schemaOf(db: TillDb, table: DerivedTable): string {
  const row = db.one(
    z.object({ sql: z.string() }),
    "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = ?",
    table,
  );
  return present(row, 'A derived table is in the schema').sql;
}

function keyColumns(db: TillDb, table: DerivedTable): readonly string[] {
  return z
    .array(z.object({ name: z.string(), pk: z.int() }))
    .parse(db.pragma(`table_info(${table})`))
    .filter(({ pk }) => pk > 0)
    .sort((a, b) => a.pk - b.pk)
    .map(({ name }) => name);
}

function readPage(
  db: TillDb,
  page: {
    readonly table: DerivedTable;
    readonly key: readonly string[];
    readonly after: Key | undefined;
    readonly rowsMax: number;
  },
) {
  const { table, after, rowsMax } = page;
  const key = page.key.join(', ');
  const behind = after === undefined ? '' : `WHERE (${key}) > (${after.map(() => '?').join(', ')})`;
  const sql = `SELECT * FROM ${table} ${behind} ORDER BY ${key} LIMIT ?`;
  return db.all(Row, sql, ...(after ?? []), rowsMax);
}

/** @returns how many rows were wrong; one that was changed stands on either side, and counts once. */
function replaceRows(
  db: TillDb,
  copy: TillDb,
  table: DerivedTable,
  key: readonly string[],
): number {
  db.execute(`CREATE TEMP TABLE rederived AS SELECT * FROM ${table} WHERE false`);
  let after: Key | undefined;
  for (;;) {
    const rows = readPage(copy, { table, key, after, rowsMax: rowsPerPage });
    for (const row of rows) {
      const values = Object.values(row);
      db.run(`INSERT INTO temp.rederived VALUES (${values.map(() => '?').join(', ')})`, ...values);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsPerPage) break;
    after = key.map((column) => last[column] ?? null);
  }
  const columns = key.join(', ');
  const removed = db.run(
    `DELETE FROM ${table} WHERE (${columns}) IN (SELECT ${columns} FROM
       (SELECT * FROM ${table} EXCEPT SELECT * FROM temp.rederived))`,
  );
  const added = db.run(
    `INSERT INTO ${table} SELECT * FROM temp.rederived EXCEPT SELECT * FROM ${table}`,
  );
  db.execute('DROP TABLE temp.rederived');
  return Math.max(removed, added);
}
