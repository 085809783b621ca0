import { databaseFaultOf } from '../db/database-fault.ts';
import type { RunEnd } from './retry-loop.ts';
import type { SyncParts } from './sync-parts.ts';

/**
 * Turns what a run may throw into its end. A fault of disk or database passes or is told elsewhere:
 * again later. A bug stops this loop and nothing else: selling goes on.
 */
export function guarded(
  { deps, tracker }: Pick<SyncParts, 'deps' | 'tracker'>,
  run: () => Promise<RunEnd>,
): () => Promise<RunEnd> {
  return async () => {
    try {
      return await run();
    } catch (error) {
      const fault = databaseFaultOf(error);
      deps.log.error({ err: error, code: fault?.code }, 'A sync run failed');
      if (fault === undefined) return { type: 'stopped' };
      if (fault.code === 'database-damaged' || fault.code === 'journal-damaged') {
        tracker.setProblem('database', { type: 'database-damaged', detail: fault.detail });
      }
      return { type: 'retry', retryAfterMs: 0 };
    }
  };
}
