import { z } from 'zod';
import { assert } from '../base/assert.ts';
import { limits } from '../base/limits.ts';

/**
 * Stock is counted in the smallest packing unit (đơn vị đóng gói nhỏ nhất, NĐ 54/2017 Đ136.4):
 * viên, ống, gói, chai … A whole number, always. Signed only in movements.
 */
export const Units = z.int().min(1).max(limits.unitsMax);
export const UnitsOrNone = z.int().min(0).max(limits.unitsMax);
/** A count of sold units (vỉ, hộp …): whole and positive. */
export const Quantity = z.int().min(1).max(limits.quantityMax);

/** One level of packing: `{ name: 'vỉ', factor: 10 }` holds ten of the smallest unit. */
export const PackUnit = z.object({
  name: z.string().trim().min(1).max(30),
  factor: z.int().min(1).max(limits.unitFactorMax),
});
export type PackUnit = z.infer<typeof PackUnit>;

/**
 * The levels of one drug from the smallest (factor 1) upwards. Each level holds a whole number of
 * the level below: viên 1, vỉ 10, hộp 100.
 */
export const UnitTree = z
  .array(PackUnit)
  .min(1)
  .max(limits.packagingLevelsMax)
  .refine(isWellFormed, 'levels start at 1, rise, and each holds a whole number of the one below');
export type UnitTree = readonly PackUnit[];

/** `units` written in the largest levels first: 123 viên of [1, 10, 100] is 1 hộp, 2 vỉ, 3 viên. */
export function splitIntoPacks(
  units: number,
  tree: UnitTree,
): readonly { unit: PackUnit; quantity: number }[] {
  assert(Number.isSafeInteger(units) && units >= 0, 'Units are whole and not negative');
  let left = units;
  const parts: { unit: PackUnit; quantity: number }[] = [];
  for (const unit of [...tree].reverse()) {
    const quantity = Math.floor(left / unit.factor);
    if (quantity > 0) parts.push({ unit, quantity });
    left -= quantity * unit.factor;
  }
  assert(left === 0, 'The smallest level has factor 1');
  return parts;
}

export function joinPacks(
  parts: readonly { readonly unit: PackUnit; readonly quantity: number }[],
): number {
  return parts.reduce((sum, part) => sum + part.quantity * part.unit.factor, 0);
}

function isWellFormed(tree: readonly PackUnit[]): boolean {
  return (
    tree.every((unit, level) => {
      const below = tree[level - 1];
      if (below === undefined) return unit.factor === 1;
      return unit.factor > below.factor && unit.factor % below.factor === 0;
    }) && new Set(tree.map((unit) => unit.name)).size === tree.length
  );
}
