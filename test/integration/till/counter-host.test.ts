import { mkdirSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  type CounterHost,
  startCounterHost,
} from '../../../desktop/main/transport/counter-host.ts';
import { aTemporaryFolder, aTestTill, type TestTill } from '../../support/test-till.ts';
import { newTestId } from '../../support/till-parts.ts';

type Served = { readonly shop: TestTill; readonly host: CounterHost; readonly port: number };
type Answer = { readonly status: number; readonly headers: object; readonly body: string };

describe('a call', () => {
  test('is answered with the contract’s envelope', async () => {
    const served = await aServedTill();
    const answer = await post(served, 'status.get', '{}');
    expect(answer.status).toBe(200);
    expect(JSON.parse(answer.body)).toMatchObject({
      ok: true,
      value: { till: { shortCode: 'A1' } },
    });
  });

  test.each([
    ['of an unknown name', 'no.such', '{}', {}, 200, 'UnknownCall'],
    ['of a name every object has', 'constructor', '{}', {}, 200, 'UnknownCall'],
    ['without what it needs', 'drugs.get', '{}', {}, 200, 'BadInput'],
    ['with null', 'status.get', 'null', {}, 200, 'BadInput'],
    ['with an array', 'status.get', '[]', {}, 200, 'BadInput'],
    ['with half a document', 'status.get', '{', {}, 400, 'BadInput'],
    ['with nothing', 'drugs.get', '', {}, 200, 'BadInput'],
    ['as text', 'status.get', '{}', { 'content-type': 'text/plain' }, 415, 'BadInput'],
    [
      'as a form',
      'status.get',
      'a=b',
      { 'content-type': 'application/x-www-form-urlencoded' },
      415,
      'BadInput',
    ],
    [
      'from another origin',
      'status.get',
      '{}',
      { origin: 'https://evil.example' },
      403,
      'BadInput',
    ],
    ['from the null origin', 'status.get', '{}', { origin: 'null' }, 403, 'BadInput'],
    ['for a rebound host name', 'status.get', '{}', { host: 'evil.example' }, 403, 'BadInput'],
    ['from another site', 'status.get', '{}', { 'sec-fetch-site': 'cross-site' }, 403, 'BadInput'],
    ['of two megabytes', 'status.get', `"${'x'.repeat(2_000_000)}"`, {}, 413, 'BadInput'],
    ['in a compression', 'status.get', '{}', { 'content-encoding': 'gzip' }, 415, 'BadInput'],
  ])('%s is refused with an envelope', async (_what, name, body, headers, status, type) => {
    const served = await aServedTill();
    const answer = await post(served, name, body, headers);
    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { type } });
  });

  test('by another method is refused', async () => {
    const served = await aServedTill();
    expect((await send(served, 'GET', '/rpc/status.get')).status).toBe(405);
    expect((await send(served, 'DELETE', '/events')).status).toBe(405);
  });

  test('from its own page is answered', async () => {
    const served = await aServedTill();
    const headers = { origin: `http://127.0.0.1:${served.port}`, 'sec-fetch-site': 'same-origin' };
    expect((await post(served, 'status.get', '{}', headers)).status).toBe(200);
  });
});

test('two windows that sell the last box over HTTP: one sale, one refusal', async () => {
  const served = await aServedTill();
  const { ask } = served.shop;
  const line = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2027-06-30', units: 100 };
  await ask('stock.declareOpening', { commandId: newTestId(), lines: [line] });
  await ask('prices.set', {
    commandId: newTestId(),
    drug: 'DEMO-1',
    unit: 'hộp',
    priceVnd: 50_000,
  });
  const sell = () =>
    post(
      served,
      'sales.complete',
      JSON.stringify({
        commandId: newTestId(),
        lines: [{ drug: 'DEMO-1', unit: 'hộp', quantity: 1 }],
        payment: { method: 'cash', tenderedVnd: 50_000 },
        shownTotalVnd: 50_000,
      }),
    );
  const answers = await Promise.all([sell(), sell()]);
  const replies = answers.map(({ body }) => JSON.parse(body) as { ok: boolean; error?: object });
  expect(replies.filter((reply) => reply.ok)).toHaveLength(1);
  expect(replies.find((reply) => !reply.ok)?.error).toMatchObject({ type: 'InsufficientStock' });
});

