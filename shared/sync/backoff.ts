import { limits } from '../base/limits.ts';

/**
 * Exponential back-off with full jitter, bounded: after an outage the tills of a province come back
 * spread out, not as a herd.
 * @param failures failed tries so far, ≥ 1.
 * @param random uniform in [0, 1).
 * @param retryAfterMs what the centre asked for, obeyed as a lower bound.
 */
export function retryDelayMs(failures: number, random: number, retryAfterMs = 0): number {
  const ceilingMs = Math.min(
    limits.retryDelayMsMax,
    limits.retryDelayMsMin * 2 ** Math.min(Math.max(failures, 1), 20),
  );
  const jitteredMs =
    limits.retryDelayMsMin + Math.floor(random * (ceilingMs - limits.retryDelayMsMin));
  return Math.max(jitteredMs, Math.min(retryAfterMs, limits.retryDelayMsMax));
}
