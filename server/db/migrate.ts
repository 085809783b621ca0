import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { unreachable } from '../../shared/base/assert.ts';
import {
  type MigrationFile,
  type MigrationProblem,
  planMigrations,
} from '../../shared/migrate/plan-migrations.ts';
import { CannotStart } from '../cannot-start.ts';
import { type Pool, queryRows, type Transaction } from './pool.ts';

const migrationsDir = path.join(import.meta.dirname, 'migrations');
/** Any process that migrates this database holds this lock; the others wait and find it done. */
const migrationLock = 460_001;
const AppliedRow = z.object({ number: z.number(), checksum: z.string() });

type Migration = MigrationFile & { readonly sql: string };

/**
 * Brings the database to this program's schema: each pending migration in a transaction of its own,
 * together with its entry. @returns the names of what was applied.
 */
export async function migrate(pool: Pool): Promise<readonly string[]> {
  const client = await pool.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await client.query(
      `CREATE TABLE IF NOT EXISTS schema_migration (
         number integer PRIMARY KEY,
         name text NOT NULL,
         checksum text NOT NULL,
         applied_at timestamptz NOT NULL DEFAULT now()
       )`,
    );
    return await applyPending(client);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
    client.release();
  }
}

async function applyPending(client: Transaction): Promise<readonly string[]> {
  const applied = await queryRows(
    client,
    AppliedRow,
    'SELECT number, checksum FROM schema_migration ORDER BY number',
  );
  const files = readMigrations();
  const plan = planMigrations(files, applied);
  if (!plan.ok) throw new CannotStart(sentenceOf(plan.error));
  const pending = new Set(plan.value.map((file) => file.number));
  for (const file of files.filter(({ number }) => pending.has(number))) await apply(client, file);
  return plan.value.map((file) => file.name);
}

async function apply(client: Transaction, file: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(file.sql);
    await client.query(
      'INSERT INTO schema_migration (number, name, checksum) VALUES ($1, $2, $3)',
      [file.number, file.name, file.checksum],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  }
}

function readMigrations(): readonly Migration[] {
  return readdirSync(migrationsDir)
    .filter((name) => /^\d{4}-[a-z0-9-]+\.sql$/.test(name))
    .sort()
    .map((name) => {
      const sql = readFileSync(path.join(migrationsDir, name), 'utf8');
      const checksum = createHash('sha256').update(sql).digest('hex');
      return { number: Number(name.slice(0, 4)), name, checksum, sql };
    });
}

function sentenceOf(problem: MigrationProblem): string {
  switch (problem.type) {
    case 'DatabaseIsNewer':
      return `The database is newer than this program (${problem.databaseNumber} migrations, the program knows ${problem.programNumber}): install the newer program. Nothing was changed.`;
    case 'ChecksumChanged':
      return `Migration ${problem.number} differs from the one this database was made with: use the program it belongs to. Nothing was changed.`;
    case 'NotContiguous':
      return `Migration ${problem.number} is missing or out of order. Nothing was changed.`;
    default:
      return unreachable(problem);
  }
}
