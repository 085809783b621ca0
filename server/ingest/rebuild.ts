/**
 * Replays the evidence (protocol.md I10): every derived table follows from the bytes that were kept
 * and can be thrown away. Also how parked events are judged again after a schema has learnt more.
 */
import { z } from 'zod';
import { assert } from '../../shared/base/assert.ts';
import { inTransaction, queryRows, type Transaction } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import { rollUpLock } from './roll-up.ts';
import { storable } from './store-batches.ts';
import { openBatch } from './verify-batch.ts';
import { copyMovements, type MovementRow, upsertStock } from './write-movements.ts';

export type RebuildReport = {
  readonly tills: number;
  readonly events: number;
  readonly movements: number;
  /** Rows that stand in only one of the stored and the replayed table. */
  readonly movementDifferences: number;
  readonly stockDifferences: number;
  readonly stillParked: number;
};

const TillRow = z.object({ id: z.string(), facility_id: z.string(), province: z.string() });
const EvidenceRow = z.object({
  first_seq: z.number(),
  last_seq: z.number(),
  new_from_seq: z.number(),
  prev_hash: z.string(),
  head_hash: z.string(),
  protocol: z.number(),
  signature: z.string(),
  body: z.instanceof(Buffer),
  received_at: z.date(),
});
const evidencePerRead = 200;

/**
 * Replays everything and compares; with `replace`, the replayed tables take the place of the stored
 * ones and the roll-ups are made anew. Acknowledgements wait meanwhile: for a maintenance hour.
 */
export async function rebuild(
  deps: Pick<CentreDeps, 'pool' | 'nowMs'>,
  options: { readonly replace: boolean },
): Promise<RebuildReport> {
  return inTransaction(deps.pool, async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [rollUpLock]);
    await transaction.query('LOCK TABLE till IN EXCLUSIVE MODE');
    await transaction.query(`
      CREATE TEMP TABLE replayed_movement (LIKE movement) ON COMMIT DROP;
      CREATE TEMP TABLE replayed_stock (LIKE facility_stock INCLUDING ALL) ON COMMIT DROP;
      CREATE TEMP TABLE replayed_parked
        (till_id uuid, seq bigint, facility_id uuid, type text, reason text, detail text, line text,
         parked_at timestamptz) ON COMMIT DROP;
      CREATE TEMP TABLE replayed_pending
        (till_id uuid, first_seq bigint, last_seq bigint, first_day date, last_day date,
         received_at timestamptz) ON COMMIT DROP`);
    const counts = await replayAll(transaction);
    const movementDifferences = await differences(transaction, 'movement', 'replayed_movement');
    const stockDifferences = await differences(transaction, 'facility_stock', 'replayed_stock');
    if (options.replace) await replaceDerived(transaction, deps.nowMs());
    return { ...counts, movementDifferences, stockDifferences };
  });
}

async function replayAll(transaction: Transaction) {
  const tills = await queryRows(
    transaction,
    TillRow,
    `SELECT till.id, till.facility_id, facility.province
     FROM till JOIN facility ON facility.id = till.facility_id ORDER BY till.id`,
  );
  const counts = { tills: tills.length, events: 0, movements: 0, stillParked: 0 };
  for (const till of tills) {
    for (let after = 0; ; ) {
      const batches = await queryRows(
        transaction,
        EvidenceRow,
        `SELECT first_seq, last_seq, new_from_seq, prev_hash, head_hash, protocol, signature, body,
           received_at FROM batch_evidence
         WHERE till_id = $1 AND last_seq > $2 ORDER BY last_seq LIMIT $3`,
        [till.id, after, evidencePerRead],
      );
      for (const batch of batches) {
        const replayed = await replayBatch(transaction, till, batch);
        counts.events += replayed.events;
        counts.movements += replayed.movements;
        counts.stillParked += replayed.parked;
        after = batch.last_seq;
      }
      if (batches.length < evidencePerRead) break;
    }
  }
  return counts;
}

