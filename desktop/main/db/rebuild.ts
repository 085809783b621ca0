import { createHash } from 'node:crypto';
import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { applyEvent, derivedTables } from './apply-event.ts';
import { type DatabaseFault, DatabaseFaulted } from './database-fault.ts';
import { eventsAfter } from './event-log.ts';
import { readEvent } from './read-event.ts';
import type { TillDb } from './till-db.ts';
import { verifyJournal } from './verify-journal.ts';

export type Rebuilt = {
  readonly events: number;
  readonly movements: number;
  /** Derived tables that were not, byte for byte, what the journal says (I10). */
  readonly differingTables: readonly string[];
};

/**
 * Throws away every derived table and replays the journal, in one transaction. The journal is proved
 * first: a damaged one would be replayed into wrong tables, so then nothing changes.
 */
export function rebuild(db: TillDb): Result<Rebuilt, DatabaseFault> {
  return db.immediately(() => {
    const proved = verifyJournal(db);
    if (!proved.ok) return err(proved.error);
    const before = derivedTables.map((table) => tableDigest(db, table));
    // Voids name sales: what refers goes before what is referred to.
    for (const table of [...derivedTables].reverse()) db.run(`DELETE FROM ${table}`);
    const { events, movements } = replay(db);
    const differingTables = derivedTables.filter(
      (table, index) => tableDigest(db, table) !== before[index],
    );
    return ok({ events, movements, differingTables });
  });
}

/** SHA-256 of a table's rows in the order of its key, every value with its type. */
export function tableDigest(db: TillDb, table: (typeof derivedTables)[number]): string {
  const digest = createHash('sha256');
  for (let offset = 0; ; offset += pageRows) {
    const rows = db.all(
      z.record(z.string(), z.unknown()),
      `SELECT * FROM ${table} ORDER BY ${keyByTable[table]} LIMIT ? OFFSET ?`,
      pageRows,
      offset,
    );
    for (const row of rows) digest.update(`${JSON.stringify(row)}\n`);
    if (rows.length < pageRows) return digest.digest('hex');
  }
}

const pageRows = 20_000;
const keyByTable: { readonly [Table in (typeof derivedTables)[number]]: string } = {
  movement: 'seq, line',
  stock: 'drug, expires_on, lot',
  sale: 'seq',
  void: 'sale_seq',
  price: 'drug, unit',
};

function replay(db: TillDb): { readonly events: number; readonly movements: number } {
  let events = 0;
  let movements = 0;
  for (;;) {
    const page = eventsAfter(db, events);
    for (const { seq, line } of page) {
      const event = readEvent(seq, line);
      if (!event.ok) throw new DatabaseFaulted(event.error);
      movements += applyEvent(db, event.value);
    }
    events += page.length;
    if (page.length === 0) return { events, movements };
  }
}
