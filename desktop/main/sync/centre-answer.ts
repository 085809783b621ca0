import type { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { Problem } from '../../../shared/contract/problem.ts';
import type { WireResponse } from './centre-wire.ts';

/** Everything that can come instead of the answer asked for. None of it loses anything. */
export type CentreTrouble =
  /** No complete answer: cable, timeout, a line cut half way. */
  | { readonly type: 'unreachable'; readonly detail: string }
  /** The centre, or a proxy before it, cannot answer now: 429, 5xx. */
  | { readonly type: 'busy'; readonly detail: string; readonly retryAfterMs: number }
  /** Somebody answered who does not speak the protocol: captive portal, proxy, wrong address. */
  | { readonly type: 'unexpected-answer'; readonly detail: string }
  /** The centre's own "no". */
  | { readonly type: 'refused'; readonly problem: Problem }
  /** The till is being closed. */
  | { readonly type: 'closed' };

/** A JSON answer of the centre, read by its schema; the status decides only what is no answer. */
export function readJsonAnswer<Schema extends z.ZodType>(
  response: WireResponse,
  schema: Schema,
): Result<z.output<Schema>, CentreTrouble> {
  const json = readJson(response);
  if (isBusy(response.status)) return err(busy(response, json));
  if (json !== undefined && response.status === 200) {
    const parsed = schema.safeParse(json);
    if (parsed.success) return ok(parsed.data);
  }
  return err(refusedOrUnexpected(response, json));
}

/** The trouble in an answer that is not the one asked for. */
export function troubleOf(response: WireResponse): CentreTrouble {
  const json = readJson(response);
  return isBusy(response.status) ? busy(response, json) : refusedOrUnexpected(response, json);
}

/** The document in an answer; undefined unless it is marked as JSON and is JSON. */
export function readJson(response: WireResponse): unknown {
  const contentType = response.headers['content-type'] ?? '';
  if (!/^application\/([\w.-]+\+)?json\b/i.test(contentType)) return undefined;
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(response.body));
  } catch {
    // Truncated or no UTF-8: neither parser can say so in another way, and the caller names it.
    return undefined;
  }
}

export function unexpected(response: WireResponse): CentreTrouble {
  const contentType = (response.headers['content-type'] ?? 'no content type').slice(0, 60);
  const { location } = response.headers;
  const redirect = location === undefined ? '' : `, redirects to ${location.slice(0, 120)}`;
  const start = new TextDecoder()
    .decode(response.body.subarray(0, 160))
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  const detail = `HTTP ${response.status}, ${contentType}${redirect}: ${start}`;
  return { type: 'unexpected-answer', detail };
}

function refusedOrUnexpected(response: WireResponse, json: unknown): CentreTrouble {
  const problem = Problem.safeParse(json);
  const isRefusal = response.status >= 400 && response.status < 500 && problem.success;
  return isRefusal ? { type: 'refused', problem: problem.data } : unexpected(response);
}

/** 511 is what RFC 6585 §6 gives captive portals: waiting does not help, signing in there does. */
function isBusy(status: number): boolean {
  return status === 408 || status === 429 || (status >= 500 && status !== 511);
}

function busy(response: WireResponse, json: unknown): CentreTrouble {
  const problem = Problem.safeParse(json);
  const words = problem.success ? `: ${problem.data.detail.slice(0, 200)}` : '';
  return {
    type: 'busy',
    detail: `HTTP ${response.status}${words}`,
    retryAfterMs: retryAfterMsOf(response.headers),
  };
}

/**
 * Retry-After in both its forms (RFC 9110 §10.2.3). A date is read against the answer's own Date,
 * never against the till's clock, which may be years off.
 */
export function retryAfterMsOf(headers: WireResponse['headers']): number {
  const { date = '', 'retry-after': retryAfter = '' } = headers;
  const text = retryAfter.trim();
  const delayMs = /^\d{1,9}$/.test(text)
    ? Number(text) * 1_000
    : Date.parse(text) - Date.parse(date);
  if (!Number.isFinite(delayMs)) return 0;
  return Math.min(Math.max(delayMs, 0), limits.retryDelayMsMax);
}
