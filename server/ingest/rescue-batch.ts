import { z } from 'zod';
import { assert, present } from '../../shared/base/assert.ts';
import { err } from '../../shared/base/result.ts';
import { queryRow, type Transaction } from '../db/pool.ts';
import type { BatchOutcome } from './batch-outcome.ts';
import { DataFault } from './data-fault.ts';
import type { DerivedEvent } from './derive-event.ts';
import { type StoreDeps, storeBatches } from './store-batches.ts';
import type { TillSource } from './till-source.ts';
import { eventsOfBatch, type VerifiedBatch } from './verify-batch.ts';
import { copyMovements, upsertStock } from './write-movements.ts';

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
  const sealed = await eventsOfBatch(batch);
  const events = batch.events.map((event, index): DerivedEvent => {
    const detail = poisonous.get(event.seq);
    if (detail === undefined) return event;
    const { line } = present(sealed[index], 'Every event has its line');
    return { ...event, outcome: err({ type: 'RefusedByDatabase', detail, line }) };
  });
  const [outcome] = (await storeBatches(deps, [{ ...batch, events }])).outcomes;
  assert(outcome !== undefined, 'Every batch has its outcome');
  return outcome;
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
    const fault = DataFault.safeParse(error);
    if (!fault.success) throw error;
    return `${fault.data.code}: ${fault.data.message}`.slice(0, 300);
  } finally {
    await transaction.query('ROLLBACK TO SAVEPOINT one_event');
  }
}
