import { limits } from '../base/limits.ts';
import type { CalendarDate } from '../model/calendar.ts';
import type { PackUnit, UnitTree } from '../model/quantity.ts';
import type { Customer, Discount, Exchange, OpenSaleCart } from './open-sale.ts';
import { parseQuantities } from './quantity-grammar.ts';

/**
 * The cart while a customer waits: a pure reducer. It holds intentions (product, packing level,
 * quantity); lots are picked and prices checked by `decideSale` when the sale is completed.
 */
export type CartProduct = {
  readonly code: string;
  readonly name: string;
  readonly units: UnitTree;
  /** Listed price by packing level name, in đồng; a level without a price cannot be sold. */
  readonly pricesVnd: Readonly<Record<string, number>>;
  readonly isPrescription: boolean;
};

export type CartEntry = {
  readonly product: CartProduct;
  readonly unit: PackUnit;
  readonly quantity: number;
  readonly discount?: Discount | undefined;
  readonly chosenLot?:
    | { readonly lot: string; readonly expiresOn: CalendarDate; readonly reason: string }
    | undefined;
};

export type Cart = {
  readonly entries: readonly CartEntry[];
  /** Index of the line that a typed quantity changes; -1 when the cart is empty. */
  readonly selected: number;
  /** On the whole, beside those of the lines. */
  readonly saleDiscount?: Discount | undefined;
  readonly customer?: Customer | undefined;
  /** Goods that come back in the same go. */
  readonly exchange?: Exchange | undefined;
};

export const emptyCart: Cart = { entries: [], selected: -1 };

export type CartAction =
  | {
      readonly type: 'added';
      readonly product: CartProduct;
      readonly unit?: PackUnit;
      /** The lot that the scanned pack names. */
      readonly lot?: NonNullable<CartEntry['chosenLot']>;
    }
  | { readonly type: 'quantityTyped'; readonly text: string }
  | { readonly type: 'unitCycled' }
  | { readonly type: 'lineDiscounted'; readonly discount: Discount | undefined }
  | { readonly type: 'saleDiscounted'; readonly discount: Discount | undefined }
  | { readonly type: 'customerNamed'; readonly customer: Customer | undefined }
  | { readonly type: 'exchangeBegun'; readonly exchange: Exchange | undefined }
  | { readonly type: 'lotChosen'; readonly lot: NonNullable<CartEntry['chosenLot']> | undefined }
  | { readonly type: 'selectionMoved'; readonly step: 1 | -1 }
  | { readonly type: 'selected'; readonly index: number }
  | { readonly type: 'removed' }
  | { readonly type: 'restored'; readonly cart: Cart }
  | { readonly type: 'cleared' };

/** Unusable input (a quantity that is none, a full cart) leaves the cart as it is. */
export function cartAfter(cart: Cart, action: CartAction): Cart {
  switch (action.type) {
    case 'added':
      return withAdded(cart, action);
    case 'quantityTyped':
      return withQuantities(cart, action.text);
    case 'unitCycled':
      return withSelected(cart, withNextUnit);
    case 'lineDiscounted':
      return withSelected(cart, (entry) => ({ ...entry, discount: action.discount }));
    case 'saleDiscounted':
      return { ...cart, saleDiscount: action.discount };
    case 'customerNamed':
      return { ...cart, customer: action.customer };
    case 'exchangeBegun':
      return { ...cart, exchange: action.exchange };
    case 'lotChosen':
      return withSelected(cart, (entry) => ({ ...entry, chosenLot: action.lot }));
    case 'selectionMoved':
      return { ...cart, selected: clampIndex(cart, cart.selected + action.step) };
    case 'selected':
      return { ...cart, selected: clampIndex(cart, action.index) };
    case 'removed':
      return withoutSelected(cart);
    case 'restored':
      return action.cart;
    case 'cleared':
      return emptyCart;
  }
}

export function entryAmountVnd(entry: CartEntry): number {
  const grossVnd = (entry.product.pricesVnd[entry.unit.name] ?? 0) * entry.quantity;
  return grossVnd - discountVndOf(entry.discount, grossVnd);
}

/** At the prices that were known when the lines were added. */
export function cartTotalVnd(cart: Cart): number {
  const sumVnd = cart.entries.reduce((sum, entry) => sum + entryAmountVnd(entry), 0);
  return sumVnd - discountVndOf(cart.saleDiscount, sumVnd);
}

/** A share is cut to whole đồng downwards, so that it never passes what somebody may give. */
export function discountVndOf(discount: Discount | undefined, ofVnd: number): number {
  if (discount === undefined) return 0;
  if (discount.kind === 'vnd') return Math.min(discount.amountVnd, ofVnd);
  return Math.floor((ofVnd * discount.percent) / 100);
}

