import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { sendProblem } from './problem-answer.ts';

/**
 * Slows down guessing: only failed tries of one address count, so a province that enrols its
 * shops from behind one address is never held up.
 */
export function failureLimit(options: { readonly failuresPerMinute: number }): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: options.failuresPerMinute,
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
}
