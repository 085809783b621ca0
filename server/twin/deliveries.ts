import type { Fact } from '../../shared/events/registry.ts';
import { addDays, type CalendarDate, dayNumberOf } from '../../shared/model/calendar.ts';
import { type Lot, lotKey } from '../../shared/model/lot.ts';
import type { PackUnit } from '../../shared/model/quantity.ts';
import { decideOpening, decideReceiving, type ReceiveGoods } from '../../shared/rules/receiving.ts';
import { lotExpiring, lotInTrade } from './lots.ts';
import type { MarketDrug } from './market.ts';
import type { Random } from './random.ts';
import type { Shelf } from './shelf.ts';
import { demandWeights, expectedSales, linesPerSaleMean, type ShopPlan } from './shop-plan.ts';

/** Assumed habits of ordering: a delivery a week, up to six weeks' needs, when three are left. */
const daysBetweenDeliveries = 7;
const coverDaysMax = 45;
const coverDaysMin = 24;
/** However rarely it is asked for, the next few customers find it. */
const purchasesMax = 8;
const purchasesMin = 4;

const suppliers = [
  'Công ty CP Dược phẩm Trung ương CPC1',
  'Công ty CP Dược Hậu Giang',
  'Công ty TNHH Dược phẩm Vimedimex',
  'Công ty CP Dược phẩm Phú Thái',
  'Công ty TNHH MTV Dược Sài Gòn',
  'Công ty CP Dược Danapha',
];

/** What stood on the shelves on the first morning, with a lot or two near their end. */
export function openingStock(
  plan: ShopPlan,
  assortment: readonly MarketDrug[],
  random: Random,
): Fact {
  const needs = dailyNeeds(plan, assortment, plan.firstDay);
  const unitsByLot = new Map<string, Lot & { units: number; unitCostVnd: number }>();
  const add = (lot: Lot, units: number, unitCostVnd: number) => {
    const held = unitsByLot.get(lotKey(lot));
    unitsByLot.set(lotKey(lot), { ...lot, units: units + (held?.units ?? 0), unitCostVnd });
  };
  for (const [index, entry] of assortment.entries()) {
    const { drug } = entry;
    const coveredUnits = (needs[index] ?? 0) * random.between(coverDaysMin, coverDaysMax);
    const units = wholePacks(entry, coveredUnits + reserveUnits(plan, entry) * purchasesMin);
    const lot = lotInTrade({ drug: drug.code, day: addDays(plan.firstDay, -60), random });
    add(lot, units, unitCostOf(entry));
    if (random.isTrue(0.12)) {
      const on = addDays(plan.firstDay, random.between(45, 150));
      add(lotExpiring({ drug: drug.code, on }), wholePacks(entry, 1), unitCostOf(entry));
    }
  }
  if (plan.oddity === 'expired-lot-sold') {
    const entry = assortment[0];
    const on = addDays(plan.firstDay, -12);
    if (entry) add(lotExpiring({ drug: entry.drug.code, on }), 60, unitCostOf(entry));
  }
  const opening = decideOpening(
    { unitsByDrug: unitTrees(assortment), declaredLotKeys: new Set() },
    { lines: [...unitsByLot.values()] },
  );
  if (!opening.ok) throw new Error(`Impossible opening stock: ${opening.error.type}`);
  return { type: 'OpeningStockDeclared.v1', data: opening.value };
}

/** The delivery of a day, if one is due and something runs low. */
export function delivery(input: {
  readonly plan: ShopPlan;
  readonly assortment: readonly MarketDrug[];
  readonly shelf: Shelf;
  readonly day: CalendarDate;
  readonly random: Random;
}): Fact | undefined {
  const { plan, assortment, shelf, day, random } = input;
  if (!isDeliveryDay(plan, day)) return undefined;
  const needs = dailyNeeds(plan, assortment, day);
  const lines: ReceiveGoods['lines'][number][] = [];
  for (const [index, entry] of assortment.entries()) {
    const { drug } = entry;
    const need = needs[index] ?? 0;
    const heldUnits = shelf.sellableUnits(drug.code, day);
    const purchaseUnits = reserveUnits(plan, entry);
    const isEnough = heldUnits >= Math.max(need * coverDaysMin, purchaseUnits * purchasesMin);
    if (isEnough || isDriedUp(plan, drug.code, day)) continue;
    const fullUnits = Math.max(need * coverDaysMax, purchaseUnits * purchasesMax);
    const units = wholePacks(entry, fullUnits - heldUnits);
    const unit = orderUnit(entry);
    lines.push({
      ...lotInTrade({ drug: drug.code, day, random }),
      unit: unit.name,
      quantity: units / unit.factor,
      unitCostVnd: unitCostOf(entry) * unit.factor,
    });
  }
  if (lines.length === 0) return undefined;
  const received = decideReceiving(
    { today: day, recalls: [], unitsByDrug: unitTrees(assortment) },
    {
      supplierName: random.pick(suppliers),
      invoiceNumber: `HĐ${random.between(100_000, 999_999)}`,
      lines,
    },
  );
  if (!received.ok) throw new Error(`Impossible delivery: ${received.error.type}`);
  return { type: 'GoodsReceived.v1', data: received.value };
}

export function unitCostOf({ usualPriceVnd }: MarketDrug): number {
  return Math.max(1, Math.round(usualPriceVnd * 0.8));
}

/** What one customer takes; of a drug that is running short nobody gets a reserve. */
function reserveUnits({ shortage }: ShopPlan, entry: MarketDrug): number {
  return shortage?.drug === entry.drug.code ? 0 : entry.meanUnitsPerPurchase;
}

function isDeliveryDay(plan: ShopPlan, day: CalendarDate): boolean {
  const phase = Number(plan.facilityCode.slice(-6)) % daysBetweenDeliveries;
  return day > plan.firstDay && dayNumberOf(day) % daysBetweenDeliveries === phase;
}

function isDriedUp({ shortage }: ShopPlan, drug: string, day: CalendarDate): boolean {
  return shortage !== null && shortage.drug === drug && day >= shortage.lastDeliveryBefore;
}

/** Smallest units a day, by place in the assortment. */
function dailyNeeds(
  plan: ShopPlan,
  assortment: readonly MarketDrug[],
  day: CalendarDate,
): readonly number[] {
  const weights = demandWeights(plan, assortment, day);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const linesPerDay = expectedSales(plan, day) * linesPerSaleMean;
  return assortment.map(
    (entry, index) => (linesPerDay * (weights[index] ?? 0) * entry.meanUnitsPerPurchase) / total,
  );
}

/** At least one pack: nobody delivers a blister. */
function wholePacks(entry: MarketDrug, units: number): number {
  const { factor } = orderUnit(entry);
  return Math.max(1, Math.ceil(units / factor)) * factor;
}

function orderUnit({ drug }: MarketDrug): PackUnit {
  const unit = drug.units.findLast((candidate) => candidate.factor <= 120) ?? drug.units[0];
  if (unit === undefined) throw new Error(`${drug.code} has no unit`);
  return unit;
}

function unitTrees(assortment: readonly MarketDrug[]) {
  return new Map(assortment.map(({ drug }) => [drug.code, drug.units]));
}
