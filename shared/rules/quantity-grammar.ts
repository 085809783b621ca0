import { limits } from '../base/limits.ts';
import type { PackUnit, UnitTree } from '../model/quantity.ts';
import { foldVietnamese } from './fold-vietnamese.ts';

/**
 * What a seller types for a quantity: `20` (in the line's own unit), `2v` or `2 vỉ` (a unit by the
 * start of its name, without diacritics). Of several units that begin alike the largest wins:
 * `v` is vỉ, not viên; `vie` is viên.
 * @returns undefined when the text is no quantity of this product.
 */
export function parseQuantity(
  text: string,
  { tree, unit }: { readonly tree: UnitTree; readonly unit: PackUnit },
): { readonly quantity: number; readonly unit: PackUnit } | undefined {
  const match = /^\s*(\d{1,7})\s*([^\d\s+]*)\s*$/.exec(text);
  if (match === null) return undefined;
  const quantity = Number(match[1]);
  if (quantity < 1 || quantity > limits.quantityMax) return undefined;
  const suffix = foldVietnamese(match[2] ?? '');
  if (suffix === '') return { quantity, unit };
  const named = [...tree]
    .reverse()
    .find((candidate) => foldVietnamese(candidate.name).startsWith(suffix));
  return named === undefined ? undefined : { quantity, unit: named };
}
