import { limits } from '../../../../shared/base/limits.ts';
import type { PackUnit, UnitTree } from '../../../../shared/model/quantity.ts';
import { parseQuantities } from '../../../../shared/rules/quantity-grammar.ts';

export type TypedQuantity =
  | {
      readonly type: 'quantity';
      /** One for each level that was named. */
      readonly parts: readonly { readonly quantity: number; readonly unit: PackUnit }[];
    }
  /** Meant as a quantity but none: `1.5`, `-3`, `0 vỉ`. Searching for it would add a wrong drug. */
  | { readonly type: 'notWhole' }
  /** A number of something that this product has no level of: `2x`. */
  | { readonly type: 'noSuchUnit'; readonly unit: string };

/** A percent sign is no unit: `0.9%` is how a seller looks for saline. */
const number = /^([+\-−]?)\s*(\d+(?:[.,/]\d*)*|[.,]\d+)\s*([^\d\s%+]{0,10})$/;
const several = /^\s*\d{1,7}\s*[^\d\s+]{0,10}\s*(?:\+\s*\d{0,7}\s*[^\d\s+]{0,10}\s*)+$/;
const barcode = /^\d{8,14}$/;
/** How strengths are written: `500mg` looks for a drug. */
const strengths = new Set(['mg', 'g', 'kg', 'mcg', 'µg', 'ug', 'ml', 'l', 'cc', 'iu', 'ui', 'ku']);

/**
 * What a text means for the selected line, before it counts as a search.
 * @returns undefined when it is a search: a name, a barcode, or a strength such as `500mg`.
 */
export function typedQuantity(
  text: string,
  line: { readonly tree: UnitTree; readonly unit: PackUnit },
): TypedQuantity | undefined {
  const parts = parseQuantities(text, line);
  if (parts !== undefined) return { type: 'quantity', parts };
  const wanted = text.trim();
  if (several.test(wanted)) {
    const unit = /\d\s*([^\d\s+]+)\s*(?:\+|$)/.exec(wanted)?.[1];
    return unit === undefined ? { type: 'notWhole' } : { type: 'noSuchUnit', unit };
  }
  const match = number.exec(wanted);
  if (match === null || barcode.test(wanted)) return undefined;
  const [, sign, digits = '', suffix = ''] = match;
  const isWhole = sign === '' && /^\d+$/.test(digits);
  const isPossible = Number(digits) >= 1 && Number(digits) <= limits.quantityMax;
  if (!isWhole || !isPossible || suffix === '') return { type: 'notWhole' };
  return strengths.has(suffix.toLowerCase()) ? undefined : { type: 'noSuchUnit', unit: suffix };
}
