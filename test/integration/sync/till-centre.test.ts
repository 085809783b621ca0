import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { lastReceipt } from '../../../desktop/main/db/sync-state.ts';
import { productionDeps } from '../../../desktop/main/production-deps.ts';
import { createTill, type Till } from '../../../desktop/main/till.ts';
import { issueEnrolmentCode } from '../../../server/accounts/enrolment.ts';
import { publishDrugs, publishFacility } from '../../../server/catalogue/publish.ts';
import { inTransaction, queryRow } from '../../../server/db/pool.ts';
import { insertFacilities } from '../../../server/facilities/facility-table.ts';
import { type Centre, startCentre } from '../../../server/start-centre.ts';
import type { TillAnswer, TillCallName, TillRequest } from '../../../shared/contract/till-api.ts';
import type { Facility } from '../../../shared/model/facility.ts';
import { aDrug, aFacility, aPrescription, moment } from '../../support/builders.ts';
import { createTestDatabase, type TestDatabase } from '../../support/database.ts';
import { type LineToCentre, openLineTo } from '../../support/line-to-centre.ts';
import { withDatabase } from '../../support/till-parts.ts';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
let database: TestDatabase;
let centre: Centre;
let centreDir: string;
let line: LineToCentre;
let facility: Facility;
let dataDir: string;
let closers: (() => Promise<unknown>)[] = [];
let facilityNumber = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  centreDir = mkdtempSync(path.join(tmpdir(), 'centre-'));
  centre = await startTestCentre(0);
  const drugs = [
    aDrug(),
    ...Array.from({ length: 2_500 }, (_, index) =>
      aDrug({ code: `DEMO-${index + 2}`, name: `Thuốc số ${index + 2}` }),
    ),
  ];
  await inTransaction(centre.pool, (transaction) =>
    publishDrugs(transaction, { drugs }, Date.now()),
  );
});
afterAll(async () => {
  await centre.close();
  await database.drop();
  rmSync(centreDir, { recursive: true, force: true });
});
beforeEach(async () => {
  line = await openLineTo(centre.url);
  dataDir = mkdtempSync(path.join(tmpdir(), 'till-'));
  facilityNumber += 1;
  facility = aFacility({
    id: `01980000-0000-7000-8000-${String(facilityNumber).padStart(12, '0')}`,
    code: `96-${String(facilityNumber).padStart(6, '0')}`,
  });
  await insertFacilities(centre.pool, [facility], Date.now());
  await inTransaction(centre.pool, (transaction) => publishFacility(transaction, facility));
});
afterEach(async () => {
  for (const close of closers) await close();
  closers = [];
  await line.close();
  rmSync(dataDir, { recursive: true, force: true });
});

function startTestCentre(port: number): Promise<Centre> {
  const { databaseUrl } = database;
  return startCentre({ port, host: '127.0.0.1', databaseUrl, dataDir: centreDir, hasJobs: false });
}

async function aCode(): Promise<string> {
  const issued = await issueEnrolmentCode(centre.pool, centre.deps, { facility, issuedBy: 'test' });
  if (!issued.ok) throw new Error(issued.error.type);
  return issued.value.code;
}

type Ask = <Name extends TillCallName>(
  name: Name,
  input: TillRequest<Name>,
) => Promise<TillAnswer<Name>>;

function openTill(): { readonly till: Till; readonly ask: Ask } {
  const host = 'counter-host';
  const till = createTill(productionDeps({ dataDir, programVersion: '0.0.0', host, log: silent }));
  closers.push(till.close);
  return {
    till,
    ask: async (name, input) => {
      const reply = await till.invoke(name, input);
      if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
      // Safe: the dispatcher's handlers are typed by the contract.
      return reply.value as TillAnswer<typeof name>;
    },
  };
}

async function anEnrolledTill() {
  const opened = openTill();
  await opened.ask('setup.enrol', { centreUrl: line.url, code: await aCode() });
  await opened.ask('sync.now', {});
  return opened;
}

async function stockUp(ask: Ask): Promise<void> {
  const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2099-06-30', units: 10_000 };
  const commandId = crypto.randomUUID();
  await ask('stock.declareOpening', { commandId, lines: [lot] });
  const price = { drug: 'DEMO-1', unit: 'viên', priceVnd: 500 };
  await ask('prices.set', { commandId: crypto.randomUUID(), ...price });
}