describe('the stream of news', () => {
  test('begins with everything, then says what changed, and ends with the host', async () => {
    const served = await aServedTill();
    const stream = await openStream(served);
    expect(await stream.next()).toContain('"facility"');
    await served.shop.ask('prices.set', {
      commandId: newTestId(),
      drug: 'DEMO-1',
      unit: 'viên',
      priceVnd: 1,
    });
    expect(await stream.next()).toContain('"prices"');
    await served.host.close();
    expect(await stream.next()).toBeUndefined();
  });
});

describe('the screens', () => {
  test('come with a policy that runs nothing from elsewhere', async () => {
    const served = await aServedTill();
    const page = await send(served, 'GET', '/');
    expect([page.status, page.body]).toEqual([200, '<!doctype html>screens']);
    expect(page.headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-cache',
    });
    expect(page.headers).not.toHaveProperty('x-powered-by');
    expect((await send(served, 'GET', '/assets/app-1.js')).headers).toMatchObject({
      'cache-control': expect.stringContaining('immutable'),
    });
  });

  test.each(['/../till.db', '/..%2ftill.db', '/%2e%2e/till.db', '/no-such', '/.hidden'])(
    'do not reach outside their folder: %s',
    async (url) => {
      const served = await aServedTill();
      expect((await send(served, 'GET', url)).status).toBe(404);
    },
  );

  test('that are not built say so', async () => {
    const shop = await aTestTill();
    const served = await serve(shop, aTemporaryFolder());
    const page = await send(served, 'GET', '/');
    expect([page.status, page.body]).toEqual([503, expect.stringContaining('npm run build')]);
  });
});

test('a taken port is told', async () => {
  const { shop, port } = await aServedTill();
  const second = await startCounterHost({
    till: shop.till,
    port,
    rendererDir: aTemporaryFolder(),
    log: silent,
  });
  expect(second).toMatchObject({ ok: false, error: { type: 'PortTaken' } });
});

test('a client that speaks no HTTP is sent away and harms nobody', async () => {
  const served = await aServedTill();
  const socket = connect(served.port, '127.0.0.1');
  socket.end('\u0000\u0001 rubbish\r\n\r\n');
  await new Promise<void>((resolve) => socket.resume().once('close', () => resolve()));
  expect((await post(served, 'status.get', '{}')).status).toBe(200);
});

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

async function aServedTill(): Promise<Served> {
  const folder = aTemporaryFolder();
  writeFileSync(path.join(folder, 'till.db'), 'outside');
  const rendererDir = path.join(folder, 'renderer');
  mkdirSync(path.join(rendererDir, 'assets'), { recursive: true });
  writeFileSync(path.join(rendererDir, 'index.html'), '<!doctype html>screens');
  writeFileSync(path.join(rendererDir, 'assets/app-1.js'), '');
  return serve(await aTestTill(), rendererDir);
}

async function serve(shop: TestTill, rendererDir: string): Promise<Served> {
  const host = await startCounterHost({ till: shop.till, port: 0, rendererDir, log: silent });
  if (!host.ok) throw new Error(host.error.detail);
  onTestFinished(() => host.value.close());
  return { shop, host: host.value, port: Number(new URL(host.value.url).port) };
}

function post(served: Served, name: string, body: string, headers: object = {}): Promise<Answer> {
  return send(served, 'POST', `/rpc/${name}`, {
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

/** Below fetch, which would clean the path and refuse to lie about Host and Origin. */
function send(
  { port }: Served,
  method: string,
  url: string,
  { body = '', headers = {} }: { body?: string; headers?: object } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port, method, path: url, headers: { ...headers } },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          }),
        );
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function openStream({ host }: Served) {
  const response = await fetch(new URL('events', host.url));
  const reader = (response.body ?? new ReadableStream()).getReader();
  const decoder = new TextDecoder();
  let text = '';
  return {
    /** The next message's data, or undefined when the stream has ended. */
    next: async (): Promise<string | undefined> => {
      for (;;) {
        const match = /data: (.*)\n\n/.exec(text);
        if (match !== null) {
          text = text.slice(match.index + match[0].length);
          return match[1];
        }
        const chunk = await reader.read().catch(() => ({ done: true, value: undefined }));
        if (chunk.done) return undefined;
        text += decoder.decode(chunk.value, { stream: true });
      }
    },
  };
}
