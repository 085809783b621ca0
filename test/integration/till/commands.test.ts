import { describe, expect, test } from 'vitest';
import type { TillRequest } from '../../../shared/contract/till-api.ts';
import { day, aDrug as drugWith } from '../../support/builders.ts';
import { aTestTill, type TestTill } from '../../support/test-till.ts';
import { newTestId, prepareDatabase } from '../../support/till-parts.ts';

const expiresOn = day('2027-06-30');

describe('opening stock', () => {
  test('is refused before enrolment', async () => {
    const { refusal } = await aTestTill({ isEnrolled: false });
    expect(await refusal('stock.declareOpening', opening())).toEqual({ type: 'NotEnrolled' });
  });

  test('is refused for a drug the catalogue does not know', async () => {
    const { refusal } = await aTestTill({ drugs: [] });
    expect(await refusal('stock.declareOpening', opening())).toEqual({
      type: 'UnknownDrug',
      drug: 'DEMO-1',
    });
  });

  test('is said once per lot', async () => {
    const { ask, refusal } = await aTestTill();
    await ask('stock.declareOpening', opening());
    expect(await refusal('stock.declareOpening', opening())).toEqual({
      type: 'OpeningAlreadyDeclared',
      drug: 'DEMO-1',
      lot: 'A1',
    });
  });

  test('puts units and cost on the shelf', async () => {
    const { ask } = await aTestTill();
    const document = await ask('stock.declareOpening', opening({ units: 70, unitCostVnd: 300 }));
    expect(document.seq).toBe(1);
    const [row] = await ask('stock.lots', { drug: 'DEMO-1' });
    expect(row).toMatchObject({ onHandUnits: 70, unitCostVnd: 300, lot: 'A1', expiresOn });
    expect((await ask('status.get', {})).hasOpeningStock).toBe(true);
  });

  test('of 501 lines is refused', async () => {
    const { refusal } = await aTestTill();
    const line = { drug: 'DEMO-1', expiresOn, units: 1 };
    const lines = Array.from({ length: 501 }, (_, index) => ({ ...line, lot: `A${index}` }));
    expect(await refusal('stock.declareOpening', { commandId: newTestId(), lines })).toEqual({
      type: 'TooManyLines',
      lines: 501,
      linesMax: 500,
    });
  });
});

describe('receiving goods', () => {
  test('is refused when they are expired', async () => {
    const { refusal } = await aTestTill();
    const expired = receipt({ expiresOn: day('2026-11-22') });
    expect(await refusal('stock.receive', expired)).toEqual({
      type: 'ReceivedExpired',
      drug: 'DEMO-1',
      lot: 'A1',
    });
  });

  test('is refused in a unit the product does not have', async () => {
    const { refusal } = await aTestTill();
    expect(await refusal('stock.receive', receipt({ unit: 'thùng' }))).toEqual({
      type: 'UnknownUnit',
      drug: 'DEMO-1',
      unit: 'thùng',
    });
  });

  test('counts in the smallest unit and remembers its cost', async () => {
    const { ask } = await aTestTill();
    const document = await ask('stock.receive', receipt({ quantity: 3, unitCostVnd: 35_050 }));
    expect(document).toMatchObject({ seq: 1, totalVnd: 105_150 });
    const [row] = await ask('stock.lots', { drug: 'DEMO-1' });
    expect(row).toMatchObject({ onHandUnits: 300, unitCostVnd: 351 });
  });
});

describe('prices', () => {
  test('above the declared ceiling are refused', async () => {
    const { refusal } = await aTestTill({ drugs: [drugWith({ ceilingPriceVnd: 600 })] });
    expect(await refusal('prices.set', price({ unit: 'vỉ', priceVnd: 6_001 }))).toEqual({
      type: 'PriceAboveCeiling',
      drug: 'DEMO-1',
      priceVnd: 6_001,
      ceilingVnd: 6_000,
    });
  });

  test('of an unknown drug are refused', async () => {
    const { refusal } = await aTestTill({ drugs: [] });
    expect(await refusal('prices.set', price())).toEqual({ type: 'UnknownDrug', drug: 'DEMO-1' });
  });

  test('hold until the next one', async () => {
    const { ask } = await aTestTill({ drugs: [drugWith({ ceilingPriceVnd: 600 })] });
    await ask('prices.set', price({ unit: 'vỉ', priceVnd: 6_000 }));
    await ask('prices.set', price({ unit: 'vỉ', priceVnd: 5_500 }));
    const product = await ask('drugs.get', { code: 'DEMO-1' });
    expect(product?.pricesVnd).toEqual({ vỉ: 5_500 });
  });
});