/** What is kept of a cart that is not sold yet: prices and lots are asked anew. */
export function openSaleCartOf(cart: Cart): OpenSaleCart {
  const { entries, selected, saleDiscount, customer, exchange } = cart;
  return {
    lines: entries.map(({ product, unit, quantity, discount, chosenLot }) => ({
      ...{ drug: product.code, unit: unit.name, quantity },
      ...(discount === undefined ? {} : { discount }),
      ...(chosenLot === undefined ? {} : { chosenLot }),
    })),
    selected,
    ...(saleDiscount === undefined ? {} : { saleDiscount }),
    ...(customer === undefined ? {} : { customer }),
    ...(exchange === undefined ? {} : { exchange }),
  };
}

/** Takes a cart up again with its products as they are now; one that is gone keeps its code. */
export function cartOfOpenSale(
  open: OpenSaleCart,
  productsByDrug: ReadonlyMap<string, CartProduct>,
): Cart {
  const { lines, ...rest } = open;
  return {
    ...rest,
    entries: lines.map(({ drug, unit: unitName, ...line }) => {
      const product = productsByDrug.get(drug) ?? goneProduct(drug, unitName);
      const unit = product.units.find(({ name }) => name === unitName);
      return { ...line, product, unit: unit ?? { name: unitName, factor: 1 } };
    }),
  };
}

function goneProduct(code: string, unit: string): CartProduct {
  const units = [{ name: unit, factor: 1 }];
  return { code, name: code, units, pricesVnd: {}, isPrescription: false };
}

/** The level a product is usually sold in: the smallest that has a price. */
export function usualUnit(product: CartProduct): PackUnit | undefined {
  return (
    product.units.find((unit) => product.pricesVnd[unit.name] !== undefined) ?? product.units[0]
  );
}

/** Adding what is already there, in the same unit and of the same chosen lot or none, counts one more. */
function withAdded(
  cart: Cart,
  { product, unit: wantedUnit, lot }: Extract<CartAction, { readonly type: 'added' }>,
): Cart {
  const unit = wantedUnit ?? usualUnit(product);
  if (unit === undefined) return cart;
  const index = cart.entries.findIndex(
    (entry) =>
      entry.product.code === product.code &&
      entry.unit.name === unit.name &&
      entry.chosenLot?.lot === lot?.lot &&
      entry.chosenLot?.expiresOn === lot?.expiresOn,
  );
  const existing = cart.entries[index];
  if (existing !== undefined) {
    const quantity = Math.min(existing.quantity + 1, limits.quantityMax);
    return replaced({ ...cart, selected: index }, { ...existing, product, quantity });
  }
  if (cart.entries.length >= limits.saleLinesMax) return cart;
  return {
    ...cart,
    entries: [
      ...cart.entries,
      { product, unit, quantity: 1, ...(lot === undefined ? {} : { chosenLot: lot }) },
    ],
    selected: cart.entries.length,
  };
}

/**
 * `20` and `2v` change the selected line. `1h+3` needs a line for each level, because each has its
 * own price: the selected one takes the first, the others stand behind it or where they are already.
 */
function withQuantities(cart: Cart, text: string): Cart {
  const entry = cart.entries[cart.selected];
  if (entry === undefined) return cart;
  const parts = parseQuantities(text, { tree: entry.product.units, unit: entry.unit });
  const [first, ...others] = parts ?? [];
  if (first === undefined) return cart;
  return others.reduce(
    (before, part) => withLevel(before, entry.product, part),
    replaced(cart, { ...entry, ...first }),
  );
}

function withLevel(
  cart: Cart,
  product: CartProduct,
  part: { readonly quantity: number; readonly unit: PackUnit },
): Cart {
  const index = cart.entries.findIndex(
    (entry, at) =>
      at !== cart.selected &&
      entry.product.code === product.code &&
      entry.unit.name === part.unit.name &&
      entry.chosenLot === undefined,
  );
  const { entries, selected } = cart;
  if (index >= 0) {
    return {
      ...cart,
      entries: entries.map((entry, at) => (at === index ? { ...entry, ...part } : entry)),
    };
  }
  if (entries.length >= limits.saleLinesMax) return cart;
  return { ...cart, entries: entries.toSpliced(selected + 1, 0, { product, ...part }) };
}

function withNextUnit(entry: CartEntry): CartEntry {
  const { units } = entry.product;
  const index = units.findIndex((unit) => unit.name === entry.unit.name);
  return { ...entry, unit: units[(index + 1) % units.length] ?? entry.unit };
}

function withSelected(cart: Cart, change: (entry: CartEntry) => CartEntry): Cart {
  const entry = cart.entries[cart.selected];
  return entry === undefined ? cart : replaced(cart, change(entry));
}

function replaced(cart: Cart, entry: CartEntry): Cart {
  const entries = cart.entries.map((old, index) => (index === cart.selected ? entry : old));
  return { ...cart, entries };
}

function withoutSelected(cart: Cart): Cart {
  const entries = cart.entries.filter((_, index) => index !== cart.selected);
  return { ...cart, entries, selected: Math.min(cart.selected, entries.length - 1) };
}

function clampIndex(cart: Cart, index: number): number {
  return Math.max(cart.entries.length === 0 ? -1 : 0, Math.min(index, cart.entries.length - 1));
}
