import type { TillRequest } from '../../shared/contract/till-api.ts';
import { addDays, type CalendarDate } from '../../shared/model/calendar.ts';
import type { Drug } from '../../shared/model/drug.ts';
import { lotExpiring, lotInTrade } from './lots.ts';
import { type MarketDrug, marketOf } from './market.ts';
import { randomOf } from './random.ts';

export type NewcomerShelf = {
  readonly opening: TillRequest<'stock.declareOpening'>['lines'];
  readonly prices: readonly Omit<TillRequest<'prices.set'>, 'commandId'>[];
};

/** Of the catalogue, the share a pharmacy of this size does not carry. */
const notCarriedShare = 0.08;

/** What stands on the shelves of the newcomer's demonstration pharmacy, and for how much. */
export function newcomerShelf(input: {
  readonly seed: string;
  readonly drugs: readonly Drug[];
  readonly today: CalendarDate;
}): NewcomerShelf {
  const random = randomOf(`${input.seed}/newcomer`);
  const carried = marketOf(input.drugs, input.seed).filter(
    ({ popularity }) => popularity > 3 || !random.isTrue(notCarriedShare),
  );
  return {
    opening: carried.flatMap((entry) => {
      const drug = entry.drug.code;
      const pack = packOf(entry);
      const lot = lotInTrade({ drug, day: addDays(input.today, -40), random });
      const unitCostVnd = Math.max(1, Math.round(entry.usualPriceVnd * 0.8));
      const line = { ...lot, units: pack * random.between(2, 6), unitCostVnd };
      // One in ten has an older lot in front, so that first-expired-first-out shows.
      if (!random.isTrue(0.1)) return [line];
      const older = lotExpiring({ drug, on: addDays(input.today, random.between(12, 85)) });
      return [line, { ...older, units: pack, unitCostVnd }];
    }),
    prices: carried.flatMap(({ drug, usualPriceVnd }) =>
      drug.units.map((unit) => ({
        drug: drug.code,
        unit: unit.name,
        priceVnd: usualPriceVnd * unit.factor,
      })),
    ),
  };
}

function packOf({ drug }: MarketDrug): number {
  const pack = drug.units.findLast((unit) => unit.factor <= 120)?.factor ?? 1;
  return Math.max(pack, 10);
}
