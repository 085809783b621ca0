import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import { z } from 'zod';
import { applyChanges, forgetCatalogue } from '../../../desktop/main/db/catalogue.ts';
import { indexLocalProducts } from '../../../desktop/main/db/local-products.ts';
import { openDatabase } from '../../../desktop/main/db/open-database.ts';
import { rebuild } from '../../../desktop/main/db/rebuild.ts';
import type { TillDb } from '../../../desktop/main/db/till-db.ts';
import { openTill } from '../../../desktop/main/till.ts';
import type { TillRequest } from '../../../shared/contract/till-api.ts';
import { aDrug, aPrescription, day, moment } from '../../support/builders.ts';
import { ManualTime } from '../../support/manual-time.ts';
import { aTemporaryFolder, aTestTillOver, type TestTill } from '../../support/test-till.ts';
import { newTestId, openedAt, prepareDatabase, testDeps } from '../../support/till-parts.ts';

const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2027-06-30' };
const morphine = aDrug({ code: 'DEMO-2', name: 'Morphin 10 mg', controlClass: 'narcotic' });
const amoxicillin = aDrug({ prescriptionClass: 'prescription' });

type Shop = TestTill & { readonly db: TillDb };

/** 100 units each of a prescription drug and a narcotic, at 500 đồng. */
async function aShop(): Promise<Shop> {
  const dataDir = aTemporaryFolder();
  prepareDatabase(dataDir, { drugs: [amoxicillin, morphine, aDrug({ code: 'DEMO-3' })] });
  const opened = openDatabase({ dataDir, openedAt });
  if (!opened.ok) throw new Error(opened.error.detail);
  const shop = { ...aTestTillOver(opened.value, dataDir), db: opened.value };
  await stockUp(shop);
  return shop;
}

async function stockUp({ ask }: Pick<TestTill, 'ask'>, drugs = ['DEMO-1', 'DEMO-2', 'DEMO-3']) {
  const lines = drugs.map((drug) => ({ ...lot, drug, units: 100 }));
  await ask('stock.declareOpening', { commandId: newTestId(), lines });
  for (const drug of drugs) {
    await ask('prices.set', { commandId: newTestId(), drug, unit: 'viên', priceVnd: 500 });
  }
}

function aSaleOf(
  quantity: number,
  parts: Partial<TillRequest<'sales.complete'>> & { drug?: string; method?: 'vietqr' } = {},
): TillRequest<'sales.complete'> {
  const { drug = 'DEMO-1', method = 'cash', ...rest } = parts;
  return {
    commandId: newTestId(),
    lines: [{ drug, unit: 'viên', quantity }],
    payment: { method, tenderedVnd: 500 * quantity },
    shownTotalVnd: 500 * quantity,
    ...rest,
  };
}

function prescribed(units: number, parts: Parameters<typeof aPrescription>[0] = {}) {
  const prescription = aPrescription(parts);
  return { prescription, lines: [{ drug: 'DEMO-1', prescribedUnits: units, instructions: '' }] };
}

function eventsOf({ db }: Shop) {
  return db.all(z.object({ type: z.string() }), 'SELECT type FROM event ORDER BY seq');
}

test('a prescription is sold in parts, no more than was prescribed, and an undone sale gives back', async () => {
  const shop = await aShop();
  const first = await shop.ask('sales.complete', aSaleOf(12, { prescription: prescribed(20) }));
  expect(eventsOf(shop).slice(-2)).toEqual([
    { type: 'SaleCompleted.v1' },
    { type: 'PrescriptionDispensed.v1' },
  ]);
  const before = eventsOf(shop).length;
  const tooMuch = aSaleOf(9, { prescription: prescribed(20) });
  expect(await shop.refusal('sales.complete', tooMuch)).toMatchObject({
    type: 'PrescriptionExceeded',
    remainingUnits: 8,
  });
  // Neither half of what was refused is recorded.
  expect(eventsOf(shop)).toHaveLength(before);
  const rows = async (isOpen: boolean) => (await shop.ask('prescriptions.list', { isOpen })).rows;
  expect(await rows(true)).toMatchObject([
    { code: '96001k3p9x7z-c', lines: [{ dispensedUnits: 12, remainingUnits: 8 }] },
  ]);
  await shop.ask('sales.complete', aSaleOf(8, { prescription: prescribed(20) }));
  expect(await rows(true)).toEqual([]);
  expect(await rows(false)).toMatchObject([{ lines: [{ remainingUnits: 0 }] }]);
  await shop.ask('sales.void', { commandId: newTestId(), saleId: first.id, reason: 'nhầm' });
  expect(await rows(true)).toMatchObject([{ lines: [{ remainingUnits: 12 }] }]);
  const sale = await shop.ask('sales.get', { id: first.id });
  expect(sale?.sale.prescriptionCode).toBe('96001k3p9x7z-c');
  expect(rebuild(shop.db)).toMatchObject({ value: { differingTables: [] } });
});

