import { consoleApi } from '../../shared/contract/console-api.ts';
import { Problem, type ProblemType, problemStatus } from '../../shared/contract/problem.ts';
import type { Route, RouteAnswer, RouteRequest } from '../../shared/contract/route.ts';

export type RouteName = keyof typeof consoleApi;
export type Request<Name extends RouteName> = RouteRequest<(typeof consoleApi)[Name]>;
export type Answer<Name extends RouteName> = RouteAnswer<(typeof consoleApi)[Name]>;

/** Every way a call can go wrong, for the sentence that the person reads. */
export type FailureType = ProblemType | 'unreachable' | 'not-understood';

/** A call that brought no answer; thrown, because the query cache catches it for the screen. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly type: FailureType;
  readonly detail: string;
  /** For support: finds the request in the centre's log. */
  readonly requestId: string | undefined;
  /** When it makes sense to try again, where the centre said so. */
  readonly retryAfterSeconds: number | undefined;

  constructor(failure: {
    readonly type: FailureType;
    readonly detail: string;
    readonly requestId?: string | undefined;
    readonly retryAfterSeconds?: number | undefined;
  }) {
    super(`${failure.type}: ${failure.detail}`);
    this.type = failure.type;
    this.detail = failure.detail;
    this.requestId = failure.requestId;
    this.retryAfterSeconds = failure.retryAfterSeconds;
  }
}

/** Calls one route of the console's contract and gives its parsed answer. */
export async function call<Name extends RouteName>(
  name: Name,
  request: Request<Name>,
  signal?: AbortSignal,
): Promise<Answer<Name>> {
  const route: Route = consoleApi[name];
  const parts: RequestParts = request;
  const response = await send(addressOf(route.path, parts), {
    method: route.method,
    ...(parts.body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(parts.body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!response.ok) throw await failureOf(response);
  const parsed = route.answer.safeParse(await jsonOf(response));
  if (!parsed.success) {
    throw new CallFailed({
      type: 'not-understood',
      detail: `${name}: ${parsed.error.issues[0]?.path.join('.') ?? ''}`,
    });
  }
  // Safe: the route's own answer schema parsed it.
  return parsed.data as Answer<Name>;
}

/** The address of a route with its parameters and query; values left undefined are not sent. */
export function addressOf(path: string, parts: Pick<RequestParts, 'params' | 'query'>): string {
  const filled = path.replace(/:([a-z]+)/gi, (_, name: string) =>
    encodeURIComponent(String(parts.params?.[name] ?? '')),
  );
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(parts.query ?? {})) {
    if (value !== undefined && value !== '') search.set(key, String(value));
  }
  const query = search.toString();
  return query === '' ? filled : `${filled}?${query}`;
}

/** What an answer that is not `ok` says, whoever wrote it: the centre, or a proxy before it. */
export async function failureOf(response: Response): Promise<CallFailed> {
  const retryAfterSeconds = secondsOf(response.headers.get('retry-after'));
  const parsed = Problem.safeParse(await jsonOf(response).catch(() => undefined));
  if (!parsed.success || !isProblemType(parsed.data.type)) {
    return new CallFailed({
      type: response.status >= 500 ? 'unreachable' : 'not-understood',
      detail: `HTTP ${response.status}`,
      retryAfterSeconds,
    });
  }
  const { type, detail, requestId } = parsed.data;
  return new CallFailed({ type, detail, requestId, retryAfterSeconds });
}

type RequestParts = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
};

async function send(address: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(address, { ...init, credentials: 'same-origin' });
  } catch (cause) {
    if (init.signal?.aborted === true) throw cause;
    throw new CallFailed({ type: 'unreachable', detail: 'No answer' });
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch {
    throw new CallFailed({ type: 'not-understood', detail: `HTTP ${response.status}, not JSON` });
  }
}

function isProblemType(type: string): type is ProblemType {
  return type in problemStatus;
}

function secondsOf(header: string | null): number | undefined {
  const seconds = Number(header);
  return header !== null && Number.isFinite(seconds) && seconds >= 0 ? seconds : undefined;
}
