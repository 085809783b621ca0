import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { HashHex, zeroHash } from '../../../shared/events/envelope.ts';
import type { Event } from '../../../shared/events/registry.ts';
import type { ChainHead } from '../../../shared/events/seal.ts';
import type { DatabaseFault } from './database-fault.ts';
import { hashLine, hashOfSeq } from './event-log.ts';
import { readEvent } from './read-event.ts';
import type { TillDb } from './till-db.ts';

/**
 * Proves that stored events are what was written: numbers without gap (I1), each carrying the hash of
 * the one before (I2), every byte under its hash (I3). At start only the last event is proved, which
 * takes no time; the rest follows in slices while the till works (prove-when-idle.ts), and wholly
 * before a rebuild.
 */
export const chainStart: ChainHead = { seq: 0, hash: zeroHash };

/** Proves the last event, the one a broken write would have hit. */
export function verifyHead(db: TillDb): Result<ChainHead, DatabaseFault> {
  const last = db.one(
    z.object({ seq: z.int().nullable() }),
    'SELECT max(seq) AS seq FROM event',
  )?.seq;
  if (last === null || last === undefined) return ok(chainStart);
  const before = hashOfSeq(db, last - 1);
  if (before === undefined) return damaged(last - 1, 'it is missing');
  return verifySlice(db, { seq: last - 1, hash: before }, 1);
}

/** Proves the whole journal. @returns its head. */
export function verifyJournal(db: TillDb): Result<ChainHead, DatabaseFault> {
  let proved = chainStart;
  for (;;) {
    const slice = verifySlice(db, proved, sliceEvents);
    if (!slice.ok || slice.value.seq === proved.seq) return slice;
    proved = slice.value;
  }
}

/** Proves at most `eventsMax` events behind `proved`. @returns the new proved head. */
export function verifySlice(
  db: TillDb,
  proved: ChainHead,
  eventsMax = sliceEvents,
): Result<ChainHead, DatabaseFault> {
  const slice = readProved(db, proved, eventsMax);
  return slice.ok ? ok(slice.value.head) : slice;
}

/** The next events behind `proved`, each proved to be what was written. */
export function readProved(
  db: TillDb,
  proved: ChainHead,
  eventsMax = sliceEvents,
): Result<{ readonly head: ChainHead; readonly events: readonly Event[] }, DatabaseFault> {
  const rows = db.all(
    EventRow,
    'SELECT seq, id, type, at, line, hash FROM event WHERE seq > ? ORDER BY seq LIMIT ?',
    proved.seq,
    eventsMax,
  );
  let head = proved;
  const events: Event[] = [];
  for (const row of rows) {
    if (row.seq !== head.seq + 1) return damaged(head.seq + 1, 'it is missing');
    if (hashLine(head.hash, row.line) !== row.hash) return damaged(row.seq, 'its hash differs');
    const event = readEvent(row.seq, row.line);
    if (!event.ok) return event;
    if (event.value.prev !== head.hash) return damaged(row.seq, 'it follows another event');
    const { id, type, at } = event.value;
    if (id !== row.id || type !== row.type || at !== row.at) {
      return damaged(row.seq, 'its columns differ from its line');
    }
    head = { seq: row.seq, hash: row.hash };
    events.push(event.value);
  }
  return ok({ head, events });
}

const sliceEvents = 200;
const EventRow = z.object({
  seq: z.int(),
  id: z.string(),
  type: z.string(),
  at: z.string(),
  line: z.string(),
  hash: HashHex,
});

function damaged(seq: number, what: string): Result<never, DatabaseFault> {
  return err({ code: 'journal-damaged', detail: `event ${seq}: ${what}` });
}
