/**
 * A burnt machine replaced: from the recovery code to the first sale on the new one, over HTTP to a
 * real centre, for a shop with a year of sales and a catalogue of 25,000 drugs. Target: 5 minutes.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { productionDeps } from '../../desktop/main/production-deps.ts';
import { createTill, type Till } from '../../desktop/main/till.ts';
import { publishDrugs } from '../../server/catalogue/publish.ts';
import { inTransaction } from '../../server/db/pool.ts';
import { issueCode, issueRecoveryCode } from '../../server/facilities/admission.ts';
import { registerFacility } from '../../server/facilities/register.ts';
import { type Centre, startCentre } from '../../server/start-centre.ts';
import { newcomerFacility } from '../../server/twin/facilities.ts';
import { limits } from '../../shared/base/limits.ts';
import type { TillAnswer, TillCallName, TillRequest } from '../../shared/contract/till-api.ts';
import { businessDateOf } from '../../shared/model/calendar.ts';
import { aDrug } from '../support/builders.ts';
import { enrolDevice, postBatch, type TestDevice } from '../support/test-device.ts';
import { type BenchOptions, type Figure, figure } from './figure.ts';
import { factsOfYear, salesPerYear } from './year-of-sales.ts';

const registrar = {
  actor: { account: 'system', address: '' },
  scope: { kind: 'nation' },
} as const;
const firstDrug = 10_000;
const drugCode = (number: number) => `VD-${firstDrug + number}-21`;
/** As many as factsOfYear sells from. */
const soldDrugs = 150;
const salesPerDay = 100;

export async function measure({ isQuick }: BenchOptions): Promise<readonly Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-bench-'));
  const dataDir = path.join(folder, 'centre');
  const centre = await startCentre({ port: 0, host: '127.0.0.1', dataDir });
  const host = 'counter-host' as const;
  const log = { info: quiet, warn: quiet, error: quiet };
  const till = createTill(
    productionDeps({
      dataDir: path.join(folder, 'till'),
      programVersion: '0.0.0-bench',
      host,
      log,
    }),
  );
  try {
    const sales = isQuick ? 500 : salesPerYear;
    const old = await burntMachine(centre, { sales, drugs: isQuick ? 500 : 25_000 });
    const code = await issueRecoveryCode(centre.deps, old.till, registrar);
    if (!code.ok) throw new Error(code.error.detail);
    const startedMs = performance.now();
    await call(till, 'setup.enrol', { centreUrl: centre.url, code: code.value.code });
    const takenOverMs = performance.now();
    await call(till, 'sync.now', {});
    await sellOne(till);
    const soldMs = performance.now();
    const history = await call(till, 'sales.list', { limit: 2 });
    if (history.rows[1]?.slip !== `A1-${sales}`) throw new Error('The old sales are missing');
    return [
      figure(`rebirth.journal of ${sales} sales taken over`, takenOverMs - startedMs, 'ms'),
      figure('rebirth.from the code to the first sale', soldMs - startedMs, 'ms'),
    ];
  } finally {
    await till.close();
    await centre.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opening stock, prices and a year of sales, all of it reported. */
async function burntMachine(
  centre: Centre,
  { sales, drugs }: { readonly sales: number; readonly drugs: number },
): Promise<TestDevice> {
  const { deps, pool } = centre;
  const nowMs = deps.nowMs();
  const catalogue = Array.from({ length: drugs }, (_, number) =>
    aDrug({ code: drugCode(number), name: `Thuốc ${number} 500 mg` }),
  );
  await inTransaction(pool, (transaction) =>
    publishDrugs(transaction, { drugs: catalogue }, nowMs),
  );
  const today = businessDateOf(new Date(nowMs).toISOString());
  const facility = await registerFacility(deps, newcomerFacility(today), registrar);
  if (!facility.ok) throw new Error(facility.error.detail);
  const issued = await issueCode(deps, facility.value.id, registrar);
  if (!issued.ok) throw new Error(issued.error.detail);
  const device = await enrolDevice(centre.url, issued.value.code);
  const codes = Array.from({ length: soldDrugs }, (_, number) => drugCode(number));
  const lines = codes.flatMap((drug) =>
    ['L1', 'L2'].map((lot) => ({
      ...{ drug, lot, expiresOn: '2028-06-30' },
      ...{ units: limits.unitsMax, unitCostVnd: 300 },
    })),
  );
  device.append({ type: 'OpeningStockDeclared.v1', data: { lines } });
  for (const drug of codes) {
    const price = { unit: { name: 'viên', factor: 1 }, priceVnd: 500, previousPriceVnd: null };
    device.append({ type: 'PriceSet.v1', data: { drug, ...price } });
  }
  for (const { type, data } of factsOfYear(sales)) device.append({ type, data });
  for (let from = 1; from <= device.events.length; from += salesPerDay) {
    const to = Math.min(from + salesPerDay - 1, device.events.length);
    const answer = await postBatch(device, { from, to });
    if (answer.status !== 200) throw new Error(`A batch was answered ${answer.status}`);
  }
  return device;
}

async function sellOne(till: Till): Promise<void> {
  await call(till, 'sales.complete', {
    commandId: randomUUID(),
    lines: [{ drug: drugCode(0), unit: 'viên', quantity: 2 }],
    payment: { method: 'cash', tenderedVnd: 1_000 },
    shownTotalVnd: 1_000,
  });
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

function quiet(): void {
  // A measurement says its figures and nothing else.
}