async function replayBatch(
  transaction: Transaction,
  row: z.output<typeof TillRow>,
  stored: z.output<typeof EvidenceRow>,
) {
  const till = { id: row.id, facilityId: row.facility_id, province: row.province };
  const header = {
    till: row.id,
    firstSeq: stored.first_seq,
    lastSeq: stored.last_seq,
    prevHash: stored.prev_hash,
    headHash: stored.head_hash,
    protocol: stored.protocol,
    signature: stored.signature,
  };
  const opened = await openBatch(header, stored.body);
  assert(opened.ok, 'Evidence can be read again');
  const events = opened.value.events.filter((event) => event.seq >= stored.new_from_seq);
  const receivedAt = stored.received_at.toISOString();
  const movements: MovementRow[] = [];
  let parked = 0;
  for (const event of events) {
    if (event.outcome.ok) {
      const fact = event.outcome.value;
      for (const [index, movement] of fact.movements.entries()) {
        movements.push({ till, fact, line: index + 1, movement });
      }
      continue;
    }
    parked += 1;
    const { type, detail, line } = event.outcome.error;
    await transaction.query('INSERT INTO replayed_parked VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
      ...[till.id, event.seq, till.facilityId, event.type, type, storable(detail), line],
      receivedAt,
    ]);
  }
  await copyMovements(transaction, movements, receivedAt, 'replayed_movement');
  await upsertStock(transaction, movements, 'replayed_stock');
  const days = movements.map((movement) => movement.fact.day).sort();
  if (days.length > 0) {
    await transaction.query('INSERT INTO replayed_pending VALUES ($1, $2, $3, $4, $5, $6)', [
      ...[till.id, stored.new_from_seq, stored.last_seq, days[0], days.at(-1)],
      receivedAt,
    ]);
  }
  return { events: events.length, movements: movements.length, parked };
}

async function differences(
  transaction: Transaction,
  stored: string,
  replayed: string,
): Promise<number> {
  const [row] = await queryRows(
    transaction,
    z.object({ count: z.number() }),
    `SELECT count(*) FROM (
       (SELECT * FROM ${stored} EXCEPT ALL SELECT * FROM ${replayed})
       UNION ALL (SELECT * FROM ${replayed} EXCEPT ALL SELECT * FROM ${stored})) AS different`,
  );
  return row?.count ?? 0;
}

async function replaceDerived(transaction: Transaction, nowMs: number): Promise<void> {
  await transaction.query(`
    TRUNCATE movement, facility_stock, area_day, area_day_drug, area_drug_stock, facility_day,
      latest_sale, rollup_pending;
    INSERT INTO movement SELECT * FROM replayed_movement;
    INSERT INTO facility_stock SELECT * FROM replayed_stock;
    INSERT INTO rollup_pending (till_id, first_seq, last_seq, first_day, last_day, received_at)
      SELECT * FROM replayed_pending ORDER BY received_at, till_id, first_seq;
    INSERT INTO parked_event
      (till_id, seq, facility_id, type, reason, detail, line, parked_at)
      SELECT * FROM replayed_parked ON CONFLICT (till_id, seq) DO NOTHING`);
  await transaction.query(
    `UPDATE parked_event SET resolved_at = $1
     WHERE resolved_at IS NULL AND NOT EXISTS (SELECT 1 FROM replayed_parked AS still
       WHERE still.till_id = parked_event.till_id AND still.seq = parked_event.seq)`,
    [new Date(nowMs)],
  );
  await transaction.query(`
    UPDATE till SET parked_events = (SELECT count(*) FROM parked_event
      WHERE parked_event.till_id = till.id AND parked_event.resolved_at IS NULL)
    WHERE parked_events > 0 OR EXISTS
      (SELECT 1 FROM parked_event WHERE parked_event.till_id = till.id)`);
}
