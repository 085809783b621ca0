/**
 * What people do at one simulated counter: they declare opening stock, take goods in, set prices,
 * sell, undo sales, press a key twice, and ask for things that must be refused. Everything goes
 * through the till's own commands; what was asked for is kept for the oracle.
 */
import type { Till } from '../../desktop/main/till.ts';
import { lotInTrade } from '../../server/twin/lots.ts';
import type { Random } from '../../server/twin/random.ts';
import type {
  TillAnswer,
  TillCallName,
  TillReply,
  TillRequest,
} from '../../shared/contract/till-api.ts';
import { addDays, businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import type { AcceptedAnswer } from './oracle.ts';

export type Counter = {
  readonly name: string;
  readonly till: () => Till;
  readonly random: Random;
  readonly newId: () => string;
  readonly nowMs: () => number;
  readonly accepted: (answer: AcceptedAnswer) => void;
  /** A reply that no rule allows: reported as a violation. */
  readonly wrong: (detail: string) => void;
};

type UnitsByDrug = Readonly<Record<string, number>>;
type Intent<Name extends TillCallName> = {
  readonly name: Name;
  readonly type: string;
  readonly input: TillRequest<Name> & { readonly commandId: string };
  readonly unitsByDrug: UnitsByDrug;
};
type Product = NonNullable<TillAnswer<'drugs.get'>>;
type Done = { readonly id: string; readonly unitsByDrug: UnitsByDrug };
type Documented = { readonly id: string; readonly seq: number };

export type Workload = {
  /** Does one thing. @returns what it was and how it ended, for the trace. */
  readonly act: () => Promise<string>;
};

const actions = [
  ['sell', 60],
  ['receive', 9],
  ['undo', 6],
  ['price', 5],
  ['again', 8],
  ['refused', 8],
] as const;

/** @param drugCodes what this shop trades in; the first act declares stock and prices of all. */
export function createWorkload(counter: Counter, drugCodes: readonly string[]): Workload {
  const sales: Done[] = [];
  let last: (() => Promise<string>) | undefined;
  let opened = 0;
  const perform = async <Name extends TillCallName>(intent: Intent<Name>): Promise<string> => {
    const reply = await counter.till().invoke(intent.name, intent.input);
    const documented = documentOf(reply);
    if (documented === undefined) return `${intent.name} ${wordOf(reply)}`;
    const { id, seq } = documented;
    counter.accepted({ id, seq, type: intent.type, unitsByDrug: intent.unitsByDrug });
    last = async () => {
      const repeated = documentOf(await counter.till().invoke(intent.name, intent.input));
      if (repeated?.id !== id || repeated.seq !== seq) {
        counter.wrong(`${intent.name} repeated gave another answer than event ${seq}`);
      }
      return `again ${intent.name} ${repeated?.seq}`;
    };
    if (intent.name === 'sales.complete') sales.push({ id, unitsByDrug: intent.unitsByDrug });
    return `${intent.name} ${seq}`;
  };
  const acts: Readonly<Record<(typeof actions)[number][0], () => Promise<string>>> = {
    sell: async () => perform(await saleIntent(counter, drugCodes)),
    receive: async () => perform(await receiptIntent(counter, drugCodes)),
    undo: async () => {
      const sale = sales.length === 0 ? undefined : counter.random.pick(sales);
      return sale === undefined ? 'nothing to undo' : perform(voidIntent(counter, sale));
    },
    price: async () => perform(await priceIntent(counter, counter.random.pick(drugCodes), 0.5)),
    again: async () => (last === undefined ? 'nothing to repeat' : last()),
    refused: () => refusedSale(counter, drugCodes),
  };
  return {
    act: async () => {
      const drug = drugCodes[opened];
      if (drug === undefined) return acts[chosen(counter.random)]();
      const product = await productOf(counter, drug);
      if (product === null) return `waits for ${drug}`;
      opened += 1;
      const openings = await perform(openingIntent(counter, drug));
      return `${openings}, ${await perform(await priceIntent(counter, drug, 0.9))}`;
    },
  };
}

function chosen(random: Random): (typeof actions)[number][0] {
  const total = actions.reduce((sum, [, weight]) => sum + weight, 0);
  let draw = random.unit() * total;
  for (const [action, weight] of actions) {
    draw -= weight;
    if (draw < 0) return action;
  }
  return 'sell';
}

function openingIntent(counter: Counter, drug: string): Intent<'stock.declareOpening'> {
  const { random } = counter;
  const today = businessDateOf(instantOfMs(counter.nowMs()));
  const lines = [
    { ...lotInTrade({ drug, day: today, random }), units: random.between(20, 400) },
    // Near its end, so that some of it expires on the shelf during the run.
    {
      drug,
      lot: `CU${random.between(1, 9)}`,
      expiresOn: addDays(today, random.between(-2, 6)),
      units: random.between(1, 40),
    },
  ];
  const units = lines.reduce((sum, line) => sum + line.units, 0);
  return {
    name: 'stock.declareOpening',
    type: 'OpeningStockDeclared.v1',
    input: { commandId: counter.newId(), lines },
    unitsByDrug: { [drug]: units },
  };
}

async function priceIntent(
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

async function receiptIntent(
  counter: Counter,
  drugCodes: readonly string[],
): Promise<Intent<'stock.receive'>> {
  const { random } = counter;
  const today = businessDateOf(instantOfMs(counter.nowMs()));
  const unitsByDrug: Record<string, number> = {};
  const lines: TillRequest<'stock.receive'>['lines'] = [];
  for (let left = random.between(1, 3); left > 0; left -= 1) {
    const drug = random.pick(drugCodes);
    const unit = (await productOf(counter, drug))?.units.at(-1) ?? { name: 'viên', factor: 1 };
    const quantity = random.between(1, 4);
    const unitCostVnd = random.between(100, 90_000);
    const lot = lotInTrade({ drug, day: today, random });
    lines.push({ ...lot, unit: unit.name, quantity, unitCostVnd });
    unitsByDrug[drug] = (unitsByDrug[drug] ?? 0) + quantity * unit.factor;
  }
  const invoiceNumber = String(random.between(1, 99_999));
  return {
    name: 'stock.receive',
    type: 'GoodsReceived.v1',
    input: { commandId: counter.newId(), supplierName: 'Kho mô phỏng', invoiceNumber, lines },
    unitsByDrug,
  };
}

async function saleIntent(
  counter: Counter,
  drugCodes: readonly string[],
): Promise<Intent<'sales.complete'>> {
  const { random } = counter;
  const unitsByDrug: Record<string, number> = {};
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
    unitsByDrug[drug] = (unitsByDrug[drug] ?? 0) - quantity * unit.factor;
  }
  return {
    name: 'sales.complete',
    type: 'SaleCompleted.v1',
    input: {
      commandId: counter.newId(),
      lines,
      payment: { method: 'cash', tenderedVnd: totalVnd + 1_000 * random.between(0, 20) },
      shownTotalVnd: totalVnd,
    },
    unitsByDrug,
  };
}

function voidIntent(counter: Counter, sale: Done): Intent<'sales.void'> {
  const undone = Object.entries(sale.unitsByDrug).map(([drug, units]) => [drug, -units]);
  return {
    name: 'sales.void',
    type: 'SaleVoided.v1',
    input: { commandId: counter.newId(), saleId: sale.id, reason: 'mô phỏng' },
    unitsByDrug: Object.fromEntries(undone),
  };
}

/** More than there is, nothing, less than nothing, a fraction, a stranger: always a "no". */
async function refusedSale(counter: Counter, drugCodes: readonly string[]): Promise<string> {
  const { random } = counter;
  const drug = random.isTrue(0.8) ? random.pick(drugCodes) : 'KHONG-CO';
  const quantity = random.pick([999_999, 0, -3, 1.5, 1e12]);
  const product = await productOf(counter, drug);
  const reply = await counter.till().invoke('sales.complete', {
    commandId: counter.newId(),
    lines: [{ drug, unit: product?.units[0]?.name ?? 'viên', quantity, discountVnd: 0 }],
    payment: { method: 'cash', tenderedVnd: 1_000_000_000 },
    shownTotalVnd: 0,
  });
  if (reply.ok) counter.wrong(`the till sold ${quantity} of ${drug}`);
  return `refused ${quantity} ${wordOf(reply)}`;
}

async function productOf(counter: Counter, code: string): Promise<Product | null> {
  const reply = await counter.till().invoke('drugs.get', { code });
  // Safe: the contract gives this answer to this call; the till checks it.
  return reply.ok ? (reply.value as Product | null) : null;
}

function documentOf(reply: TillReply): Documented | undefined {
  // Safe: every command used here answers with its document (shared/contract/till-api.ts).
  return reply.ok ? (reply.value as Documented) : undefined;
}

function wordOf(reply: TillReply): string {
  return reply.ok ? 'done' : reply.error.type;
}
