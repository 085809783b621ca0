import { limits } from '../base/limits.ts';
import { type Lot, lotKey, type Place } from '../model/lot.ts';
import { type LotOnHand, shelfUnitsOf } from './fefo.ts';
import type { Refusal } from './refusal.ts';

/** Checks that every document with lines has in common; each gives the first "no" or undefined. */

export function refuseSize(lines: number, linesMax: number): Refusal | undefined {
  if (lines === 0) return { type: 'EmptyDocument' };
  return lines > linesMax ? { type: 'TooManyLines', lines, linesMax } : undefined;
}

/** @param factor smallest units in one of what is counted. */
export function refuseUnits(drug: string, quantity: number, factor: number): Refusal | undefined {
  if (!Number.isSafeInteger(quantity) || quantity < 1) {
    return { type: 'BadQuantity', drug, quantity };
  }
  const isTooLarge = quantity > limits.quantityMax || quantity * factor > limits.unitsMax;
  return isTooLarge ? { type: 'QuantityTooLarge', drug, unitsMax: limits.unitsMax } : undefined;
}

export function refusePrice(drug: string, priceVnd: number): Refusal | undefined {
  const isPrice = Number.isSafeInteger(priceVnd) && priceVnd >= 0 && priceVnd <= limits.priceVndMax;
  return isPrice ? undefined : { type: 'PriceTooHigh', drug, priceVndMax: limits.priceVndMax };
}

/** A line that takes units of one lot away from one place. */
export type LotLine = Lot & { readonly place: Place; readonly units: number };

/** Lots that are there, each once per place, and no more than the place holds. */
export function refuseTaking(
  lots: readonly LotOnHand[],
  lines: readonly LotLine[],
): Refusal | undefined {
  const size = refuseSize(lines.length, limits.stockLinesMax);
  if (size !== undefined) return size;
  const held = new Map(lots.map((lot) => [lotKey(lot), lot]));
  const seen = new Set<string>();
  for (const line of lines) {
    const { drug, lot, place, units } = line;
    const known = held.get(lotKey(line));
    if (known === undefined) return { type: 'UnknownLot', drug, lot };
    const problem = refuseUnits(drug, units, 1);
    if (problem !== undefined) return problem;
    const key = `${lotKey(line)}|${place}`;
    if (seen.has(key)) return { type: 'DuplicateLot', drug, lot };
    seen.add(key);
    const heldUnits = unitsAt(known, place);
    if (units > heldUnits) {
      return { type: 'LotHoldsLess', drug, lot, place, wantedUnits: units, heldUnits };
    }
  }
  return undefined;
}

/** What of a lot stands at a place. */
export function unitsAt(lot: LotOnHand, place: Place): number {
  return place === 'quarantine' ? lot.quarantinedUnits : shelfUnitsOf(lot);
}
