import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { z } from 'zod';
import { present } from '../../shared/base/assert.ts';
import type { Event } from '../../shared/events/registry.ts';
import {
  isFacilityMovement,
  type Movement,
  type MovementKind,
  movementKinds,
  stockChangeOf,
} from '../../shared/rules/movements.ts';
import { type Queryable, queryRows, type Transaction } from '../db/pool.ts';
import type { DerivedFact } from './derive-event.ts';
import type { TillSource } from './till-source.ts';

export type MovementRow = {
  readonly till: TillSource;
  readonly fact: DerivedFact;
  /** From 1 within its event. */
  readonly line: number;
  readonly movement: Movement;
};

/**
 * A lot of which more has left than was there, in all or from one of its two places: alerted, never
 * refused (protocol.md I5, I6).
 */
export type OverdrawnLot = {
  readonly till: TillSource;
  readonly drug: string;
  readonly lot: string;
  readonly expiresOn: string;
  readonly onHandUnits: number;
  readonly quarantinedUnits: number;
};

/** Kinds as the table stores them: their place in the list of all kinds, from 1. */
export function movementKindNumber(kind: MovementKind): number {
  return movementKinds.indexOf(kind) + 1;
}

/** The kind behind a stored number. */
export function movementKindOf(number: number): MovementKind {
  return present(movementKinds[number - 1], 'A stored movement has a known kind');
}

/** COPY: several times the speed of INSERT for the rows that are most of the database. */
export async function copyMovements(
  transaction: Transaction,
  rows: readonly MovementRow[],
  receivedAt: string,
  table = 'movement',
): Promise<void> {
  if (rows.length === 0) return;
  let text = '';
  for (const row of rows) text += copyLine(row, receivedAt);
  const copy = transaction.query(
    copyFrom(
      `COPY ${table} (till_id, seq, line, day, facility_id, drug, lot, expires_on, kind, units,
         amount_vnd, at, received_at, is_quarantine) FROM STDIN`,
    ),
  );
  await pipeline(Readable.from([Buffer.from(text)]), copy);
}

/** Remembers what the till calls a drug that was mapped to the catalogue's. */
export async function insertMapped(
  database: Queryable,
  rows: readonly MovementRow[],
  table = 'mapped_movement',
): Promise<void> {
  const mapped = rows.flatMap(({ till, fact, line }) => {
    const reported = fact.reportedDrugs.get(line - 1);
    return reported === undefined ? [] : [{ till: till.id, seq: fact.event.seq, line, reported }];
  });
  if (mapped.length === 0) return;
  await database.query(
    `INSERT INTO ${table} (till_id, seq, line, reported_drug)
     SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::integer[], $4::text[])`,
    [
      mapped.map((row) => row.till),
      mapped.map((row) => row.seq),
      mapped.map((row) => row.line),
      mapped.map((row) => row.reported),
    ],
  );
}

/** Ties the movements of transfers to the sender's document. */
export async function insertTransfers(
  database: Queryable,
  rows: readonly MovementRow[],
  table = 'transfer_movement',
): Promise<void> {
  const moved = rows.flatMap((row) => {
    const transferId = transferIdOf(row.fact.event);
    return transferId === undefined ? [] : [{ ...row, transferId }];
  });
  if (moved.length === 0) return;
  await database.query(
    `INSERT INTO ${table}
       (till_id, seq, line, transfer_id, facility_id, drug, lot, expires_on, units)
     SELECT * FROM unnest($1::uuid[], $2::bigint[], $3::integer[], $4::uuid[], $5::uuid[],
       $6::text[], $7::text[], $8::date[], $9::bigint[])`,
    [
      moved.map((row) => row.till.id),
      moved.map((row) => row.fact.event.seq),
      moved.map((row) => row.line),
      moved.map((row) => row.transferId),
      moved.map((row) => row.till.facilityId),
      moved.map((row) => row.movement.drug),
      moved.map((row) => row.movement.lot),
      moved.map((row) => row.movement.expiresOn),
      moved.map((row) => row.movement.units),
    ],
  );
}

function transferIdOf(event: Event): string | undefined {
  if (event.type === 'TransferSent.v1') return event.id;
  return event.type === 'TransferReceived.v1' ? event.data.transferId : undefined;
}

/** The movements of a fact, as rows. */
export function movementRows(till: TillSource, fact: DerivedFact): readonly MovementRow[] {
  return fact.movements.map((movement, index) => ({ till, fact, line: index + 1, movement }));
}

function copyLine({ till, fact, line, movement }: MovementRow, receivedAt: string): string {
  const { drug, lot, expiresOn, units, amountVnd } = movement;
  const kind = movementKindNumber(movement.kind);
  const isQuarantine = movement.place === 'quarantine' ? 't' : 'f';
  return `${till.id}\t${fact.event.seq}\t${line}\t${fact.day}\t${till.facilityId}\t${copyText(drug)}\t${copyText(lot)}\t${expiresOn}\t${kind}\t${units}\t${amountVnd}\t${fact.atIso}\t${receivedAt}\t${isQuarantine}\n`;
}

/** Both texts are checked against patterns without control characters; this keeps it so. */
function copyText(text: string): string {
  if (!/[\\\t\n\r]/.test(text)) return text;
  return text.replace(/[\\\t\n\r]/g, (character) => `\\${character}`);
}

