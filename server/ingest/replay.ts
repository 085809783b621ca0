/**
 * Replays evidence into temporary tables: what every derived table of a facility must say, made from
 * the bytes that were kept, the dictionary of foreign codes, and nothing else.
 */
import { z } from 'zod';
import { assert, present } from '../../shared/base/assert.ts';
import { err } from '../../shared/base/result.ts';
import { type Queryable, queryRows, type Transaction } from '../db/pool.ts';
import { admitEvent } from './admit-event.ts';
import type { DerivedEvent } from './derive-event.ts';
import {
  type DocumentRow,
  documentRows,
  documentTables,
  insertDocumentRows,
  replayedTable,
} from './document-rows.ts';
import { type ForeignCodes, mappingsOf } from './foreign-codes.ts';
import { EvidenceRow } from './sealed-events.ts';
import { storable } from './storable.ts';
import type { TillSource } from './till-source.ts';
import { eventsOfBatch, openBatch } from './verify-batch.ts';
import {
  copyMovements,
  insertMapped,
  insertTransfers,
  type MovementRow,
  movementRows,
  upsertStock,
} from './write-movements.ts';

export type Replayed = {
  readonly events: number;
  readonly movements: number;
  readonly parked: number;
};

const TillRow = z.object({ id: z.string(), facility_id: z.string(), province: z.string() });
const ReplayedRow = EvidenceRow.extend({ received_at: z.date() });
type Evidence = z.output<typeof ReplayedRow>;
const evidencePerRead = 200;
/** Movements whose sum is written at once. */
const stockRowsPerStatement = 20_000;

/** Tills of one facility, or of all. */
export async function tillsToReplay(
  database: Queryable,
  facilityId: string | null,
): Promise<readonly TillSource[]> {
  const rows = await queryRows(
    database,
    TillRow,
    `SELECT till.id, till.facility_id, facility.province
     FROM till JOIN facility ON facility.id = till.facility_id
     WHERE $1::uuid IS NULL OR till.facility_id = $1 ORDER BY till.id`,
    [facilityId],
  );
  return rows.map((row) => ({ id: row.id, facilityId: row.facility_id, province: row.province }));
}

/** Fills `replayed_movement`, `…_stock`, `…_mapped`, `…_transfer`, `…_parked` and one for each
 * table of documents; gone with the transaction. */
export async function replayTills(
  transaction: Transaction,
  tills: readonly TillSource[],
): Promise<Replayed> {
  await transaction.query(`
    CREATE TEMP TABLE replayed_movement (LIKE movement) ON COMMIT DROP;
    CREATE TEMP TABLE replayed_stock (LIKE facility_stock INCLUDING ALL) ON COMMIT DROP;
    CREATE TEMP TABLE replayed_mapped (LIKE mapped_movement) ON COMMIT DROP;
    CREATE TEMP TABLE replayed_transfer (LIKE transfer_movement) ON COMMIT DROP;
    CREATE TEMP TABLE replayed_parked
      (till_id uuid, seq bigint, facility_id uuid, type text, reason text, detail text, line text,
       document uuid, parked_at timestamptz) ON COMMIT DROP;
    CREATE TEMP TABLE replayed_pending
      (till_id uuid, first_seq bigint, last_seq bigint, first_day date, last_day date,
       received_at timestamptz) ON COMMIT DROP`);
  for (const table of documentTables) {
    await transaction.query(
      `CREATE TEMP TABLE ${replayedTable(table)} (LIKE ${table}) ON COMMIT DROP`,
    );
  }
  const total = { events: 0, movements: 0, parked: 0 };
  for (const till of tills) {
    const replayed = await replayTill(transaction, till);
    total.events += replayed.events;
    total.movements += replayed.movements;
    total.parked += replayed.parked;
  }
  await transaction.query('ANALYZE replayed_movement');
  return total;
}

/** What is known of a till while its journal is read again from the beginning. */
type Replay = {
  readonly till: TillSource;
  readonly foreignCodes: ForeignCodes;
  readonly parked: Map<string, number>;
  /** Events whose consequences the database did not take, with what it said. */
  readonly refused: ReadonlyMap<number, string>;
  stockRows: MovementRow[];
};

