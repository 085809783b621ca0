import { createHash } from 'node:crypto';
import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { applyEvent, derivedTables } from './apply-event.ts';
import { type DatabaseFault, DatabaseFaulted } from './database-fault.ts';
import type { TillDb } from './till-db.ts';
import { chainStart, readProved } from './verify-journal.ts';

export type Rebuilt = {
  readonly events: number;
  readonly movements: number;
  /** Derived tables that were not, byte for byte, what the journal says (I10). */
  readonly differingTables: readonly string[];
};

/**
 * Throws away every derived table and replays the journal, in one transaction. Every event is proved
 * before it is applied: a damaged journal would be replayed into wrong tables, so then nothing changes.
 */
export function rebuild(db: TillDb): Result<Rebuilt, DatabaseFault> {
  try {
    return ok(db.immediately(() => replaceTables(db)));
  } catch (error) {
    if (error instanceof DatabaseFaulted) return err(error.fault);
    throw error;
  }
}

/** SHA-256 of a table's rows in the order of its key, every value with its type. */
export function tableDigest(db: TillDb, table: (typeof derivedTables)[number]): string {
  const digest = createHash('sha256');
  for (let offset = 0; ; offset += pageRows) {
    const rows = db.all(
      z.unknown(),
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

/** Throws what stands in the way, so that the transaction around it changes nothing. */
function replaceTables(db: TillDb): Rebuilt {
  const before = derivedTables.map((table) => tableDigest(db, table));
  // Voids name sales: what refers goes before what is referred to.
  for (const table of [...derivedTables].reverse()) db.run(`DELETE FROM ${table}`);
  let movements = 0;
  let proved = chainStart;
  for (;;) {
    const slice = readProved(db, proved);
    if (!slice.ok) throw new DatabaseFaulted(slice.error);
    if (slice.value.events.length === 0) break;
    for (const event of slice.value.events) movements += applyEvent(db, event);
    proved = slice.value.head;
  }
  const differingTables = derivedTables.filter(
    (table, index) => tableDigest(db, table) !== before[index],
  );
  return { events: proved.seq, movements, differingTables };
}