type StockChange = {
  readonly till: TillSource;
  readonly drug: string;
  readonly lot: string;
  readonly expiresOn: string;
  opening: number;
  received: number;
  sold: number;
  voided: number;
  other: number;
  quarantined: number;
  lastAtMs: number;
  lastAtIso: string;
};

/**
 * An array as PostgreSQL reads it, of values that need no quotes (numbers, ids, days, moments): the
 * client would quote and escape every one of thousands.
 */
function plainArray<Row>(rows: readonly Row[], read: (row: Row) => string | number): string {
  return `{${rows.map(read).join(',')}}`;
}

const OverdrawnRow = z.object({
  facility_id: z.string(),
  drug: z.string(),
  lot: z.string(),
  expires_on: z.string(),
  on_hand_units: z.number(),
  quarantined_units: z.number(),
});

/** Adds movements to the stock of their facilities in one sorted statement. */
export async function upsertStock(
  database: Queryable,
  rows: readonly MovementRow[],
  table = 'facility_stock',
): Promise<readonly OverdrawnLot[]> {
  const changes = sumUp(rows);
  if (changes.length === 0) return [];
  const overdrawn = await queryRows(database, OverdrawnRow, stockSql(table), [
    plainArray(changes, (change) => change.till.facilityId),
    changes.map((change) => change.drug),
    changes.map((change) => change.lot),
    plainArray(changes, (change) => change.expiresOn),
    plainArray(changes, (change) => change.opening),
    plainArray(changes, (change) => change.received),
    plainArray(changes, (change) => change.sold),
    plainArray(changes, (change) => change.voided),
    plainArray(changes, (change) => change.other),
    plainArray(changes, (change) => change.quarantined),
    plainArray(changes, (change) => change.lastAtIso),
  ]);
  if (overdrawn.length === 0) return [];
  const tills = new Map(rows.map((row) => [row.till.facilityId, row.till]));
  return overdrawn.map((row) => ({
    till: present(tills.get(row.facility_id), 'A changed facility has a till'),
    drug: row.drug,
    lot: row.lot,
    expiresOn: row.expires_on,
    onHandUnits: row.on_hand_units,
    quarantinedUnits: row.quarantined_units,
  }));
}

function sumUp(rows: readonly MovementRow[]): readonly StockChange[] {
  const changes = new Map<string, StockChange>();
  for (const { till, fact, movement } of rows) {
    if (!isFacilityMovement(movement)) continue;
    const { drug, lot, expiresOn } = movement;
    const key = `${till.facilityId}|${drug}|${lot}|${expiresOn}`;
    let change = changes.get(key);
    if (change === undefined) {
      change = { till, drug, lot, expiresOn, ...nothingMoved, lastAtIso: fact.atIso };
      changes.set(key, change);
    }
    addTo(change, movement);
    if (fact.atMs > change.lastAtMs) {
      change.lastAtMs = fact.atMs;
      change.lastAtIso = fact.atIso;
    }
  }
  return [...changes.values()];
}

const nothingMoved = {
  opening: 0,
  received: 0,
  sold: 0,
  voided: 0,
  other: 0,
  quarantined: 0,
  lastAtMs: -Infinity,
} as const;

function addTo(change: StockChange, movement: Movement): void {
  const { kind, units } = movement;
  change.quarantined += stockChangeOf(movement).quarantinedUnits;
  switch (kind) {
    case 'opening':
      change.opening += units;
      return;
    case 'receipt':
      change.received += units;
      return;
    case 'sale':
      change.sold -= units;
      return;
    case 'void':
      change.voided += units;
      return;
    default:
      change.other += units;
  }
}

function stockSql(table: string): string {
  return `
  WITH changed AS (
    INSERT INTO ${table} AS known (facility_id, drug, lot, expires_on, on_hand_units,
      opening_units, received_units, sold_units, voided_units, other_units, quarantined_units,
      last_movement_at)
    SELECT given.facility_id, given.drug, given.lot, given.expires_on,
      given.opening + given.received + given.voided - given.sold + given.other,
      given.opening, given.received, given.sold, given.voided, given.other, given.quarantined,
      given.last_at
    FROM unnest($1::uuid[], $2::text[], $3::text[], $4::date[], $5::bigint[], $6::bigint[],
      $7::bigint[], $8::bigint[], $9::bigint[], $10::bigint[], $11::timestamptz[])
      AS given (facility_id, drug, lot, expires_on, opening, received, sold, voided, other,
        quarantined, last_at)
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (facility_id, drug, lot, expires_on) DO UPDATE SET
      on_hand_units = known.on_hand_units + excluded.on_hand_units,
      opening_units = known.opening_units + excluded.opening_units,
      received_units = known.received_units + excluded.received_units,
      sold_units = known.sold_units + excluded.sold_units,
      voided_units = known.voided_units + excluded.voided_units,
      other_units = known.other_units + excluded.other_units,
      quarantined_units = known.quarantined_units + excluded.quarantined_units,
      last_movement_at = greatest(known.last_movement_at, excluded.last_movement_at)
    RETURNING facility_id, drug, lot, expires_on, on_hand_units, quarantined_units)
  SELECT * FROM changed WHERE quarantined_units < 0 OR on_hand_units < quarantined_units
    OR on_hand_units < 0`;
}
