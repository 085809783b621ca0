import { randomBytes } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';

/**
 * Names the counter behind a request. The browser proves which one it is by a cookie that no script
 * can read, and each of its tabs adds a name of its own: two tabs are two counters, and somebody who
 * signs in at one is not signed in at the other.
 */
const cookieName = 'till-counter';
const cookiePattern = new RegExp(`(?:^|;\\s*)${cookieName}=([0-9a-f]{64})(?:;|$)`);
const tabPattern = /^[0-9a-f-]{36}$/;

export function counterOf(request: Request, response: Response): string {
  const browser = cookieOf(request) ?? giveCookie(response);
  const tab = request.headers['x-counter'];
  return `${browser}/${typeof tab === 'string' && tabPattern.test(tab) ? tab : ''}`;
}

/** With the page, so that the page's first calls, all at once, are one browser's. */
export const nameBrowser: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' && cookieOf(request) === undefined) giveCookie(response);
  next();
};

function cookieOf(request: Request): string | undefined {
  return cookiePattern.exec(request.headers.cookie ?? '')?.[1];
}

function giveCookie(response: Response): string {
  const value = randomBytes(32).toString('hex');
  response.cookie(cookieName, value, { httpOnly: true, sameSite: 'strict', path: '/' });
  return value;
}
