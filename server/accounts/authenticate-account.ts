import { err, ok } from '../../shared/base/result.ts';
import type { Pool } from '../db/pool.ts';
import type { AuthenticateAccount } from '../http/mount.ts';
import { readSession, sessionTokenIn } from './sessions.ts';

/** Who a request of the console comes from, by its session cookie. */
export function createAccountAuthentication(deps: {
  readonly pool: Pool;
  readonly nowMs: () => number;
}): AuthenticateAccount {
  return async (request) => {
    const token = sessionTokenIn(request.get('cookie'), { isHttps: request.secure });
    const account =
      token === undefined
        ? undefined
        : await readSession(deps.pool, { token, nowMs: deps.nowMs() });
    return account === undefined
      ? err({ type: 'not-signed-in', detail: 'No session, or it is over' })
      : ok(account);
  };
}
