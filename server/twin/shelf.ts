import type { Fact } from '../../shared/events/registry.ts';
import type { CalendarDate } from '../../shared/model/calendar.ts';
import { lotKey } from '../../shared/model/lot.ts';
import { type LotForSale, sellableLots, shelfUnitsOf } from '../../shared/rules/fefo.ts';
import { movementsOf, stockChangeOf } from '../../shared/rules/movements.ts';

/** What stands in one shop of the demonstration country, by lot. */
export type Shelf = {
  readonly lotsOf: (drug: string) => readonly LotForSale[];
  readonly sellableUnits: (drug: string, today: CalendarDate) => number;
  readonly apply: (fact: Fact) => void;
};

export function emptyShelf(): Shelf {
  const lotsByDrug = new Map<string, readonly LotForSale[]>();
  const lotsOf = (drug: string) => lotsByDrug.get(drug) ?? [];
  return {
    lotsOf,
    sellableUnits: (drug, today) =>
      sellableLots(lotsOf(drug), today).reduce((sum, lot) => sum + shelfUnitsOf(lot), 0),
    apply: (fact) => {
      for (const movement of movementsOf(fact)) {
        const { drug, lot, expiresOn } = movement;
        const change = { drug, lot, expiresOn, ...stockChangeOf(movement), recallNumber: null };
        lotsByDrug.set(drug, withChange(lotsOf(drug), change));
      }
    },
  };
}

/** Empty lots are forgotten, or a year of deliveries would slow every sale. */
function withChange(lots: readonly LotForSale[], change: LotForSale): readonly LotForSale[] {
  const key = lotKey(change);
  const held = lots.find((lot) => lotKey(lot) === key);
  const changed = {
    ...change,
    onHandUnits: (held?.onHandUnits ?? 0) + change.onHandUnits,
    quarantinedUnits: (held?.quarantinedUnits ?? 0) + change.quarantinedUnits,
  };
  const others = lots.filter((lot) => lot !== held);
  return changed.onHandUnits === 0 ? others : [...others, changed];
}
