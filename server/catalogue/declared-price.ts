import { limits } from '../../shared/base/limits.ts';
import { divideRoundHalfUp } from '../../shared/model/money.ts';
import type { UnitTree } from '../../shared/model/quantity.ts';
import { foldWords } from './fold-words.ts';
import type { RowWarningCode } from './reasons.ts';

/**
 * The declared retail price (giá kê khai) of the smallest unit, in whole đồng. Registers write
 * "1.200", "1,200.00", "1200 đ"; a price for a box is shared over what the box holds.
 */
export function declaredPriceOf(
  text: string,
  unitText: string,
  units: UnitTree,
): { readonly value: number | null; readonly warning?: RowWarningCode } {
  if (text.trim() === '') return { value: null };
  const hundredths = hundredthsOf(text);
  if (hundredths === null) return { value: null, warning: 'price-unreadable' };
  const factor = factorOf(unitText, units);
  if (factor === null) return { value: null, warning: 'price-unit-unknown' };
  const price = divideRoundHalfUp(hundredths, 100 * factor);
  if (price > limits.priceVndMax) return { value: null, warning: 'price-unreadable' };
  return { value: price };
}

function hundredthsOf(text: string): number | null {
  const plain = text.replace(/(vnđ|vnd|đồng|đ|₫|\/.*$)/giu, '').replace(/\s/g, '');
  const grouped = /^(\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)(?:[.,](\d{1,2}))?$/.exec(plain);
  const simple = /^(\d{1,12})(?:[.,](\d{1,6}))?$/.exec(plain);
  const whole = grouped?.[1]?.replace(/[.,]/g, '') ?? simple?.[1];
  if (whole === undefined) return null;
  const fraction = (grouped === null ? simple?.[2] : grouped[3]) ?? '';
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0').slice(0, 2));
}

function factorOf(unitText: string, units: UnitTree): number | null {
  const wanted = foldWords(unitText);
  if (wanted === '') return 1;
  return units.find((unit) => foldWords(unit.name) === wanted)?.factor ?? null;
}
