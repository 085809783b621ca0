/**
 * Starts one PostgreSQL for a whole test run: the embedded one, or `DATABASE_URL` when it is given.
 * In it stands one migrated template; every test file copies it into a database of its own
 * (support/database.ts), which takes a tenth of a second.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startEmbeddedDatabase } from '../../server/db/embedded.ts';
import { migrate } from '../../server/db/migrate.ts';
import { createPool } from '../../server/db/pool.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A server on which databases may be made. */
    postgresUrl: string;
    /** The name of the migrated template on it. */
    postgresTemplate: string;
  }
}

const log = { info: () => {}, warn: () => {}, error: () => {} };

export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startServer();
  const template = `mt_template_${process.pid}`;
  await runAt(server.url, `CREATE DATABASE ${template}`);
  const pool = createPool({
    databaseUrl: withDatabase(server.url, template),
    connectionsMax: 2,
    log,
  });
  await migrate(pool);
  await pool.end();
  project.provide('postgresUrl', server.url);
  project.provide('postgresTemplate', template);
  return async () => {
    await runAt(server.url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await server.stop();
  };
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

export async function runAt(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

type Server = { readonly url: string; readonly stop: () => Promise<void> };

async function startServer(): Promise<Server> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined && given !== '') return { url: given, stop: async () => {} };
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-test-'));
  const database = await startEmbeddedDatabase({
    dataDir,
    log,
    report: () => {},
    isThrowAway: true,
  });
  return {
    url: database.databaseUrl,
    stop: async () => {
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
