import { ok } from '../../../shared/base/result.ts';
import type { tillSessionApi } from '../../../shared/contract/till-session-api.ts';
import type { Sessions } from '../session/sessions.ts';
import type { Handlers } from './dispatch.ts';

/** The part of the contract about who acts (contract/till-session-api.ts). */
export function sessionHandlers({
  sessions,
}: {
  readonly sessions: Sessions;
}): Pick<Handlers, keyof typeof tillSessionApi> {
  return {
    'session.get': (_, { counter }) => ok(sessions.of(counter)),
    'session.signIn': (input, { counter }) => sessions.signIn(counter, input),
    'session.lock': (input, { counter }) => ok(sessions.lock(counter, input)),
    'session.touch': (_, { counter }) => {
      sessions.touch(counter);
      return ok({});
    },
    'session.approve': (input, { counter }) => sessions.approve(counter, input),
  };
}
