import type {
  TillAnswer,
  TillCallName,
  TillReply,
  TillRequest,
  TillWire,
} from '../../../shared/contract/till-api.ts';
import { askApproval, isRoleProblem } from './approvals.ts';
import { httpWire } from './http-wire.ts';
import { newUuid } from './new-uuid.ts';
import { tellSignedOut } from './session-news.ts';

declare global {
  interface Window {
    /** Put there by the preload script; absent in a browser. */
    readonly till?: TillWire;
  }
}

export const tillWire: TillWire = window.till ?? httpWire();

/**
 * Calls the till; never rejects: a lost till is an answer like any other. A command that is not for
 * whoever is signed in waits here for somebody to approve it with their PIN, and is sent once more.
 */
export async function callTill<Name extends TillCallName>(
  name: Name,
  input: TillRequest<Name>,
): Promise<TillReply<TillAnswer<Name>>> {
  const reply = await send(name, input);
  if (reply.ok) return reply;
  if (reply.error.type === 'NotSignedIn') tellSignedOut();
  const commandId = 'commandId' in input ? input.commandId : undefined;
  if (!isRoleProblem(reply.error) || commandId === undefined) return reply;
  return (await askApproval(reply.error, commandId)) ? send(name, input) : reply;
}

async function send<Name extends TillCallName>(
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