async function sell(ask: Ask, sales: number): Promise<void> {
  for (let sale = 0; sale < sales; sale += 1) {
    await ask('sales.complete', {
      commandId: crypto.randomUUID(),
      lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 2 }],
      payment: { method: 'cash', tenderedVnd: 1_000 },
      shownTotalVnd: 1_000,
    });
  }
}

/** What the centre holds of this facility. */
async function centreHolds() {
  const row = await queryRow(
    centre.pool,
    z.object({ acked_seq: z.number(), sales: z.number(), units: z.number() }),
    `SELECT till.acked_seq,
       (SELECT count(DISTINCT seq)::integer FROM movement
        WHERE till_id = till.id AND kind = 3) AS sales,
       (SELECT coalesce(sum(on_hand_units), 0)::integer FROM facility_stock
        WHERE facility_id = till.facility_id) AS units
     FROM till WHERE facility_id = $1`,
    [facility.id],
  );
  return row;
}

const agreed = async (ask: Ask, events: number) => {
  await vi.waitFor(
    async () => {
      expect(await ask('sync.status', {})).toMatchObject({ state: 'agreed', agreedEvents: events });
    },
    { timeout: 20_000, interval: 25 },
  );
};

describe('a real till and a real centre', () => {
  test('enrol, stock up, sell: the centre has it all and both sides agree', async () => {
    const { ask } = await anEnrolledTill();
    expect(await ask('sync.status', {})).toMatchObject({
      state: 'agreed',
      agreedEvents: 0,
      catalogueDrugs: 2_501,
    });
    expect(await ask('status.get', {})).toMatchObject({ facility: { id: facility.id } });
    await stockUp(ask);
    await sell(ask, 3);
    await agreed(ask, 5);
    expect(await centreHolds()).toEqual({ acked_seq: 5, sales: 3, units: 9_994 });
    const status = await ask('sync.status', {});
    expect(Math.abs(status.clockSkewMs ?? Number.NaN)).toBeLessThan(5_000);
    const { rows } = await ask('sales.list', {});
    expect(rows.every((row) => row.isReported)).toBe(true);
  });

  test('a movement that changed at the centre is named by its event at the till, and repaired', async () => {
    const { ask } = await anEnrolledTill();
    await stockUp(ask);
    await sell(ask, 12);
    await agreed(ask, 14);
    const [{ slip = '' } = {}] = (await ask('sales.list', {})).rows.slice(-7);
    for (const sql of [
      `UPDATE movement SET units = units - 1 WHERE seq = 9 AND facility_id = $1`,
      `UPDATE facility_stock SET on_hand_units = on_hand_units - 1, sold_units = sold_units + 1
       WHERE facility_id = $1`,
    ]) {
      await centre.pool.query(sql, [facility.id]);
    }
    await ask('sync.now', {});
    expect(await ask('sync.agreement', {})).toMatchObject({
      state: 'different',
      differences: [{ drug: 'DEMO-1', tillUnits: 9_976, centreUnits: 9_975 }],
      first: { seq: 9, type: 'SaleCompleted.v1', slip },
    });
    // The centre looks through its own tables by itself, puts them right and says so.
    await vi.waitFor(
      async () => {
        const { rows } = await centre.pool.query(
          'SELECT asked_by FROM derived_repair WHERE facility_id = $1',
          [facility.id],
        );
        expect(rows).toEqual([{ asked_by: 'agreement' }]);
      },
      { timeout: 20_000, interval: 25 },
    );
    expect(await centreHolds()).toMatchObject({ units: 9_976 });
    await ask('sync.now', {});
    expect(await ask('sync.agreement', {})).toMatchObject({ state: 'agreed', first: null });
  });

  test('a drug published at the centre is sold a moment later', async () => {
    const { ask } = await anEnrolledTill();
    const news = aDrug({ code: `NEW-${facilityNumber}`, name: 'Thuốc vừa cấp phép' });
    await inTransaction(centre.pool, (transaction) =>
      publishDrugs(transaction, { drugs: [news] }, Date.now()),
    );
    await vi.waitFor(
      async () =>
        expect(await ask('drugs.get', { code: news.code })).toMatchObject({ name: news.name }),
      { timeout: 10_000, interval: 25 },
    );
    await inTransaction(centre.pool, (transaction) =>
      publishDrugs(transaction, { drugs: [], withdrawnCodes: [news.code] }, Date.now()),
    );
    await vi.waitFor(async () => expect(await ask('drugs.get', { code: news.code })).toBeNull(), {
      timeout: 10_000,
      interval: 25,
    });
  });

  test('a whole day at the counter is at the centre, and none of it waits in the clinic', async () => {
    const morphine = aDrug({ code: `MORPH-${facilityNumber}`, controlClass: 'narcotic' });
    await inTransaction(centre.pool, (transaction) =>
      publishDrugs(transaction, { drugs: [morphine] }, Date.now()),
    );
    const { ask } = await anEnrolledTill();
    await stockUp(ask);
    const command = () => ({ commandId: crypto.randomUUID() });
    const staff = { staffId: 'DS01', name: 'DS. Lan', role: 'pharmacist-in-charge' as const };
    const duty = { certificateNumber: '0001/CM-CCHND', isOnDuty: true, isEmployed: true };
    await ask('staff.change', { ...command(), ...staff, ...duty });
    await ask('shifts.open', { ...command(), openingCashVnd: 100_000 });
    const units = [{ name: 'cái', factor: 1 }];
    const mask = { name: 'Khẩu trang y tế', kind: 'device' as const, units };
    const { code } = await ask('products.define', { ...command(), ...mask });
    const stock = { lot: 'A1', expiresOn: '2099-06-30', units: 40 };
    const lines = [code, morphine.code].map((drug) => ({ drug, ...stock }));
    await ask('stock.declareOpening', { ...command(), lines });
    await ask('prices.set', { ...command(), drug: code, unit: 'cái', priceVnd: 500 });
    const { today } = await ask('status.get', {});
    const prescription = aPrescription({ issuedOn: today });
    await ask('sales.complete', {
      ...command(),
      lines: [
        { drug: 'DEMO-1', unit: 'viên', quantity: 12 },
        { drug: code, unit: 'cái', quantity: 3 },
      ],
      payment: { method: 'cash', tenderedVnd: 7_500 },
      shownTotalVnd: 7_500,
      prescription: { prescription, lines: [{ drug: 'DEMO-1', prescribedUnits: 20 }] },
    });
    await ask('stock.reportLoss', {
      ...command(),
      cause: 'broken',
      circumstances: 'Rơi vỡ ống',
      foundAt: moment('2026-01-02T08:00:00+07:00'),
      foundBy: 'DS. Lan',
      lines: [{ ...stock, drug: morphine.code, place: 'shelf', units: 5 }],
    });
    await ask('shifts.close', { ...command(), countedCashVnd: 107_500 });
    await agreed(ask, 11);
    expect(await centreHolds()).toMatchObject({ acked_seq: 11, units: 9_988 + 37 + 35 });
    // Sold without asking anybody: asked for by itself once the line is there.
    await vi.waitFor(async () => {
      const { rows } = await ask('prescriptions.list', {});
      expect(rows).toMatchObject([{ verification: 'verified' }]);
    });
    expect(await ask('prescriptions.lookUp', { prescription })).toEqual({
      state: 'known',
      lines: [],
    });
    const told = await queryRow(
      centre.pool,
      z.record(z.string(), z.unknown()),
      `SELECT (SELECT name FROM staff_change WHERE facility_id = $1) AS staff,
         (SELECT name FROM product_definition WHERE facility_id = $1) AS product,
         (SELECT sales_vnd FROM shift_closing WHERE facility_id = $1) AS sales,
         (SELECT dispensed_units FROM prescription_dispensing WHERE facility_id = $1) AS dispensed,
         (SELECT count(*) FROM parked_event WHERE facility_id = $1) AS parked,
         (SELECT string_agg(kind, ' ' ORDER BY kind) FROM alert WHERE facility_id = $1) AS alerts`,
      [facility.id],
    );
    expect(told).toEqual({
      staff: 'DS. Lan',
      product: 'Khẩu trang y tế',
      sales: 7_500,
      dispensed: 12,
      parked: 0,
      alerts: 'controlled-drug-lost',
    });
  });

  test('a lost answer is sent again and has one effect', async () => {
    const { ask } = await anEnrolledTill();
    line.batchAnswersToLose = 1;
    await stockUp(ask);
    await sell(ask, 2);
    await agreed(ask, 4);
    expect(await centreHolds()).toEqual({ acked_seq: 4, sales: 2, units: 9_996 });
  });

  test('with the cable out the shop sells on; back in, everything is there once', async () => {
    const { ask } = await anEnrolledTill();
    await stockUp(ask);
    await agreed(ask, 2);
    line.cut();
    await sell(ask, 10);
    await vi.waitFor(
      async () =>
        expect(await ask('sync.status', {})).toMatchObject({ state: 'offline', pendingSales: 10 }),
      { timeout: 10_000, interval: 25 },
    );
    line.isDown = false;
    await ask('sync.now', {});
    await agreed(ask, 12);
    expect(await centreHolds()).toEqual({ acked_seq: 12, sales: 10, units: 9_980 });
  });

  test('a centre that stops and starts again finds the till by itself', async () => {
    const { ask } = await anEnrolledTill();
    await stockUp(ask);
    await agreed(ask, 2);
    const { port } = centre;
    await centre.close();
    await sell(ask, 3);
    centre = await startTestCentre(port);
    await agreed(ask, 5);
    expect(await centreHolds()).toEqual({ acked_seq: 5, sales: 3, units: 9_994 });
  });

  test('600 sales drain in batches once the line is back', async () => {
    const { ask, till } = await anEnrolledTill();
    await stockUp(ask);
    await agreed(ask, 2);
    line.cut();
    await sell(ask, 600);
    line.isDown = false;
    await ask('sync.now', {});
    await agreed(ask, 602);
    expect(await centreHolds()).toEqual({ acked_seq: 602, sales: 600, units: 8_800 });
    await till.close();
    closers = [];
    withDatabase(dataDir, (db) => expect(lastReceipt(db)?.ackedSeq).toBe(602));
  });

  test('a used, unknown or foreign code is refused in words', async () => {
    const code = await aCode();
    const first = openTill();
    await first.ask('setup.enrol', { centreUrl: line.url, code });
    await first.till.close();
    rmSync(dataDir, { recursive: true });
    const second = openTill();
    const enrol = (typed: string) =>
      second.till.invoke('setup.enrol', { centreUrl: line.url, code: typed });
    expect(await enrol(code)).toEqual({
      ok: false,
      error: { type: 'EnrolmentRefused', reason: 'used-code' },
    });
    expect(await enrol('ABCD-ABCD-ABCD')).toEqual({
      ok: false,
      error: { type: 'EnrolmentRefused', reason: 'unknown-code' },
    });
  });
});

