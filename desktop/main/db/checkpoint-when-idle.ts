import type { TillDeps } from '../deps.ts';
import { databaseFaultOf } from './database-fault.ts';
import type { TillDb } from './till-db.ts';

/** Long enough that a sale in a hurry never waits for it, short enough that the log stays small. */
const idleMs = 1_000;

/**
 * Moves the write-ahead log into the database between sales: left to itself, SQLite does it inside
 * the commit that passes a limit, and that customer waits.
 * @returns a function that stops it.
 */
export function checkpointWhenIdle(
  db: TillDb,
  { timers, log }: Pick<TillDeps, 'timers' | 'log'>,
): () => void {
  let cancel: (() => void) | undefined;
  const checkpoint = (): void => {
    cancel = undefined;
    try {
      db.pragma('wal_checkpoint(PASSIVE)');
    } catch (error) {
      const fault = databaseFaultOf(error);
      if (fault === undefined) throw error;
      // Nothing is lost: the log keeps everything, and the next commit plans the next try.
      log.warn({ err: error, code: fault.code }, 'The log could not be moved into the database');
    }
  };
  db.onCommit(() => {
    cancel?.();
    cancel = timers.after(idleMs, checkpoint);
  });
  return () => cancel?.();
}
