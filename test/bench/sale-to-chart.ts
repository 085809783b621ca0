/**
 * From the key press to the regulator's overview: a sale at a real till, uploaded over HTTP to a
 * real centre with everything durable, until the console's own API shows it. Target: 2 s.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { productionDeps } from '../../desktop/main/production-deps.ts';
import { createTill, type Till } from '../../desktop/main/till.ts';
import { createAccount } from '../../server/accounts/accounts.ts';
import { publishDrugs } from '../../server/catalogue/publish.ts';
import { starterCatalogue } from '../../server/catalogue/starter/starter-catalogue.ts';
import { inTransaction } from '../../server/db/pool.ts';
import { issueCode } from '../../server/facilities/admission.ts';
import { registerFacility } from '../../server/facilities/register.ts';
import { type Centre, startCentre } from '../../server/start-centre.ts';
import { newcomerFacility } from '../../server/twin/facilities.ts';
import { Overview } from '../../shared/contract/console-api.ts';
import type { TillAnswer, TillCallName, TillRequest } from '../../shared/contract/till-api.ts';
import { businessDateOf } from '../../shared/model/calendar.ts';
import { type BenchOptions, type Figure, figure, percentile } from './figure.ts';

const drug = 'DEMO-00101';
const pollMs = 10;
const waitMsMax = 30_000;

export async function measure({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-bench-'));
  const centre = await startCentre({
    port: 0,
    host: '127.0.0.1',
    dataDir: path.join(folder, 'centre'),
  });
  const till = createTill(
    productionDeps({
      dataDir: path.join(folder, 'till'),
      programVersion: '0.0.0-bench',
      host: 'counter-host',
      log: { info: quiet, warn: quiet, error: quiet },
    }),
  );
  try {
    const cookie = await prepare(centre, till);
    const durations: number[] = [];
    for (let sale = 0; sale < (isQuick ? 5 : 60); sale += 1) {
      durations.push(await sellAndSee(centre, till, cookie));
      // Sales at odd moments, not in step with the roll-up's own rhythm.
      await delay(37 * (sale % 11));
    }
    return [
      figure('sale-to-chart.p50', percentile(durations, 50), 'ms'),
      figure('sale-to-chart.p95', percentile(durations, 95), 'ms'),
    ];
  } finally {
    await till.close();
    await centre.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function sellAndSee(centre: Centre, till: Till, cookie: string): Promise<number> {
  const startedMs = performance.now();
  const { seq } = await call(till, 'sales.complete', {
    commandId: randomUUID(),
    lines: [{ drug, unit: 'viên', quantity: 10 }],
    payment: { method: 'cash', tenderedVnd: 10_000 },
    shownTotalVnd: 5_000,
  });
  while (performance.now() - startedMs < waitMsMax) {
    const response = await fetch(`${centre.url}/api/overview`, { headers: { cookie } });
    const { latestSales } = Overview.parse(await response.json());
    if (latestSales.some((sale) => sale.seq === seq)) return performance.now() - startedMs;
    await delay(pollMs);
  }
  throw new Error(`Sale ${seq} was not seen within ${waitMsMax} ms`);
}

/** Account, facility, enrolled till with stock and a price. @returns the console's cookie. */
async function prepare(centre: Centre, till: Till): Promise<string> {
  const { deps, pool } = centre;
  const nowMs = deps.nowMs();
  await inTransaction(pool, (transaction) =>
    publishDrugs(transaction, { drugs: starterCatalogue() }, nowMs),
  );
  const account = { name: 'do-kiem', password: randomUUID(), displayName: 'Đo kiểm' };
  await createAccount(pool, { id: deps.newId(), nowMs, scope: { kind: 'nation' }, ...account });
  const registrar = {
    actor: { account: 'system', address: '' },
    scope: { kind: 'nation' },
  } as const;
  const today = businessDateOf(new Date(nowMs).toISOString());
  const facility = await registerFacility(deps, newcomerFacility(today), registrar);
  if (!facility.ok) throw new Error(facility.error.detail);
  const issued = await issueCode(deps, facility.value.id, registrar);
  if (!issued.ok) throw new Error(issued.error.detail);
  await call(till, 'setup.enrol', { centreUrl: centre.url, code: issued.value.code });
  while ((await call(till, 'drugs.get', { code: drug })) === null) await delay(50);
  const lot = { drug, lot: 'DO1', expiresOn: '2099-12-31', units: 100_000 };
  await call(till, 'stock.declareOpening', { commandId: randomUUID(), lines: [lot] });
  await call(till, 'prices.set', { commandId: randomUUID(), drug, unit: 'viên', priceVnd: 500 });
  return signIn(centre, account);
}

async function signIn(
  centre: Centre,
  { name, password }: { readonly name: string; readonly password: string },
): Promise<string> {
  const response = await fetch(`${centre.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: centre.url },
    body: JSON.stringify({ name, password }),
  });
  const cookie = response.headers.getSetCookie()[0]?.split(';')[0];
  if (cookie === undefined) throw new Error(`Sign-in failed: ${response.status}`);
  return cookie;
}

async function call<Name extends TillCallName>(
  till: Till,
  name: Name,
  input: TillRequest<Name>,
): Promise<TillAnswer<Name>> {
  const reply = await till.invoke(name, input);
  if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
  // Safe: the contract gives this answer to this call; the till checks it.
  return reply.value as TillAnswer<Name>;
}

function quiet(): void {}