describe('a sale', () => {
  const refused: readonly [why: string, parts: SaleParts, problem: object][] = [
    ['of nothing', { lines: [] }, { type: 'EmptyDocument' }],
    ['of zero', { quantity: 0 }, { type: 'BadQuantity', quantity: 0 }],
    ['of a negative quantity', { quantity: -1 }, { type: 'BadQuantity' }],
    ['of a fraction', { quantity: 0.5 }, { type: 'BadQuantity', quantity: 0.5 }],
    ['of an enormous quantity', { quantity: 1e15 }, { type: 'QuantityTooLarge' }],
    ['of a product without price', { unit: 'hộp' }, { type: 'PriceNotSet', unit: 'hộp' }],
    ['of one more than there is', { quantity: 101 }, { type: 'InsufficientStock' }],
    ['paid too little', { tenderedVnd: 499 }, { type: 'PaymentTooSmall', totalVnd: 500 }],
    ['at another total', { shownTotalVnd: 501, tenderedVnd: 501 }, { type: 'TotalChanged' }],
    [
      'of an unknown lot',
      { chosenLot: { lot: 'ZZ', expiresOn, reason: 'khách chọn' } },
      { type: 'UnknownLot', lot: 'ZZ' },
    ],
  ];
  test.each(refused)('%s is refused and leaves no trace', async (_why, parts, problem) => {
    const shop = await aStockedTill();
    const before = await shop.ask('sync.status', {});
    expect(await shop.refusal('sales.complete', aSale(parts))).toMatchObject(problem);
    expect(await shop.ask('sync.status', {})).toEqual(before);
  });

  test('of an expired lot is refused on its last day', async () => {
    const { ask, refusal } = await aTestTill();
    await ask('stock.declareOpening', opening({ expiresOn: day('2026-11-22') }));
    await ask('prices.set', price());
    expect(await refusal('sales.complete', aSale())).toMatchObject({
      type: 'InsufficientStock',
      sellableUnits: 0,
      expiredUnits: 100,
      blockedUnits: 0,
    });
    const chosenLot = { lot: 'A1', expiresOn: day('2026-11-22'), reason: 'khách chọn' };
    expect(await refusal('sales.complete', aSale({ chosenLot }))).toMatchObject({
      type: 'LotExpired',
    });
  });

  test('of the very last unit succeeds, the next is refused', async () => {
    const { ask, refusal } = await aStockedTill();
    await ask('sales.complete', aSale({ quantity: 100 }));
    expect(await refusal('sales.complete', aSale())).toMatchObject({ type: 'InsufficientStock' });
  });

  test('gives change, a slip number and takes the earliest expiry first', async () => {
    const { ask } = await aStockedTill();
    await ask('stock.receive', receipt({ lot: 'B2', expiresOn: day('2027-01-31'), quantity: 1 }));
    const sold = await ask('sales.complete', aSale({ quantity: 101, tenderedVnd: 60_000 }));
    expect(sold).toMatchObject({ slip: 'A1-1', totalVnd: 50_500, changeVnd: 9_500 });
    const lots = await ask('stock.lots', { drug: 'DEMO-1' });
    expect(lots.map(({ lot, onHandUnits }) => [lot, onHandUnits])).toEqual([['A1', 99]]);
  });

  test('numbers its slips on after a restart', async () => {
    const first = await aStockedTill();
    await first.ask('sales.complete', aSale());
    await first.ask('sales.complete', aSale());
    const second = await first.reopened();
    expect(await second.ask('sales.complete', aSale())).toMatchObject({ slip: 'A1-3' });
  });

  test('sent again gives the first answer and sells once', async () => {
    const { ask } = await aStockedTill();
    const command = aSale({ quantity: 7 });
    const first = await ask('sales.complete', command);
    await ask('prices.set', price({ priceVnd: 600 }));
    expect(await ask('sales.complete', command)).toEqual(first);
    const [row] = await ask('stock.lots', { drug: 'DEMO-1' });
    expect(row?.onHandUnits).toBe(93);
  });

  test('sent again after a restart gives the first answer', async () => {
    const before = await aStockedTill();
    const command = aSale();
    const first = await before.ask('sales.complete', command);
    const after = await before.reopened();
    expect(await after.ask('sales.complete', command)).toEqual(first);
  });

  test('is not taken for another that carries its commandId', async () => {
    const { ask, refusal } = await aStockedTill();
    const command = aSale();
    await ask('sales.complete', command);
    expect(
      await refusal('sales.complete', { ...aSale({ quantity: 2 }), commandId: command.commandId }),
    ).toMatchObject({ type: 'BadInput' });
  });

  test('once refused may succeed later under the same commandId', async () => {
    const { ask, refusal } = await aStockedTill();
    const command = aSale({ quantity: 101 });
    await refusal('sales.complete', command);
    await ask('stock.receive', receipt());
    expect(await ask('sales.complete', command)).toMatchObject({ slip: 'A1-1' });
  });

  test('of the last box from two windows at once succeeds in one of them', async () => {
    const { till } = await aStockedTill();
    const replies = await Promise.all([
      till.invoke('sales.complete', aSale({ quantity: 100 })),
      till.invoke('sales.complete', aSale({ quantity: 100 })),
    ]);
    expect(replies.map((reply) => reply.ok)).toEqual([true, false]);
  });

  test('is charged by the catalogue of today when a level changed its size', async () => {
    const shop = await aStockedTill();
    await shop.till.close();
    prepareDatabase(shop.dataDir, {
      drugs: [
        drugWith({
          units: [
            { name: 'viên', factor: 1 },
            { name: 'vỉ', factor: 12 },
          ],
        }),
      ],
    });
    const { refusal } = await shop.reopened();
    expect(await refusal('sales.complete', aSale({ unit: 'vỉ' }))).toMatchObject({
      type: 'PriceNotSet',
    });
  });
});

