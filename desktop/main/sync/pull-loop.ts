import { guarded } from './guarded-run.ts';
import { pullFeed } from './pull-feed.ts';
import { createRetryLoop, type RetryLoop } from './retry-loop.ts';
import type { SyncParts } from './sync-parts.ts';

/** Pulls when woken: at the start, by the stream's news, after an upload, and by the clock. */
export function createPullLoop(parts: SyncParts, onCentreWentBack: () => void): RetryLoop {
  const { timers, random, nowMs } = parts.deps;
  const run = guarded(parts, () => pullFeed(parts, onCentreWentBack));
  return createRetryLoop({ run, timers, random, nowMs });
}
