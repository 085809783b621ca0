import { z } from 'zod';
import { inTransaction, type Pool, queryRows, type Transaction } from './pool.ts';

const partitionLock = 460_002;
/** Tills report late, so months behind have partitions too; earlier days stand in the default. */
const monthsBehind = 12;
const monthsAhead = 3;
const NameRow = z.object({ name: z.string() });

/** The partitions of the months around `nowMs`, made ahead of the first fact that needs them. */
export async function ensurePartitions(pool: Pool, nowMs: number): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [partitionLock]);
    const existing = await queryRows(
      transaction,
      NameRow,
      `SELECT relname AS name FROM pg_class
       WHERE relispartition AND relnamespace = current_schema()::regnamespace`,
    );
    const names = new Set(existing.map((row) => row.name));
    for (let offset = -monthsBehind; offset <= monthsAhead; offset += 1) {
      const month = monthAt(nowMs, offset);
      if (!names.has(`movement_${month.name}`)) await addMovementMonth(transaction, month);
      if (offset >= 0 && !names.has(`batch_evidence_${month.name}`)) {
        await addEvidenceMonth(transaction, month);
      }
    }
  });
}

type Month = { readonly name: string; readonly from: string; readonly to: string };

/**
 * A till whose clock runs ahead may have put facts of this month into the default partition: they
 * move to where they belong, so that one clock does not cost the nation its partition.
 */
async function addMovementMonth(transaction: Transaction, month: Month): Promise<void> {
  const table = `movement_${month.name}`;
  const range = `day >= '${month.from}' AND day < '${month.to}'`;
  await transaction.query(`
    CREATE TABLE ${table} (LIKE movement INCLUDING ALL);
    WITH moved AS (DELETE FROM movement_default WHERE ${range} RETURNING *)
    INSERT INTO ${table} SELECT * FROM moved;
    ALTER TABLE movement ATTACH PARTITION ${table}
      FOR VALUES FROM ('${month.from}') TO ('${month.to}');
  `);
}

/** Received by the centre's own clock; evidence never moves, so a late partition is left out. */
async function addEvidenceMonth(transaction: Transaction, month: Month): Promise<void> {
  const [from, to] = [`${month.from} 00:00:00+00`, `${month.to} 00:00:00+00`];
  const taken = await transaction.query(
    'SELECT 1 FROM batch_evidence_default WHERE received_at >= $1 AND received_at < $2 LIMIT 1',
    [from, to],
  );
  if (taken.rows.length > 0) return;
  await transaction.query(
    `CREATE TABLE batch_evidence_${month.name} PARTITION OF batch_evidence
     FOR VALUES FROM ('${from}') TO ('${to}')`,
  );
}

function monthAt(nowMs: number, offset: number): Month {
  const now = new Date(nowMs);
  const first = (months: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + months, 1))
      .toISOString()
      .slice(0, 10);
  const from = first(offset);
  return { name: from.slice(0, 7).replace('-', '_'), from, to: first(offset + 1) };
}
