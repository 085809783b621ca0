/**
 * Mounts a route of a contract: authenticate → authorise → parse → call → answer. Nothing else
 * in the centre reads a cookie, a signature or a body, so who may call what is decided here.
 */

import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import express, { type IRouter, type Request, type RequestHandler, type Response } from 'express';
import type { z } from 'zod';
import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { Access, Route, RouteAnswer, RouteInput } from '../../shared/contract/route.ts';
import type { Scope } from '../../shared/rules/scope.ts';
import { authenticateTill, type TillCaller } from '../accounts/till-authentication.ts';
import type { Pool } from '../db/pool.ts';
import { isCrossSite } from './cross-site.ts';
import { type ProblemFacts, sendProblem } from './problem-answer.ts';

/** A signed-in account of the console. */
export type AccountCaller = {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  readonly scope: Scope;
};

/** Reads the session cookie of a request; given by accounts/sessions.ts. */
export type AuthenticateAccount = (
  request: Request,
) => Promise<Result<AccountCaller, ProblemFacts>>;

type CallerOf<A extends Access> = {
  readonly public: undefined;
  readonly till: TillCaller;
  readonly account: AccountCaller;
  readonly national: AccountCaller;
}[A];

export type RequestContext<A extends Access> = {
  readonly caller: CallerOf<A>;
  /** For cookies and headers; the body was read and parsed. */
  readonly request: Request;
  readonly response: Response;
};

export type Handler<R extends Route> = (
  input: RouteInput<R>,
  context: RequestContext<R['access']>,
) => Promise<Result<RouteAnswer<R>, ProblemFacts>>;

export type MountDeps = {
  readonly pool: Pool;
  readonly nowMs: () => number;
  readonly authenticateAccount: AuthenticateAccount;
};

const gzipAsync = promisify(gzip);
/** Below this an answer fits one packet anyway. */
const compressedFromBytes = 1_400;
const readRawBody = express.raw({
  type: () => true,
  limit: limits.rpcBodyBytesMax,
  // A compressed JSON body would be read before its size is known; nobody sends one.
  inflate: false,
});

/**
 * @param guards run before anything is read, e.g. a rate limit.
 */
export function mountRoute<const R extends Route>(
  router: IRouter,
  deps: MountDeps,
  route: R,
  handler: Handler<R>,
  ...guards: readonly RequestHandler[]
): void {
  const serve: RequestHandler = async (request, response) => {
    const answer = await serveRoute(deps, route, handler, request, response);
    if (answer.ok) await sendJson(request, response, answer.value);
    else sendProblem(response, answer.error);
  };
  const handlers = [...guards, readRawBody, serve];
  switch (route.method) {
    case 'GET':
      return void router.get(route.path, ...handlers);
    case 'POST':
      return void router.post(route.path, ...handlers);
    case 'PUT':
      return void router.put(route.path, ...handlers);
    case 'DELETE':
      return void router.delete(route.path, ...handlers);
  }
}

/**
 * Mounts a route whose body or answer is no JSON document (files, event streams): authenticated
 * and authorised in the same way, the rest is the handler's. A body is not read.
 */
export function mountStream<const A extends Access>(
  router: IRouter,
  deps: MountDeps,
  route: { readonly method: 'GET' | 'POST'; readonly path: string; readonly access: A },
  handler: (context: RequestContext<A>) => Promise<void>,
  ...guards: readonly RequestHandler[]
): void {
  const serve: RequestHandler = async (request, response) => {
    const caller = await callerOf(deps, route.access, request);
    if (caller.ok) await handler({ caller: caller.value, request, response });
    else sendProblem(response, caller.error);
  };
  if (route.method === 'GET') router.get(route.path, ...guards, serve);
  else router.post(route.path, ...guards, serve);
}

async function serveRoute<R extends Route>(
  deps: MountDeps,
  route: R,
  handler: Handler<R>,
  request: Request,
  response: Response,
): Promise<Result<unknown, ProblemFacts>> {
  const caller = await callerOf<R['access']>(deps, route.access, request);
  if (!caller.ok) return caller;
  const input = readInput(route, request);
  if (!input.ok) return input;
  const context = { caller: caller.value, request, response };
  const answer = await handler(input.value, context);
  // Parsed on the way out as well: nothing leaves that the contract does not name.
  return answer.ok ? ok(route.answer.parse(answer.value)) : answer;
}

async function callerOf<A extends Access>(
  deps: MountDeps,
  access: A,
  request: Request,
): Promise<Result<CallerOf<A>, ProblemFacts>> {
  const caller = await authenticate(deps, access, request);
  // Safe: `authenticate` gives the kind of caller that `access` names.
  return caller as Result<CallerOf<A>, ProblemFacts>;
}

async function authenticate(
  deps: MountDeps,
  access: Access,
  request: Request,
): Promise<Result<CallerOf<Access>, ProblemFacts>> {
  if (access === 'till') return authenticateTill(deps, request, bodySha256(request));
  if (isCrossSite(request)) {
    return err({ type: 'cross-site', detail: 'The request comes from another site' });
  }
  if (access === 'public') return ok(undefined);
  const account = await deps.authenticateAccount(request);
  if (account.ok && access === 'national' && account.value.scope.kind !== 'nation') {
    return err({ type: 'forbidden', detail: 'Only a national account may do this' });
  }
  return account;
}

function readInput<R extends Route>(
  route: R,
  request: Request,
): Result<RouteInput<R>, ProblemFacts> {
  const params = readPart(route.params, request.params, 'path');
  if (!params.ok) return params;
  const query = readPart(route.query, request.query, 'query');
  if (!query.ok) return query;
  const body = route.body === undefined ? ok(undefined) : readBody(route.body, request);
  if (!body.ok) return body;
  const input = { params: params.value, query: query.value, body: body.value };
  // Safe: each part was parsed by the schema that `RouteInput` names for it.
  return ok(input as RouteInput<R>);
}

function readBody(schema: z.ZodType, request: Request): Result<unknown, ProblemFacts> {
  if (request.is('application/json') === false) {
    return err({ type: 'wrong-content-type', detail: 'The body must be application/json' });
  }
  const text = rawBody(request).toString('utf8');
  try {
    return readPart(schema, JSON.parse(text), 'body');
  } catch {
    // JSON.parse has no other way to say that a text is not JSON.
    return err({ type: 'bad-request', detail: 'The body is not JSON' });
  }
}

function readPart(
  schema: z.ZodType | undefined,
  value: unknown,
  part: string,
): Result<unknown, ProblemFacts> {
  if (schema === undefined) return ok(undefined);
  const parsed = schema.safeParse(value);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const where = [part, ...(issue?.path ?? [])].join('.');
  return err({ type: 'bad-request', detail: `${where}: ${issue?.message ?? 'invalid'}` });
}

async function sendJson(request: Request, response: Response, value: unknown): Promise<void> {
  const text = Buffer.from(JSON.stringify(value));
  response.type('application/json').setHeader('Cache-Control', 'no-store');
  response.vary('Accept-Encoding');
  const isCompressed =
    text.length >= compressedFromBytes && request.acceptsEncodings('gzip') === 'gzip';
  if (!isCompressed) {
    response.send(text);
    return;
  }
  response.setHeader('Content-Encoding', 'gzip');
  response.send(await gzipAsync(text, { level: 5 }));
}

function bodySha256(request: Request): string {
  return createHash('sha256').update(rawBody(request)).digest('hex');
}

function rawBody(request: Request): Buffer {
  const body: unknown = request.body;
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
