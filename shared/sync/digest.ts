import { lotKey } from '../model/lot.ts';
import type { LotOnHand } from '../rules/fefo.ts';

/**
 * The text whose SHA-256 is the stock digest: lots that hold something, sorted by key in code-unit
 * order, with what of them stands in quarantine where something does. Both sides make it from their own tables; equal digests mean equal stock to the tablet.
 */
export function stockDigestText(lots: readonly LotOnHand[]): string {
  return lots
    .filter((lot) => lot.onHandUnits !== 0 || lot.quarantinedUnits !== 0)
    .map((lot) => `${lotKey(lot)}|${lot.onHandUnits}${quarantineText(lot)}`)
    .sort()
    .join('\n');
}

function quarantineText({ quarantinedUnits }: LotOnHand): string {
  return quarantinedUnits === 0 ? '' : `|${quarantinedUnits}`;
}
