import { expect, test } from 'vitest';
import { applyChanges, forgetCatalogue } from '../../../desktop/main/db/catalogue.ts';
import { openDatabase } from '../../../desktop/main/db/open-database.ts';
import type { TillDb } from '../../../desktop/main/db/till-db.ts';
import type { Recall } from '../../../shared/model/recall.ts';
import { aDrug, aPrescription, aRecall } from '../../support/builders.ts';
import { aTemporaryFolder, aTestTillOver, type TestTill } from '../../support/test-till.ts';
import { newTestId, openedAt, prepareDatabase } from '../../support/till-parts.ts';

const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2027-06-30' };
const morphine = aDrug({ code: 'DEMO-2', name: 'Morphin 10 mg', controlClass: 'narcotic' });

type Shop = TestTill & { readonly db: TillDb };

/** 100 units of lot A1 and 50 of B2, which expires later; the feed is in the test's hands. */
async function aShop(): Promise<Shop> {
  const dataDir = aTemporaryFolder();
  prepareDatabase(dataDir, { drugs: [aDrug(), morphine] });
  const opened = openDatabase({ dataDir, openedAt });
  if (!opened.ok) throw new Error(opened.error.detail);
  const shop = aTestTillOver(opened.value, dataDir);
  const other = { drug: 'DEMO-1', lot: 'B2', expiresOn: '2028-01-31' };
  const lines = [
    { ...lot, units: 100, unitCostVnd: 320 },
    { ...other, units: 50 },
    { ...lot, drug: 'DEMO-2', units: 10 },
  ];
  await shop.ask('stock.declareOpening', { commandId: newTestId(), lines });
  for (const drug of ['DEMO-1', 'DEMO-2']) {
    await shop.ask('prices.set', { commandId: newTestId(), drug, unit: 'viên', priceVnd: 500 });
  }
  return { ...shop, db: opened.value };
}

function arrive(shop: Shop, recall: Recall | null, number = recall?.number ?? '123/QĐ-QLD'): void {
  const change = { position: 10, kind: 'recall', key: number, value: recall };
  const applied = shop.db.immediately(() => applyChanges(shop.db, [change]));
  expect(applied).toMatchObject({ recalls: 1, skipped: [] });
}

function aSaleOf(quantity: number, parts: { lot?: string; drug?: string } = {}) {
  const chosenLot = parts.lot && { lot: parts.lot, expiresOn: '2027-06-30', reason: 'khách chọn' };
  return {
    commandId: newTestId(),
    lines: [
      { drug: parts.drug ?? 'DEMO-1', unit: 'viên', quantity, ...(chosenLot && { chosenLot }) },
    ],
    payment: { method: 'cash' as const, tenderedVnd: 500 * quantity },
    shownTotalVnd: 500 * quantity,
  };
}

async function heldOf({ ask }: Shop, drug = 'DEMO-1') {
  const rows = await ask('stock.lots', { drug });
  return rows.map((row) => [row.lot, row.onHandUnits, row.quarantinedUnits, row.recallNumber]);
}

test('a recall that arrives while a customer waits stops the lot, whatever day it names', async () => {
  const shop = await aShop();
  expect(await shop.ask('drugs.get', { code: 'DEMO-1' })).toMatchObject({ sellableUnits: 150 });
  arrive(shop, aRecall());
  expect(await shop.refusal('sales.complete', aSaleOf(60))).toMatchObject({
    type: 'InsufficientStock',
    sellableUnits: 50,
    blockedUnits: 100,
  });
  expect(await shop.refusal('sales.complete', aSaleOf(1, { lot: 'A1' }))).toMatchObject({
    type: 'LotRecalled',
    recallNumber: '123/QĐ-QLD',
  });
  expect(await shop.ask('drugs.get', { code: 'DEMO-1' })).toMatchObject({
    sellableUnits: 50,
    onHandUnits: 150,
    nextExpiresOn: '2028-01-31',
  });
  await shop.ask('sales.complete', aSaleOf(2));
  expect(await heldOf(shop)).toEqual([
    ['A1', 100, 0, '123/QĐ-QLD'],
    ['B2', 48, 0, null],
  ]);
});

test('an acknowledged recall takes the lots off the shelf, once', async () => {
  const shop = await aShop();
  const acknowledge = () => ({ commandId: newTestId(), recallNumber: '123/QĐ-QLD' });
  expect(await shop.refusal('recalls.acknowledge', acknowledge())).toMatchObject({
    type: 'UnknownRecall',
  });
  arrive(shop, aRecall());
  await shop.ask('stock.quarantine', {
    commandId: newTestId(),
    reason: 'recalled',
    lines: [{ ...lot, units: 30 }],
  });
  expect(await shop.ask('recalls.acknowledge', acknowledge())).toMatchObject({
    quarantinedUnits: 70,
  });
  expect(await shop.ask('recalls.list', {})).toMatchObject({
    rows: [{ recall: { number: '123/QĐ-QLD' }, onHandUnits: 100, shelfUnits: 0 }],
  });
  expect(await shop.refusal('recalls.acknowledge', acknowledge())).toMatchObject({
    type: 'RecallAlreadyAcknowledged',
  });
  const release = { commandId: newTestId(), reason: 'nhầm', lines: [{ ...lot, units: 1 }] };
  expect(await shop.refusal('stock.release', release)).toMatchObject({ type: 'LotRecalled' });
  await shop.ask('stock.returnToSupplier', {
    commandId: newTestId(),
    supplierName: 'Công ty Dược',
    reason: 'recalled',
    recallNumber: '123/QĐ-QLD',
    lines: [{ ...lot, place: 'quarantine', units: 100, amountVnd: 32_000 }],
  });
  expect(await heldOf(shop)).toEqual([['B2', 50, 0, null]]);
});

