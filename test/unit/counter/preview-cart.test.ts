import { expect, test } from 'vitest';
import { previewCart } from '../../../desktop/renderer/screens/sell/preview-cart.ts';
import { quickAmountsVnd } from '../../../desktop/renderer/screens/sell/quick-amounts.ts';
import type { Product, StockRow } from '../../../shared/contract/till-api.ts';
import type { CartEntry } from '../../../shared/rules/cart.ts';
import { day } from '../../support/builders.ts';

const viên = { name: 'viên', factor: 1 };
const vỉ = { name: 'vỉ', factor: 10 };
const today = day('2026-11-22');

function aProduct(parts: Partial<Product> = {}): Product {
  return {
    code: 'DEMO-1',
    name: 'Paracetamol 500 mg',
    registrationNumber: 'DEMO-1',
    ingredients: '',
    dosageForm: '',
    manufacturer: '',
    packaging: '',
    isPrescription: false,
    needsPrescription: false,
    controlClass: null,
    units: [viên, vỉ],
    pricesVnd: { viên: 500, vỉ: 4_800 },
    ceilingPriceVnd: 600,
    sellableUnits: 30,
    onHandUnits: 30,
    nextExpiresOn: null,
    ...parts,
  };
}

function aLot(lot: string, expiresOn: string, onHandUnits: number): StockRow {
  return {
    drug: 'DEMO-1',
    name: 'Paracetamol 500 mg',
    lot,
    expiresOn: day(expiresOn),
    daysLeft: 100,
    onHandUnits,
    quarantinedUnits: 0,
    recallNumber: null,
    units: [viên, vỉ],
    unitCostVnd: null,
  };
}

function anEntry(quantity: number, parts: Partial<CartEntry> = {}): CartEntry {
  return { product: aProduct(), unit: viên, quantity, ...parts };
}

const facts = new Map([
  [
    'DEMO-1',
    { product: aProduct(), lots: [aLot('B', '2027-12-31', 20), aLot('A', '2027-06-30', 10)] },
  ],
]);

test('shows the lots that would leave, first expired first', () => {
  expect(previewCart([anEntry(15)], facts, today)).toMatchObject([
    {
      amountVnd: 7_500,
      outcome: {
        type: 'sellable',
        picks: [
          { lot: 'A', units: 10 },
          { lot: 'B', units: 5 },
        ],
      },
    },
  ]);
});

test('a later line takes what an earlier one left', () => {
  const outcomes = previewCart([anEntry(2, { unit: vỉ }), anEntry(11)], facts, today);
  expect(outcomes.map((line) => line.outcome)).toMatchObject([
    { type: 'sellable' },
    { type: 'blocked', refusal: { type: 'InsufficientStock', wantedUnits: 11, sellableUnits: 10 } },
  ]);
});

test('today’s price counts, not the one at which the line was added', () => {
  const stale = anEntry(1, { product: aProduct({ pricesVnd: { viên: 400 } }) });
  expect(previewCart([stale], facts, today)[0]?.amountVnd).toBe(500);
});

test('a level without a price and a lot that is gone are blocked with their reason', () => {
  const unpriced = new Map([['DEMO-1', { product: aProduct({ pricesVnd: {} }), lots: [] }]]);
  expect(previewCart([anEntry(1)], unpriced, today)[0]?.outcome).toEqual({
    type: 'blocked',
    refusal: { type: 'PriceNotSet', drug: 'DEMO-1', unit: 'viên' },
  });
  const gone = anEntry(1, { chosenLot: { lot: 'C', expiresOn: day('2027-01-01'), reason: 'x' } });
  expect(previewCart([gone], facts, today)[0]?.outcome).toMatchObject({
    refusal: { type: 'UnknownLot' },
  });
});

test('nothing is claimed while prices and lots are on their way', () => {
  expect(previewCart([anEntry(1)], new Map(), today)[0]?.outcome).toEqual({ type: 'checking' });
  expect(previewCart([anEntry(1)], facts, undefined)[0]?.outcome).toEqual({ type: 'checking' });
});

test('a drug that left the catalogue is named', () => {
  const withdrawn = new Map([['DEMO-1', { product: null, lots: [] }]]);
  expect(previewCart([anEntry(1)], withdrawn, today)[0]?.outcome).toEqual({
    type: 'blocked',
    refusal: { type: 'UnknownDrug', drug: 'DEMO-1' },
  });
});

test.for([
  [34_000, [34_000, 40_000, 50_000, 100_000, 200_000]],
  [500, [500, 10_000, 20_000, 50_000, 100_000]],
  [100_000, [100_000, 200_000, 500_000]],
  [1_234_000, [1_234_000, 1_240_000, 1_250_000, 1_300_000, 1_400_000]],
] as const)('for %i the quick amounts are what people hand over', ([totalVnd, expected]) => {
  expect(quickAmountsVnd(totalVnd)).toEqual(expected);
});
