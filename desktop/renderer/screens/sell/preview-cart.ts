import type { Product, StockRow } from '../../../../shared/contract/till-api.ts';
import type { LotPick } from '../../../../shared/events/sale-completed.ts';
import type { CalendarDate } from '../../../../shared/model/calendar.ts';
import { type Cart, type CartEntry, discountVndOf } from '../../../../shared/rules/cart.ts';
import type { LotForSale } from '../../../../shared/rules/fefo.ts';
import type { Refusal } from '../../../../shared/rules/refusal.ts';
import { decideSale } from '../../../../shared/rules/sale.ts';

/** What is known now about one drug of the cart: undefined while it loads, null if there is none. */
export type DrugFacts = {
  readonly product: Product | null | undefined;
  readonly lots: readonly StockRow[] | undefined;
};

export type PreviewLine = {
  readonly entry: CartEntry;
  /** Of one sold unit; undefined without a listed price. */
  readonly priceVnd: number | undefined;
  readonly discountVnd: number;
  readonly amountVnd: number;
  readonly outcome:
    | { readonly type: 'checking' }
    | { readonly type: 'sellable'; readonly picks: readonly LotPick[] }
    | { readonly type: 'blocked'; readonly refusal: Refusal };
};

/**
 * What the till would decide line by line, by the till's own rule: lines of one drug share its
 * stock in the order of the cart. Only a preview: the sale is decided when it is completed.
 */
export function previewCart(
  entries: readonly CartEntry[],
  factsByDrug: ReadonlyMap<string, DrugFacts>,
  today: CalendarDate | undefined,
): readonly PreviewLine[] {
  const lotsLeft = new Map<string, readonly LotForSale[]>();
  return entries.map((entry) => {
    const { code } = entry.product;
    const facts = factsByDrug.get(code);
    const product = facts?.product ?? entry.product;
    const priceVnd = product.pricesVnd[entry.unit.name];
    const grossVnd = (priceVnd ?? 0) * entry.quantity;
    const discountVnd = discountVndOf(entry.discount, grossVnd);
    const line = { entry, priceVnd, discountVnd, amountVnd: grossVnd - discountVnd };
    const lots = lotsLeft.get(code) ?? facts?.lots;
    if (facts?.product === null) {
      return {
        ...line,
        outcome: { type: 'blocked', refusal: { type: 'UnknownDrug', drug: code } },
      };
    }
    if (facts?.product === undefined || lots === undefined || today === undefined) {
      return { ...line, outcome: { type: 'checking' } };
    }
    const decided = decideOne(entry, { product: facts.product, lots, today });
    if (!decided.ok) return { ...line, outcome: { type: 'blocked', refusal: decided.error } };
    const picks = decided.value.lines.flatMap((sold) => sold.picks);
    lotsLeft.set(code, withoutPicks(lots, picks));
    return { ...line, outcome: { type: 'sellable', picks } };
  });
}

export type PreviewSums = {
  /** At listed prices. */
  readonly grossVnd: number;
  /** Of the lines and of the whole. */
  readonly discountVnd: number;
  readonly saleDiscountVnd: number;
  readonly totalVnd: number;
  /** What goods that come back pay of it. */
  readonly creditVnd: number;
  /** What is left of their worth: it is given back. */
  readonly givenBackVnd: number;
  readonly dueVnd: number;
};

/** What a cart comes to, by the till's own arithmetic. */
export function sumsOfPreview(
  lines: readonly PreviewLine[],
  { saleDiscount, exchange }: Pick<Cart, 'saleDiscount' | 'exchange'>,
): PreviewSums {
  const linesVnd = lines.reduce((sum, line) => sum + line.amountVnd, 0);
  const lineDiscountVnd = lines.reduce((sum, line) => sum + line.discountVnd, 0);
  const saleDiscountVnd = discountVndOf(saleDiscount, linesVnd);
  const totalVnd = linesVnd - saleDiscountVnd;
  const worthVnd = exchange?.worthVnd ?? 0;
  const creditVnd = Math.min(worthVnd, totalVnd);
  return {
    grossVnd: linesVnd + lineDiscountVnd,
    discountVnd: lineDiscountVnd + saleDiscountVnd,
    saleDiscountVnd,
    totalVnd,
    creditVnd,
    givenBackVnd: worthVnd - creditVnd,
    dueVnd: totalVnd - creditVnd,
  };
}

function decideOne(
  entry: CartEntry,
  facts: {
    readonly product: Product;
    readonly lots: readonly LotForSale[];
    readonly today: CalendarDate;
  },
) {
  const { product, lots, today } = facts;
  const pricesVnd = new Map(Object.entries(product.pricesVnd));
  const grossVnd = (pricesVnd.get(entry.unit.name) ?? 0) * entry.quantity;
  const discountVnd = discountVndOf(entry.discount, grossVnd);
  const amountVnd = grossVnd - discountVnd;
  const { units, ceilingPriceVnd, needsPrescription, code } = product;
  return decideSale(
    {
      today,
      slip: 'PREVIEW-0',
      productsByDrug: new Map([
        [code, { units, pricesVnd, ceilingPriceVnd, needsPrescription, lots }],
      ]),
    },
    {
      lines: [
        {
          drug: code,
          unit: entry.unit.name,
          quantity: entry.quantity,
          discountVnd,
          chosenLot: entry.chosenLot,
        },
      ],
      payment: { method: 'cash', tenderedVnd: amountVnd },
      shownTotalVnd: amountVnd,
    },
  );
}

function withoutPicks(
  lots: readonly LotForSale[],
  picks: readonly LotPick[],
): readonly LotForSale[] {
  return lots.map((lot) => {
    const taken = picks.find((pick) => pick.lot === lot.lot && pick.expiresOn === lot.expiresOn);
    return { ...lot, onHandUnits: lot.onHandUnits - (taken?.units ?? 0) };
  });
}
