import type {
  TillAnswer,
  TillCallName,
  TillReply,
  TillRequest,
  TillWire,
} from '../../../shared/contract/till-api.ts';
import { httpWire } from './http-wire.ts';

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

/**
 * Names a command before its first try, so that a retry is recognised. Not `randomUUID`: browsers
 * offer that only to secure origins, and a shop's LAN may be plain HTTP.
 */
export function newCommandId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
