import { limits } from '../../../shared/base/limits.ts';
import { guarded } from './guarded-run.ts';
import { createRetryLoop, type RetryLoop, type RunEnd } from './retry-loop.ts';
import type { SyncParts } from './sync-parts.ts';

export type NewsLoop = Pick<RetryLoop, 'wake' | 'close' | 'hurry'> & {
  readonly isOpen: () => boolean;
};

/**
 * Holds the stream that only says "something new". `onNews` also runs when the stream opens, for
 * what was missed before, and when it cannot be opened, so that its retries are a polling of their
 * own and a lost line is noticed; `onHeard` only when the centre itself was heard. When a centre
 * restarts, its tills come back spread out.
 */
export function createNewsLoop(
  parts: SyncParts,
  {
    onNews,
    onHeard,
    signal,
  }: {
    readonly onNews: () => void;
    readonly onHeard: () => void;
    readonly signal: AbortSignal;
  },
): NewsLoop {
  const { deps, client, tracker } = parts;
  let isOpen = false;
  const heard = (): void => {
    onNews();
    onHeard();
  };

  const holdStream = async (): Promise<RunEnd> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const close = client.listen({
      opened: () => {
        isOpen = true;
        tracker.contact();
        heard();
      },
      news: heard,
      ended: resolve,
    });
    const onAbort = () => resolve();
    signal.addEventListener('abort', onAbort);
    await promise;
    signal.removeEventListener('abort', onAbort);
    close();
    if (signal.aborted) return { type: 'done' };
    const wasOpen = isOpen;
    isOpen = false;
    if (!wasOpen) onNews();
    const spreadMs = Math.floor(deps.random() * limits.streamReopenSpreadMs);
    return { type: 'retry', retryAfterMs: wasOpen ? spreadMs : 0 };
  };

  const { timers, random, nowMs } = deps;
  const loop = createRetryLoop({ run: guarded(parts, holdStream), timers, random, nowMs });
  return { wake: loop.wake, hurry: loop.hurry, close: loop.close, isOpen: () => isOpen };
}
