import { err, ok, type Result } from '../base/result.ts';
import type { LotPick } from '../events/sale-completed.ts';
import type { CalendarDate } from '../model/calendar.ts';
import type { Lot } from '../model/lot.ts';
import type { Refusal } from './refusal.ts';

/** `quarantinedUnits` are part of `onHandUnits`; what is left stands on the shelf. */
export type LotOnHand = Lot & { readonly onHandUnits: number; readonly quarantinedUnits: number };

/** A lot as a sale must know it: a recall that names it stops it (I6), whatever is on the shelf. */
export type LotForSale = LotOnHand & { readonly recallNumber: string | null };

/** What of a lot stands on the shelf, whether it may be sold or not. */
export function shelfUnitsOf(lot: Pick<LotOnHand, 'onHandUnits' | 'quarantinedUnits'>): number {
  return lot.onHandUnits - lot.quarantinedUnits;
}

/**
 * First expired, first out (FEFO; TT 02/2018 GPP). A lot that expires today or earlier is never
 * offered. Equal expiry: the lot number decides, so that the choice is the same on every machine.
 */
export function pickFefo(
  lots: readonly LotForSale[],
  {
    drug,
    units,
    today,
  }: { readonly drug: string; readonly units: number; readonly today: CalendarDate },
): Result<readonly LotPick[], Refusal> {
  const sellable = sellableLots(lots, today);
  const picks: LotPick[] = [];
  let missing = units;
  for (const lot of sellable) {
    if (missing === 0) break;
    const taken = Math.min(missing, shelfUnitsOf(lot));
    picks.push({ lot: lot.lot, expiresOn: lot.expiresOn, units: taken });
    missing -= taken;
  }
  if (missing === 0) return ok(picks);
  const expiredUnits = lots
    .filter((lot) => lot.expiresOn <= today)
    .reduce((sum, lot) => sum + Math.max(0, lot.onHandUnits), 0);
  const blockedUnits = lots
    .filter((lot) => lot.expiresOn > today)
    .reduce((sum, lot) => sum + Math.max(0, blockedUnitsOf(lot)), 0);
  return err({
    type: 'InsufficientStock',
    drug,
    wantedUnits: units,
    sellableUnits: units - missing,
    expiredUnits,
    blockedUnits,
  });
}

function blockedUnitsOf({ recallNumber, onHandUnits, quarantinedUnits }: LotForSale): number {
  return recallNumber === null ? quarantinedUnits : onHandUnits;
}

/** Lots that may be sold today, in the order in which they should leave. */
export function sellableLots(
  lots: readonly LotForSale[],
  today: CalendarDate,
): readonly LotForSale[] {
  return lots
    .filter((lot) => shelfUnitsOf(lot) > 0 && lot.expiresOn > today && lot.recallNumber === null)
    .sort((a, b) => compareText(a.expiresOn, b.expiresOn) || compareText(a.lot, b.lot));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
