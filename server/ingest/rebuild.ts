/**
 * Replays all evidence (protocol.md I10): every derived table follows from the bytes that were kept
 * and can be thrown away. One facility is checked and repaired by ingest/check-facility.ts.
 */
import { inTransaction, type Transaction } from '../db/pool.ts';
import type { CheckDeps } from './check-facility.ts';
import { countDifferences, parkedColumns } from './derived-tables.ts';
import { documentTables, replayedTable } from './document-rows.ts';
import { rejudgeAll } from './rejudge.ts';
import { replayTills, tillsToReplay } from './replay.ts';
import { rollUpLock } from './roll-up.ts';

export type RebuildReport = {
  readonly tills: number;
  readonly events: number;
  readonly movements: number;
  /** Rows that stand in only one of the stored and the replayed table. */
  readonly movementDifferences: number;
  readonly stockDifferences: number;
  readonly stillParked: number;
};

const comparisons = [
  { table: 'movement', stored: 'movement', shouldBe: 'replayed_movement' },
  { table: 'facility_stock', stored: 'facility_stock', shouldBe: 'replayed_stock' },
] as const;

/**
 * Replays everything and compares; with `replace`, the replayed tables take the place of the stored
 * ones and the roll-ups are made anew. Acknowledgements wait meanwhile: for a maintenance hour.
 */
export async function rebuild(
  deps: CheckDeps,
  options: { readonly replace: boolean },
): Promise<RebuildReport> {
  await rejudgeAll(deps, 'rebuild');
  return inTransaction(deps.pool, async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [rollUpLock]);
    await transaction.query('LOCK TABLE till IN EXCLUSIVE MODE');
    const tills = await tillsToReplay(transaction, null);
    const { events, movements, parked } = await replayTills(transaction, tills);
    const found = await countDifferences(transaction, comparisons);
    if (options.replace) await replaceDerived(transaction);
    return {
      tills: tills.length,
      events,
      movements,
      movementDifferences: found['movement'] ?? 0,
      stockDifferences: found['facility_stock'] ?? 0,
      stillParked: parked,
    };
  });
}

async function replaceDerived(transaction: Transaction): Promise<void> {
  await transaction.query(`
    TRUNCATE movement, mapped_movement, transfer_movement, ${documentTables.join(', ')}, facility_stock,
      area_day, area_day_drug, area_drug_stock, facility_day, latest_sale, rollup_pending;
    INSERT INTO movement SELECT * FROM replayed_movement;
    INSERT INTO mapped_movement SELECT * FROM replayed_mapped;
    INSERT INTO transfer_movement SELECT * FROM replayed_transfer;
    ${documentTables.map((table) => `INSERT INTO ${table} SELECT * FROM ${replayedTable(table)};`).join(' ')}
    INSERT INTO facility_stock SELECT * FROM replayed_stock;
    INSERT INTO rollup_pending (till_id, first_seq, last_seq, first_day, last_day, received_at)
      SELECT * FROM replayed_pending ORDER BY received_at, till_id, first_seq;
    DELETE FROM parked_event AS stored WHERE resolved_at IS NULL AND NOT EXISTS
      (SELECT 1 FROM replayed_parked AS made
       WHERE made.till_id = stored.till_id AND made.seq = stored.seq);
    INSERT INTO parked_event (${parkedColumns}) SELECT ${parkedColumns} FROM replayed_parked
      ON CONFLICT (till_id, seq) DO UPDATE SET facility_id = excluded.facility_id,
        type = excluded.type, reason = excluded.reason, detail = excluded.detail,
        line = excluded.line, document = excluded.document, parked_at = excluded.parked_at,
        resolved_at = NULL, released_by = NULL;
    UPDATE till SET parked_events = (SELECT count(*) FROM parked_event
      WHERE parked_event.till_id = till.id AND parked_event.resolved_at IS NULL)
    WHERE parked_events > 0 OR EXISTS
      (SELECT 1 FROM parked_event WHERE parked_event.till_id = till.id)`);
}
