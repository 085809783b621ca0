import pg from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import { assert } from '../../shared/base/assert.ts';

/** Anything that answers SQL: the pool for one statement, a client inside a transaction. */
export type Queryable = Pick<pg.Pool, 'query'>;
export type Pool = pg.Pool;
export type Transaction = pg.PoolClient;

/**
 * How PostgreSQL's values become JavaScript's. `bigint` and `numeric` (sums of bigint) become
 * numbers behind a guard; `date` stays text, because a day has no time zone and `Date` gives it
 * one; `timestamptz` becomes a `Date`.
 */
export const typeParsers = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
    if (format === 'binary') return pg.types.getTypeParser(oid, format);
    switch (oid) {
      case pg.types.builtins.INT8:
        return safeInteger;
      case pg.types.builtins.NUMERIC:
        return safeNumber;
      case pg.types.builtins.DATE:
        return String;
      default:
        return pg.types.getTypeParser(oid, 'text');
    }
  },
};

/** A pool on one database. Connections that break while idle are replaced, and said in the log. */
export function createPool(options: {
  readonly databaseUrl: string;
  readonly connectionsMax: number;
  readonly log: Pick<Logger, 'warn'>;
}): Pool {
  const pool = new pg.Pool({
    connectionString: options.databaseUrl,
    max: options.connectionsMax,
    types: typeParsers,
    connectionTimeoutMillis: 10_000,
    application_name: 'mang-thuoc centre',
  });
  pool.on('error', (error) => options.log.warn({ err: error }, 'idle database connection lost'));
  // One lost between two statements of a transaction: the next statement fails and says so, but
  // an event without a listener would end the whole process.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** All of `work` in one transaction: it commits, or nothing of it happened. */
export async function inTransaction<Value>(
  pool: Pool,
  work: (transaction: Transaction) => Promise<Value>,
): Promise<Value> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const value = await work(client);
    await client.query('COMMIT');
    return value;
  } catch (error) {
    // A connection that cannot even roll back is thrown away instead of being handed on.
    await client.query('ROLLBACK').catch((cause: Error) => {
      broken = cause;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

/** Runs one statement and reads its rows through a schema. */
export async function queryRows<Row extends z.ZodType>(
  database: Queryable,
  row: Row,
  sql: string,
  values: readonly unknown[] = [],
): Promise<readonly z.output<Row>[]> {
  const result = await database.query(sql, [...values]);
  return z.array(row).parse(result.rows);
}

/** As `queryRows`, for at most one row. */
export async function queryRow<Row extends z.ZodType>(
  database: Queryable,
  row: Row,
  sql: string,
  values: readonly unknown[] = [],
): Promise<z.output<Row> | undefined> {
  const rows = await queryRows(database, row, sql, values);
  assert(rows.length <= 1, 'The statement gives at most one row');
  return rows[0];
}

/** Whether a fault means that the database is away for the moment: starting, stopping, cut off. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = Fault.parse(error);
  // Class 08 connection, 57P01–57P03 shutting down or starting, 53300 too many connections.
  if (/^(08...|57P0[1-3]|53300)$/.test(code)) return true;
  if (['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'].includes(code)) return true;
  // The client's own faults have no code.
  return /^Connection terminated|^timeout exceeded when trying to connect|not queryable$/.test(
    message,
  );
}

const Fault = z
  .object({ code: z.string().catch(''), message: z.string().catch('') })
  .catch({ code: '', message: '' });

function safeInteger(text: string): number {
  const value = Number(text);
  assert(Number.isSafeInteger(value), `A count is exact: ${text}`);
  return value;
}

function safeNumber(text: string): number {
  return text.includes('.') ? Number(text) : safeInteger(text);
}
