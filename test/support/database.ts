import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { createPool, type Pool } from '../../server/db/pool.ts';
import { runAt, withDatabase } from './postgres.ts';

export type TestDatabase = {
  readonly databaseUrl: string;
  readonly pool: Pool;
  readonly drop: () => Promise<void>;
};

/** A migrated, empty database of the test's own, and a pool on it. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = inject('postgresUrl');
  const name = `mt_test_${randomBytes(8).toString('hex')}`;
  await runAt(server, `CREATE DATABASE ${name} TEMPLATE ${inject('postgresTemplate')}`);
  const databaseUrl = withDatabase(server, name);
  const pool = createPool({ databaseUrl, connectionsMax: 8, log: { warn: () => {} } });
  return {
    databaseUrl,
    pool,
    drop: async () => {
      await pool.end();
      await runAt(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
