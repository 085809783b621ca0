import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { v7 as uuidv7 } from 'uuid';
import { createAccount } from '../../server/accounts/accounts.ts';
import { type Centre, startCentre } from '../../server/start-centre.ts';
import { consoleApi } from '../../shared/contract/console-api.ts';
import type { Route, RouteAnswer } from '../../shared/contract/route.ts';
import type { Scope } from '../../shared/rules/scope.ts';
import { createTestDatabase } from './database.ts';

export type RouteName = keyof typeof consoleApi;
type Parts = {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
};
export type Answered<Name extends RouteName> = {
  readonly status: number;
  /** Parsed by the contract where the call went well. */
  readonly answer: RouteAnswer<(typeof consoleApi)[Name]>;
  /** The `type` of a problem. */
  readonly problem: string | undefined;
  readonly detail: string | undefined;
};

/** A console in somebody's hands: a browser's cookie and nothing else. */
export type ConsoleUser = {
  readonly call: <Name extends RouteName>(name: Name, parts?: Parts) => Promise<Answered<Name>>;
  readonly fetch: (address: string, init?: RequestInit) => Promise<Response>;
  readonly cookie: string;
};

export type TestConsole = {
  readonly centre: Centre;
  readonly clock: { nowMs: number };
  readonly dataDir: string;
  /** Makes an account and signs in with it. */
  readonly userOf: (scope: Scope) => Promise<ConsoleUser>;
  readonly anonymous: ConsoleUser;
  readonly close: () => Promise<void>;
};

export const testPassword = 'mật-khẩu-thử-nghiệm';
/** Tests sign in hundreds of times; passwords.test.ts is where the real cost is kept. */
export const testPasswordCost = { cost: 2 ** 8, blockSize: 8, parallelization: 1 };
export const testNowMs = Date.parse('2026-11-22T12:00:00+07:00');

/** A real centre on a database of its own; its clock stands still until a test moves it. */
export async function startTestConsole(): Promise<TestConsole> {
  const database = await createTestDatabase();
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-console-'));
  const clock = { nowMs: testNowMs };
  const centre = await startCentre({
    port: 0,
    host: '127.0.0.1',
    databaseUrl: database.databaseUrl,
    dataDir,
    nowMs: () => clock.nowMs,
    hasJobs: false,
    // Every call may name the address it comes from, as behind a proxy.
    trustedProxies: 1,
  });
  return {
    centre,
    clock,
    dataDir,
    anonymous: userWith(centre, ''),
    userOf: async (scope) => {
      const name = `test-${uuidv7()}`;
      await createAccount(centre.pool, {
        id: uuidv7(),
        name,
        displayName: name,
        password: testPassword,
        passwordCost: testPasswordCost,
        scope,
        nowMs: clock.nowMs,
      });
      return userWith(centre, await signInCookie(centre, name));
    },
    close: async () => {
      await centre.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

let addresses = 0;

/** An address of its own, so that one test's failures do not slow down another's sign-in. */
export function anAddress(): string {
  addresses += 1;
  return `10.0.${Math.floor(addresses / 250)}.${1 + (addresses % 250)}`;
}

async function signInCookie(centre: Centre, name: string): Promise<string> {
  const response = await fetch(`${centre.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': anAddress() },
    body: JSON.stringify({ name, password: testPassword }),
  });
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

function userWith(centre: Centre, cookie: string): ConsoleUser {
  const send = (address: string, init: RequestInit = {}) =>
    fetch(`${centre.url}${address}`, { ...init, headers: { ...init.headers, cookie } });
  return {
    cookie,
    fetch: send,
    call: async (name, parts = {}) => {
      const route: Route = consoleApi[name];
      const response = await send(addressOf(route.path, parts), {
        method: route.method,
        ...(parts.body === undefined
          ? {}
          : {
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify(parts.body),
            }),
      });
      const json: unknown = await response.json();
      const refused = response.ok ? undefined : (json as { type: string; detail?: string });
      const { type: problem, detail } = refused ?? {};
      const answer = response.ok ? route.answer.parse(json) : undefined;
      return { status: response.status, answer: answer as never, problem, detail };
    },
  };
}

export function addressOf(template: string, { params, query }: Parts): string {
  const address = template.replace(/:([a-z]+)/gi, (_, key: string) =>
    encodeURIComponent(params?.[key] ?? ''),
  );
  const search = new URLSearchParams(
    Object.entries(query ?? {}).map(([key, value]) => [key, String(value)]),
  );
  return search.size === 0 ? address : `${address}?${search}`;
}
