import { limits } from '../../../../shared/base/limits.ts';
import type { PackUnit, UnitTree } from '../../../../shared/model/quantity.ts';
import { parseQuantity } from '../../../../shared/rules/quantity-grammar.ts';

export type TypedQuantity =
  | { readonly type: 'quantity'; readonly quantity: number; readonly unit: PackUnit }
  /** Meant as a quantity but none: `1.5`, `-3`, `0 vỉ`. Searching for it would add a wrong drug. */
  | { readonly type: 'notWhole' };

/** A percent sign is no unit: `0.9%` is how a seller looks for saline. */
const number = /^([+\-−]?)\s*(\d+(?:[.,/]\d*)*|[.,]\d+)\s*([^\d\s%]{0,10})$/;
const barcode = /^\d{8,14}$/;

/**
 * What a text means for the selected line, before it counts as a search.
 * @returns undefined when it is a search: a name, a barcode, or a strength such as `500mg`.
 */
export function typedQuantity(
  text: string,
  line: { readonly tree: UnitTree; readonly unit: PackUnit },
): TypedQuantity | undefined {
  const parsed = parseQuantity(text, line);
  if (parsed !== undefined) return { type: 'quantity', ...parsed };
  const wanted = text.trim();
  const match = number.exec(wanted);
  if (match === null || barcode.test(wanted)) return undefined;
  const [, sign, digits = '', suffix] = match;
  const isWhole = sign === '' && /^\d+$/.test(digits);
  const isPossible = Number(digits) >= 1 && Number(digits) <= limits.quantityMax;
  return isWhole && isPossible && suffix !== '' ? undefined : { type: 'notWhole' };
}
