import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { type MigrationFile, planMigrations } from '../../../shared/migrate/plan-migrations.ts';
import type { DatabaseFault } from './database-fault.ts';
import type { TillDb } from './till-db.ts';

/**
 * Beside this module when it runs as TypeScript, beside the bundle (`out/main/migrations/`) when it
 * was bundled: `desktop/build.ts` copies the folder, so one expression serves both.
 */
const migrationsFolder = path.join(import.meta.dirname, 'migrations');

export type Migration = MigrationFile & { readonly sql: string };

/** Every shipped migration in order; line ends do not count, so a Windows checkout is the same. */
export function loadMigrations(folder = migrationsFolder): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(folder, name), 'utf8').replaceAll('\r\n', '\n');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { number: Number(name.slice(0, 4)), name, checksum, sql };
    });
}

/** Brings the schema up to this program, each migration in its own transaction. */
export function migrate(
  db: TillDb,
  migrations: readonly Migration[],
  appliedAt: string,
): Result<readonly string[], DatabaseFault> {
  const plan = planMigrations(migrations, appliedMigrations(db));
  if (!plan.ok) {
    const code = plan.error.type === 'DatabaseIsNewer' ? 'database-newer' : 'database-foreign';
    return err({ code, detail: JSON.stringify(plan.error) });
  }
  const pending = migrations.slice(migrations.length - plan.value.length);
  if (pending.length > 0) db.execute(historyTable);
  for (const migration of pending) {
    db.immediately(() => {
      db.execute(migration.sql);
      db.run(
        'INSERT INTO migration (number, name, checksum, applied_at) VALUES (?, ?, ?, ?)',
        migration.number,
        migration.name,
        migration.checksum,
        appliedAt,
      );
    });
  }
  return ok(pending.map((migration) => migration.name));
}

const historyTable = `CREATE TABLE IF NOT EXISTS migration (
  number INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  checksum TEXT NOT NULL,
  applied_at TEXT NOT NULL
) STRICT`;

const AppliedRow = z.object({ number: z.int(), checksum: z.string() });

function appliedMigrations(db: TillDb): readonly z.infer<typeof AppliedRow>[] {
  const table = db.one(
    z.object({ name: z.string() }),
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name = 'migration'",
  );
  if (table === undefined) return [];
  return db.all(AppliedRow, 'SELECT number, checksum FROM migration ORDER BY number');
}
