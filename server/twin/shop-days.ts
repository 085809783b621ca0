/**
 * The days of one shop, as facts in the order in which they happen: prices and opening stock on the
 * first morning; then every day deliveries where they are due, sales by the hour, now and then a
 * sale undone. Facts are decided by the same rules as a till's, so the shop never sells what it
 * does not have; the few odd facts are made by hand (odd-facts.ts).
 */
import type { Fact } from '../../shared/events/registry.ts';
import type { SaleCompleted } from '../../shared/events/sale-completed.ts';
import {
  addDays,
  businessDateOf,
  type CalendarDate,
  instantOfMs,
  msOfInstant,
} from '../../shared/model/calendar.ts';
import { needsDocument } from '../../shared/rules/safety/control-class.ts';
import { type CartLine, decideSale, type SaleProduct } from '../../shared/rules/sale.ts';
import { decideVoid } from '../../shared/rules/void-sale.ts';
import { delivery, openingStock } from './deliveries.ts';
import { hourWeight } from './demand.ts';
import type { MarketDrug, Purchase } from './market.ts';
import { clockErrorMs, oddFacts } from './odd-facts.ts';
import { cumulated, type Random } from './random.ts';
import { seededId } from './seeded-id.ts';
import { emptyShelf, type Shelf } from './shelf.ts';
import {
  assortmentOf,
  demandWeights,
  expectedSales,
  linesPerSaleWeights,
  type ShopPlan,
  shopRandom,
} from './shop-plan.ts';

export type ShopFact = {
  /** When it really happened. */
  readonly happenedMs: number;
  /** What the till's clock said. */
  readonly clockMs: number;
  readonly documentId: string;
  readonly by: string;
  readonly fact: Fact;
};

type Shop = {
  readonly plan: ShopPlan;
  readonly slipPrefix: string;
  readonly assortment: readonly MarketDrug[];
  readonly products: ReadonlyMap<string, Omit<SaleProduct, 'lots'>>;
  readonly shelf: Shelf;
  slipNumber: number;
};

const cumulativeLines = cumulated(linesPerSaleWeights);
const voidedShare = 0.006;

/** Without end: the caller takes what has happened by its "now". */
export function* shopFacts(
  plan: ShopPlan,
  { market, slipPrefix }: { readonly market: readonly MarketDrug[]; readonly slipPrefix: string },
): Generator<ShopFact, never> {
  const assortment = assortmentOf(plan, market);
  const products = new Map(assortment.map((entry) => [entry.drug.code, productOf(entry)]));
  const shelf = emptyShelf();
  const shop: Shop = { plan, slipPrefix, assortment, products, shelf, slipNumber: 0 };
  for (let day = plan.firstDay; ; day = addDays(day, 1)) {
    for (const happened of dayFacts(shop, day)) {
      shelf.apply(happened.fact);
      yield happened;
    }
  }
}

function* dayFacts(shop: Shop, day: CalendarDate): Generator<ShopFact> {
  const { plan, shelf } = shop;
  const random = shopRandom(plan, day);
  const weights = cumulated(demandWeights(plan, shop.assortment, day));
  const errorMs = clockErrorMs(plan, day);
  let nowMs = msAtHour(day, Math.max(0, plan.openHours[0] - 1));
  const happen = (fact: Fact, by = plan.staffId): ShopFact => {
    const clockMs = nowMs + errorMs;
    return { happenedMs: nowMs, clockMs, by, fact, documentId: seededId(clockMs, random) };
  };
  for (const fact of morningFacts(shop, day, random)) {
    nowMs += 1_000;
    yield happen(fact);
  }
  for (const saleMs of saleTimes(plan, day, random)) {
    nowMs = Math.max(nowMs + 1_000, saleMs);
    const today = businessDateOf(instantOfMs(nowMs + errorMs));
    const data = decidedSale(shop, { today, weights, random });
    if (data === undefined) continue;
    const by = random.isTrue(0.6) ? plan.staffId : 'NV01';
    const sale = happen({ type: 'SaleCompleted.v1', data }, by);
    yield sale;
    if (!random.isTrue(voidedShare)) continue;
    nowMs += 75_000;
    yield happen(undone({ id: sale.documentId, data }, random), by);
  }
  const slip = () => nextSlip(shop);
  for (const fact of oddFacts({ plan, assortment: shop.assortment, shelf, day, slip })) {
    nowMs += 120_000;
    yield happen(fact);
  }
}

function* morningFacts(shop: Shop, day: CalendarDate, random: Random): Generator<Fact> {
  const { plan, assortment, shelf } = shop;
  if (day === plan.firstDay) {
    yield* listedPrices(assortment);
    yield openingStock(plan, assortment, random.fork('opening'));
  }
  const goods = delivery({ plan, assortment, shelf, day, random: random.fork('delivery') });
  if (goods !== undefined) yield goods;
}