async function replayTill(transaction: Transaction, till: TillSource): Promise<Replayed> {
  const replay: Replay = {
    till,
    foreignCodes: await mappingsOf(transaction, till.facilityId),
    parked: new Map(),
    refused: await refusedEvents(transaction, till.id),
    stockRows: [],
  };
  const total = { events: 0, movements: 0, parked: 0 };
  for (let after = 0; ; ) {
    const batches = await queryRows(
      transaction,
      ReplayedRow,
      `SELECT first_seq, last_seq, new_from_seq, prev_hash, head_hash, protocol, signature, body,
         received_at FROM batch_evidence
       WHERE till_id = $1 AND last_seq > $2 ORDER BY last_seq LIMIT $3`,
      [till.id, after, evidencePerRead],
    );
    for (const batch of batches) {
      const replayed = await replayBatch(transaction, replay, batch);
      total.events += replayed.events;
      total.movements += replayed.movements;
      total.parked += replayed.parked;
      after = batch.last_seq;
    }
    if (batches.length < evidencePerRead) break;
  }
  await writeStock(transaction, replay, 0);
  return total;
}

async function replayBatch(
  transaction: Transaction,
  replay: Replay,
  stored: Evidence,
): Promise<Replayed> {
  const { till } = replay;
  const receivedAt = stored.received_at.toISOString();
  const events = await admittedEvents(replay, stored);
  const movements: MovementRow[] = [];
  const documents: DocumentRow[] = [];
  const parked: DerivedEvent[] = [];
  for (const event of events) {
    if (event.outcome.ok) {
      movements.push(...movementRows(till, event.outcome.value));
      documents.push(...documentRows(till, event.outcome.value));
    } else parked.push(event);
  }
  await copyMovements(transaction, movements, receivedAt, 'replayed_movement');
  await insertMapped(transaction, movements, 'replayed_mapped');
  await insertTransfers(transaction, movements, 'replayed_transfer');
  await insertDocumentRows(transaction, documents, replayedTable);
  await insertReplayedParked(transaction, till, parked, receivedAt);
  for (const row of movements) replay.stockRows.push(row);
  await writeStock(transaction, replay, stockRowsPerStatement);
  const days = movements.map((movement) => movement.fact.day).sort();
  if (days.length > 0) {
    await transaction.query('INSERT INTO replayed_pending VALUES ($1, $2, $3, $4, $5, $6)', [
      ...[till.id, stored.new_from_seq, stored.last_seq, days[0], days.at(-1)],
      receivedAt,
    ]);
  }
  return { events: events.length, movements: movements.length, parked: parked.length };
}

/** The events that were new in a batch, judged as at ingest. */
async function admittedEvents(replay: Replay, stored: Evidence): Promise<readonly DerivedEvent[]> {
  const header = {
    till: replay.till.id,
    firstSeq: stored.first_seq,
    lastSeq: stored.last_seq,
    prevHash: stored.prev_hash,
    headHash: stored.head_hash,
    protocol: stored.protocol,
    signature: stored.signature,
  };
  const opened = await openBatch(header, stored.body);
  assert(opened.ok, 'Evidence can be read again');
  const events = opened.value.events;
  const isPlain =
    replay.parked.size === 0 &&
    replay.refused.size === 0 &&
    events.every((event) => event.outcome.ok);
  if (isPlain) return events.filter((event) => event.seq >= stored.new_from_seq);
  const sealed = await eventsOfBatch(opened.value);
  return events.flatMap((event, index) => {
    if (event.seq < stored.new_from_seq) return [];
    const { envelope, line } = present(sealed[index], 'Every event has its line');
    const refusal = replay.refused.get(event.seq);
    if (refusal === undefined) return [admitEvent({ envelope, line }, replay)];
    replay.parked.set(event.id, event.seq);
    return [
      { ...event, outcome: err({ type: 'RefusedByDatabase', detail: refusal, line } as const) },
    ];
  });
}

async function writeStock(transaction: Transaction, replay: Replay, above: number): Promise<void> {
  if (replay.stockRows.length <= above) return;
  await upsertStock(transaction, replay.stockRows, 'replayed_stock');
  replay.stockRows = [];
}

async function insertReplayedParked(
  transaction: Transaction,
  till: TillSource,
  parked: readonly DerivedEvent[],
  receivedAt: string,
): Promise<void> {
  for (const { seq, type, id, outcome } of parked) {
    assert(!outcome.ok, 'Only what cannot be applied is parked');
    const { type: reason, detail, line } = outcome.error;
    await transaction.query(
      'INSERT INTO replayed_parked VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
      [till.id, seq, till.facilityId, type, reason, storable(detail), line, id, receivedAt],
    );
  }
}

const RefusedRow = z.object({ seq: z.number(), detail: z.string() });

async function refusedEvents(
  database: Queryable,
  tillId: string,
): Promise<ReadonlyMap<number, string>> {
  const rows = await queryRows(
    database,
    RefusedRow,
    `SELECT seq, detail FROM parked_event
     WHERE till_id = $1 AND reason = 'RefusedByDatabase' AND resolved_at IS NULL`,
    [tillId],
  );
  return new Map(rows.map((row) => [row.seq, row.detail]));
}
