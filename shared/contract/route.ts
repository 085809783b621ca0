import type { z } from 'zod';

/** Who may call a route: everybody, a signed till, a signed-in account, a national account. */
export type Access = 'public' | 'till' | 'account' | 'national';

/**
 * One HTTP route of the centre, defined once: the server mounts it (authenticate, authorise, parse,
 * call, answer), clients and the OpenAPI document are derived from it.
 */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Express path; its `:names` are described by `params`. */
  readonly path: string;
  readonly access: Access;
  readonly summary: string;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly answer: z.ZodType;
};

type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;
type Sent<Schema> = Schema extends z.ZodType ? z.input<Schema> : undefined;

/** What a handler receives. */
export type RouteInput<R extends Route> = {
  readonly params: Parsed<R['params']>;
  readonly query: Parsed<R['query']>;
  readonly body: Parsed<R['body']>;
};
/** What a client gives; parts a route does not have are left out. */
export type RouteRequest<R extends Route> = {
  readonly [Part in 'params' | 'query' | 'body' as R[Part] extends z.ZodType ? Part : never]: Sent<
    R[Part]
  >;
};
export type RouteAnswer<R extends Route> = z.output<R['answer']>;
