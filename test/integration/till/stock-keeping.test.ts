import { expect, test } from 'vitest';
import { aTestTill, type TestTill } from '../../support/test-till.ts';
import { newTestId } from '../../support/till-parts.ts';

const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2027-06-30' };

/** 100 units of one lot on the shelf, to be sold at 500 đ. */
async function aShop(): Promise<TestTill> {
  const shop = await aTestTill();
  const { ask } = shop;
  const commandId = newTestId();
  await ask('stock.declareOpening', { commandId, lines: [{ ...lot, units: 100 }] });
  await ask('prices.set', { commandId: newTestId(), drug: 'DEMO-1', unit: 'viên', priceVnd: 500 });
  return shop;
}

function aSaleOf(quantity: number, chosenLot?: { lot: string; expiresOn: string; reason: string }) {
  return {
    commandId: newTestId(),
    lines: [{ drug: 'DEMO-1', unit: 'viên', quantity, chosenLot }],
    payment: { method: 'cash' as const, tenderedVnd: 500 * quantity },
    shownTotalVnd: 500 * quantity,
  };
}

function aQuarantine(units: number) {
  return { commandId: newTestId(), reason: 'damaged' as const, lines: [{ ...lot, units }] };
}

function aCount(bookSeq: number, countedUnits: number, parts: object = {}) {
  return {
    commandId: newTestId(),
    countId: newTestId(),
    scope: 'partial' as const,
    isBlind: true,
    lines: [{ ...lot, countedUnits, bookSeq, ...parts }],
  };
}

async function held({ ask }: TestTill) {
  const [row] = await ask('stock.lots', { drug: 'DEMO-1' });
  return [row?.onHandUnits ?? 0, row?.quarantinedUnits ?? 0];
}

test('goods in quarantine are on hand, but cannot be sold until they are released', async () => {
  const shop = await aShop();
  const { ask, refusal } = shop;
  expect(await refusal('stock.quarantine', aQuarantine(101))).toMatchObject({
    type: 'LotHoldsLess',
    place: 'shelf',
    heldUnits: 100,
  });
  await ask('stock.quarantine', aQuarantine(100));
  expect(await held(shop)).toEqual([100, 100]);
  expect(await refusal('sales.complete', aSaleOf(1))).toMatchObject({
    type: 'InsufficientStock',
    sellableUnits: 0,
    blockedUnits: 100,
  });
  const chosen = { lot: 'A1', expiresOn: '2027-06-30', reason: 'khách chọn' };
  expect(await refusal('sales.complete', aSaleOf(1, chosen))).toMatchObject({
    type: 'LotQuarantined',
  });
  const release = (units: number) => ({
    commandId: newTestId(),
    reason: 'Kiểm nghiệm đạt',
    lines: [{ ...lot, units }],
  });
  expect(await refusal('stock.release', release(101))).toMatchObject({
    type: 'LotHoldsLess',
    place: 'quarantine',
  });
  await ask('stock.release', release(40));
  await ask('sales.complete', aSaleOf(40));
  expect(await held(shop)).toEqual([60, 60]);
  const card = await ask('stock.lotCard', { drug: 'DEMO-1' });
  expect(card.rows.map(({ kind, balanceUnits }) => [kind, balanceUnits])).toEqual([
    ['sale', 60],
    ['release', 100],
    ['quarantine', 100],
    ['opening', 100],
  ]);
});

test('what is disposed of leaves the place where it stood', async () => {
  const shop = await aShop();
  await shop.ask('stock.quarantine', aQuarantine(30));
  const disposal = (units: number) => ({
    commandId: newTestId(),
    reason: 'damaged' as const,
    method: 'Thuê tiêu hủy',
    lines: [{ ...lot, place: 'quarantine' as const, units }],
  });
  expect(await shop.refusal('stock.dispose', disposal(31))).toMatchObject({ heldUnits: 30 });
  await shop.ask('stock.dispose', disposal(30));
  expect(await held(shop)).toEqual([70, 0]);
  expect(await shop.ask('drugs.get', { code: 'DEMO-1' })).toMatchObject({ sellableUnits: 70 });
});

test('a count leaves alone what was sold while it went on', async () => {
  const shop = await aShop();
  const { seq, rows } = await shop.ask('stock.countSheet', {});
  expect(rows).toMatchObject([{ lot: 'A1', shelfUnits: null }]);
  const open = await shop.ask('stock.countSheet', { isBlind: false });
  expect(open.rows).toMatchObject([{ shelfUnits: 100, quarantinedUnits: 0 }]);
  // Three are missing from the shelf; five are sold before the count is written down.
  await shop.ask('sales.complete', aSaleOf(5));
  const counted = await shop.ask('stock.count', aCount(seq, 97));
  expect(counted.differenceUnits).toEqual([-3]);
  expect(await held(shop)).toEqual([92, 0]);
});

test('the same difference is not corrected twice by two counts of one moment', async () => {
  const shop = await aShop();
  const { seq } = await shop.ask('stock.countSheet', {});
  await shop.ask('stock.count', aCount(seq, 97));
  expect(await shop.refusal('stock.count', aCount(seq, 97))).toMatchObject({
    type: 'LotCountedMeanwhile',
  });
  await shop.ask('stock.count', aCount(seq + 1, 97));
  expect(await held(shop)).toEqual([97, 0]);
});

test('a count that cannot be true is refused and changes nothing', async () => {
  const shop = await aShop();
  const { seq } = await shop.ask('stock.countSheet', {});
  await shop.ask('sales.complete', aSaleOf(5));
  for (const [count, type] of [
    [aCount(seq, 4), 'CountContradicted'],
    [aCount(seq + 2, 4), 'UnknownPosition'],
    [aCount(seq, -1), 'BadCount'],
    [aCount(seq, 1.5), 'BadCount'],
    [aCount(seq, 9, { drug: 'NO-SUCH' }), 'UnknownDrug'],
  ] as const) {
    expect(await shop.refusal('stock.count', count)).toMatchObject({ type });
  }
  expect(await held(shop)).toEqual([95, 0]);
});

test('a lot that the book never knew is found by counting it', async () => {
  const shop = await aShop();
  const { seq } = await shop.ask('stock.countSheet', {});
  await shop.ask('stock.count', aCount(seq, 12, { lot: 'FOUND' }));
  const rows = await shop.ask('stock.lots', { drug: 'DEMO-1' });
  expect(rows.map((row) => [row.lot, row.onHandUnits])).toEqual([
    ['A1', 100],
    ['FOUND', 12],
  ]);
});
