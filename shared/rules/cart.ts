import { limits } from '../base/limits.ts';
import type { PackUnit, UnitTree } from '../model/quantity.ts';
import { parseQuantity } from './quantity-grammar.ts';

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
  readonly chosenLot?:
    | { readonly lot: string; readonly expiresOn: string; readonly reason: string }
    | undefined;
};

export type Cart = {
  readonly entries: readonly CartEntry[];
  /** Index of the line that a typed quantity changes; -1 when the cart is empty. */
  readonly selected: number;
};

export const emptyCart: Cart = { entries: [], selected: -1 };

export type CartAction =
  | { readonly type: 'added'; readonly product: CartProduct; readonly unit?: PackUnit }
  | { readonly type: 'quantityTyped'; readonly text: string }
  | { readonly type: 'unitCycled' }
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
      return withAdded(cart, action.product, action.unit);
    case 'quantityTyped':
      return withSelected(cart, (entry) => withQuantity(entry, action.text));
    case 'unitCycled':
      return withSelected(cart, withNextUnit);
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
  return (entry.product.pricesVnd[entry.unit.name] ?? 0) * entry.quantity;
}

export function cartTotalVnd(cart: Cart): number {
  return cart.entries.reduce((sum, entry) => sum + entryAmountVnd(entry), 0);
}

/** The level a product is usually sold in: the smallest that has a price. */
export function usualUnit(product: CartProduct): PackUnit | undefined {
  return (
    product.units.find((unit) => product.pricesVnd[unit.name] !== undefined) ?? product.units[0]
  );
}

/** Adding what is already there, in the same unit and without a chosen lot, counts one more. */
function withAdded(cart: Cart, product: CartProduct, wantedUnit: PackUnit | undefined): Cart {
  const unit = wantedUnit ?? usualUnit(product);
  if (unit === undefined) return cart;
  const index = cart.entries.findIndex(
    (entry) =>
      entry.product.code === product.code &&
      entry.unit.name === unit.name &&
      entry.chosenLot === undefined,
  );
  const existing = cart.entries[index];
  if (existing !== undefined) {
    const quantity = Math.min(existing.quantity + 1, limits.quantityMax);
    return replaced({ ...cart, selected: index }, { ...existing, product, quantity });
  }
  if (cart.entries.length >= limits.saleLinesMax) return cart;
  return {
    entries: [...cart.entries, { product, unit, quantity: 1 }],
    selected: cart.entries.length,
  };
}

function withQuantity(entry: CartEntry, text: string): CartEntry {
  const parsed = parseQuantity(text, { tree: entry.product.units, unit: entry.unit });
  return parsed === undefined ? entry : { ...entry, ...parsed };
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
  return { entries, selected: Math.min(cart.selected, entries.length - 1) };
}

function clampIndex(cart: Cart, index: number): number {
  return Math.max(cart.entries.length === 0 ? -1 : 0, Math.min(index, cart.entries.length - 1));
}
