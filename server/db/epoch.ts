/**
 * Which life of the database this is (shared/sync/feed.ts). PostgreSQL tells most of it: a recovery
 * to a moment and a failover to a standby both begin a new timeline, and a database loaded from a
 * dump stands in a new cluster. What it cannot tell – a disk image put back – the tills do, with a
 * receipt of the centre's own (ingest/lost-receipts.ts).
 */
import { z } from 'zod';
import { inTransaction, type Pool, queryRow, type Transaction } from './pool.ts';

export type Epoch = {
  readonly number: number;
  readonly id: string;
  readonly beganAtMs: number;
  readonly reason: EpochReason;
};
export type EpochReason = 'new-database' | 'database-history' | 'lost-receipt';

/** Whoever looks at or begins an epoch holds this lock: two processes begin one together. */
const epochLock = 460_005;
const EpochRow = z.object({
  number: z.number(),
  id: z.string(),
  began_at: z.date(),
  reason: z.enum(['new-database', 'database-history', 'lost-receipt']),
  history: z.string(),
});

/** For statements that read the epoch from the same state of the database as something else. */
export const presentEpochSql = 'SELECT id FROM centre_epoch ORDER BY number DESC LIMIT 1';

type EpochDeps = { readonly newId: () => string; readonly nowMs: () => number };

/**
 * The present epoch; begins a new one where the database has another history than the last epoch
 * was begun on. Called at the start and by the clock, since a failover may happen meanwhile.
 * @returns the epoch, and whether it has just begun.
 */
export function ensureEpoch(
  pool: Pool,
  deps: EpochDeps,
): Promise<{ readonly epoch: Epoch; readonly isNew: boolean }> {
  return inTransaction(pool, async (transaction) => {
    const current = await lockEpoch(transaction);
    const history = await databaseHistory(transaction);
    if (current !== undefined && current.history === history) {
      return { epoch: epochOf(current), isNew: false };
    }
    const reason = current === undefined ? 'new-database' : 'database-history';
    return { epoch: await beginEpoch(transaction, deps, reason), isNew: true };
  });
}

/**
 * The present epoch, locked until the transaction ends; undefined before the first.
 * @see beginEpoch
 */
export async function lockEpoch(
  transaction: Transaction,
): Promise<z.output<typeof EpochRow> | undefined> {
  await transaction.query('SELECT pg_advisory_xact_lock($1)', [epochLock]);
  return queryRow(
    transaction,
    EpochRow,
    `SELECT number, id, began_at, reason, history FROM centre_epoch
     ORDER BY number DESC LIMIT 1`,
  );
}

/** Begins the next epoch; the caller has called `lockEpoch` in this transaction. */
export async function beginEpoch(
  transaction: Transaction,
  deps: EpochDeps,
  reason: EpochReason,
): Promise<Epoch> {
  const row = await queryRow(
    transaction,
    EpochRow,
    `INSERT INTO centre_epoch (number, id, began_at, reason, history)
     SELECT coalesce(max(number), 0) + 1, $1, $2, $3, $4 FROM centre_epoch
     RETURNING number, id, began_at, reason, history`,
    [deps.newId(), new Date(deps.nowMs()), reason, await databaseHistory(transaction)],
  );
  return epochOf(EpochRow.parse(row));
}

async function databaseHistory(transaction: Transaction): Promise<string> {
  const row = await queryRow(
    transaction,
    z.object({ history: z.string() }),
    `SELECT system_identifier::text || '/'
       || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8) AS history
     FROM pg_control_system()`,
  );
  return z.object({ history: z.string() }).parse(row).history;
}

function epochOf(row: z.output<typeof EpochRow>): Epoch {
  const { number, id, began_at, reason } = row;
  return { number, id, beganAtMs: began_at.getTime(), reason };
}