describe('a till that is killed', () => {
  test('between the commit at the centre and its own acknowledgement loses and doubles nothing', async () => {
    let till = await startTillProgram();
    const enrolled = await till.call('setup.enrol', { centreUrl: line.url, code: await aCode() });
    expect(enrolled.ok).toBe(true);
    await till.call('sync.now', {});
    const ask: Ask = async (name, input) => {
      const reply = await till.call(name, input);
      if (!reply.ok) throw new Error(JSON.stringify(reply));
      // Safe: the dispatcher's handlers are typed by the contract.
      return reply.value as TillAnswer<typeof name>;
    };
    await stockUp(ask);
    await agreed(ask, 2);
    const killed = new Promise<void>((resolve) => {
      line.onBatchAnswered = () => {
        line.onBatchAnswered = undefined;
        line.batchAnswersToLose = 1;
        void till.kill().then(resolve);
      };
    });
    // The answer to the sale itself may not come: the program dies while it is being reported.
    await sell(ask, 1).catch(() => undefined);
    await killed;
    expect(await centreHolds()).toMatchObject({ acked_seq: 3, sales: 1 });
    till = await startTillProgram();
    await sell(ask, 1);
    await agreed(ask, 4);
    expect(await centreHolds()).toEqual({ acked_seq: 4, sales: 2, units: 9_996 });
  });
});

type TillProgram = {
  readonly call: (
    name: string,
    input: unknown,
  ) => Promise<{ readonly ok: boolean; readonly value?: unknown }>;
  readonly kill: () => Promise<void>;
};

async function startTillProgram(): Promise<TillProgram> {
  const main = path.resolve(import.meta.dirname, '../../../desktop/main/counter-host-main.ts');
  const child = spawn(process.execPath, [main], {
    env: { ...process.env, TILL_PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const kill = () => ended(child);
  closers.push(kill);
  const url = await urlOf(child);
  return {
    call: async (name, input) => {
      const response = await fetch(`${url}rpc/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      return z.object({ ok: z.boolean(), value: z.unknown() }).parse(await response.json());
    },
    kill,
  };
}

function urlOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.once('exit', () => reject(new Error('The till ended before it was ready')));
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const url = /Till: (http:\S+)/.exec(output)?.[1];
      if (url !== undefined) resolve(url);
    });
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}
