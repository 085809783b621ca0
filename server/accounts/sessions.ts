import { createHash, randomBytes } from 'node:crypto';
import { limits } from '../../shared/base/limits.ts';
import type { Account } from '../../shared/contract/console-api.ts';
import { type Queryable, queryRow } from '../db/pool.ts';
import { AccountRow } from './accounts.ts';

const tokenBytes = 32;
const idleMs = limits.sessionIdleMinutes * 60_000;
const absoluteMs = limits.sessionHoursMax * 3_600_000;

/** `__Host-` binds the cookie to this host and to HTTPS; without HTTPS a browser refuses it. */
export function sessionCookieName(isHttps: boolean): string {
  return isHttps ? '__Host-session' : 'session';
}

export function sessionCookie(token: string, { isHttps }: { readonly isHttps: boolean }): string {
  const secure = isHttps ? '; Secure' : '';
  const maxAge = token === '' ? 0 : limits.sessionHoursMax * 3_600;
  return `${sessionCookieName(isHttps)}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${secure}`;
}

/** The session's token in a `Cookie` header; undefined when there is none of the right shape. */
export function sessionTokenIn(
  cookieHeader: string | undefined,
  { isHttps }: { readonly isHttps: boolean },
): string | undefined {
  const prefix = `${sessionCookieName(isHttps)}=`;
  const token = (cookieHeader ?? '')
    .split(';')
    .map((part) => part.trim())
    .find((part) => part.startsWith(prefix))
    ?.slice(prefix.length);
  return token !== undefined && /^[A-Za-z0-9_-]{43}$/.test(token) ? token : undefined;
}

/** Opens a session and sweeps those that are over. The token is given out once, here. */
export async function openSession(
  database: Queryable,
  { accountId, nowMs }: { readonly accountId: string; readonly nowMs: number },
): Promise<string> {
  const token = randomBytes(tokenBytes).toString('base64url');
  await database.query('DELETE FROM session WHERE expires_at <= $1', [new Date(nowMs)]);
  await database.query(
    'INSERT INTO session (token_hash, account_id, created_at, expires_at) VALUES ($1, $2, $3, $4)',
    [hashOf(token), accountId, new Date(nowMs), new Date(nowMs + idleMs)],
  );
  return token;
}

/**
 * Who holds this token now. Use extends the session by its idle time up to the absolute end; the
 * row is written only when a quarter of the idle time is gone, so that reading stays reading.
 */
export async function readSession(
  database: Queryable,
  { token, nowMs }: { readonly token: string; readonly nowMs: number },
): Promise<Account | undefined> {
  const account = await queryRow(
    database,
    AccountRow,
    `SELECT account.id, account.name, account.display_name, account.scope
     FROM session JOIN account ON account.id = session.account_id
     WHERE session.token_hash = $1 AND session.expires_at > $2
       AND session.created_at > $3 AND account.disabled_at IS NULL`,
    [hashOf(token), new Date(nowMs), new Date(nowMs - absoluteMs)],
  );
  if (account === undefined) return undefined;
  await database.query(
    `UPDATE session SET expires_at = $2 WHERE token_hash = $1 AND expires_at < $3`,
    [hashOf(token), new Date(nowMs + idleMs), new Date(nowMs + idleMs * 0.75)],
  );
  return account;
}

export async function closeSession(database: Queryable, token: string): Promise<void> {
  await database.query('DELETE FROM session WHERE token_hash = $1', [hashOf(token)]);
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
