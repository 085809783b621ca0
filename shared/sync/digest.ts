import { lotKey } from '../model/lot.ts';
import type { LotOnHand } from '../rules/fefo.ts';

/**
 * The text whose SHA-256 is the stock digest: lots that hold something, sorted by key in code-unit
 * order. Both sides make it from their own tables; equal digests mean equal stock to the tablet.
 */
export function stockDigestText(lots: readonly LotOnHand[]): string {
  return lots
    .filter((lot) => lot.onHandUnits !== 0)
    .map((lot) => `${lotKey(lot)}|${lot.onHandUnits}`)
    .sort()
    .join('\n');
}