test('a prescription of last week is refused at the counter', async () => {
  const shop = await aShop();
  const old = prescribed(20, { issuedOn: day('2026-11-16') });
  expect(await shop.refusal('sales.complete', aSaleOf(1, { prescription: old }))).toEqual({
    type: 'PrescriptionExpired',
    code: '96001k3p9x7z-c',
    validUntil: '2026-11-21',
  });
});

test('controlled drugs that are gone leave the stock, and the report is due in 48 hours', async () => {
  const shop = await aShop();
  const loss = (drug: string): TillRequest<'stock.reportLoss'> => ({
    commandId: newTestId(),
    cause: 'stolen',
    circumstances: 'Khóa tủ bị phá',
    foundAt: moment('2026-11-22T06:10:00+07:00'),
    foundBy: 'DS. Lan',
    lines: [{ ...lot, drug, place: 'shelf', units: 12 }],
  });
  expect(await shop.refusal('stock.reportLoss', loss('DEMO-1'))).toMatchObject({
    type: 'NotControlled',
  });
  expect(await shop.ask('stock.reportLoss', loss('DEMO-2'))).toMatchObject({
    dueAt: '2026-11-24T06:10:00+07:00',
  });
  expect(await shop.ask('stock.lots', { drug: 'DEMO-2' })).toMatchObject([{ onHandUnits: 88 }]);
  const card = await shop.ask('stock.lotCard', { drug: 'DEMO-2' });
  expect(card.rows[0]).toMatchObject({ kind: 'loss', outUnits: 12, balanceUnits: 88 });
});

test('the Z report is what the journal says of the shift, and stays so', async () => {
  const shop = await aShop();
  const close = (countedCashVnd: number) => ({ commandId: newTestId(), countedCashVnd });
  await shop.ask('sales.complete', aSaleOf(50, { drug: 'DEMO-3' }));
  expect(await shop.refusal('shifts.close', close(0))).toEqual({ type: 'NoShiftOpen' });
  const openedShift = await shop.ask('shifts.open', {
    commandId: newTestId(),
    openingCashVnd: 100_000,
  });
  expect(openedShift.number).toBe(1);
  const again = { commandId: newTestId(), openingCashVnd: 0 };
  expect(await shop.refusal('shifts.open', again)).toMatchObject({ type: 'ShiftAlreadyOpen' });
  const cash = await shop.ask('sales.complete', aSaleOf(10, { drug: 'DEMO-3' }));
  await shop.ask('sales.complete', aSaleOf(4, { drug: 'DEMO-3', method: 'vietqr' }));
  const undone = await shop.ask('sales.complete', aSaleOf(2, { drug: 'DEMO-3', method: 'vietqr' }));
  await shop.ask('sales.void', { commandId: newTestId(), saleId: undone.id, reason: 'nhầm' });
  await shop.ask('sales.return', {
    commandId: newTestId(),
    saleId: cash.id,
    reason: 'dị ứng',
    lines: [{ ...lot, drug: 'DEMO-3', saleLine: 0, units: 3 }],
  });
  const figures = {
    sales: { count: 3, totalVnd: 8_000 },
    voids: { count: 1, totalVnd: 1_000 },
    returns: { count: 1, totalVnd: 1_500 },
  };
  expect(await shop.ask('shifts.current', {})).toMatchObject({
    sales: { count: 3, totalVnd: null },
    voids: { count: 1, totalVnd: null },
    returns: { count: 1, totalVnd: null },
    payments: null,
  });
  const seen = await shop.ask('shifts.current', { isBlind: false });
  expect(seen).toMatchObject(figures);
  expect(seen?.payments?.map(({ expectedVnd }) => expectedVnd)).toEqual([103_500, 2_000]);
  const closed = await shop.ask('shifts.close', close(103_000));
  expect(closed.figures?.payments).toMatchObject([
    { method: 'cash', takenVnd: 5_000, paidBackVnd: 1_500, differenceVnd: -500 },
    { method: 'vietqr', takenVnd: 3_000, paidBackVnd: 1_000, differenceVnd: null },
  ]);
  await shop.ask('sales.complete', aSaleOf(1, { drug: 'DEMO-3' }));
  expect(await shop.ask('shifts.current', {})).toBeNull();
  expect(await shop.ask('shifts.get', { shiftId: openedShift.id })).toMatchObject({
    seq: closed.seq,
    figures: closed.figures,
  });
  expect((await shop.ask('shifts.list', {})).rows).toMatchObject([
    { number: 1, saleCount: 3, salesVnd: 8_000, cashDifferenceVnd: -500 },
  ]);
  expect(rebuild(shop.db)).toMatchObject({ value: { differingTables: [] } });
});

