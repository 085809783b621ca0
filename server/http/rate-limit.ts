import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { sendProblem } from './problem-answer.ts';

/** Distinct callers counted at once; more than that in one minute begin anew. */
const callersMax = 100_000;

/**
 * How often one caller may ask in a minute, counted after it has proved who it is, so that nobody can
 * use up another's share. @returns whether this question is within it.
 */
export function createAllowance(perMinute: number): (caller: string, nowMs: number) => boolean {
  let minute = 0;
  let counts = new Map<string, number>();
  return (caller, nowMs) => {
    const current = Math.floor(nowMs / 60_000);
    if (current !== minute || counts.size > callersMax) counts = new Map();
    minute = current;
    const count = (counts.get(caller) ?? 0) + 1;
    counts.set(caller, count);
    return count <= perMinute;
  };
}

/** Tries of one address that may be under way at once: a province's shops after a long night. */
const underWayMax = 500;

/**
 * Slows down guessing: only failed tries of one address count, so a province that enrols its
 * shops from behind one address is never held up. A try counts until it has ended well, so those
 * still under way are allowed on top.
 */
export function failureLimit(options: { readonly failuresPerMinute: number }): RequestHandler {
  const underWay = new Map<string, number>();
  const keyOf = (request: Request): string => ipKeyGenerator(request.ip ?? '');
  const limiter = rateLimit({
    windowMs: 60_000,
    keyGenerator: keyOf,
    limit: (request) => {
      const others = (underWay.get(keyOf(request)) ?? 1) - 1;
      return options.failuresPerMinute + Math.min(others, underWayMax);
    },
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    // Proxies are believed only where `trust proxy` says so; the header alone is no mistake.
    validate: { xForwardedForHeader: false },
    handler: (_request, response) =>
      sendProblem(response, {
        type: 'too-many-requests',
        detail: 'Too many failed tries from this address',
        retryAfterSeconds: 60,
      }),
  });
  return (request, response, next) => {
    const key = keyOf(request);
    underWay.set(key, (underWay.get(key) ?? 0) + 1);
    response.once('close', () => {
      const left = (underWay.get(key) ?? 1) - 1;
      if (left > 0) underWay.set(key, left);
      else underWay.delete(key);
    });
    return limiter(request, response, next);
  };
}
