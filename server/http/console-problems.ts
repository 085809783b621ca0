import type { Request } from 'express';
import { err, type Result } from '../../shared/base/result.ts';
import type { Actor } from '../accounts/audit.ts';
import type { BadCursor } from '../queries/cursor.ts';
import type { AccountCaller } from './mount.ts';
import type { ProblemFacts } from './problem-answer.ts';

/** What the console's questions can be refused with. */
export const problems = {
  'bad-request': { type: 'bad-request', detail: 'There is no such area or period' },
  forbidden: { type: 'forbidden', detail: 'This area is outside yours' },
  'not-found': { type: 'not-found', detail: 'Nothing of this name within your area' },
} as const satisfies Record<string, ProblemFacts>;

export function badCursor<Value>(result: Result<Value, BadCursor>): Result<Value, ProblemFacts> {
  return result.ok
    ? result
    : err({ type: 'bad-request', detail: 'query.cursor: not one that the centre gave' });
}

/** Who acts, as the audit names them. */
export function actorOf(caller: AccountCaller, request: Request): Actor {
  return { account: caller.name, address: request.ip ?? '' };
}
