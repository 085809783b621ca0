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

/**
 * A quantity of several levels at once: `1h+3` is one hộp and three of the smallest unit, `2v+5` two
 * vỉ and five viên. The first part may be in the line's own unit; a bare number behind a plus counts
 * the smallest. Two parts in one unit are one.
 * @returns undefined when any part is no quantity of this product.
 */
export function parseQuantities(
  text: string,
  { tree, unit }: { readonly tree: UnitTree; readonly unit: PackUnit },
): readonly { readonly quantity: number; readonly unit: PackUnit }[] | undefined {
  const parts = text.split('+');
  if (parts.length > tree.length) return undefined;
  const sums = new Map<string, { readonly quantity: number; readonly unit: PackUnit }>();
  for (const [index, part] of parts.entries()) {
    const parsed = parseQuantity(part, { tree, unit: index === 0 ? unit : (tree[0] ?? unit) });
    if (parsed === undefined) return undefined;
    const quantity = parsed.quantity + (sums.get(parsed.unit.name)?.quantity ?? 0);
    if (quantity > limits.quantityMax) return undefined;
    sums.set(parsed.unit.name, { quantity, unit: parsed.unit });
  }
  return [...sums.values()];
}