test('the end of a shift is backed up by itself', async () => {
  const dataDir = aTemporaryFolder();
  const backupDir = path.join(aTemporaryFolder(), 'backups');
  prepareDatabase(dataDir);
  const opened = openDatabase({ dataDir, openedAt });
  if (!opened.ok) throw new Error(opened.error.detail);
  const till = openTill(opened.value, { ...testDeps(dataDir, new ManualTime()), backupDir });
  await till.invoke('shifts.open', { commandId: newTestId(), openingCashVnd: 0 });
  expect(existsSync(backupDir)).toBe(false);
  await till.invoke('shifts.close', { commandId: newTestId(), countedCashVnd: 0 });
  await vi.waitFor(async () => {
    const status = await till.invoke('backup.status', {});
    expect(status).toMatchObject({ value: { events: 2, isRunning: false, failure: null } });
  });
  expect(readdirSync(backupDir)).toHaveLength(1);
  await till.close();
});

const mask: Omit<TillRequest<'products.define'>, 'commandId'> = {
  name: 'Khẩu trang y tế',
  kind: 'device',
  units: [
    { name: 'cái', factor: 1 },
    { name: 'hộp', factor: 50 },
  ],
  barcode: '8938501234567',
};

test('a product of the shop is found, received, counted and sold like any other', async () => {
  const shop = await aShop();
  const { code } = await shop.ask('products.define', { commandId: newTestId(), ...mask });
  expect(code).toMatch(/^LOCAL-/);
  expect(await shop.ask('drugs.search', { text: 'khau trang' })).toMatchObject([{ code }]);
  expect(await shop.ask('drugs.byBarcode', { barcode: '8938501234567' })).toMatchObject({ code });
  const twice = { commandId: newTestId(), ...mask };
  expect(await shop.refusal('products.define', twice)).toEqual({
    type: 'ProductKnownAlready',
    drug: code,
    number: '8938501234567',
  });
  const arrived = { drug: code, lot: 'M1', expiresOn: '2028-12-31' };
  await shop.ask('stock.receive', {
    commandId: newTestId(),
    supplierName: 'Công ty Thiết bị',
    invoiceNumber: '1',
    lines: [{ ...arrived, unit: 'hộp', quantity: 2, unitCostVnd: 30_000 }],
  });
  const price = { drug: code, unit: 'cái', priceVnd: 500 };
  await shop.ask('prices.set', { commandId: newTestId(), ...price });
  const sold = { drug: code, unit: 'cái', quantity: 10 };
  await shop.ask('sales.complete', { ...aSaleOf(10), lines: [sold] });
  const { seq } = await shop.ask('stock.countSheet', {});
  await shop.ask('stock.count', {
    commandId: newTestId(),
    countId: newTestId(),
    scope: 'partial',
    isBlind: true,
    lines: [{ ...arrived, countedUnits: 89, bookSeq: seq }],
  });
  const changed = { commandId: newTestId(), ...mask, code, name: 'Khẩu trang 4 lớp' };
  const otherUnit = { ...changed, units: [{ name: 'gói', factor: 1 }] };
  expect(await shop.refusal('products.define', otherUnit)).toMatchObject({
    type: 'SmallestUnitFixed',
  });
  await shop.ask('products.define', changed);
  const listed = async () => (await shop.ask('products.listLocal', { isUnmapped: true })).rows;
  expect(await listed()).toMatchObject([
    { code, revision: 2, name: 'Khẩu trang 4 lớp', onHandUnits: 89, mappedTo: null },
  ]);
  expect(rebuild(shop.db)).toMatchObject({ value: { differingTables: [] } });
  // A snapshot throws the catalogue away, but not what the journal says.
  shop.db.immediately(() => {
    forgetCatalogue(shop.db);
    indexLocalProducts(shop.db);
  });
  expect(await shop.ask('drugs.search', { text: 'khau trang' })).toMatchObject([
    { code, name: 'Khẩu trang 4 lớp', sellableUnits: 89, pricesVnd: { cái: 500 } },
  ]);
  const aliases = [{ kind: 'own' as const, value: code }];
  const national = aDrug({ code: 'DEMO-9', name: 'Khẩu trang', aliases });
  shop.db.immediately(() =>
    applyChanges(shop.db, [{ position: 9, kind: 'drug', key: 'DEMO-9', value: national }]),
  );
  expect(await listed()).toEqual([]);
});

