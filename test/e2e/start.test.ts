/**
 * The story of the first day, with the programs as a newcomer starts them: `npm start`, a sale that
 * the regulator sees, then the centre stopped, ten sales more, the plug pulled on the till, both
 * started again: all eleven sales are there once and the stock agrees.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tillRpc } from '../../server/launch/till-rpc.ts';
import { demonstrationSignIns } from '../../server/twin/demonstration-accounts.ts';
import { consoleApi } from '../../shared/contract/console-api.ts';

const root = path.resolve(import.meta.dirname, '../..');
const storyMsMax = 300_000;
const stepMsMax = 180_000;
const paracetamol = 'DEMO-00101';

let folder: string;
let children: ChildProcess[] = [];
let ports: { readonly centre: number; readonly till: number };

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-start-'));
  ports = { centre: await freePort(), till: await freePort() };
  children = [];
});

afterEach(async () => {
  for (const child of children) await ended(child, 'SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

test(
  'eleven sales across a stopped centre and a pulled plug are there once, and the stock agrees',
  async () => {
    await firstStart();
    await sellTenAndPullThePlug();
    await bothAgain();
  },
  storyMsMax,
);

/** Sells one at the newcomer's till and sees it on the regulator's overview; then Ctrl-C. */
async function firstStart(): Promise<void> {
  const start = run('server/start.ts');
  await line(start, /Ctrl-C/);
  const sold = await sell(20);
  const regulator = await signedIn();
  await until('the sale on the overview', async () => {
    const { latestSales } = await regulator.overview();
    return latestSales.some(
      ({ seq, facilityName }) => seq === sold && /An Bình/.test(facilityName),
    );
  });
  expect(await ended(start, 'SIGINT')).toBe(0);
}

async function sellTenAndPullThePlug(): Promise<void> {
  const centre = run('server/main.ts');
  await line(centre, /The centre answers/);
  const till = run('desktop/main/counter-host-main.ts');
  await line(till, /^Till: /);
  await ended(centre, 'SIGTERM');
  for (let sale = 0; sale < 10; sale += 1) await sell(2);
  const { pendingSales, state } = await rpc()('sync.status', {});
  expect({ pendingSales, isAgreed: state === 'agreed' }).toEqual({
    pendingSales: 10,
    isAgreed: false,
  });
  await ended(till, 'SIGKILL');
}

async function bothAgain(): Promise<void> {
  await line(run('server/main.ts'), /The centre answers/);
  await line(run('desktop/main/counter-host-main.ts'), /^Till: /);
  await until('agreement', async () => {
    const { state, pendingEvents } = await rpc()('sync.status', {});
    return state === 'agreed' && pendingEvents === 0;
  });
  const { daySales } = await rpc()('sales.list', {});
  const { differences, state } = await rpc()('sync.agreement', {});
  expect({ daySales, differences, state }).toEqual({
    daySales: 11,
    differences: [],
    state: 'agreed',
  });
  const regulator = await signedIn();
  const id = (await rpc()('status.get', {})).facility?.id ?? '';
  const movements = (await regulator.movements(id)).filter(({ kind }) => kind === 'sale');
  const stock = await regulator.stock(id);
  const atTill = await rpc()('stock.lots', { drug: paracetamol });
  expect({
    sales: new Set(movements.map(({ seq }) => seq)).size,
    units: movements.reduce((sum, { units }) => sum + units, 0),
    stock: stock.map(({ lot, onHandUnits }) => [lot, onHandUnits]).sort(),
  }).toEqual({
    sales: 11,
    units: -40,
    stock: atTill.map(({ lot, onHandUnits }) => [lot, onHandUnits]).sort(),
  });
}

function rpc() {
  return tillRpc(`http://127.0.0.1:${ports.till}/`);
}

/** @returns the number of the sale's event. */
async function sell(quantity: number): Promise<number> {
  const [product] = await rpc()('drugs.search', { text: 'para' });
  expect(product?.code).toBe(paracetamol);
  const totalVnd = quantity * (product?.pricesVnd['viên'] ?? 0);
  const { seq } = await rpc()('sales.complete', {
    commandId: randomUUID(),
    lines: [{ drug: paracetamol, unit: 'viên', quantity }],
    payment: { method: 'cash', tenderedVnd: totalVnd },
    shownTotalVnd: totalVnd,
  });
  return seq;
}

async function signedIn() {
  const url = `http://127.0.0.1:${ports.centre}`;
  const national = demonstrationSignIns[0];
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: national?.name, password: national?.password }),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  const get = async (place: string) =>
    (await fetch(`${url}${place}`, { headers: { cookie } })).json();
  return {
    overview: async () => consoleApi.overview.answer.parse(await get('/api/overview')),
    movements: async (id: string) =>
      consoleApi.facilityMovements.answer.parse(
        await get(`/api/facilities/${id}/movements?limit=40`),
      ).rows,
    stock: async (id: string) =>
      consoleApi.facilityStock.answer.parse(
        await get(`/api/facilities/${id}/stock?text=${paracetamol}`),
      ).rows,
  };
}

function run(script: string): ChildProcess {
  const child = spawn(process.execPath, [path.join(root, script)], {
    cwd: root,
    env: {
      ...process.env,
      DATA_DIR: folder,
      PORT: String(ports.centre),
      TILL_PORT: String(ports.till),
      HOST: '127.0.0.1',
      DEMO_FACILITIES: '70',
      DEMO_LIVE: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

/** Waits for a line of the program; fails with its last words when it ends before. */
async function line(child: ChildProcess, pattern: RegExp): Promise<void> {
  const words: string[] = [];
  const found = Promise.withResolvers<void>();
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (text) => {
      words.push(text);
      if (pattern.test(text)) found.resolve();
    });
  }
  const timer = setTimeout(() => found.reject(new Error(words.slice(-15).join('\n'))), stepMsMax);
  child.once('exit', () => found.reject(new Error(words.slice(-15).join('\n'))));
  await found.promise.finally(() => clearTimeout(timer));
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit');
  child.kill(signal);
  await exit;
  return child.exitCode;
}

async function until(what: string, isTrue: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 60_000;
  while (!(await isTrue())) {
    if (performance.now() > deadlineMs) throw new Error(`Waited in vain for ${what}`);
    await delay(50);
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
