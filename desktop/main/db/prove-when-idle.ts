import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { TillDeps } from '../deps.ts';
import { checkStructure, tableNames } from './check-structure.ts';
import { type DatabaseFault, databaseFaultOf } from './database-fault.ts';
import type { TillDb } from './till-db.ts';
import { againstReceipts, chainStart, verifySlice } from './verify-journal.ts';

/** A slice of the journal takes some 10 ms, so the counter never feels it. */
const slicePauseMs = 100;
/** A table of a year takes some 100 ms: rarely enough not to be met twice while one sells. */
const tablePauseMs = 5_000;

/**
 * Proves the whole database once after each start, piece by piece, while the till works: first every
 * event of the journal, then the structure of each table.
 * @returns a function that stops it.
 */
export function proveWhenIdle(
  db: TillDb,
  { timers, log }: Pick<TillDeps, 'timers' | 'log'>,
  onDamage: (fault: DatabaseFault) => void,
): () => void {
  let proved = chainStart;
  let tables: readonly string[] | undefined;
  let cancel = timers.after(slicePauseMs, next);

  function next(): void {
    const step = withoutThrowing(tables === undefined ? proveEvents : proveTable);
    if (step.ok) {
      if (step.value !== undefined) cancel = timers.after(step.value, next);
      return;
    }
    log.error({ ...step.error }, 'The database is damaged');
    onDamage(step.error);
  }
  /** @returns the pause before the next step. */
  function proveEvents(): Result<number, DatabaseFault> {
    const slice = verifySlice(db, proved);
    if (!slice.ok) return slice;
    const isAtHead = slice.value.seq === proved.seq;
    proved = slice.value;
    if (!isAtHead) return ok(slicePauseMs);
    const acknowledged = againstReceipts(db, proved);
    if (!acknowledged.ok) return acknowledged;
    log.info({ events: proved.seq }, 'The journal is whole');
    tables = tableNames(db);
    return ok(tablePauseMs);
  }
  function proveTable(): Result<number | undefined, DatabaseFault> {
    const [table, ...rest] = tables ?? [];
    if (table === undefined) return ok(undefined);
    const fault = checkStructure(db, table);
    tables = rest;
    return fault === undefined ? ok(tablePauseMs) : err(fault);
  }
  return () => cancel();
}

/** A page that cannot be read is a finding, too. */
function withoutThrowing<Value>(
  step: () => Result<Value, DatabaseFault>,
): Result<Value, DatabaseFault> {
  try {
    return step();
  } catch (error) {
    const fault = databaseFaultOf(error);
    if (fault === undefined) throw error;
    return err(fault);
  }
}
