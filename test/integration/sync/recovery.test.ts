import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { productionDeps } from '../../../desktop/main/production-deps.ts';
import { createTill, type Till } from '../../../desktop/main/till.ts';
import { issueRecoveryCode } from '../../../server/facilities/admission.ts';
import { rebuild } from '../../../server/ingest/rebuild.ts';
import type { TillAnswer, TillCallName, TillRequest } from '../../../shared/contract/till-api.ts';
import type { Facility } from '../../../shared/model/facility.ts';
import {
  issueTestCode,
  registerTestFacility,
  startTestCentre,
  type TestCentre,
} from '../../support/test-centre.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
let running: TestCentre;
let root: string;
let facility: Facility;
let tills: Till[] = [];

beforeAll(async () => {
  running = await startTestCentre();
});
afterAll(() => running.close());
beforeEach(async () => {
  root = mkdtempSync(path.join(tmpdir(), 'rebirth-'));
  facility = await registerTestFacility(running.centre);
});
afterEach(async () => {
  for (const till of tills) await till.close();
  tills = [];
  rmSync(root, { recursive: true, force: true });
});

/** A machine with a disk of its own. */
function aMachine(name: string) {
  const host = 'counter-host';
  const dataDir = path.join(root, name);
  const till = createTill(productionDeps({ dataDir, programVersion: '0.0.0', host, log: silent }));
  tills.push(till);
  const ask = async <Name extends TillCallName>(
    call: Name,
    input: TillRequest<Name>,
  ): Promise<TillAnswer<Name>> => {
    const reply = await till.invoke(call, input);
    if (!reply.ok) throw new Error(`${call}: ${JSON.stringify(reply.error)}`);
    // Safe: the dispatcher's handlers are typed by the contract.
    return reply.value as TillAnswer<Name>;
  };
  const enrol = async (code: string) => {
    await ask('setup.enrol', { centreUrl: running.centre.url, code });
    await ask('sync.now', {});
  };
  const sell = async (count: number) => {
    const slips: string[] = [];
    for (let sale = 0; sale < count; sale += 1) {
      const sold = await ask('sales.complete', {
        commandId: crypto.randomUUID(),
        lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 2 }],
        payment: { method: 'cash', tenderedVnd: 1_000 },
        shownTotalVnd: 1_000,
      });
      slips.push(sold.slip);
    }
    return slips;
  };
  const refusal = async <Name extends TillCallName>(call: Name, input: TillRequest<Name>) => {
    const reply = await till.invoke(call, input);
    return reply.ok ? undefined : reply.error;
  };
  return { till, dataDir, ask, refusal, enrol, sell };
}

async function anOldMachine() {
  const machine = aMachine('old');
  await machine.enrol(await issueTestCode(running.centre, facility));
  const lots = ['A1', 'B2'].map((lot, index) => ({
    ...{ drug: 'DEMO-1', lot, units: 600 },
    expiresOn: `2099-0${index + 6}-30`,
    unitCostVnd: 300,
  }));
  await machine.ask('stock.declareOpening', { commandId: crypto.randomUUID(), lines: lots });
  const price = { drug: 'DEMO-1', unit: 'viên', priceVnd: 500 };
  await machine.ask('prices.set', { commandId: crypto.randomUUID(), ...price });
  const slips = await machine.sell(7);
  await machine.ask('sync.now', {});
  return { ...machine, slips };
}

async function aRecoveryCode(till: TillAnswer<'status.get'>['till']): Promise<string> {
  const actor = { account: 'test', address: '' };
  const registrar = { actor, scope: { kind: 'nation' } as const };
  const issued = await issueRecoveryCode(running.centre.deps, till?.id ?? '', registrar);
  if (!issued.ok) throw new Error(issued.error.detail);
  expect(issued.value.row.replaces).toBe(till?.shortCode);
  return issued.value.code;
}

async function facilityUnits(): Promise<number> {
  const { rows } = await running.centre.pool.query(
    'SELECT sum(on_hand_units) AS units FROM facility_stock WHERE facility_id = $1',
    [facility.id],
  );
  return z.object({ units: z.number() }).parse(rows[0]).units;
}

const shelf = async (machine: Pick<ReturnType<typeof aMachine>, 'ask'>) =>
  (await machine.ask('stock.list', {})).rows.map(({ lot, onHandUnits, unitCostVnd }) => ({
    ...{ lot, onHandUnits, unitCostVnd },
  }));

