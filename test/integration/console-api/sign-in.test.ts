import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import {
  createAccount,
  disableAccount,
  ensureFirstAccount,
} from '../../../server/accounts/accounts.ts';
import { limits } from '../../../shared/base/limits.ts';
import {
  anAddress,
  startTestConsole,
  type TestConsole,
  testPassword,
  testPasswordCost,
} from '../../support/test-console.ts';

let regulator: TestConsole;
let name: string;

beforeAll(async () => {
  regulator = await startTestConsole();
});
afterAll(() => regulator.close());
beforeEach(async () => {
  name = `thanh-tra-${uuidv7()}`;
  await createAccount(regulator.centre.pool, {
    id: uuidv7(),
    name,
    displayName: 'Thanh tra Cà Mau',
    password: testPassword,
    passwordCost: testPasswordCost,
    scope: { kind: 'area', scheme: '63', code: '96' },
    nowMs: regulator.clock.nowMs,
  });
});

async function signIn(typedName: string, password: string, address = anAddress()) {
  const response = await regulator.anonymous.fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': address },
    body: JSON.stringify({ name: typedName, password }),
  });
  const body = (await response.json()) as { type?: string };
  return { status: response.status, problem: body.type };
}

async function auditOf(account: string): Promise<readonly unknown[]> {
  const { rows } = await regulator.centre.pool.query(
    'SELECT action FROM audit WHERE account = $1 ORDER BY id',
    [account],
  );
  return rows.map((row) => row.action);
}

test('a name in any case and its password open a session in a cookie that scripts cannot read', async () => {
  const response = await regulator.anonymous.fetch('/api/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: name.toUpperCase(), password: testPassword }),
  });
  expect(await response.json()).toMatchObject({ name, scope: { code: '96' } });
  const cookie = response.headers.get('set-cookie') ?? '';
  expect(cookie).toMatch(/^session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=\d+$/);
  const { rows } = await regulator.centre.pool.query('SELECT token_hash FROM session');
  const token = cookie.split(/[=;]/)[1] ?? '';
  expect(rows.some((row) => row.token_hash.toString('latin1').includes(token))).toBe(false);
});

test('a wrong password and an unknown name get the same answer', async () => {
  const wrong = await signIn(name, 'sai');
  const unknown = await signIn('không-có-ai', 'sai');
  expect([wrong.status, wrong.problem]).toEqual([401, 'wrong-sign-in']);
  expect([unknown.status, unknown.problem]).toEqual([401, 'wrong-sign-in']);
});

test.each(['known', 'unknown'])(
  'five failures lock a name that is %s, until the time is over',
  async (kind) => {
    const typed = kind === 'known' ? name : `không-có-${uuidv7()}`;
    for (let index = 0; index < limits.signInFailuresMax; index += 1) {
      expect((await signIn(typed, 'sai')).problem).toBe('wrong-sign-in');
    }
    const locked = await signIn(typed, testPassword);
    expect([locked.status, locked.problem]).toEqual([423, 'locked-out']);
    regulator.clock.nowMs += limits.lockoutMinutes * 60_000 + 1_000;
    const later = await signIn(typed, testPassword);
    expect(later.problem).toBe(kind === 'known' ? undefined : 'wrong-sign-in');
  },
);

test('guesses sent at once are counted one by one', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => signIn(name, 'sai')));
  expect(answers.filter((answer) => answer.problem === 'wrong-sign-in')).toHaveLength(
    limits.signInFailuresMax,
  );
});

test('success takes the count of failures away', async () => {
  for (let index = 0; index < limits.signInFailuresMax - 1; index += 1) await signIn(name, 'sai');
  expect((await signIn(name, testPassword)).status).toBe(200);
  expect((await signIn(name, 'sai')).problem).toBe('wrong-sign-in');
});

test('every sign-in, failure, lockout and sign-out stands in the audit', async () => {
  for (let index = 0; index < limits.signInFailuresMax; index += 1) await signIn(name, 'sai');
  await signIn(name, 'sai');
  expect(await auditOf(name)).toEqual([
    ...Array.from({ length: limits.signInFailuresMax }, () => 'sign-in-failed'),
    'sign-in-locked',
  ]);
});

test('what was typed as an unknown name is not kept: it may be a password', async () => {
  await signIn('bí-mật-của-tôi', 'x');
  const { rows } = await regulator.centre.pool.query(
    `SELECT 1 FROM audit WHERE to_jsonb(audit)::text ILIKE '%bí-mật%'`,
  );
  expect(rows).toEqual([]);
});

test('signing out ends the session at the centre', async () => {
  const user = await regulator.userOf({ kind: 'nation' });
  expect((await user.call('session')).status).toBe(200);
  expect((await user.call('signOut')).status).toBe(200);
  expect((await user.call('session')).problem).toBe('not-signed-in');
});

test('use prolongs a session, idleness ends it, and twelve hours end it anyway', async () => {
  const idleMs = limits.sessionIdleMinutes * 60_000;
  const idle = await regulator.userOf({ kind: 'nation' });
  regulator.clock.nowMs += idleMs + 1_000;
  expect((await idle.call('session')).problem).toBe('not-signed-in');

  const busy = await regulator.userOf({ kind: 'nation' });
  const startedAtMs = regulator.clock.nowMs;
  while (regulator.clock.nowMs < startedAtMs + limits.sessionHoursMax * 3_600_000 - idleMs / 2) {
    expect((await busy.call('session')).status).toBe(200);
    regulator.clock.nowMs += idleMs / 2;
  }
  regulator.clock.nowMs = startedAtMs + limits.sessionHoursMax * 3_600_000 + 1_000;
  expect((await busy.call('session')).problem).toBe('not-signed-in');
});

test('a disabled account can neither sign in nor go on', async () => {
  const user = await regulator.userOf({ kind: 'nation' });
  const { answer } = await user.call('session');
  await disableAccount(regulator.centre.pool, { name: answer.name, nowMs: regulator.clock.nowMs });
  expect((await user.call('session')).problem).toBe('not-signed-in');
  expect((await signIn(answer.name, testPassword)).problem).toBe('wrong-sign-in');
});

test('a made-up or damaged cookie is no session', async () => {
  for (const cookie of ['session=abc', `session=${'A'.repeat(43)}`, 'session=', 'session']) {
    const response = await fetch(`${regulator.centre.url}/api/session`, { headers: { cookie } });
    expect(response.status).toBe(401);
  }
});

test('a form on another site cannot sign in or change anything', async () => {
  const response = await fetch(`${regulator.centre.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: 'https://example.org' },
    body: JSON.stringify({ name, password: testPassword }),
  });
  expect(response.status).toBe(403);
});

test('one address that fails too often is slowed down, and no other', async () => {
  const address = anAddress();
  for (let index = 0; index < limits.signInFailuresPerMinute; index += 1) {
    expect((await signIn('', '', address)).problem).toBe('bad-request');
  }
  const slowed = await signIn(name, testPassword, address);
  expect([slowed.status, slowed.problem]).toEqual([429, 'too-many-requests']);
  expect((await signIn(name, testPassword)).status).toBe(200);
});

test('an empty country gets one national account, once', async () => {
  const { pool } = regulator.centre;
  await pool.query('TRUNCATE account CASCADE');
  const deps = { newId: uuidv7, nowMs: regulator.clock.nowMs };
  const first = await ensureFirstAccount(pool, deps);
  expect(first?.password).toMatch(/^([A-Z2-9]{5}-){3}[A-Z2-9]{5}$/);
  expect(await ensureFirstAccount(pool, deps)).toBeNull();
});
