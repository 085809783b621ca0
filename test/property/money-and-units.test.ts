import fc from 'fast-check';
import { expect, test } from 'vitest';
import { divideRoundHalfUp, shareOut } from '../../shared/model/money.ts';
import { joinPacks, type PackUnit, splitIntoPacks, UnitTree } from '../../shared/model/quantity.ts';

const tree = fc.array(fc.integer({ min: 2, max: 50 }), { maxLength: 3 }).map((steps) => {
  const levels: PackUnit[] = [{ name: 'viên', factor: 1 }];
  for (const [index, step] of steps.entries()) {
    levels.push({ name: `level ${index + 1}`, factor: (levels[index]?.factor ?? 1) * step });
  }
  return levels;
});

test('box to blister to tablet and back is exact', () => {
  fc.assert(
    fc.property(tree, fc.integer({ min: 0, max: 10_000_000 }), (levels, units) => {
      const parts = splitIntoPacks(units, UnitTree.parse(levels));
      expect(joinPacks(parts)).toBe(units);
      const below = parts.slice(1);
      for (const [index, part] of below.entries()) {
        const above = parts[index];
        expect(part.quantity * part.unit.factor).toBeLessThan(above?.unit.factor ?? 0);
      }
    }),
  );
});

test('a tree whose levels do not divide each other is refused', () => {
  const odd = [
    { name: 'viên', factor: 1 },
    { name: 'vỉ', factor: 10 },
    { name: 'hộp', factor: 25 },
  ];
  expect(UnitTree.safeParse(odd).success).toBe(false);
  expect(UnitTree.safeParse([{ name: 'vỉ', factor: 10 }]).success).toBe(false);
});

test('shares are whole, fair to one đồng and add up to the amount', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000_000_000 }),
      fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 50 }),
      (amountVnd, weights) => {
        const shares = shareOut(amountVnd, weights);
        const total = weights.reduce((sum, weight) => sum + weight, 0);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(amountVnd);
        for (const [index, share] of shares.entries()) {
          expect(Number.isSafeInteger(share) && share >= 0).toBe(true);
          const exact = (BigInt(amountVnd) * BigInt(weights[index] ?? 0)) / BigInt(total);
          expect(Math.abs(share - Number(exact))).toBeLessThanOrEqual(1);
        }
      },
    ),
  );
});

test('half is rounded away from zero, exactly', () => {
  expect([5, -5, 4, -4].map((amount) => divideRoundHalfUp(amount, 10))).toEqual([1, -1, 0, -0]);
  fc.assert(
    fc.property(
      fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
      fc.integer({ min: 1, max: 1_000_000 }),
      (dividend, divisor) => {
        const error = divideRoundHalfUp(dividend, divisor) * divisor - dividend;
        expect(2 * Math.abs(error)).toBeLessThanOrEqual(divisor);
      },
    ),
  );
});
