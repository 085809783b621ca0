import type { SyncStatus } from '../../../shared/contract/till-api.ts';
import type { PlainTextKey } from './text.ts';

/**
 * A short token to read out on the telephone: no sentence in another language. The details stand in
 * the program's log, under the same moment.
 */
export function supportCode(type: string, detail = ''): string {
  const named = namedIn(detail);
  const number = /\b(?:event|HTTP)\s+(\d+)/.exec(detail)?.[1];
  const token = [type, named, number].filter((part) => part !== undefined && part !== '');
  return token.join('.').slice(0, codeLengthMax);
}

const codeLengthMax = 48;

/** `journal-damaged: …` and `ENOSPC: …` begin with a code of their own. */
function namedIn(detail: string): string | undefined {
  return /^([a-z]+(?:-[a-z]+)+|[A-Z][A-Z0-9_]{3,}|[\w.]+(?=: ))(?=[:\s,]|$)/.exec(detail)?.[1];
}

export function problemSupportCode(problem: NonNullable<SyncStatus['problem']>): string {
  return supportCode(problem.type, problem.detail);
}

/** Why the centre was not reached, for the person at the counter; what the line said is a code. */
export function lineKey(failure: string): PlainTextKey {
  if (/^HTTP (429|5\d\d)/.test(failure)) return 'line.busy';
  if (/^(ENOTFOUND|EAI_AGAIN|ENETUNREACH|ENETDOWN|EHOSTUNREACH)/.test(failure)) return 'line.none';
  if (/^ECONNREFUSED/.test(failure)) return 'line.refused';
  if (/^(ECONNRESET|EPIPE|ERR_STREAM)/.test(failure)) return 'line.cut';
  if (/^(ETIMEDOUT|ECONNABORTED|ERR_CANCELED|silent for)/.test(failure)) return 'line.slow';
  if (/CERT|SSL|TLS|self-signed/i.test(failure)) return 'line.unsafe';
  return 'line.other';
}

/** `ECONNREFUSED`, `HTTP.503`, or `line` where it said nothing short. */
export function lineCode(failure: string): string {
  const status = /^HTTP (\d{3})/.exec(failure)?.[1];
  return status === undefined ? (namedIn(failure) ?? 'line') : `HTTP.${status}`;
}
