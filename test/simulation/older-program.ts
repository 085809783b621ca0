/**
 * A till that was made by an older program: its files with the schema of then. What an older program
 * could not have known (later tables and columns) is not there; the journal, its derived tables and
 * what sync remembers are. The program of today then opens it, with events that wait to be sent.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { loadMigrations } from '../../desktop/main/db/migrate.ts';
import { openDatabase } from '../../desktop/main/db/open-database.ts';
import type { Random } from '../../server/twin/random.ts';

/** @returns the number of the last migration that the older program had; undefined: there is none. */
export function makeOlder(options: {
  readonly from: string;
  readonly to: string;
  readonly openedAt: string;
  readonly random: Random;
}): number | undefined {
  const migrations = loadMigrations();
  if (migrations.length < 2) return undefined;
  const known = options.random.between(1, migrations.length - 1);
  mkdirSync(options.to, { recursive: true });
  const made = openDatabase({
    dataDir: options.to,
    openedAt: options.openedAt,
    migrations: migrations.slice(0, known),
  });
  if (!made.ok) throw new Error(made.error.detail);
  made.value.close();
  const older = new Database(path.join(options.to, 'till.db'));
  try {
    older.pragma('foreign_keys = OFF');
    older.prepare('ATTACH ? AS today').run(path.join(options.from, 'till.db'));
    older.transaction(() => {
      for (const table of tablesOf(older)) copyTable(older, table);
      // The search index cannot be copied: an older till that comes back reads the catalogue anew.
      older.exec("UPDATE setting SET value = '0' WHERE name = 'feedCursor'");
    })();
  } finally {
    older.close();
  }
  return known;
}

function tablesOf(older: InstanceType<typeof Database>): readonly string[] {
  const names = older
    .prepare<[], { name: string }>(
      `SELECT name FROM pragma_table_list
       WHERE schema = 'main' AND type = 'table' AND name NOT IN ('migration', 'sqlite_schema')
         AND name IN (SELECT name FROM pragma_table_list WHERE schema = 'today')`,
    )
    .all()
    .map(({ name }) => name);
  // A movement names an event: what is named comes first.
  return names.sort((a, b) => Number(b === 'event') - Number(a === 'event'));
}

function copyTable(older: InstanceType<typeof Database>, table: string): void {
  const columns = older
    .prepare<[string, string], { name: string }>(
      `SELECT name FROM pragma_table_info(?, 'main')
       WHERE name IN (SELECT name FROM pragma_table_info(?, 'today'))`,
    )
    .all(table, table)
    .map(({ name }) => name)
    .join(', ');
  const order = table === 'event' ? ' ORDER BY seq' : '';
  older.exec(`DELETE FROM main.${table} WHERE '${table}' = 'setting';
    INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM today.${table}${order}`);
}
