import { createHash } from 'node:crypto';
import { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import { HashHex, zeroHash } from '../../../shared/events/envelope.ts';
import {
  type Event,
  type EventData,
  type EventType,
  eventSchemas,
  type Fact,
} from '../../../shared/events/registry.ts';
import {
  type ChainHead,
  type HashLine,
  type SealedEvent,
  sealEvent,
} from '../../../shared/events/seal.ts';
import type { Instant } from '../../../shared/model/calendar.ts';
import type { BatchEvent } from '../../../shared/sync/batch.ts';
import { applyEvent } from './apply-event.ts';
import type { TillDb } from './till-db.ts';

/** `sha256(prev_hash_bytes ‖ line_bytes)`, protocol.md §1. */
export const hashLine: HashLine = (prev, line) =>
  createHash('sha256').update(Buffer.from(prev, 'hex')).update(line, 'utf8').digest('hex');

export type FactToAppend<Type extends EventType> = {
  readonly till: string;
  readonly id: string;
  readonly at: Instant;
  readonly by: string;
  readonly type: Type;
  readonly data: EventData[Type];
};

/**
 * Seals a fact behind the last event, stores it and applies it to the derived tables. Call it inside
 * `db.immediately`, so that journal and tables change together or not at all.
 */
export function appendEvent<Type extends EventType>(
  db: TillDb,
  input: FactToAppend<Type>,
): SealedEvent {
  const { till, id, at, by } = input;
  const head = chainHead(db);
  // What is sealed is what its schema reads back: no later version, here or at the centre, may find
  // an event that it cannot interpret or that says something else than was applied.
  const data = eventSchemas[input.type].parse(input.data);
  // Safe: `type` and `data` are tied to each other by this function's own signature.
  const fact = { type: input.type, data } as Fact;
  const sealed = sealEvent({ till, head, id, at, by, fact }, hashLine);
  insertEvent(db, { ...sealed, id, type: fact.type, at });
  const event: Event = { v: 1, till, seq: sealed.seq, id, at, by, prev: head.hash, ...fact };
  applyEvent(db, event);
  return sealed;
}

/**
 * Stores an event as it was sealed, behind the last; its derived tables are the caller's. The triggers
 * of the table refuse what does not follow.
 */
export function storeSealed(
  db: TillDb,
  { envelope, line, hash }: Pick<BatchEvent, 'envelope' | 'line' | 'hash'>,
): void {
  const { seq, id, type, at } = envelope;
  insertEvent(db, { seq, id, type, at, line, hash });
}

function insertEvent(
  db: TillDb,
  event: SealedEvent & { readonly id: string; readonly type: string; readonly at: string },
): void {
  db.run(
    'INSERT INTO event (seq, id, type, at, line, hash) VALUES (?, ?, ?, ?, ?, ?)',
    event.seq,
    event.id,
    event.type,
    event.at,
    event.line,
    event.hash,
  );
}

const HeadRow = z.object({ seq: z.int(), hash: HashHex });
const EventRow = z.object({ seq: z.int(), line: z.string(), hash: HashHex });

/** The last event's number and hash; 0 and 64 zeros before the first. */
export function chainHead(db: TillDb): ChainHead {
  const row = db.one(HeadRow, 'SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1');
  return row ?? { seq: 0, hash: zeroHash };
}

/** Hash after event `seq`; 64 zeros for 0, undefined when there is no such event. */
export function hashOfSeq(db: TillDb, seq: number): HashHex | undefined {
  if (seq === 0) return zeroHash;
  return db.one(HeadRow, 'SELECT seq, hash FROM event WHERE seq = ?', seq)?.hash;
}

/**
 * Events after `seq` in order, bounded so that one batch is surely filled and memory is not:
 * at most `eventsMax` events; reading stops after the line that passes `bytesMax`.
 */
export function eventsAfter(
  db: TillDb,
  seq: number,
  bounds: { readonly eventsMax?: number; readonly bytesMax?: number } = {},
): readonly SealedEvent[] {
  const { eventsMax = limits.batchEventsMax, bytesMax = limits.batchBytesMax } = bounds;
  const events: SealedEvent[] = [];
  let bytes = 0;
  while (events.length < eventsMax && bytes <= bytesMax) {
    const page = db.all(
      EventRow,
      'SELECT seq, line, hash FROM event WHERE seq > ? ORDER BY seq LIMIT ?',
      seq + events.length,
      Math.min(eventPageRows, eventsMax - events.length),
    );
    for (const event of page) {
      events.push(event);
      bytes += Buffer.byteLength(event.line);
      if (bytes > bytesMax) return events;
    }
    if (page.length < eventPageRows) return events;
  }
  return events;
}

const eventPageRows = 64;

/** The exact stored line of a document, or undefined. */
export function eventOfId(db: TillDb, id: string): SealedEvent | undefined {
  return db.one(EventRow, 'SELECT seq, line, hash FROM event WHERE id = ?', id);
}

/** What the centre has not acknowledged yet: all events, and sales among them. */
export function countPending(
  db: TillDb,
  ackedSeq: number,
): { readonly events: number; readonly sales: number } {
  const sales = db.one(
    z.object({ count: z.int() }),
    'SELECT count(*) AS count FROM sale WHERE seq > ?',
    ackedSeq,
  );
  return { events: Math.max(0, chainHead(db).seq - ackedSeq), sales: sales?.count ?? 0 };
}
