import type { CalendarDate } from '../../shared/model/calendar.ts';
import type { FacilityKind } from '../../shared/model/facility.ts';
import { dayFactor, seasonFactor } from './demand.ts';
import type { Oddity, PlannedFacility } from './facilities.ts';
import type { MarketDrug } from './market.ts';
import { type Random, randomOf } from './random.ts';

/** Everything a shop's days follow from; plain data, so that it can cross to a worker thread. */
export type ShopPlan = {
  readonly seed: string;
  readonly facilityCode: string;
  readonly kind: FacilityKind;
  readonly salesPerDay: number;
  readonly openHours: readonly [number, number];
  readonly oddity: Oddity | null;
  readonly shortage: Shortage | null;
  /** The day on which its till took over; its opening stock is declared in the morning. */
  readonly firstDay: CalendarDate;
  readonly staffId: string;
};

/** One drug of one province whose deliveries dried up while more and more people ask for it. */
export type Shortage = {
  readonly province: string;
  readonly drug: string;
  readonly lastDeliveryBefore: CalendarDate;
};

/** Of ordinary sales: how many products one customer takes. */
export const linesPerSaleWeights: readonly number[] = [45, 33, 15, 7];
export const linesPerSaleMean = 1.84;

const assortmentSizes: Readonly<Record<FacilityKind, number>> = {
  pharmacy: 72,
  'drug-counter': 44,
  'health-station-cabinet': 16,
  'traditional-shop': 30,
};

export function shopPlan(
  planned: PlannedFacility,
  input: {
    readonly seed: string;
    readonly firstDay: CalendarDate;
    readonly shortage: Shortage | null;
  },
): ShopPlan {
  const { facility, salesPerDay, openHours, oddity } = planned;
  return {
    seed: input.seed,
    facilityCode: facility.code,
    kind: facility.kind,
    salesPerDay,
    openHours,
    oddity: oddity ?? null,
    shortage: input.shortage?.province === facility.province ? input.shortage : null,
    firstDay: input.firstDay,
    staffId: facility.responsiblePharmacist.staffId,
  };
}

/** What the shop carries: the popular first, with a taste of its own. */
export function assortmentOf(plan: ShopPlan, market: readonly MarketDrug[]): readonly MarketDrug[] {
  const taste = shopRandom(plan, 'taste');
  return market
    .map((entry) => ({ entry, rank: entry.popularity * (0.3 + taste.unit()) }))
    .map((ranked) => (ranked.entry.drug.code === plan.shortage?.drug ? inFront(ranked) : ranked))
    .sort((a, b) => b.rank - a.rank)
    .slice(0, assortmentSizes[plan.kind])
    .map(({ entry }) => entry);
}

/** Relative demand for each drug of an assortment on a day. */
export function demandWeights(
  plan: ShopPlan,
  assortment: readonly MarketDrug[],
  day: CalendarDate,
): readonly number[] {
  return assortment.map(
    ({ drug, popularity, season }) =>
      popularity * seasonFactor(season, day) * shortageFactor(plan.shortage, drug.code, day),
  );
}

export function expectedSales(plan: ShopPlan, day: CalendarDate): number {
  return plan.salesPerDay * dayFactor(day);
}

export function shopRandom(plan: ShopPlan, label: string): Random {
  return randomOf(`${plan.seed}/${plan.facilityCode}/${label}`);
}

function shortageFactor(shortage: Shortage | null, drug: string, day: CalendarDate): number {
  if (shortage === null || shortage.drug !== drug) return 1;
  return day < shortage.lastDeliveryBefore ? 3 : 9;
}

function inFront<Ranked extends { readonly rank: number }>(ranked: Ranked): Ranked {
  return { ...ranked, rank: Number.POSITIVE_INFINITY };
}