describe('a void', () => {
  test('of an unknown sale, or of a document that is none, is refused', async () => {
    const { ask, refusal } = await aTestTill();
    const saleId = newTestId();
    expect(await refusal('sales.void', aVoid(saleId))).toEqual({ type: 'UnknownSale', saleId });
    const document = await ask('stock.declareOpening', opening());
    expect(await refusal('sales.void', aVoid(document.id))).toMatchObject({ type: 'UnknownSale' });
  });

  test('without a reason is refused', async () => {
    const { ask, refusal } = await aStockedTill();
    const { id } = await ask('sales.complete', aSale());
    expect(await refusal('sales.void', { ...aVoid(id), reason: '  ' })).toMatchObject({
      type: 'BadInput',
    });
  });

  test('puts the goods back, once', async () => {
    const { ask, refusal } = await aStockedTill();
    const { id } = await ask('sales.complete', aSale({ quantity: 30 }));
    await ask('sales.void', aVoid(id));
    const [row] = await ask('stock.lots', { drug: 'DEMO-1' });
    expect(row?.onHandUnits).toBe(100);
    expect(await refusal('sales.void', aVoid(id))).toEqual({
      type: 'SaleAlreadyVoided',
      slip: 'A1-1',
    });
  });
});

test('listeners hear what changed after it is committed', async () => {
  const { ask, till } = await aStockedTill();
  const heard: string[][] = [];
  till.subscribe(({ topics }) => heard.push([...topics]));
  await ask('sales.complete', aSale());
  expect(heard.flat()).toEqual(expect.arrayContaining(['sales', 'stock', 'sync']));
});

test('a clock that jumps ten years loses nothing and keeps the order', async () => {
  const { ask, time } = await aStockedTill();
  const tenYearsMs = 10 * 365 * 86_400_000;
  time.advance(tenYearsMs);
  await ask('stock.receive', receipt({ lot: 'FAR', expiresOn: day('2040-01-31') }));
  const ahead = await ask('sales.complete', aSale());
  time.advance(-tenYearsMs);
  const back = await ask('sales.complete', aSale());
  expect([ahead.seq, back.seq, ahead.slip, back.slip]).toEqual([4, 5, 'A1-1', 'A1-2']);
  const card = await ask('stock.lotCard', { drug: 'DEMO-1' });
  expect(card.rows.map((row) => row.seq)).toEqual([5, 4, 3, 1]);
});

/** 100 tablets of DEMO-1 in lot A1 at 500 ₫ a tablet and 5,000 ₫ a blister. */
async function aStockedTill(): Promise<TestTill> {
  const shop = await aTestTill();
  await shop.ask('stock.declareOpening', opening());
  await shop.ask('prices.set', price());
  return shop;
}

function opening(parts: { units?: number; unitCostVnd?: number; expiresOn?: string } = {}) {
  const line = { drug: 'DEMO-1', lot: 'A1', expiresOn, units: 100, unitCostVnd: null };
  return { commandId: newTestId(), lines: [{ ...line, ...parts }] };
}

function receipt(parts: Partial<TillRequest<'stock.receive'>['lines'][number]> = {}) {
  const line = { drug: 'DEMO-1', lot: 'A1', expiresOn, unit: 'hộp', quantity: 1, unitCostVnd: 0 };
  return {
    commandId: newTestId(),
    supplierName: 'Công ty Dược',
    invoiceNumber: 'HD-7',
    lines: [{ ...line, ...parts }],
  };
}

function price(parts: { unit?: string; priceVnd?: number } = {}) {
  return { commandId: newTestId(), drug: 'DEMO-1', unit: 'viên', priceVnd: 500, ...parts };
}

type SaleParts = {
  readonly lines?: [];
  readonly quantity?: number;
  readonly unit?: string;
  readonly tenderedVnd?: number;
  readonly shownTotalVnd?: number;
  readonly chosenLot?: { lot: string; expiresOn: string; reason: string };
};

function aSale(parts: SaleParts = {}): TillRequest<'sales.complete'> {
  const { quantity = 1, unit = 'viên', chosenLot } = parts;
  const totalVnd = Math.max(0, Math.min(Math.floor(quantity * 500), 1e9));
  const line = { drug: 'DEMO-1', unit, quantity, ...(chosenLot ? { chosenLot } : {}) };
  return {
    commandId: newTestId(),
    lines: parts.lines ?? [line],
    payment: { method: 'cash', tenderedVnd: parts.tenderedVnd ?? totalVnd },
    shownTotalVnd: parts.shownTotalVnd ?? totalVnd,
  };
}

function aVoid(saleId: string) {
  return { commandId: newTestId(), saleId, reason: 'khách đổi ý' };
}
