import { describe, expect, test } from 'vitest';
import { limits } from '../../shared/base/limits.ts';
import { err } from '../../shared/base/result.ts';
import { type CartLine, type CompleteSale, decideSale } from '../../shared/rules/sale.ts';
import { aLot, aProduct, aSaleContext } from '../support/builders.ts';

const drug = 'DEMO-1';

describe('a sale is refused', () => {
  test('when it has no lines, or more than the bound', () => {
    expect(decide([])).toEqual(err({ type: 'EmptyDocument' }));
    const tooMany = Array.from({ length: limits.saleLinesMax + 1 }, () => line());
    expect(decide(tooMany)).toEqual(
      err({ type: 'TooManyLines', lines: 101, linesMax: limits.saleLinesMax }),
    );
  });

  test.each([0, -1, 0.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'for a quantity of %s',
    (quantity) => {
      expect(decide([line({ quantity })])).toEqual(err({ type: 'BadQuantity', drug, quantity }));
    },
  );

  test('for an enormous quantity', () => {
    const result = decide([line({ quantity: 9_007_199_254_740_991 })]);
    expect(result).toEqual(err({ type: 'QuantityTooLarge', drug, unitsMax: limits.unitsMax }));
  });

  test('for an unknown drug, an unknown unit, a unit without a price', () => {
    expect(decide([line({ drug: 'NONE' })])).toEqual(err({ type: 'UnknownDrug', drug: 'NONE' }));
    expect(decide([line({ unit: 'thùng' })])).toEqual(
      err({ type: 'UnknownUnit', drug, unit: 'thùng' }),
    );
    expect(decide([line({ unit: 'hộp' })])).toEqual(
      err({ type: 'PriceNotSet', drug, unit: 'hộp' }),
    );
  });

  test('above the declared ceiling of its packing level', () => {
    const context = aSaleContext({ [drug]: aProduct({ ceilingPriceVnd: 499 }) });
    expect(decide([line({ unit: 'vỉ' })], { context })).toEqual(
      err({ type: 'PriceAboveCeiling', drug, priceVnd: 5_000, ceilingVnd: 4_990 }),
    );
  });

  test('when two lines of one drug together want more than there is', () => {
    const result = decide([line({ quantity: 60 }), line({ unit: 'vỉ', quantity: 5 })]);
    expect(result).toEqual(
      err({
        type: 'InsufficientStock',
        drug,
        wantedUnits: 50,
        sellableUnits: 40,
        expiredUnits: 0,
        blockedUnits: 0,
      }),
    );
  });

  test('when the chosen lot is unknown, expired or chosen without a reason', () => {
    const lots = [aLot(), aLot({ lot: 'OLD', expiresOn: '2026-11-22' })];
    const context = aSaleContext({ [drug]: aProduct({ lots }) });
    const choose = (lot: string, expiresOn: string, reason: string) =>
      decide([line({ chosenLot: { lot, expiresOn, reason } })], { context });
    expect(choose('X', '2027-06-30', 'vỏ hộp đẹp')).toEqual(
      err({ type: 'UnknownLot', drug, lot: 'X' }),
    );
    expect(choose('OLD', '2026-11-22', 'khách muốn')).toEqual(
      err({ type: 'LotExpired', drug, lot: 'OLD', expiresOn: '2026-11-22' }),
    );
    expect(choose('A1', '2027-06-30', ' ')).toEqual(
      err({ type: 'LotReasonMissing', drug, lot: 'A1' }),
    );
  });

  test('when the total is not the one the customer saw, or the money does not reach', () => {
    expect(decide([line()], { shownTotalVnd: 499 })).toEqual(
      err({ type: 'TotalChanged', shownVnd: 499, totalVnd: 500 }),
    );
    expect(decide([line()], { tenderedVnd: 499 })).toEqual(
      err({ type: 'PaymentTooSmall', totalVnd: 500, tenderedVnd: 499 }),
    );
  });

  test('for a discount that is negative, fractional or above the line', () => {
    for (const discountVnd of [-1, 0.5, 501]) {
      expect(decide([line({ discountVnd })])).toEqual(err({ type: 'DiscountTooLarge', drug }));
    }
  });
});

test('a sale names its lots, adds up, and gives change', () => {
  const lots = [aLot({ lot: 'E', expiresOn: '2026-12-31', onHandUnits: 5 }), aLot({ lot: 'L' })];
  const context = aSaleContext({ [drug]: aProduct({ lots }) });
  const result = decide([line({ unit: 'vỉ', quantity: 1, discountVnd: 500 })], {
    context,
    shownTotalVnd: 4_500,
    tenderedVnd: 10_000,
  });
  expect(result).toEqual({
    ok: true,
    value: {
      slip: 'A1-1',
      lines: [
        {
          drug,
          unit: { name: 'vỉ', factor: 10 },
          quantity: 1,
          priceVnd: 5_000,
          discountVnd: 500,
          amountVnd: 4_500,
          picks: [
            { lot: 'E', expiresOn: '2026-12-31', units: 5 },
            { lot: 'L', expiresOn: '2027-06-30', units: 5 },
          ],
        },
      ],
      totalVnd: 4_500,
      payment: { method: 'cash', tenderedVnd: 10_000, changeVnd: 5_500 },
    },
  });
});

test('a chosen lot goes before an earlier expiry and keeps its reason', () => {
  const lots = [aLot({ lot: 'E', expiresOn: '2026-12-31' }), aLot({ lot: 'L' })];
  const chosenLot = { lot: 'L', expiresOn: '2027-06-30', reason: 'Khách cần hạn dài' };
  const result = decide([line({ chosenLot })], {
    context: aSaleContext({ [drug]: aProduct({ lots }) }),
  });
  expect(result.ok && result.value.lines[0]).toMatchObject({
    lotReason: 'Khách cần hạn dài',
    picks: [{ lot: 'L', units: 1 }],
  });
});

function line(parts: Partial<CartLine> = {}): CartLine {
  return { drug, unit: 'viên', quantity: 1, discountVnd: 0, ...parts };
}

function decide(
  lines: readonly CartLine[],
  parts: {
    context?: ReturnType<typeof aSaleContext>;
    shownTotalVnd?: number;
    tenderedVnd?: number;
  } = {},
) {
  const command: CompleteSale = {
    lines,
    payment: { method: 'cash', tenderedVnd: parts.tenderedVnd ?? 1_000_000 },
    shownTotalVnd: parts.shownTotalVnd ?? 500,
  };
  return decideSale(parts.context ?? aSaleContext(), command);
}