test('a withdrawn recall lets the lot be sold again, and a new snapshot forgets old recalls', async () => {
  const shop = await aShop();
  arrive(shop, aRecall({ lots: null }));
  expect(await shop.ask('drugs.get', { code: 'DEMO-1' })).toMatchObject({ sellableUnits: 0 });
  arrive(shop, null);
  await shop.ask('sales.complete', aSaleOf(1, { lot: 'A1' }));
  arrive(shop, aRecall({ number: '124/QĐ-QLD' }));
  shop.db.immediately(() => forgetCatalogue(shop.db));
  expect(await shop.ask('recalls.list', {})).toEqual({ rows: [] });
});

test('goods of a sale come back into quarantine, no more than were sold', async () => {
  const shop = await aShop();
  const { id: saleId } = await shop.ask('sales.complete', aSaleOf(10));
  const bringBack = (units: number, parts: object = {}) => ({
    commandId: newTestId(),
    saleId,
    reason: 'Khách dị ứng',
    lines: [{ ...lot, saleLine: 0, units, ...parts }],
  });
  for (const [input, type] of [
    [bringBack(11), 'ReturnExceedsSale'],
    [bringBack(0), 'BadQuantity'],
    [bringBack(1, { lot: 'B2', expiresOn: '2028-01-31' }), 'NotInSale'],
    [{ ...bringBack(1), saleId: newTestId() }, 'UnknownSale'],
  ] as const) {
    expect(await shop.refusal('sales.return', input)).toMatchObject({ type });
  }
  expect(await shop.ask('sales.return', bringBack(4))).toMatchObject({ refundVnd: 2_000 });
  expect(await shop.refusal('sales.return', bringBack(7))).toMatchObject({ returnableUnits: 6 });
  expect(await heldOf(shop)).toContainEqual(['A1', 94, 4, null]);
  const voiding = { commandId: newTestId(), saleId, reason: 'x' };
  expect(await shop.refusal('sales.void', voiding)).toMatchObject({ type: 'SaleHasReturns' });
});

test('a transfer leaves here, and one that arrives is taken in once', async () => {
  const shop = await aShop();
  const partner = { facilityCode: '96-000002', facilityName: 'Quầy thuốc Số 2' };
  const send = (units: number, to = partner) => ({
    commandId: newTestId(),
    to,
    lines: [{ ...lot, units }],
  });
  const self = { ...partner, facilityCode: '96-000001' };
  expect(await shop.refusal('transfers.send', send(1, self))).toMatchObject({
    type: 'TransferToSelf',
  });
  expect(await shop.refusal('transfers.send', send(101))).toMatchObject({ type: 'LotHoldsLess' });
  const sent = await shop.ask('transfers.send', send(30));
  const transferId = newTestId();
  const receive = (units: number) => ({
    commandId: newTestId(),
    transferId,
    from: partner,
    lines: [{ ...lot, lot: 'C3', sentUnits: 20, units, unitCostVnd: 310 }],
  });
  expect(await shop.refusal('transfers.receive', receive(21))).toMatchObject({
    type: 'ReceivedMoreThanSent',
  });
  await shop.ask('transfers.receive', receive(18));
  expect(await shop.refusal('transfers.receive', receive(18))).toMatchObject({
    type: 'TransferAlreadyReceived',
  });
  expect(await heldOf(shop)).toEqual([
    ['A1', 70, 0, null],
    ['C3', 18, 0, null],
    ['B2', 50, 0, null],
  ]);
  const { rows } = await shop.ask('transfers.list', {});
  expect(rows.map((row) => [row.transferId, row.direction, row.units])).toEqual([
    [transferId, 'received', 18],
    [sent.id, 'sent', 30],
  ]);
});

test('a specially controlled drug leaves only with a prescription', async () => {
  const shop = await aShop();
  const sale = aSaleOf(2, { drug: 'DEMO-2' });
  expect(await shop.refusal('sales.complete', sale)).toEqual({
    type: 'PrescriptionMissing',
    drug: 'DEMO-2',
  });
  const prescription = aPrescription({
    ...{ kind: 'paper', code: 'DT-2026-0001', form: 'n' },
    collector: { name: 'Trần Văn Nam', identityNumber: '096061001234' },
  });
  const lines = [{ drug: 'DEMO-2', prescribedUnits: 2, days: 2 }];
  await shop.ask('sales.complete', { ...sale, prescription: { prescription, lines } });
});
