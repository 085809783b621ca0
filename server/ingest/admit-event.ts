/**
 * The door of the clinic: whether an event can be applied now, given what is known of its till. The
 * same judgement at ingest, when a parked event is judged again, and at every replay.
 */
import { z } from 'zod';
import { present } from '../../shared/base/assert.ts';
import { err } from '../../shared/base/result.ts';
import { documentsNeededBy } from '../../shared/rules/clinic.ts';
import type { BatchEvent } from '../../shared/sync/batch.ts';
import { type Queryable, queryRows, type Transaction } from '../db/pool.ts';
import { type DerivedEvent, deriveEvent } from './derive-event.ts';
import { type ForeignCodes, lookUpForeignCodes } from './foreign-codes.ts';
import { eventsOfBatch, type VerifiedBatch } from './verify-batch.ts';

type Sealed = Pick<BatchEvent, 'envelope' | 'line'>;

/**
 * Judges one event with all that is known of its till; what is parked joins `parked`.
 * @param parked documents of this till that wait, with their numbers; smaller than this event's.
 */
export function admitEvent(
  event: Sealed,
  known: { readonly foreignCodes: ForeignCodes; readonly parked: Map<string, number> },
): DerivedEvent {
  const derived = deriveEvent(event, known.foreignCodes);
  const admitted = derived.outcome.ok ? waiting(derived, event.line, known.parked) : derived;
  if (admitted.outcome.ok) known.parked.delete(admitted.id);
  else known.parked.set(admitted.id, admitted.seq);
  return admitted;
}

function waiting(
  derived: DerivedEvent,
  line: string,
  parked: ReadonlyMap<string, number>,
): DerivedEvent {
  if (!derived.outcome.ok || parked.size === 0) return derived;
  const needed = documentsNeededBy(derived.outcome.value.event)
    .map((id) => id.toLowerCase())
    .find((id) => parked.has(id));
  if (needed === undefined) return derived;
  const detail = String(parked.get(needed));
  return { ...derived, outcome: err({ type: 'WaitsForParked', detail, line }) };
}

/**
 * The new events of a batch, admitted one after the other. Nothing is read twice where all can be
 * applied and nothing of this till waits.
 */
export async function admitBatch(
  transaction: Transaction,
  given: {
    readonly till: {
      readonly facilityId: string;
      readonly head: { readonly seq: number };
      readonly parkedDocuments: Map<string, number>;
    };
    readonly batch: VerifiedBatch;
    readonly receivedAtMs: number;
  },
): Promise<VerifiedBatch> {
  const { till, batch } = given;
  const isNew = ({ seq }: { readonly seq: number }) => seq > till.head.seq;
  const parked = batch.events.filter((event) => isNew(event) && !event.outcome.ok);
  if (parked.length === 0 && till.parkedDocuments.size === 0) return batch;
  const codes = new Set(
    parked.flatMap(({ outcome }) => (outcome.ok ? [] : (outcome.error.codes ?? []))),
  );
  const foreignCodes = await lookUpForeignCodes(transaction, till.facilityId, {
    codes,
    nowMs: given.receivedAtMs,
  });
  const known = { foreignCodes, parked: till.parkedDocuments };
  const sealed = await eventsOfBatch(batch);
  const events = batch.events.map((event, index) => {
    if (!isNew(event)) return event;
    // What the database refused stays refused: only a later judgement tries it again.
    if (!event.outcome.ok && event.outcome.error.type === 'RefusedByDatabase') {
      till.parkedDocuments.set(event.id, event.seq);
      return event;
    }
    return admitEvent(present(sealed[index], 'Every event has its line'), known);
  });
  return { ...batch, events };
}

const ParkedRow = z.object({ till_id: z.string(), document: z.string(), seq: z.number() });

/** What waits in the clinic, by till. */
export async function parkedDocuments(
  database: Queryable,
  tills: readonly string[],
): Promise<Map<string, Map<string, number>>> {
  const byTill = new Map<string, Map<string, number>>();
  if (tills.length === 0) return byTill;
  const rows = await queryRows(
    database,
    ParkedRow,
    `SELECT till_id, document, seq FROM parked_event
     WHERE till_id = ANY($1::uuid[]) AND resolved_at IS NULL`,
    [tills],
  );
  for (const row of rows) {
    const documents = byTill.get(row.till_id) ?? new Map<string, number>();
    documents.set(row.document, row.seq);
    byTill.set(row.till_id, documents);
  }
  return byTill;
}