describe('a machine in the place of a burnt one', () => {
  test('sells on from the shelf, the costs and the prices that were reported', async () => {
    const old = await anOldMachine();
    const shelfThen = await shelf(old);
    const { till } = await old.ask('status.get', {});
    await old.till.close();
    const started = performance.now();
    const machine = aMachine('new');
    await machine.enrol(await aRecoveryCode(till));
    expect(performance.now() - started).toBeLessThan(60_000);
    expect(await shelf(machine)).toEqual(shelfThen);
    expect(await machine.ask('sync.status', {})).toMatchObject({ state: 'agreed', lastSeq: 2 });
    expect(await facilityUnits()).toBe(1_200 - 14);

    expect(await machine.sell(3)).toEqual(['A2-1', 'A2-2', 'A2-3']);
    await machine.ask('sync.now', {});
    expect(await machine.ask('sync.status', {})).toMatchObject({ state: 'agreed', lastSeq: 5 });
    expect(await facilityUnits()).toBe(1_200 - 20);
    expect(await machine.ask('journal.rebuild', {})).toMatchObject({ hadDifferences: false });
    const replay = await rebuild(running.centre.deps, { replace: false });
    expect(replay).toMatchObject({ movementDifferences: 0, stockDifferences: 0 });
  });

  test('names the last slip that was reported, so that the paper after it is entered again', async () => {
    const old = await anOldMachine();
    const { till } = await old.ask('status.get', {});
    const code = await aRecoveryCode(till);
    const machine = aMachine('new');
    await machine.enrol(code);
    const unreported = await old.sell(2);
    await old.ask('sync.now', {});
    expect(await old.ask('sync.status', {})).toMatchObject({ problem: { type: 'revoked' } });
    expect(unreported).toEqual(['A1-8', 'A1-9']);
    expect((await machine.ask('status.get', {})).recovered).toMatchObject({
      oldShortCode: 'A1',
      oldEvents: 9,
      lastSlip: old.slips.at(-1),
      lots: 2,
    });
    expect(await facilityUnits()).toBe(1_200 - 14);
  });

  test('may itself be replaced, and by nobody twice', async () => {
    const old = await anOldMachine();
    const first = aMachine('first');
    await first.enrol(await aRecoveryCode((await old.ask('status.get', {})).till));
    await first.sell(1);
    await first.ask('sync.now', {});
    const again = running.centre.deps;
    const actor = { account: 'test', address: '' };
    const registrar = { actor, scope: { kind: 'nation' } as const };
    const { till } = await old.ask('status.get', {});
    const refused = await issueRecoveryCode(again, till?.id ?? '', registrar);
    expect(refused).toMatchObject({ ok: false, error: { type: 'conflict' } });
    const second = aMachine('second');
    await second.enrol(await aRecoveryCode((await first.ask('status.get', {})).till));
    expect(await shelf(second)).toEqual(await shelf(first));
    expect(await second.ask('sync.status', {})).toMatchObject({ state: 'agreed' });
    expect(await facilityUnits()).toBe(1_200 - 16);
  });

  test('finds, voids and takes back what the old machine sold, once and no more than that', async () => {
    const old = await anOldMachine();
    const sold = (await old.ask('sales.list', {})).rows;
    const [voidedThere, returnedThere, kept] = sold.map(({ id }) => id);
    if (voidedThere === undefined || returnedThere === undefined || kept === undefined) {
      throw new Error('The old machine sold something');
    }
    const line = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2099-06-30', saleLine: 0 };
    const voiding = (saleId: string) => ({
      commandId: crypto.randomUUID(),
      ...{ saleId, reason: 'khách đổi ý' },
    });
    const takingBack = (saleId: string, units: number) => ({
      ...voiding(saleId),
      lines: [{ ...line, units }],
    });
    await old.ask('sales.void', voiding(voidedThere));
    await old.ask('sales.return', takingBack(returnedThere, 1));
    await old.ask('sync.now', {});

    const first = aMachine('first');
    await first.enrol(await aRecoveryCode((await old.ask('status.get', {})).till));
    await first.sell(1);
    const history = await first.ask('sales.list', {});
    expect(history.rows.map(({ slip }) => slip)).toEqual(['A2-1', ...old.slips.toReversed()]);
    expect(history.rows.slice(1)).toEqual(
      sold.map(({ id }, index) => ({
        ...sold[index],
        ...{ seq: -2 - index, isReported: true, isVoided: id === voidedThere },
      })),
    );
    expect(history).toMatchObject({ daySales: 7, dayTotalVnd: 7_000, hasMore: false });
    expect(await first.ask('sales.get', { id: voidedThere })).toMatchObject({
      voidedReason: 'khách đổi ý',
    });
    expect(await first.refusal('sales.void', voiding(voidedThere))).toMatchObject({
      type: 'SaleAlreadyVoided',
    });
    expect(await first.refusal('sales.void', voiding(returnedThere))).toMatchObject({
      type: 'SaleHasReturns',
    });
    expect(await first.refusal('sales.return', takingBack(returnedThere, 2))).toMatchObject({
      ...{ type: 'ReturnExceedsSale', returnableUnits: 1 },
    });
    expect(await first.ask('sales.return', takingBack(returnedThere, 1))).toMatchObject({
      refundVnd: 500,
    });
    await first.ask('sales.void', voiding(kept));
    expect(await first.refusal('sales.void', voiding(kept))).toMatchObject({
      type: 'SaleAlreadyVoided',
    });
    await first.ask('sync.now', {});
    expect(await first.ask('sync.status', {})).toMatchObject({ state: 'agreed' });
    // Seven sales and one of two each; two of them undone, two units brought back.
    expect(await facilityUnits()).toBe(1_200 - 16 + 4 + 2);
    expect(await first.ask('journal.rebuild', {})).toMatchObject({ hadDifferences: false });

    const second = aMachine('second');
    await second.enrol(await aRecoveryCode((await first.ask('status.get', {})).till));
    const slips = ['A2-1', ...old.slips.toReversed()];
    expect((await second.ask('sales.list', {})).rows.map(({ slip }) => slip)).toEqual(slips);
    expect(await second.refusal('sales.void', voiding(kept))).toMatchObject({
      type: 'SaleAlreadyVoided',
    });
    expect(await second.refusal('sales.return', takingBack(returnedThere, 1))).toMatchObject({
      ...{ type: 'ReturnExceedsSale', returnableUnits: 0 },
    });
  });
});
