import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { HashHex, zeroHash } from '../../../shared/events/envelope.ts';
import { type Event, interpretEvent } from '../../../shared/events/registry.ts';
import type { ChainHead } from '../../../shared/events/seal.ts';
import { type BrokenLink, followLink } from '../../../shared/sync/chain.ts';
import type { DatabaseFault } from './database-fault.ts';
import { hashLine, hashOfSeq } from './event-log.ts';
import { getSetting } from './sync-state.ts';
import type { TillDb } from './till-db.ts';

/**
 * Proves that stored events are what was written: numbers without gap (I1), each carrying the hash of
 * the one before (I2), every byte under its hash (I3), none of them other than what the centre once
 * acknowledged. At start only the last event and the receipts are proved, which takes no time; the rest follows in slices while the till works (prove-when-idle.ts), and wholly
 * before a rebuild.
 */
export const chainStart: ChainHead = { seq: 0, hash: zeroHash };

/** Proves the last event, the one a broken write would have hit. */
export function verifyHead(db: TillDb): Result<ChainHead, DatabaseFault> {
  const last = db.one(
    z.object({ seq: z.int().nullable() }),
    'SELECT max(seq) AS seq FROM event',
  )?.seq;
  if (last === null || last === undefined) return againstReceipts(db, chainStart);
  const before = hashOfSeq(db, last - 1);
  if (before === undefined) return damaged(last - 1, 'it is missing');
  const head = verifySlice(db, { seq: last - 1, hash: before }, 1);
  return head.ok ? againstReceipts(db, head.value) : head;
}

/** Proves the whole journal, against the centre's receipts too. @returns its head. */
export function verifyJournal(db: TillDb): Result<ChainHead, DatabaseFault> {
  let proved = chainStart;
  for (;;) {
    const slice = verifySlice(db, proved, sliceEvents);
    if (!slice.ok) return slice;
    if (slice.value.seq === proved.seq) return againstReceipts(db, slice.value);
    proved = slice.value;
  }
}

/**
 * A journal that was written anew from some event on is whole in itself. What the centre once
 * acknowledged does not follow it: the receipts kept here say which events it really had.
 */
export function againstReceipts(db: TillDb, head: ChainHead): Result<ChainHead, DatabaseFault> {
  // The chain covers everything before it: where the last receipt holds, all of them do.
  if (contradictedReceipt(db, 'ORDER BY receipt.acked_seq DESC LIMIT 1') === undefined) {
    return ok(head);
  }
  const first = contradictedReceipt(db, `${contradicts} ORDER BY receipt.acked_seq LIMIT 1`);
  const ackedSeq = first ?? head.seq;
  return ackedSeq > head.seq
    ? damaged(head.seq + 1, `it is missing; the centre has acknowledged ${ackedSeq}`)
    : damaged(ackedSeq, 'it is not what the centre acknowledged');
}

/** The number of the receipt found, if it contradicts the journal. */
function contradictedReceipt(db: TillDb, which: string): number | undefined {
  const row = db.one(
    ReceiptRow,
    `SELECT receipt.acked_seq AS seq, event.hash IS json_extract(receipt.receipt, '$.ackedHash')
       AS isMet
     FROM receipt LEFT JOIN event ON event.seq = receipt.acked_seq ${which}`,
  );
  return row === undefined || row.seq === 0 || row.isMet === 1 ? undefined : row.seq;
}

const contradicts = "WHERE event.hash IS NOT json_extract(receipt.receipt, '$.ackedHash')";

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
  const till = getSetting(db, 'identity')?.tillId;
  let head = proved;
  const events: Event[] = [];
  for (const row of rows) {
    if (row.seq !== head.seq + 1) return damaged(head.seq + 1, 'it is missing');
    const link = followLink({ till, head, line: row.line }, hashLine);
    if (!link.ok) return damaged(row.seq, wordsOf(link.error, row));
    const { hash } = link.value;
    if (hash !== row.hash) return damaged(row.seq, 'its hash differs');
    const event = interpretEvent(link.value.envelope);
    if (!event.ok) return damaged(row.seq, `${event.error.type} ${event.error.detail}`);
    const { id, type, at } = event.value;
    if (id !== row.id || type !== row.type || at !== row.at) {
      return damaged(row.seq, 'its columns differ from its line');
    }
    head = { seq: row.seq, hash };
    events.push(event.value);
  }
  return ok({ head, events });
}

/** A line whose own bytes are whole is named by where it stands; any other by its bytes. */
function wordsOf(broken: BrokenLink, row: z.output<typeof EventRow>): string {
  const own = broken.type === 'OtherPrev' ? broken.envelope.prev : undefined;
  const hash = own === undefined ? broken.hash : hashLine(own, row.line);
  return hash === row.hash ? brokenWords[broken.type] : 'its hash differs';
}

const brokenWords: Readonly<Record<BrokenLink['type'], string>> = {
  NoEvent: 'the stored line is no event',
  OtherTill: 'it is of another till',
  OtherSeq: 'it carries another number',
  OtherPrev: 'it follows another event',
};

const sliceEvents = 200;
const ReceiptRow = z.object({ seq: z.int(), isMet: z.int() });
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
