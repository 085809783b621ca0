import { z } from 'zod';
import { assert } from '../base/assert.ts';
import { limits } from '../base/limits.ts';

/** Whole đồng. There is no smaller coin in use, so there are no fractions anywhere. */
export const PriceVnd = z.int().min(0).max(limits.priceVndMax);
export const AmountVnd = z.int().min(0).max(limits.totalVndMax);

/** Half is rounded away from zero, as tax rounding in Việt Nam does. */
export function divideRoundHalfUp(dividend: number, divisor: number): number {
  assert(Number.isSafeInteger(dividend) && Number.isSafeInteger(divisor), 'Money is whole');
  assert(divisor > 0, 'The divisor is positive');
  const magnitude = Math.floor((2 * Math.abs(dividend) + divisor) / (2 * divisor));
  return dividend < 0 ? -magnitude : magnitude;
}

/**
 * Splits an amount over weights so that the shares are whole and add up to the amount exactly.
 * The running remainder moves to the next share, so no đồng is lost or made.
 */
export function shareOut(amountVnd: number, weights: readonly number[]): readonly number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  assert(total > 0, 'Something is shared out over something');
  let weightSoFar = 0;
  let sharedSoFar = 0;
  return weights.map((weight) => {
    weightSoFar += weight;
    const dueSoFar = Number((BigInt(amountVnd) * BigInt(weightSoFar)) / BigInt(total));
    const share = dueSoFar - sharedSoFar;
    sharedSoFar = dueSoFar;
    return share;
  });
}
