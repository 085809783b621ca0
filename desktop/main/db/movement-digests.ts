/** What this till has stored of its movements, as both sides say it (shared/sync/digest.ts). */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { businessDateOf, CalendarDate, Instant } from '../../../shared/model/calendar.ts';
import { lotKey } from '../../../shared/model/lot.ts';
import type { LotOnHand } from '../../../shared/rules/fefo.ts';
import {
  type DaySum,
  movementText,
  type SeqRange,
  type StoredMovement,
} from '../../../shared/sync/digest.ts';
import { lotsOnHand } from './stock.ts';
import type { TillDb } from './till-db.ts';

const MovementRow = z
  .object({
    seq: z.int(),
    at: z.string(),
    drug: z.string(),
    lot: z.string(),
    expiresOn: z.string(),
    kind: z.string(),
    place: z.string(),
    units: z.int(),
    amountVnd: z.int(),
  })
  .transform(
    ({ at, place, ...row }): StoredMovement => ({
      ...row,
      day: businessDateOf(at),
      isQuarantine: place === 'quarantine',
    }),
  );
const eventsPerPage = 2_000;

/** Lots that hold something, as if the events in `without` had not happened. */
export function lotsWithout(db: TillDb, without: readonly number[]): readonly LotOnHand[] {
  const lots = lotsOnHand(db);
  if (without.length === 0) return lots;
  const byKey = new Map(lots.map((lot) => [lotKey(lot), lot]));
  for (const seq of without) {
    for (const { units, isQuarantine, ...movement } of movementsBetween(db, rangeOf(seq))) {
      const { drug, lot } = movement;
      const expiresOn = CalendarDate.parse(movement.expiresOn);
      const key = lotKey({ drug, lot, expiresOn });
      const nothing = { drug, lot, expiresOn, onHandUnits: 0, quarantinedUnits: 0 };
      const known = byKey.get(key) ?? nothing;
      byKey.set(key, {
        ...known,
        onHandUnits: known.onHandUnits - units,
        quarantinedUnits: known.quarantinedUnits - (isQuarantine ? units : 0),
      });
    }
  }
  return [...byKey.values()];
}

/** One event as a range. */
export function rangeOf(seq: number): SeqRange {
  return { after: seq - 1, through: seq };
}

/** SHA-256 of the movements of a range of events. */
export function rangeDigest(db: TillDb, range: SeqRange, without: ReadonlySet<number>): string {
  const digest = createHash('sha256');
  let isFirst = true;
  for (let { after } = range; after < range.through; after += eventsPerPage) {
    const through = Math.min(after + eventsPerPage, range.through);
    for (const movement of movementsBetween(db, { after, through })) {
      if (without.has(movement.seq)) continue;
      digest.update(`${isFirst ? '' : '\n'}${movementText(movement)}`);
      isFirst = false;
    }
  }
  return digest.digest('hex');
}

/** What moved on each day, by the events of a range. */
export function daySums(
  db: TillDb,
  range: SeqRange,
  without: ReadonlySet<number>,
): readonly DaySum[] {
  const days = new Map<string, DaySum>();
  for (let { after } = range; after < range.through; after += eventsPerPage) {
    const through = Math.min(after + eventsPerPage, range.through);
    for (const movement of movementsBetween(db, { after, through })) {
      if (without.has(movement.seq)) continue;
      const { day } = movement;
      const sum = days.get(day) ?? { day, movements: 0, units: 0, amountVnd: 0 };
      days.set(day, {
        day,
        movements: sum.movements + 1,
        units: sum.units + movement.units,
        amountVnd: sum.amountVnd + movement.amountVnd,
      });
    }
  }
  return [...days.values()];
}

export function movementsBetween(db: TillDb, { after, through }: SeqRange) {
  return db.all(
    MovementRow,
    `SELECT movement.seq, event.at, movement.drug, movement.lot, movement.expires_on AS expiresOn,
       movement.kind, movement.place, movement.units, movement.amount_vnd AS amountVnd
     FROM movement JOIN event ON event.seq = movement.seq
     WHERE movement.seq > ? AND movement.seq <= ? ORDER BY movement.seq, movement.line`,
    after,
    through,
  );
}

const EventRow = z.object({
  seq: z.int(),
  type: z.string(),
  at: Instant,
  slip: z.string().nullable(),
});

/** An event as a person finds it again; undefined when the journal has none of this number. */
export function namedEvent(db: TillDb, seq: number) {
  return db.one(
    EventRow,
    `SELECT seq, type, at, json_extract(line, '$.data.slip') AS slip FROM event WHERE seq = ?`,
    seq,
  );
}