test('the centre cannot redefine what the shop itself has defined', async () => {
  const shop = await aShop();
  const { code } = await shop.ask('products.define', { commandId: newTestId(), ...mask });
  const change = { position: 9, kind: 'drug' as const, key: code, value: aDrug({ code }) };
  const applied = shop.db.immediately(() => applyChanges(shop.db, [change]));
  expect(applied.skipped).toMatchObject([{ key: code }]);
  expect(await shop.ask('drugs.get', { code })).toMatchObject({ name: 'Khẩu trang y tế' });
});

const lan = {
  staffId: 'DS01',
  name: 'DS. Lan',
  role: 'pharmacist-in-charge' as const,
  certificateNumber: '0001/CM-CCHND',
  isOnDuty: true,
  isEmployed: true,
};

test('the staff is what the journal says, and nobody finds a PIN in it', async () => {
  const shop = await aShop();
  const pin = '2580';
  const setPin = () => ({ commandId: newTestId(), staffId: 'DS01', pin });
  expect(await shop.refusal('staff.setPin', { ...setPin(), staffId: 'NV09' })).toMatchObject({
    type: 'UnknownStaff',
  });
  await shop.ask('staff.change', { commandId: newTestId(), ...lan });
  await shop.ask('staff.change', { commandId: newTestId(), ...lan, isOnDuty: false });
  await shop.ask('staff.setPin', setPin());
  expect((await shop.ask('staff.list', {})).rows).toMatchObject([
    { staffId: 'DS01', role: 'pharmacist-in-charge', isOnDuty: false, hasPin: true },
  ]);
  const Text = z.object({ text: z.string() });
  const remembered = shop.db.all(
    Text,
    `SELECT line AS text FROM event UNION ALL SELECT answer || input_hash FROM command_answer`,
  );
  const [stored] = shop.db.all(Text, 'SELECT hash AS text FROM staff_pin');
  const all = remembered.map(({ text }) => text).join('\n');
  expect(all).toContain('"isPinChanged":true');
  expect(all).not.toContain(stored?.text ?? '');
  expect(all).not.toContain(`"pin"`);
  expect(rebuild(shop.db)).toMatchObject({ value: { differingTables: [] } });
});
