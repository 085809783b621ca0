import type {
  TillAnswer,
  TillCallName,
  TillReply,
  TillRequest,
  TillWire,
} from '../../../shared/contract/till-api.ts';
import { httpWire } from './http-wire.ts';
import { newUuid } from './new-uuid.ts';

declare global {
  interface Window {
    /** Put there by the preload script; absent in a browser. */
    readonly till?: TillWire;
  }
}

export const tillWire: TillWire = window.till ?? httpWire();

/** Calls the till; never rejects: a lost till is an answer like any other. */
export async function callTill<Name extends TillCallName>(
  name: Name,
  input: TillRequest<Name>,
): Promise<TillReply<TillAnswer<Name>>> {
  try {
    // Safe: the till's dispatch answers by the contract from which this type is derived.
    return (await tillWire.invoke(name, input)) as TillReply<TillAnswer<Name>>;
  } catch {
    return { ok: false, error: { type: 'TillUnreachable' } };
  }
}

/** Names a command before its first try, so that a retry is recognised. */
export function newCommandId(): string {
  return newUuid();
}
