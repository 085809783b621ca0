import { z } from 'zod';
import { assert, present } from '../../shared/base/assert.ts';
import { err } from '../../shared/base/result.ts';
import { readBatch } from '../../shared/sync/batch.ts';
import { queryRow, type Transaction } from '../db/pool.ts';
import type { BatchOutcome } from './batch-outcome.ts';
import type { DerivedEvent } from './derive-event.ts';
import { type StoreDeps, storeBatches } from './store-batches.ts';
import type { TillSource } from './till-source.ts';
import { hashLine, inflate, type VerifiedBatch } from './verify-batch.ts';
import { copyMovements, upsertStock } from './write-movements.ts';

/** SQLSTATE classes that speak about the data: data exception, constraint, limit exceeded. */
const DataFault = z.object({ code: z.string().regex(/^(22|23|54)/) });
const TillRow = z.object({ id: z.string(), facility_id: z.string(), province: z.string() });

/**
 * A batch that PostgreSQL refuses because of its data: the events it cannot keep are found one by
 * one and parked with its reason, the others are stored. Any other fault is thrown on.
 */
export async function rescueBatch(
  deps: StoreDeps,
  batch: VerifiedBatch,
  cause: unknown,
): Promise<BatchOutcome> {
  if (!DataFault.safeParse(cause).success) throw cause;
  const poisonous = await findPoisonous(deps, batch);
  if (poisonous.size === 0) throw cause;
  const lines = await linesOf(batch);
  const events = batch.events.map((event, index): DerivedEvent => {
    const detail = poisonous.get(event.seq);
    if (detail === undefined) return event;
    const line = present(lines[index], 'Every event has its line');
    return { ...event, outcome: err({ type: 'InvalidEventData', detail, line }) };
  });
  const [outcome] = (await storeBatches(deps, [{ ...batch, events }])).outcomes;
  assert(outcome !== undefined, 'Every batch has its outcome');
  return outcome;
}

/** The sealed lines again: a batch on its way carries only what follows from them. */
async function linesOf({ header, compressed }: VerifiedBatch): Promise<readonly string[]> {
  const body = await inflate(compressed);
  const events = body.ok ? readBatch(header, body.value, hashLine) : body;
  assert(events.ok, 'A verified batch can be read again');
  return events.value.map((event) => event.line);
}

/** Tries each event alone and takes it back. @returns why, by seq. */
async function findPoisonous(
  deps: StoreDeps,
  batch: VerifiedBatch,
): Promise<ReadonlyMap<number, string>> {
  const poisonous = new Map<number, string>();
  const client = await deps.pool.connect();
  try {
    await client.query('BEGIN');
    const till = await queryRow(
      client,
      TillRow,
      `SELECT till.id, till.facility_id, facility.province
       FROM till JOIN facility ON facility.id = till.facility_id
       WHERE till.id = $1 FOR UPDATE OF till`,
      [batch.header.till],
    );
    assert(till !== undefined, 'A verified batch has a till');
    const source = { id: till.id, facilityId: till.facility_id, province: till.province };
    const receivedAt = new Date(deps.nowMs()).toISOString();
    for (const event of batch.events) {
      const fault = await faultOf(client, source, event, receivedAt);
      if (fault !== undefined) poisonous.set(event.seq, fault);
    }
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
  return poisonous;
}

async function faultOf(
  transaction: Transaction,
  till: TillSource,
  { outcome }: DerivedEvent,
  receivedAt: string,
): Promise<string | undefined> {
  if (!outcome.ok) return undefined;
  const fact = outcome.value;
  const rows = fact.movements.map((movement, index) => ({
    till,
    fact,
    line: index + 1,
    movement,
  }));
  await transaction.query('SAVEPOINT one_event');
  try {
    await copyMovements(transaction, rows, receivedAt);
    await upsertStock(transaction, rows);
    return undefined;
  } catch (error) {
    const fault = DataFault.extend({ message: z.string() }).safeParse(error);
    if (!fault.success) throw error;
    return `${fault.data.code}: ${fault.data.message}`.slice(0, 300);
  } finally {
    await transaction.query('ROLLBACK TO SAVEPOINT one_event');
  }
}
