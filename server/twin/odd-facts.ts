/**
 * Facts that no honest till writes, each of which the centre stores and turns into an alert with a
 * human sentence (protocol.md §2): a lot sold after its expiry, a price above the declared one, a
 * product no catalogue knows, a clock that was wrong for a while.
 */
import type { Fact } from '../../shared/events/registry.ts';
import type { SaleLine } from '../../shared/events/sale-completed.ts';
import { addDays, type CalendarDate, daysBetween } from '../../shared/model/calendar.ts';
import { type Lot, LotNumber } from '../../shared/model/lot.ts';
import type { MarketDrug } from './market.ts';
import type { Shelf } from './shelf.ts';
import type { ShopPlan } from './shop-plan.ts';

const dayMs = 86_400_000;

/** How wrong the till's clock is on a day. */
export function clockErrorMs(plan: ShopPlan, day: CalendarDate): number {
  const dayIndex = daysBetween({ from: plan.firstDay, to: day });
  if (plan.oddity === 'clock-ahead' && dayIndex >= 10 && dayIndex <= 11) return 9 * dayMs;
  if (plan.oddity === 'back-dated' && dayIndex === 20) return -9 * dayMs;
  return 0;
}

export function* oddFacts(input: {
  readonly plan: ShopPlan;
  readonly assortment: readonly MarketDrug[];
  readonly shelf: Shelf;
  readonly day: CalendarDate;
  readonly slip: () => string;
}): Generator<Fact> {
  const { plan, assortment, shelf, day, slip } = input;
  const dayIndex = daysBetween({ from: plan.firstDay, to: day });
  switch (plan.oddity) {
    case 'expired-lot-sold': {
      if (dayIndex !== 29 && dayIndex !== 31) return;
      const entry = assortment[0];
      const lot = entry && shelf.lotsOf(entry.drug.code).find(({ expiresOn }) => expiresOn <= day);
      if (entry && lot) yield handMadeSale(slip(), entry, { lot, units: 10 });
      return;
    }
    case 'price-above-ceiling': {
      if (dayIndex < 28 || dayIndex > 31) return;
      const entry = assortment.find(({ drug }) => drug.ceilingPriceVnd !== null);
      const lot = entry && newestLot(shelf, entry.drug.code);
      if (entry === undefined || lot === undefined || lot.onHandUnits < 5) return;
      yield handMadeSale(slip(), entry, { lot, units: 5, priceFactor: 1.6 });
      return;
    }
    case 'unknown-drug':
      if (dayIndex === 26) yield* unknownProduct(slip(), day);
      return;
    default:
      return;
  }
}

function handMadeSale(
  slip: string,
  entry: Pick<MarketDrug, 'drug' | 'usualPriceVnd'>,
  sold: { readonly lot: Lot; readonly units: number; readonly priceFactor?: number },
): Fact {
  const unit = entry.drug.units[0];
  if (unit === undefined) throw new Error(`${entry.drug.code} has no unit`);
  const priceVnd = Math.round(entry.usualPriceVnd * (sold.priceFactor ?? 1));
  return saleOf(slip, {
    drug: entry.drug.code,
    unit,
    quantity: sold.units,
    priceVnd,
    amountVnd: priceVnd * sold.units,
    discountVnd: 0,
    picks: [{ lot: sold.lot.lot, expiresOn: sold.lot.expiresOn, units: sold.units }],
  });
}

/** A folk remedy that the shop keyed in under a code of its own. */
function* unknownProduct(slip: string, day: CalendarDate): Generator<Fact> {
  const lot = { drug: 'TU-KHAI-01', lot: LotNumber.parse('KR01'), expiresOn: addDays(day, 300) };
  const unit = { name: 'gói', factor: 1 };
  const amountVnd = 30 * 4_000;
  yield {
    type: 'GoodsReceived.v1',
    data: {
      supplierName: 'Không rõ nguồn gốc',
      invoiceNumber: '',
      lines: [{ ...lot, unit, quantity: 30, units: 30, unitCostVnd: 4_000, amountVnd }],
      totalVnd: amountVnd,
    },
  };
  yield saleOf(slip, {
    drug: lot.drug,
    unit,
    quantity: 4,
    priceVnd: 9_000,
    amountVnd: 36_000,
    discountVnd: 0,
    picks: [{ lot: lot.lot, expiresOn: lot.expiresOn, units: 4 }],
  });
}

function saleOf(slip: string, line: SaleLine): Fact {
  const { amountVnd } = line;
  const payment = { method: 'cash', tenderedVnd: amountVnd, changeVnd: 0 } as const;
  return {
    type: 'SaleCompleted.v1',
    data: { slip, lines: [line], totalVnd: amountVnd, payment },
  };
}

function newestLot(shelf: Shelf, drug: string) {
  return [...shelf.lotsOf(drug)].sort((a, b) => (a.expiresOn < b.expiresOn ? 1 : -1))[0];
}
