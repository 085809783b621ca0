import { request as httpsRequest } from 'node:https';
import { expect, test, vi } from 'vitest';
import { isPrivate } from '../../../desktop/main/lan/lan-host.ts';
import { startLocalServer } from '../../support/local-server.ts';
import { aTemporaryFolder, aTestTill, type TestTill } from '../../support/test-till.ts';
import { newTestId } from '../../support/till-parts.ts';

type Answer = { readonly status: number; readonly cookies: string; readonly body: string };
type Send = (
  method: 'GET' | 'POST',
  where: string,
  more?: {
    readonly body?: string;
    readonly cookie?: string;
    readonly headers?: Readonly<Record<string, string>>;
  },
) => Promise<Answer>;

/** A till that has opened itself to the network, on a port nobody uses. */
async function anOpenTill(): Promise<TestTill & { readonly send: Send; readonly code: string }> {
  const till = await aTestTill({ deps: { rendererDir: aTemporaryFolder() } });
  await till.ask('settings.change', { isLanOn: true, lanPort: await aFreePort() });
  await vi.waitUntil(async () => (await till.ask('lan.status', {})).isOpen, { timeout: 10_000 });
  const { port, code } = await till.ask('lan.newCode', {});
  const send: Send = (method, where, { body = '', cookie, headers = {} } = {}) =>
    new Promise((resolve, reject) => {
      const outgoing = httpsRequest(
        {
          host: '127.0.0.1',
          port,
          method,
          path: where,
          // Accepted once by a person, as the shop's own.
          rejectUnauthorized: false,
          headers: { ...(cookie === undefined ? {} : { cookie }), ...headers },
        },
        (answer) => {
          const chunks: Buffer[] = [];
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () =>
            resolve({
              status: answer.statusCode ?? 0,
              cookies: (answer.headers['set-cookie'] ?? []).join('\n'),
              body: Buffer.concat(chunks).toString(),
            }),
          );
        },
      );
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  return { ...till, send, code: code?.text ?? '' };
}

/** Nobody listens there now; the settings want a number before the door is opened. */
async function aFreePort(): Promise<number> {
  const server = await startLocalServer();
  await server.close();
  return Number(new URL(server.url).port);
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const json = { 'content-type': 'application/json' };

async function paired(till: Awaited<ReturnType<typeof anOpenTill>>, name: string) {
  const { code } = await till.ask('lan.newCode', {});
  const body = new URLSearchParams({ code: code?.text ?? '', name }).toString();
  const answer = await till.send('POST', '/pair', { body, headers: form });
  expect(answer.status).toBe(303);
  const cookie = /till-device=[0-9a-f]{64}/.exec(answer.cookies)?.[0] ?? '';
  return async (call: string, input: unknown) => {
    const sent = { body: JSON.stringify(input), cookie, headers: json };
    const { body: text } = await till.send('POST', `/rpc/${call}`, sent);
    return JSON.parse(text);
  };
}

test('a device that was not let in sees one page, and nothing of the shop', async () => {
  const till = await anOpenTill();
  const html = { accept: 'text/html' };
  expect(await till.send('GET', '/', { headers: html })).toMatchObject({ status: 303 });
  expect((await till.send('GET', '/pair')).body).toContain('Dùng thiết bị này làm quầy');
  const stream = { accept: 'text/event-stream' };
  expect(await till.send('GET', '/events', { headers: stream })).toMatchObject({ status: 401 });
  const call = { body: '{}', headers: json };
  expect(await till.send('POST', '/rpc/status.get', call)).toMatchObject({ status: 401 });
  const forged = { ...call, cookie: `till-device=${'0'.repeat(64)}` };
  expect(await till.send('POST', '/rpc/status.get', forged)).toMatchObject({ status: 401 });
});

test('a code lets one device in, once; five wrong ones end it', async () => {
  const till = await anOpenTill();
  const call = await paired(till, 'Điện thoại chị Hoa');
  expect(await call('status.get', {})).toMatchObject({ ok: true });
  expect((await till.ask('lan.status', {})).devices).toMatchObject([
    { name: 'Điện thoại chị Hoa' },
  ]);
  const again = new URLSearchParams({ code: till.code, name: 'x' }).toString();
  const answer = await till.send('POST', '/pair', { body: again, headers: form });
  expect(answer.status).toBe(403);
  const { code } = await till.ask('lan.newCode', {});
  for (let wrong = 0; wrong < 5; wrong += 1) {
    await till.send('POST', '/pair', { body: 'code=WRONG222&name=x', headers: form });
  }
  expect(code).not.toBeNull();
  expect((await till.ask('lan.status', {})).code).toBeNull();
});

test('a code runs out after ten minutes', async () => {
  const till = await anOpenTill();
  till.time.advance(10 * 60_000);
  const body = new URLSearchParams({ code: till.code, name: 'x' }).toString();
  expect(await till.send('POST', '/pair', { body, headers: form })).toMatchObject({ status: 403 });
});

test('a device that is shut out is let in no more, and the others stay', async () => {
  const till = await anOpenTill();
  const first = await paired(till, 'Quầy 2');
  const second = await paired(till, 'Quầy 3');
  const { devices } = await till.ask('lan.status', {});
  const gone = devices.find(({ name }) => name === 'Quầy 2');
  await till.ask('lan.forget', { id: gone?.id ?? '' });
  expect(await first('status.get', {})).toMatchObject({ ok: false });
  expect(await second('status.get', {})).toMatchObject({ ok: true });
});

test('two counters that sell the last box at once: one sells it, the other is told', async () => {
  const till = await anOpenTill();
  const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2027-06-30' };
  await till.ask('stock.declareOpening', {
    commandId: newTestId(),
    lines: [{ ...lot, units: 1 }],
  });
  await till.ask('prices.set', {
    commandId: newTestId(),
    drug: 'DEMO-1',
    unit: 'viên',
    priceVnd: 500,
  });
  const counters = [await paired(till, 'Quầy 2'), await paired(till, 'Quầy 3')];
  const sale = () => ({
    commandId: newTestId(),
    lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 1 }],
    payment: { method: 'cash', tenderedVnd: 500 },
    shownTotalVnd: 500,
  });
  const replies = await Promise.all(counters.map((call) => call('sales.complete', sale())));
  expect(replies.map(({ ok }) => ok).toSorted()).toEqual([false, true]);
  expect(replies.find(({ ok }) => !ok).error.type).toBe('InsufficientStock');
  const [row] = (await till.ask('stock.list', {})).rows;
  expect(row).toBeUndefined();
});

test('the certificate stays the same over restarts, so that nobody is warned twice', async () => {
  const till = await anOpenTill();
  const { fingerprint } = await till.ask('lan.status', {});
  const again = await till.reopened();
  await vi.waitUntil(async () => (await again.ask('lan.status', {})).isOpen, { timeout: 10_000 });
  expect((await again.ask('lan.status', {})).fingerprint).toBe(fingerprint);
});

test('asks from another site, by another name or from the open internet find no door', async () => {
  const till = await anOpenTill();
  const elsewhere = { host: 'evil.example', origin: 'https://evil.example' };
  expect(await till.send('GET', '/pair', { headers: elsewhere })).toMatchObject({ status: 403 });
  const rebound = { host: 'evil.example:4743' };
  expect(await till.send('GET', '/pair', { headers: rebound })).toMatchObject({ status: 403 });
  expect(['192.168.1.20', '10.0.0.3', '172.16.4.4', '100.64.0.1'].every(isPrivate)).toBe(true);
  expect(['8.8.8.8', '172.32.0.1', '100.128.0.1', '11.0.0.1'].some(isPrivate)).toBe(false);
});
