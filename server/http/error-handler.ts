import type { ErrorRequestHandler } from 'express';
import { z } from 'zod';
import { isDatabaseAway } from '../db/pool.ts';
import { type ProblemFacts, sendProblem } from './problem-answer.ts';

const Fault = z.object({
  code: z.string().optional(),
  type: z.string().optional(),
  status: z.number().optional(),
  message: z.string().optional(),
});

/** The last middleware: every fault becomes a problem, and only bugs are logged as errors. */
export const answerFault: ErrorRequestHandler = (error, request, response, next) => {
  const facts = problemOf(error);
  if (facts.type === 'internal') request.log.error({ err: error }, 'request failed');
  else request.log.info({ problem: facts.type, detail: facts.detail }, 'request refused');
  // A started answer cannot become a problem any more: Express closes the connection.
  if (response.headersSent) next(error);
  else sendProblem(response, facts);
};

function problemOf(error: unknown): ProblemFacts {
  const fault = Fault.safeParse(error).data ?? {};
  switch (fault.type) {
    case 'entity.too.large':
      return { type: 'too-large', detail: 'The body is too large' };
    case 'encoding.unsupported':
      return { type: 'wrong-content-type', detail: 'This content encoding is not read here' };
    case 'request.aborted':
    case 'request.size.invalid':
      return { type: 'bad-request', detail: 'The body ended early' };
  }
  if (isDatabaseAway(error)) {
    return {
      type: 'database-unavailable',
      detail: 'The database does not answer just now',
      retryAfterSeconds: 5,
    };
  }
  // PostgreSQL cannot keep U+0000 or half a surrogate pair in a text: the sender's mistake.
  if (fault.code === '22021' || fault.code === '22P05') {
    return { type: 'bad-request', detail: 'A text holds a character that cannot be stored' };
  }
  if (fault.status === 400) return { type: 'bad-request', detail: 'The address is malformed' };
  return { type: 'internal', detail: 'The centre failed; the request id finds it in the log' };
}
