import type { TillDeps } from '../deps.ts';
import { type DatabaseFault, databaseFaultOf } from './database-fault.ts';
import type { TillDb } from './till-db.ts';
import { chainStart, verifySlice } from './verify-journal.ts';

/** A slice takes some 10 ms, so the counter never feels it; 100,000 events are proved in a minute. */
const pauseMs = 100;

/**
 * Proves the whole journal once after each start, slice by slice, while the till works.
 * @returns a function that stops it.
 */
export function verifyWhenIdle(
  db: TillDb,
  { timers, log }: Pick<TillDeps, 'timers' | 'log'>,
  onDamage: (fault: DatabaseFault) => void,
): () => void {
  let proved = chainStart;
  let cancel = timers.after(pauseMs, next);
  function next(): void {
    const slice = provedSlice();
    if (slice === undefined) return;
    if (!slice.ok) {
      log.error({ ...slice.error }, 'The journal is damaged');
      onDamage(slice.error);
      return;
    }
    const isAtHead = slice.value.seq === proved.seq;
    proved = slice.value;
    if (isAtHead) log.info({ events: proved.seq }, 'The journal is whole');
    else cancel = timers.after(pauseMs, next);
  }
  function provedSlice() {
    try {
      return verifySlice(db, proved);
    } catch (error) {
      const fault = databaseFaultOf(error);
      if (fault === undefined) throw error;
      return { ok: false, error: fault } as const;
    }
  }
  return () => cancel();
}
