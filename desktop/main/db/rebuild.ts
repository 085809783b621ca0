import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ok, type Result } from '../../../shared/base/result.ts';
import { derivedTables } from './apply-event.ts';
import { type DatabaseFault, databaseFaultOf } from './database-fault.ts';
import { isSameTable, openRederivation, type TableDifference } from './rederive.ts';
import type { TillDb } from './till-db.ts';
import { againstReceipts } from './verify-journal.ts';

export type Rebuilt = {
  readonly events: number;
  readonly movements: number;
  /** Derived tables that were not, byte for byte, what the journal says (I10); they are now. */
  readonly differingTables: readonly string[];
  readonly repaired: readonly TableDifference[];
};

/**
 * Derives every table anew from the journal and repairs what differs, all in one go: for a till that
 * serves nobody. While one sells, derived-proof.ts does the same in steps. Every event is proved
 * first: a damaged journal would be replayed into wrong tables, so then nothing changes.
 */
export function rebuild(db: TillDb): Result<Rebuilt, DatabaseFault> {
  const rederivation = openRederivation(db);
  try {
    for (let isAtHead = false; !isAtHead; ) {
      const followed = rederivation.follow(eventsPerStep);
      if (!followed.ok) return followed;
      isAtHead = followed.value;
    }
    const received = againstReceipts(db, rederivation.head());
    if (!received.ok) return received;
    const different = derivedTables.filter((table) => !isSameTable(rederivation, table));
    const repaired = different.length === 0 ? [] : rederivation.repair(different);
    const differingTables = repaired.map(({ table }) => table);
    const events = rederivation.events();
    return ok({ events, movements: rederivation.movements(), differingTables, repaired });
  } catch (error) {
    const fault = databaseFaultOf(error);
    if (fault === undefined) throw error;
    return { ok: false, error: fault };
  } finally {
    rederivation.close();
  }
}

/** SHA-256 of a table's rows in the order of all its columns, every value with its type. */
export function tableDigest(db: TillDb, table: (typeof derivedTables)[number]): string {
  const digest = createHash('sha256');
  const columns = z
    .array(z.object({ name: z.string() }))
    .parse(db.pragma(`table_info(${table})`))
    .map(({ name }) => name)
    .join(', ');
  for (let offset = 0; ; offset += pageRows) {
    const rows = db.all(
      z.unknown(),
      `SELECT * FROM ${table} ORDER BY ${columns} LIMIT ? OFFSET ?`,
      pageRows,
      offset,
    );
    for (const row of rows) digest.update(`${JSON.stringify(row)}\n`);
    if (rows.length < pageRows) return digest.digest('hex');
  }
}

const eventsPerStep = 1_000;
const pageRows = 20_000;
