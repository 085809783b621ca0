import { describe, expect, test } from 'vitest';
import { limits } from '../../shared/base/limits.ts';
import { err } from '../../shared/base/result.ts';
import type { Recall } from '../../shared/model/recall.ts';
import { decidePrice } from '../../shared/rules/price.ts';
import { decideOpening, decideReceiving } from '../../shared/rules/receiving.ts';
import { decideVoid } from '../../shared/rules/void-sale.ts';
import { aDrug, aRecall, aSale, day } from '../support/builders.ts';

const drug = 'DEMO-1';
const unitsByDrug = new Map([[drug, aDrug().units]]);
const today = day('2026-11-22');

describe('receiving', () => {
  const line = {
    drug,
    lot: 'N1',
    expiresOn: day('2027-12-31'),
    unit: 'hộp',
    quantity: 2,
    unitCostVnd: 40_000,
  };
  const receive = (parts: Partial<typeof line>, recalls: readonly Recall[] = []) =>
    decideReceiving(
      { today, recalls, unitsByDrug },
      { supplierName: 'Công ty Dược', invoiceNumber: 'HD1', lines: [{ ...line, ...parts }] },
    );

  test('refuses a recalled lot at the door, and takes in the other lots of the drug', () => {
    const recall = aRecall({ drug, lots: ['N1'] });
    expect(receive({}, [recall])).toEqual(
      err({ type: 'LotRecalled', drug, lot: 'N1', recallNumber: recall.number }),
    );
    expect(receive({ lot: 'N2' }, [recall])).toMatchObject({ ok: true });
  });

  test('refuses goods that expire today, a unit nobody knows, and costs beyond the bound', () => {
    expect(receive({ expiresOn: today })).toEqual(
      err({ type: 'ReceivedExpired', drug, lot: 'N1' }),
    );
    expect(receive({ unit: 'kiện' })).toEqual(err({ type: 'UnknownUnit', drug, unit: 'kiện' }));
    expect(receive({ drug: 'NONE' })).toEqual(err({ type: 'UnknownDrug', drug: 'NONE' }));
    expect(receive({ quantity: 1.5 })).toEqual(err({ type: 'BadQuantity', drug, quantity: 1.5 }));
    expect(receive({ quantity: limits.unitsMax })).toMatchObject({
      error: { type: 'QuantityTooLarge' },
    });
    expect(receive({ unitCostVnd: -1 })).toMatchObject({ error: { type: 'PriceTooHigh' } });
  });

  test('counts boxes in tablets and adds the invoice up', () => {
    const result = receive({});
    expect(result.ok && result.value.lines[0]).toMatchObject({ units: 200, amountVnd: 80_000 });
    expect(result.ok && result.value.totalVnd).toBe(80_000);
  });
});

describe('opening stock', () => {
  const line = { drug, lot: 'N1', expiresOn: day('2020-01-01'), units: 7, unitCostVnd: null };

  test('is declared once per lot, in one document or in two', () => {
    const declared = new Set([`${drug}|N1|2020-01-01`]);
    expect(decideOpening({ unitsByDrug, declaredLotKeys: declared }, { lines: [line] })).toEqual(
      err({ type: 'OpeningAlreadyDeclared', drug, lot: 'N1' }),
    );
    const twice = decideOpening(
      { unitsByDrug, declaredLotKeys: new Set() },
      { lines: [line, line] },
    );
    expect(twice).toEqual(err({ type: 'DuplicateLot', drug, lot: 'N1' }));
  });

  test('may be expired: what stands on the shelf is seen', () => {
    const result = decideOpening({ unitsByDrug, declaredLotKeys: new Set() }, { lines: [line] });
    expect(result.ok && result.value.lines).toEqual([line]);
  });
});

describe('a price', () => {
  const context = { units: aDrug().units, ceilingPriceVnd: 500, currentPriceVnd: 450 };

  test('is refused above the ceiling of its level and taken at it', () => {
    expect(decidePrice(context, { drug, unit: 'vỉ', priceVnd: 5_001 })).toEqual(
      err({ type: 'PriceAboveCeiling', drug, priceVnd: 5_001, ceilingVnd: 5_000 }),
    );
    expect(decidePrice(context, { drug, unit: 'vỉ', priceVnd: 5_000 })).toEqual({
      ok: true,
      value: { drug, unit: { name: 'vỉ', factor: 10 }, priceVnd: 5_000, previousPriceVnd: 450 },
    });
  });

  test('is a whole number of đồng', () => {
    for (const priceVnd of [0.5, -1, Number.NaN, limits.priceVndMax + 1]) {
      expect(decidePrice(context, { drug, unit: 'viên', priceVnd })).toMatchObject({
        error: { type: 'PriceTooHigh' },
      });
    }
  });
});

describe('voiding', () => {
  const sale = aSale();
  if (sale.type !== 'SaleCompleted.v1') throw new Error('the builder makes a sale');
  const stored = { id: '01980000-0000-7000-8000-000000000001', data: sale.data };
  const command = { saleId: stored.id, reason: 'Khách đổi ý' };

  test('is refused for an unknown sale and for a second time', () => {
    expect(decideVoid({ sale: undefined, isVoided: false, hasReturns: false }, command)).toEqual(
      err({ type: 'UnknownSale', saleId: stored.id }),
    );
    expect(decideVoid({ sale: stored, isVoided: true, hasReturns: false }, command)).toEqual(
      err({ type: 'SaleAlreadyVoided', slip: 'A1-1' }),
    );
  });

  test('is refused once the customer has brought something back', () => {
    expect(decideVoid({ sale: stored, isVoided: false, hasReturns: true }, command)).toEqual(
      err({ type: 'SaleHasReturns', slip: 'A1-1' }),
    );
  });

  test('repeats what the sale took, so that its movements follow from it alone', () => {
    const result = decideVoid({ sale: stored, isVoided: false, hasReturns: false }, command);
    expect(result.ok && result.value).toMatchObject({
      saleId: stored.id,
      slip: 'A1-1',
      totalVnd: 1_000,
      lines: [{ drug, amountVnd: 1_000, picks: [{ lot: 'A1', units: 2 }] }],
    });
  });
});
