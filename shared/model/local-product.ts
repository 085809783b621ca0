import { z } from 'zod';

/**
 * A facility's own key of a product that the national catalogue does not have. It is a drug code like
 * any other, so such goods are received, counted and sold like any other.
 */
export const LocalProductCode = z
  .string()
  .regex(/^LOCAL-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);

export const LocalProductKind = z.enum(['drug', 'supplement', 'cosmetic', 'device', 'other']);
export type LocalProductKind = z.infer<typeof LocalProductKind>;

const prefix = 'LOCAL-';

export function localProductCode(id: string): string {
  return LocalProductCode.parse(prefix + id.toLowerCase());
}

/** Whether a drug code was given by a facility and not by the catalogue. */
export function isLocalProductCode(drug: string): boolean {
  return drug.startsWith(prefix);
}
