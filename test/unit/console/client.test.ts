import { afterEach, expect, test, vi } from 'vitest';
import { addressOf, CallFailed, call, failureOf } from '../../../server/console/client.ts';

const account = {
  id: '0198f000-0000-7000-8000-000000000001',
  name: 'quoc-gia',
  displayName: 'Quốc gia',
  scope: { kind: 'nation' },
};

afterEach(() => vi.unstubAllGlobals());

function answerWith(body: unknown, init: ResponseInit = {}) {
  const answer = vi.fn(() => Promise.resolve(new Response(JSON.stringify(body), init)));
  vi.stubGlobal('fetch', answer);
  return answer;
}

test('fills the path, leaves out what is not given and escapes the rest', () => {
  expect(
    addressOf('/api/lots/:drug/:lot', {
      params: { drug: 'A/1', lot: 'Đ 2' },
      query: { scheme: '34', area: undefined, text: '' },
    }),
  ).toBe('/api/lots/A%2F1/%C4%90%202?scheme=34');
});

test('sends the body as JSON and gives the parsed answer', async () => {
  const send = answerWith(account);
  const signedIn = await call('signIn', { body: { name: 'quoc-gia', password: 'x' } });
  expect(signedIn).toEqual(account);
  expect(send.mock.calls[0]).toEqual([
    '/api/session',
    expect.objectContaining({ method: 'POST', body: '{"name":"quoc-gia","password":"x"}' }),
  ]);
});

test('an answer that breaks the contract is not shown', async () => {
  answerWith({ ...account, scope: { kind: 'planet' } });
  await expect(call('session', {})).rejects.toMatchObject({ type: 'not-understood' });
});

test('a problem keeps its type, its request and when to try again', async () => {
  const failure = await failureOf(
    new Response(
      JSON.stringify({ type: 'locked-out', status: 423, detail: 'locked', requestId: 'r-1' }),
      { status: 423, headers: { 'retry-after': '90' } },
    ),
  );
  expect(failure).toMatchObject({ type: 'locked-out', requestId: 'r-1', retryAfterSeconds: 90 });
});

test('a proxy that answers HTML is a centre that cannot be reached', async () => {
  const failure = await failureOf(new Response('<html>Bad gateway</html>', { status: 502 }));
  expect(failure).toMatchObject({ type: 'unreachable', detail: 'HTTP 502' });
});

test('no answer at all is a centre that cannot be reached', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  const failure = await call('session', {}).catch((cause: unknown) => cause);
  expect(failure).toBeInstanceOf(CallFailed);
  expect(failure).toMatchObject({ type: 'unreachable' });
});
