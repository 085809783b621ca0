import type { Request } from 'express';

/**
 * Whether a browser sends this on behalf of another site (OWASP CSRF, fetch metadata). Programs
 * that are no browser send neither header and carry no cookie that somebody else could ride on.
 */
export function isCrossSite(request: Request): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false;
  const site = request.get('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const origin = request.get('origin');
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== request.get('host');
}
