import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { prepareRestore } from '../../../desktop/main/backup/restore.ts';
import { chainHead } from '../../../desktop/main/db/event-log.ts';
import { announceRestore, finishingSteps } from '../../../desktop/main/db/finish-restore.ts';
import { getSetting, setSetting } from '../../../desktop/main/db/sync-state.ts';
import type { TillDb } from '../../../desktop/main/db/till-db.ts';
import { fileKeyStore, productionDeps } from '../../../desktop/main/production-deps.ts';
import { createTill, type Till } from '../../../desktop/main/till.ts';
import { issueRecoveryCode } from '../../../server/facilities/admission.ts';
import { rebuild } from '../../../server/ingest/rebuild.ts';
import type { TillAnswer, TillCallName, TillRequest } from '../../../shared/contract/till-api.ts';
import type { Facility } from '../../../shared/model/facility.ts';
import { aPrescription } from '../../support/builders.ts';
import { tamperWithJournal } from '../../support/raw-sqlite.ts';
import { cuttable } from '../../support/real-till.ts';
import {
  issueTestCode,
  registerTestFacility,
  startTestCentre,
  type TestCentre,
} from '../../support/test-centre.ts';
import { openedAt, withDatabase } from '../../support/till-parts.ts';

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

/** A machine with a disk of its own, and a cable that can be out. */
function aMachine(name: string, line = { isDown: false }) {
  const host = 'counter-host';
  const dataDir = path.join(root, name);
  const deps = productionDeps({ dataDir, programVersion: '0.0.0', host, log: silent });
  const till = createTill({ ...deps, centreWire: cuttable(deps.centreWire, line) });
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
  return { till, dataDir, line, ask, refusal, enrol, sell };
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

  test('knows the staff, the own products and what is left of a prescription', async () => {
    const old = await anOldMachine();
    const command = () => ({ commandId: crypto.randomUUID() });
    const staff = { staffId: 'DS01', name: 'DS. Lan', role: 'pharmacist-in-charge' as const };
    const duty = { certificateNumber: '1', isOnDuty: true, isEmployed: true };
    await old.ask('staff.change', { ...command(), ...staff, ...duty });
    const units = [{ name: 'cái', factor: 1 }];
    const mask = { name: 'Khẩu trang y tế', kind: 'device' as const, units };
    const { code } = await old.ask('products.define', { ...command(), ...mask });
    const stock = { drug: code, lot: 'M1', expiresOn: '2099-06-30', units: 40 };
    await old.ask('stock.declareOpening', { ...command(), lines: [stock] });
    await old.ask('prices.set', { ...command(), drug: code, unit: 'cái', priceVnd: 500 });
    const { today, till } = await old.ask('status.get', {});
    const prescription = aPrescription({ issuedOn: today });
    const prescribed = (drug: string, quantity: number) => ({
      ...command(),
      lines: [{ drug, unit: drug === code ? 'cái' : 'viên', quantity }],
      payment: { method: 'cash' as const, tenderedVnd: 500 * quantity },
      shownTotalVnd: 500 * quantity,
      prescription: { prescription, lines: [{ drug, prescribedUnits: 20 }] },
    });
    await old.ask('sales.complete', prescribed('DEMO-1', 12));
    await old.ask('sync.now', {});
    const machine = aMachine('new');
    await machine.enrol(await aRecoveryCode(till));
    expect((await machine.ask('staff.list', {})).rows).toMatchObject([{ ...staff, hasPin: false }]);
    expect(await machine.ask('drugs.search', { text: 'khau trang' })).toMatchObject([
      { code, sellableUnits: 40, pricesVnd: { cái: 500 } },
    ]);
    expect(await machine.refusal('sales.complete', prescribed('DEMO-1', 9))).toMatchObject({
      type: 'PrescriptionExceeded',
      remainingUnits: 8,
    });
    await machine.ask('sales.complete', prescribed('DEMO-1', 8));
    expect(await machine.ask('journal.rebuild', {})).toMatchObject({ hadDifferences: false });
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

  test('tells of a shift that was left open, and what its drawer must hold', async () => {
    const old = await anOldMachine();
    const opening = { commandId: crypto.randomUUID(), openingCashVnd: 200_000, note: '' };
    await old.ask('shifts.open', opening);
    await old.sell(3);
    await old.ask('sync.now', {});
    const { till } = await old.ask('status.get', {});
    await old.till.close();
    const heir = aMachine('new');
    await heir.enrol(await aRecoveryCode(till));
    expect((await heir.ask('status.get', {})).recovered).toMatchObject({
      wasForked: false,
      openShift: { number: 1, saleCount: 3, cashExpectedVnd: 203_000 },
    });
    // The drawer is counted into a shift of the new machine.
    const counted = { commandId: crypto.randomUUID(), openingCashVnd: 203_000, note: '' };
    expect(await heir.ask('shifts.open', counted)).toMatchObject({ number: 1 });
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

test('an older copy of a disk catches up where it is only older, and is named a fork where it sold meanwhile', async () => {
  const old = await anOldMachine();
  await old.till.close();
  const books = path.join(old.dataDir, 'till.db');
  const copy = path.join(root, 'copy.db');
  copyFileSync(books, copy);
  const live = aMachine('old');
  await live.sell(3);
  await live.ask('sync.now', {});
  await live.till.close();

  copyFileSync(copy, books);
  const older = aMachine('old');
  await older.ask('sync.now', {});
  expect(await older.ask('sync.status', {})).toMatchObject({ state: 'agreed', lastSeq: 12 });
  expect((await older.ask('status.get', {})).restored).toMatchObject({
    ...{ file: null, events: 9, gainedEvents: 3, lastSlip: 'A1-10' },
  });
  expect(await older.sell(1)).toEqual(['A1-11']);
  await older.ask('sync.now', {});
  expect(await older.ask('journal.rebuild', {})).toMatchObject({ hadDifferences: false });
  expect(await forksKnown()).toEqual([]);
  await older.till.close();

  copyFileSync(copy, books);
  const second = aMachine('old', { isDown: true });
  await second.sell(5);
  second.line.isDown = false;
  await second.ask('sync.now', {});
  expect((await second.ask('sync.status', {})).problem).toEqual({
    ...{ type: 'fork', detail: 'the centre has another event 10 of this till' },
  });
  expect(await forksKnown()).toEqual([10]);
  // It goes on selling for its customers; the centre keeps what it was shown.
  expect(await second.sell(1)).toEqual(['A1-13']);
});

/** Where the centre says that two pasts of the facility's till part. */
async function forksKnown(): Promise<readonly number[]> {
  const { rows } = await running.centre.pool.query(
    'SELECT seq FROM alert WHERE facility_id = $1 AND kind = $2 ORDER BY seq',
    [facility.id, 'fork'],
  );
  return rows.map((row) => z.object({ seq: z.number() }).parse(row).seq);
}

/** Ten sales reported, two more in the backup alone; the disk with the books is gone. */
async function aLostDisk() {
  const old = await anOldMachine();
  const first = await old.ask('backup.run', {});
  await old.sell(3);
  await old.ask('sync.now', {});
  old.line.isDown = true;
  const unreported = await old.sell(2);
  const { till } = await old.ask('status.get', {});
  await old.till.close();
  const folder = path.join(old.dataDir, 'backups');
  return { ...old, id: till, unreported, backup: path.join(folder, first.file ?? '') };
}

/** A bad disk changes one digit of a sale while the program runs. */
const damageLine = "UPDATE event SET line = replace(line, '1000', '1001') WHERE seq = 5";

function removeBooks(dataDir: string): void {
  for (const name of readdirSync(dataDir).filter((entry) => entry.startsWith('till.'))) {
    rmSync(path.join(dataDir, name));
  }
}

describe('a till put back from its own backup', () => {
  test('records nothing before it knows what the centre has, and then goes on from there', async () => {
    const lost = await aLostDisk();
    removeBooks(lost.dataDir);
    const again = aMachine('old', { isDown: true });
    const { backups } = await again.ask('backups.find', {});
    expect(backups.map(({ file, shortCode }) => ({ file, shortCode }))).toEqual([
      { file: lost.backup, shortCode: 'A1' },
    ]);
    expect(await again.ask('backups.restore', { file: lost.backup })).toMatchObject({
      ...{ events: 9, caughtUpAt: null, lastSlip: 'A1-7' },
    });
    const sale = { drug: 'DEMO-1', unit: 'viên', priceVnd: 500 };
    const command = { commandId: crypto.randomUUID(), ...sale };
    expect(await again.refusal('prices.set', command)).toEqual({ type: 'NotCaughtUp' });
    expect(await again.refusal('carry.export', {})).toEqual({ type: 'NotCaughtUp' });
    expect((await again.ask('sales.list', {})).rows).toHaveLength(7);
    await again.ask('sync.now', {});
    expect(await again.refusal('prices.set', command)).toEqual({ type: 'NotCaughtUp' });

    // It was made before it could be written down in itself, and it was opened just now.
    expect(await again.ask('backup.status', {})).toMatchObject({
      ...{ file: path.basename(lost.backup), events: 9, lastVerifiedAt: expect.any(String) },
    });

    again.line.isDown = false;
    await again.ask('sync.now', {});
    expect((await again.ask('status.get', {})).restored).toMatchObject({
      ...{ events: 9, gainedEvents: 3, lastSlip: 'A1-10', caughtUpAt: expect.any(String) },
    });
    expect(await again.sell(1)).toEqual(['A1-11']);
    await again.ask('sync.now', {});
    expect(await again.ask('sync.status', {})).toMatchObject({ state: 'agreed', lastSeq: 13 });
    expect(await again.ask('journal.rebuild', {})).toMatchObject({ hadDifferences: false });
    expect(await facilityUnits()).toBe(1_200 - 22);
    expect(await again.refusal('backups.restore', { file: lost.backup })).toMatchObject({
      ...{ type: 'BackupRefused', reason: 'not-empty' },
    });
  });

  test('is not needed on a computer that lost its books but not its key: a code is enough', async () => {
    const lost = await aLostDisk();
    removeBooks(lost.dataDir);
    const again = aMachine('old');
    await again.enrol(await aRecoveryCode(lost.id));
    expect(await again.sell(1)).toEqual(['A2-1']);
    await again.ask('sync.now', {});
    expect(await again.ask('sync.status', {})).toMatchObject({ state: 'agreed' });
    expect(await again.refusal('backups.restore', { file: lost.backup })).toMatchObject({
      ...{ type: 'BackupRefused', reason: 'not-empty' },
    });
    expect(await again.ask('oldBooks.read', { file: lost.backup })).toMatchObject({
      ...{ shortCode: 'A1', salesCount: 0 },
    });
  });

  test('takes the place of damaged books, which are kept beside it', async () => {
    const lost = await aLostDisk();
    writeFileSync(path.join(lost.dataDir, 'till.db'), 'no database at all'.repeat(100));
    const again = aMachine('old');
    expect(await again.ask('status.get', {})).toMatchObject({ fault: 'database-damaged' });
    await again.ask('backups.restore', { file: lost.backup });
    await again.ask('sync.now', {});
    expect(await again.ask('status.get', {})).toMatchObject({
      ...{ fault: null, restored: { gainedEvents: 3 } },
    });
    const kept = readdirSync(lost.dataDir).filter((name) => name.startsWith('till.db.before-'));
    expect(kept).toHaveLength(1);
  });

  test('takes the place of books that were found damaged while they were in use', async () => {
    const old = await anOldMachine();
    const { file } = await old.ask('backup.run', {});
    await old.sell(2);
    await old.ask('sync.now', {});
    // The proof of the start is over: the next one reads everything again.
    await old.ask('journal.rebuild', {});
    tamperWithJournal(old.dataDir, damageLine);
    expect(await old.refusal('journal.rebuild', {})).toMatchObject({ type: 'Fault' });
    expect((await old.ask('status.get', {})).fault).toBe('journal-damaged');
    expect(await old.ask('sync.status', {})).toMatchObject({
      ...{ state: 'problem', problem: { type: 'database-damaged' } },
    });
    const price = { drug: 'DEMO-1', unit: 'viên', priceVnd: 600 };
    const command = { commandId: crypto.randomUUID(), ...price };
    expect(await old.refusal('prices.set', command)).toMatchObject({ type: 'Fault' });
    // What can be seen of the books is still seen, and the same program puts the backup in their place.
    expect((await old.ask('sales.list', {})).rows).toHaveLength(9);
    const { backups } = await old.ask('backups.find', {});
    await old.ask('backups.restore', { file: backups[0]?.file ?? file ?? '' });
    await old.ask('sync.now', {});
    expect(await old.ask('status.get', {})).toMatchObject({
      ...{ fault: null, restored: { events: 9, gainedEvents: 2, lastSlip: 'A1-9' } },
    });
    expect(await old.sell(1)).toEqual(['A1-10']);
    expect(await old.ask('sync.status', {})).toMatchObject({ problem: null });
  });

  test('is whole or has never happened, wherever the power goes', async () => {
    const lost = await aLostDisk();
    const at = openedAt;
    const deps = { keyStore: fileKeyStore(lost.dataDir), nowMs: () => Date.parse(at) };
    const announced = { aside: 'till.db.before-20261122T143205' };
    const heads: unknown[] = [];
    const steps = finishingSteps(lost.dataDir, announced).length;
    for (let done = -2; done <= steps; done += 1) {
      const dataDir = path.join(root, `cut-${done}`);
      // Books that were killed, with their log: the log must never meet the restored ones.
      layOutKilled(lost.dataDir, dataDir);
      const prepared = await prepareRestore(lost.backup, { ...deps, dataDir });
      expect(prepared).toMatchObject({ ok: true });
      if (done > -2) announceRestore(dataDir, announced);
      for (const step of finishingSteps(dataDir, announced).slice(0, Math.max(0, done))) step();
      heads.push(withDatabase(dataDir, headAndMark));
      expect(readdirSync(dataDir).filter((name) => /restore/.test(name))).toEqual([]);
      heads.push(withDatabase(dataDir, headAndMark));
    }
    const untouched = { seq: 14, isMarked: false };
    const restored = { seq: 9, isMarked: true };
    expect(steps).toBeGreaterThanOrEqual(8);
    const announcedHeads = Array.from({ length: 2 * (steps + 2) }, () => restored);
    expect(heads).toEqual([untouched, untouched, ...announcedHeads]);
  });

  test('that goes on differently from what the centre knows is a fork, and both sides say so', async () => {
    const lost = await aLostDisk();
    // The last state of the old disk, with two sales that nobody else knows, and one that went on.
    const olderBooks = path.join(root, 'older.db');
    copyFileSync(path.join(lost.dataDir, 'till.db'), olderBooks);
    removeBooks(lost.dataDir);
    const first = aMachine('old');
    await first.ask('backups.restore', { file: lost.backup });
    await first.ask('sync.now', {});
    await first.sell(3);
    await first.ask('sync.now', {});
    await first.till.close();
    removeBooks(lost.dataDir);
    const second = aMachine('old');
    await second.ask('backups.restore', { file: olderBooks });
    await second.ask('sync.now', {});
    expect(await second.ask('sync.status', {})).toMatchObject({
      ...{ state: 'problem', problem: { type: 'fork' } },
    });
    const price = { drug: 'DEMO-1', unit: 'viên', priceVnd: 600 };
    const command = { commandId: crypto.randomUUID(), ...price };
    expect(await second.refusal('prices.set', command)).toEqual({ type: 'NotCaughtUp' });
    const { rows } = await running.centre.pool.query(
      'SELECT kind FROM alert WHERE facility_id = $1 AND kind = $2',
      [facility.id, 'fork'],
    );
    expect(rows).toHaveLength(1);

    // The way out: these books are kept aside, and the computer begins anew with a recovery code.
    const { till } = await second.ask('status.get', {});
    const { aside } = await second.ask('backups.putAside', {});
    expect(await second.ask('status.get', {})).toMatchObject({ till: null, facility: null });
    // The enrolment that follows begins with the address that was known.
    expect((await second.ask('sync.status', {})).centreUrl).toBe(running.centre.url);
    await second.enrol(await aRecoveryCode(till));
    expect((await second.ask('status.get', {})).recovered).toMatchObject({ wasForked: true });
    expect(await second.sell(1)).toEqual(['A2-1']);
    expect((await second.ask('backups.find', {})).backups).toMatchObject([
      ...[{ shortCode: 'A1' }, { shortCode: null, file: aside }],
    ]);
    const tail = await second.ask('oldBooks.read', { file: aside });
    expect(tail.sales.map(({ slip }) => slip)).toEqual(lost.unreported);
    await second.ask('sync.now', {});
    expect(await second.ask('sync.status', {})).toMatchObject({ state: 'agreed' });
    expect(await second.refusal('backups.putAside', {})).toMatchObject({ reason: 'in-use' });
  });

  test('whose place another machine has taken stays closed, says so, and may begin anew', async () => {
    const lost = await aLostDisk();
    const heir = aMachine('heir');
    await heir.enrol(await aRecoveryCode(lost.id));
    await heir.till.close();
    removeBooks(lost.dataDir);
    const again = aMachine('old');
    await again.ask('backups.restore', { file: lost.backup });
    await again.ask('sync.now', {});
    expect(await again.ask('sync.status', {})).toMatchObject({ problem: { type: 'revoked' } });
    expect((await again.ask('status.get', {})).restored).toMatchObject({ caughtUpAt: null });
    const price = { drug: 'DEMO-1', unit: 'viên', priceVnd: 600 };
    const command = { commandId: crypto.randomUUID(), ...price };
    expect(await again.refusal('prices.set', command)).toEqual({ type: 'NotCaughtUp' });
    expect(await again.ask('backups.putAside', {})).toMatchObject({ aside: expect.any(String) });
    expect(await again.ask('status.get', {})).toMatchObject({ till: null });
  });

  test('opens on no other computer: there a recovery code helps, and the old books are read', async () => {
    const lost = await aLostDisk();
    const other = aMachine('other');
    expect(await other.refusal('backups.restore', { file: lost.backup })).toMatchObject({
      ...{ type: 'BackupRefused', reason: 'other-machine' },
    });
    await other.enrol(await aRecoveryCode(lost.id));
    expect(await other.ask('oldBooks.read', { file: lost.backup })).toMatchObject({
      ...{ shortCode: 'A1', sales: [], others: [], salesCount: 0, nextAfterSeq: null },
    });
    const before = readdirSync(lost.dataDir).length;
    const tail = await other.ask('oldBooks.read', { file: lost.dataDir });
    expect(tail).toMatchObject({ knownSeq: 12, lastSeq: 14, salesCount: 2, salesVnd: 2_000 });
    const line = { name: expect.any(String), quantity: 2, unit: 'viên', amountVnd: 1_000 };
    const lots = [{ lot: 'A1', expiresOn: '2099-06-30', units: 2 }];
    expect(tail.sales).toMatchObject(
      lost.unreported.map((slip) => ({ slip, totalVnd: 1_000, lines: [{ ...line, lots }] })),
    );
    expect(readdirSync(lost.dataDir)).toHaveLength(before);
    expect(await other.refusal('oldBooks.read', { file: other.dataDir })).toBeUndefined();
  });
});

/** The books of a program that was killed: what it wrote last stands in the log beside them. */
function layOutKilled(books: string, dataDir: string): void {
  mkdirSync(dataDir);
  withDatabase(books, (db) => {
    setSetting(db, 'lastFailure', 'killed');
    for (const name of ['till.db', 'till.db-wal']) {
      copyFileSync(path.join(books, name), path.join(dataDir, name));
    }
  });
}

const headAndMark = (db: TillDb) => ({
  seq: chainHead(db).seq,
  isMarked: getSetting(db, 'restored') !== null,
});
