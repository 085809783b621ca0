import { limits } from '../../../shared/base/limits.ts';
import { retryDelayMs } from '../../../shared/sync/backoff.ts';
import type { Timers } from '../deps.ts';

/** How a run ended, and so when the next one begins. */
export type RunEnd =
  /** Nothing left to do until somebody wakes the loop. */
  | { readonly type: 'done' }
  /** A fault: again after a growing, jittered delay. */
  | { readonly type: 'retry'; readonly retryAfterMs: number }
  /** An answer that trying again cannot change: rarely, or by hand. */
  | { readonly type: 'stopped' };

/** One kind of work of which at most one run is under way, repeated until it succeeds. */
export type RetryLoop = {
  /** There is something to do; a delay after a failed run is kept. */
  readonly wake: () => void;
  /** The line is known to work again: ends a delay that no answer asked for. */
  readonly hurry: () => void;
  /** Something is new at the centre: what had stopped may have been decided by now. */
  readonly nudge: () => void;
  /** Runs at once, whatever the delay; settles when a run begun from now on has ended. */
  readonly now: () => Promise<void>;
  /** The moment of the next planned try, on the clock of `nowMs`. */
  readonly nextTryAtMs: () => number | null;
  /** No run begins any more; settles when the one under way has ended. */
  readonly close: () => Promise<void>;
};

export type RetryLoopParts = {
  /** Never rejects: what may fail is part of the outcome. */
  readonly run: () => Promise<RunEnd>;
  readonly timers: Timers;
  readonly random: () => number;
  readonly nowMs: () => number;
  /** Of the delay after a fault, where less than `limits.retryDelayMsMax` is right. */
  readonly delayMsMax?: number;
};

type Delay = {
  readonly cancel: () => void;
  readonly endsAtMs: number;
  readonly isOwnChoice: boolean;
  /** From when on news ends it; null while it is not the delay of a stop. */
  readonly newsEndsItFromMs: number | null;
};

export function createRetryLoop(parts: RetryLoopParts): RetryLoop {
  let running: Promise<void> | undefined;
  let delay: Delay | undefined;
  let isWanted = false;
  let isClosed = false;
  let failures = 0;
  const { delayMsMax = limits.retryDelayMsMax } = parts;

  const begin = (): Promise<void> => {
    delay?.cancel();
    delay = undefined;
    isWanted = false;
    running = parts.run().then((end) => {
      running = undefined;
      settle(end);
    });
    return running;
  };
  const settle = (end: RunEnd): void => {
    if (isClosed) return;
    failures = end.type === 'retry' ? failures + 1 : 0;
    if (end.type !== 'done') plan(end);
    else if (isWanted) void begin();
  };
  const plan = (end: Exclude<RunEnd, { type: 'done' }>): void => {
    const delayMs =
      end.type === 'retry'
        ? Math.min(retryDelayMs(failures, parts.random(), end.retryAfterMs), delayMsMax)
        : limits.stoppedRetryDelayMs;
    const nowMs = parts.nowMs();
    delay = {
      cancel: parts.timers.after(delayMs, () => void begin()),
      endsAtMs: nowMs + delayMs,
      isOwnChoice: end.type === 'retry' && end.retryAfterMs === 0,
      // Not at every piece of news of a busy day.
      newsEndsItFromMs: end.type === 'stopped' ? nowMs + limits.stoppedNudgeAfterMs : null,
    };
  };

  return {
    wake: () => {
      if (isClosed || delay !== undefined) return;
      if (running === undefined) void begin();
      else isWanted = true;
    },
    hurry: () => {
      if (!isClosed && running === undefined && delay?.isOwnChoice === true) void begin();
    },
    nudge: () => {
      const fromMs = delay?.newsEndsItFromMs ?? null;
      if (isClosed || running !== undefined || fromMs === null) return;
      if (parts.nowMs() >= fromMs) void begin();
    },
    now: async () => {
      await running;
      if (!isClosed) await (running ?? begin());
    },
    nextTryAtMs: () => delay?.endsAtMs ?? null,
    close: async () => {
      isClosed = true;
      delay?.cancel();
      delay = undefined;
      await running;
    },
  };
}
