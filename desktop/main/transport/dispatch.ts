/**
 * The one choke point: every call of every host passes here. Unknown names, junk and what is not for
 * whoever is signed in at the counter are refused before any handler; exceptions become answers,
 * because they would lose their code on the way.
 */
import { err, type Result } from '../../../shared/base/result.ts';
import {
  type TillAnswer,
  type TillCallName,
  type TillInput,
  type TillProblem,
  type TillReply,
  tillApi,
} from '../../../shared/contract/till-api.ts';
import { type DatabaseFault, databaseFaultOf } from '../db/database-fault.ts';
import type { TillDeps } from '../deps.ts';
import type { Caller } from '../session/caller.ts';

type Handled<Name extends TillCallName> = Result<TillAnswer<Name>, TillProblem>;
/** One handler per call of the contract: a new call does not compile until it is answered. */
export type Handlers = {
  readonly [Name in TillCallName]: (
    input: TillInput<Name>,
    caller: Caller,
  ) => Handled<Name> | Promise<Handled<Name>>;
};

export type DispatchParts = {
  readonly handlers: Handlers;
  /** Why a call must not reach its handler now, or undefined. */
  readonly faultFor: (name: TillCallName) => DatabaseFault | undefined;
  /** Who calls, or why they may not (session/sessions.ts). */
  readonly authorise: <Name extends TillCallName>(
    counter: string,
    call: { readonly name: Name; readonly input: TillInput<Name> },
  ) => Result<Caller, TillProblem>;
  readonly deps: Pick<TillDeps, 'newId' | 'log'>;
  /** Told of each call before it is handled. */
  readonly onCall?: (name: TillCallName) => void;
};

/** @returns a function that answers every call and never throws. */
export function createDispatch(
  parts: DispatchParts,
): (name: string, input: unknown, counter: string) => Promise<TillReply> {
  return async (name, input, counter) => {
    if (!isCallName(name)) return err({ type: 'UnknownCall', name: name.slice(0, 100) });
    parts.onCall?.(name);
    return call(parts, name, { input, counter });
  };
}

async function call<Name extends TillCallName>(
  { handlers, faultFor, authorise, deps }: DispatchParts,
  name: Name,
  { input, counter }: { readonly input: unknown; readonly counter: string },
): Promise<TillReply> {
  try {
    const parsed = tillApi[name].input.safeParse(input);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const detail = `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'invalid'}`;
      return err({ type: 'BadInput', detail: detail.slice(0, detailLength) });
    }
    const fault = faultFor(name);
    if (fault !== undefined) return err({ type: 'Fault', ...fault });
    // Safe: the input was parsed by the schema that stands under exactly this name.
    const read = parsed.data as TillInput<Name>;
    const caller = authorise(counter, { name, input: read });
    return caller.ok ? await handlers[name](read, caller.value) : caller;
  } catch (error) {
    return err(problemOf(error, name, deps));
  }
}

const detailLength = 300;

/** A fault carries its own code; a bug gets one that finds it in the log. */
function problemOf(
  error: unknown,
  name: TillCallName,
  deps: Pick<TillDeps, 'newId' | 'log'>,
): TillProblem {
  const fault = databaseFaultOf(error);
  if (fault !== undefined) {
    deps.log.error({ err: error, call: name, code: fault.code }, 'A call met a fault');
    return { type: 'Fault', code: fault.code, detail: fault.detail.slice(0, detailLength) };
  }
  // The moment, to the millisecond: what differs between two names given by one program.
  const code = `bug-${deps.newId().slice(4, 13)}`;
  deps.log.error({ err: error, call: name, code }, 'A call failed');
  return { type: 'Fault', code, detail: 'The program stopped this step; nothing was recorded.' };
}

function isCallName(name: string): name is TillCallName {
  return Object.hasOwn(tillApi, name);
}
