import type { Response } from 'express';
import { type Problem, type ProblemType, problemStatus } from '../../shared/contract/problem.ts';

/** A "no" of the centre as data: what a handler returns instead of throwing. */
export type ProblemFacts = {
  readonly type: ProblemType;
  readonly detail: string;
  readonly retryAfterSeconds?: number;
};

/** Answers with problem details (RFC 9457). */
export function sendProblem(response: Response, facts: ProblemFacts): void {
  const status = problemStatus[facts.type];
  const problem: Problem = {
    type: facts.type,
    status,
    detail: facts.detail,
    requestId: String(response.req.id),
  };
  if (facts.retryAfterSeconds !== undefined) {
    response.setHeader('Retry-After', String(facts.retryAfterSeconds));
  }
  response.status(status).type('application/problem+json').send(JSON.stringify(problem));
}