function* listedPrices(assortment: readonly MarketDrug[]): Generator<Fact> {
  for (const { drug, usualPriceVnd, purchases } of assortment) {
    for (const unit of new Set(purchases.map((purchase) => purchase.unit))) {
      const priceVnd = usualPriceVnd * unit.factor;
      const data = { drug: drug.code, unit, priceVnd, previousPriceVnd: null };
      yield { type: 'PriceSet.v1', data };
    }
  }
}

function decidedSale(
  shop: Shop,
  input: {
    readonly today: CalendarDate;
    readonly weights: readonly number[];
    readonly random: Random;
  },
): SaleCompleted | undefined {
  const { today, weights, random } = input;
  const productsByDrug = new Map<string, SaleProduct>();
  const lines: CartLine[] = [];
  let totalVnd = 0;
  for (let left = 1 + random.weightedIndex(cumulativeLines); left > 0; left -= 1) {
    const entry = shop.assortment[random.weightedIndex(weights)];
    const product = entry && shop.products.get(entry.drug.code);
    if (entry === undefined || product === undefined) continue;
    if (productsByDrug.has(entry.drug.code)) continue;
    const line = cartLine(entry, shop.shelf.sellableUnits(entry.drug.code, today), random);
    if (line === undefined) continue;
    productsByDrug.set(entry.drug.code, { ...product, lots: shop.shelf.lotsOf(entry.drug.code) });
    lines.push(line);
    totalVnd += line.quantity * (product.pricesVnd.get(line.unit) ?? 0);
  }
  if (lines.length === 0) return undefined;
  const method = random.isTrue(0.75) ? 'cash' : 'vietqr';
  const sale = decideSale(
    { today, slip: nextSlip(shop), productsByDrug },
    {
      lines,
      payment: { method, tenderedVnd: method === 'cash' ? notesFor(totalVnd) : totalVnd },
      shownTotalVnd: totalVnd,
    },
  );
  if (!sale.ok) throw new Error(`The generator asked for an impossible sale: ${sale.error.type}`);
  return sale.value;
}

/** What the customer wants, or as much of it as there is. */
function cartLine(entry: MarketDrug, sellableUnits: number, random: Random): CartLine | undefined {
  const purchase = purchaseOf(entry.purchases, random);
  const { unit } = purchase;
  const quantity = Math.min(purchase.quantity, Math.floor(sellableUnits / unit.factor));
  if (quantity < 1) return undefined;
  return { drug: entry.drug.code, unit: unit.name, quantity, discountVnd: 0 };
}

function purchaseOf(purchases: readonly Purchase[], random: Random): Purchase {
  const chosen = purchases[random.weightedIndex(cumulated(purchases.map(({ weight }) => weight)))];
  if (chosen === undefined) throw new Error('Every drug is bought in some way');
  return chosen;
}

function undone(sale: { readonly id: string; readonly data: SaleCompleted }, random: Random): Fact {
  const reason = random.pick(['Khách đổi ý', 'Nhập nhầm số lượng', 'Nhập nhầm thuốc']);
  const voided = decideVoid(
    { sale, isVoided: false, hasReturns: false },
    { saleId: sale.id, reason },
  );
  if (!voided.ok) throw new Error(`A fresh sale cannot be voided: ${voided.error.type}`);
  return { type: 'SaleVoided.v1', data: voided.value };
}

function saleTimes(plan: ShopPlan, day: CalendarDate, random: Random): readonly number[] {
  const [opens, closes] = plan.openHours;
  const hours = Array.from({ length: closes - opens }, (_, index) => opens + index);
  const weights = cumulated(hours.map(hourWeight));
  const count = random.poisson(expectedSales(plan, day));
  return Array.from({ length: count }, () => {
    const hour = hours[random.weightedIndex(weights)] ?? opens;
    return msAtHour(day, hour) + random.between(0, 3_599) * 1_000;
  }).sort((a, b) => a - b);
}

function productOf({ drug, usualPriceVnd }: MarketDrug): Omit<SaleProduct, 'lots'> {
  return {
    units: drug.units,
    pricesVnd: new Map(drug.units.map((unit) => [unit.name, usualPriceVnd * unit.factor])),
    ceilingPriceVnd: drug.ceilingPriceVnd,
    needsPrescription: needsDocument(drug.controlClass),
  };
}

function nextSlip(shop: Shop): string {
  shop.slipNumber += 1;
  return `${shop.slipPrefix}-${shop.slipNumber}`;
}

/** The next handy sum of banknotes. */
function notesFor(totalVnd: number): number {
  const note = [10_000, 50_000, 100_000, 200_000, 500_000].find((each) => each >= totalVnd);
  return note ?? Math.ceil(totalVnd / 100_000) * 100_000;
}

function msAtHour(day: CalendarDate, hour: number): number {
  return msOfInstant(`${day}T${String(hour).padStart(2, '0')}:00:00+07:00`);
}
