/**
 * What people at a counter want: one input for a command of the till, and what the auditor expects
 * of it, worked out here from the quantities that were asked for.
 */
import type { Till } from '../../desktop/main/till.ts';
import { lotInTrade } from '../../server/twin/lots.ts';
import type { Random } from '../../server/twin/random.ts';
import type { TillAnswer, TillCallName, TillRequest } from '../../shared/contract/till-api.ts';
import { addDays, businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import type { Asked } from './oracle.ts';

/** The person behind a counter. */
export type Counter = {
  readonly till: () => Till;
  readonly random: Random;
  readonly newId: () => string;
  readonly nowMs: () => number;
};

export type UnitsByDrug = Readonly<Record<string, number>>;
export type Intent<Name extends TillCallName = TillCallName> = {
  readonly name: Name;
  readonly type: string;
  readonly input: TillRequest<Name> & { readonly commandId: string };
} & Pick<Asked, 'unitsByDrug' | 'unitsByPlace' | 'counted' | 'prescription'>;
export type Product = NonNullable<TillAnswer<'drugs.get'>>;
/** A sale that was made, for those who come back with it. */
export type Sold = { readonly id: string; readonly unitsByDrug: UnitsByDrug };

/** What stood on the shelf, of every drug at once; some of it expires during the run. */
export function openingIntent(
  counter: Counter,
  drugs: readonly string[],
): Intent<'stock.declareOpening'> {
  const { random } = counter;
  const today = businessDateOf(instantOfMs(counter.nowMs()));
  const lines = drugs.flatMap((drug) => [
    { ...lotInTrade({ drug, day: today, random }), units: random.between(20, 400) },
    {
      drug,
      lot: `CU${random.between(1, 9)}`,
      expiresOn: addDays(today, random.between(-2, 6)),
      units: random.between(1, 40),
    },
  ]);
  return {
    name: 'stock.declareOpening',
    type: 'OpeningStockDeclared.v1',
    input: { commandId: counter.newId(), lines },
    unitsByDrug: sumByDrug(lines),
  };
}

export async function priceIntent(
  counter: Counter,
  drug: string,
  shareMin: number,
): Promise<Intent<'prices.set'>> {
  const product = await productOf(counter, drug);
  const unit = product?.units[0]?.name ?? 'viên';
  const ceiling = product?.ceilingPriceVnd ?? 1_000;
  const priceVnd = Math.floor(ceiling * (shareMin + (1 - shareMin) * counter.random.unit()));
  return {
    name: 'prices.set',
    type: 'PriceSet.v1',
    input: { commandId: counter.newId(), drug, unit, priceVnd },
    unitsByDrug: {},
  };
}

export async function receiptIntent(
  counter: Counter,
  drugCodes: readonly string[],
): Promise<Intent<'stock.receive'>> {
  const { random } = counter;
  const today = businessDateOf(instantOfMs(counter.nowMs()));
  const moved: { drug: string; units: number }[] = [];
  const lines: TillRequest<'stock.receive'>['lines'] = [];
  for (let left = random.between(1, 3); left > 0; left -= 1) {
    const drug = random.pick(drugCodes);
    const unit = (await productOf(counter, drug))?.units.at(-1) ?? { name: 'viên', factor: 1 };
    const quantity = random.between(1, 4);
    const unitCostVnd = random.between(100, 90_000);
    const lot = lotInTrade({ drug, day: today, random });
    lines.push({ ...lot, unit: unit.name, quantity, unitCostVnd });
    moved.push({ drug, units: quantity * unit.factor });
  }
  const invoiceNumber = String(random.between(1, 99_999));
  return {
    name: 'stock.receive',
    type: 'GoodsReceived.v1',
    input: { commandId: counter.newId(), supplierName: 'Kho mô phỏng', invoiceNumber, lines },
    unitsByDrug: sumByDrug(moved),
  };
}

export async function saleIntent(
  counter: Counter,
  drugCodes: readonly string[],
): Promise<Intent<'sales.complete'>> {
  const { random } = counter;
  const moved: { drug: string; units: number }[] = [];
  const lines: TillRequest<'sales.complete'>['lines'] = [];
  let totalVnd = 0;
  for (let left = random.between(1, 4); left > 0; left -= 1) {
    const drug = random.pick(drugCodes);
    const product = await productOf(counter, drug);
    const unit = product?.units[0];
    if (product === null || unit === undefined) continue;
    const quantity = random.between(1, 25);
    lines.push({ drug, unit: unit.name, quantity, discountVnd: 0 });
    totalVnd += quantity * (product.pricesVnd[unit.name] ?? 0);
    moved.push({ drug, units: -quantity * unit.factor });
  }
  const saleDiscountVnd = random.isTrue(0.1) ? random.between(0, Math.min(totalVnd, 2_000)) : 0;
  const shownTotalVnd = totalVnd - saleDiscountVnd;
  return {
    name: 'sales.complete',
    type: 'SaleCompleted.v1',
    input: {
      commandId: counter.newId(),
      lines,
      payment: paymentOf(counter, shownTotalVnd),
      ...(saleDiscountVnd === 0 ? {} : { saleDiscountVnd }),
      shownTotalVnd,
    },
    unitsByDrug: sumByDrug(moved),
  };
}

/** Mostly cash with change; at times a transfer, or a part in each. */
function paymentOf(
  { random }: Counter,
  totalVnd: number,
): TillRequest<'sales.complete'>['payment'] {
  const tenderedVnd = totalVnd + 1_000 * random.between(0, 20);
  if (random.isTrue(0.7)) return { method: 'cash', tenderedVnd };
  if (random.isTrue(0.5) || totalVnd < 2) return { method: 'vietqr', tenderedVnd: totalVnd };
  return { method: 'cash', tenderedVnd, vietqrVnd: random.between(1, totalVnd - 1) };
}

export function voidIntent(counter: Counter, sale: Sold): Intent<'sales.void'> {
  const undone = Object.entries(sale.unitsByDrug).map(([drug, units]) => [drug, -units]);
  return {
    name: 'sales.void',
    type: 'SaleVoided.v1',
    input: { commandId: counter.newId(), saleId: sale.id, reason: 'mô phỏng' },
    unitsByDrug: Object.fromEntries(undone),
  };
}

/** More than there is, nothing, less than nothing, a fraction, a stranger: always a "no". */
export async function impossibleSale(
  counter: Counter,
  drugCodes: readonly string[],
): Promise<Intent<'sales.complete'>> {
  const { random } = counter;
  const drug = random.isTrue(0.8) ? random.pick(drugCodes) : 'KHONG-CO';
  const quantity = random.pick([999_999, 0, -3, 1.5, 1e12]);
  const product = await productOf(counter, drug);
  return {
    name: 'sales.complete',
    type: 'SaleCompleted.v1',
    input: {
      commandId: counter.newId(),
      lines: [{ drug, unit: product?.units[0]?.name ?? 'viên', quantity, discountVnd: 0 }],
      payment: { method: 'cash', tenderedVnd: 1_000_000_000 },
      shownTotalVnd: 0,
    },
    unitsByDrug: {},
  };
}

export async function productOf(counter: Counter, code: string): Promise<Product | null> {
  const reply = await counter.till().invoke('drugs.get', { code });
  // Safe: the contract gives this answer to this call; the till checks it.
  return reply.ok ? (reply.value as Product | null) : null;
}

function sumByDrug(lines: readonly { readonly drug: string; readonly units: number }[]) {
  const sums: Record<string, number> = {};
  for (const { drug, units } of lines) sums[drug] = (sums[drug] ?? 0) + units;
  return sums;
}
