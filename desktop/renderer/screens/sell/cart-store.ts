import {
  type Cart,
  type CartAction,
  cartAfter,
  cartTotalVnd,
  emptyCart,
} from '../../../../shared/rules/cart.ts';
import { isRecord, storedState } from '../../base/stored-state.ts';
import { newCommandId } from '../../base/till-client.ts';

/** The sale paid last: its change fills the screen until the next customer's first drug. */
export type DoneSale = {
  readonly id: string;
  readonly slip: string;
  /** What was due: after small change and goods that came back. */
  readonly totalVnd: number;
  readonly tenderedVnd: number;
  readonly changeVnd: number;
  /** An exchange for something cheaper gives the difference back. */
  readonly paidBackVnd?: number;
};

export type Repriced = {
  readonly savedAt: string;
  readonly beforeVnd: number;
  readonly nowVnd: number;
};

export type SellState = {
  readonly cart: Cart;
  /**
   * Names the sale of this cart. It stays through every retry whose outcome is unknown, so that a
   * sale is never recorded twice, and changes once the till has clearly said yes or no.
   */
  readonly commandId: string;
  /** Names the unfinished sale to the till: from its first line, through parking, until it is paid. */
  readonly openSaleId: string;
  /** Of a sale taken up again at other prices than it was set aside with. */
  readonly repriced: Repriced | null;
  readonly beforeRemoval: Cart | null;
  readonly done: DoneSale | null;
};

const store = storedState<SellState>('cart', { initial: freshState(null), parse: parseState });

export const useSellState = store.use;
export const sellState = store.get;
export const onSellState = store.subscribe;

export function changeCart(action: CartAction): void {
  const { cart, ...rest } = store.get();
  const isRemoval = action.type === 'removed' || action.type === 'cleared';
  store.set({
    ...rest,
    cart: cartAfter(cart, action),
    beforeRemoval: isRemoval && cart.entries.length > 0 ? cart : null,
  });
}

export function undoRemoval(): void {
  const { beforeRemoval } = store.get();
  if (beforeRemoval !== null) changeCart({ type: 'restored', cart: beforeRemoval });
}

/** The sale is in the books: the next customer starts with an empty cart. */
export function finishSale(done: DoneSale): void {
  store.set(freshState(done));
}

/** The sale is set aside, or another counter has it: the screen is free. */
export function leaveSale(): void {
  store.set(freshState(null));
}

/** Goes on with a sale that was set aside. */
export function continueSale(
  sale: { readonly id: string; readonly savedAt: string; readonly totalVnd: number },
  cart: Cart,
): void {
  const { id, savedAt, totalVnd: beforeVnd } = sale;
  const nowVnd = cartTotalVnd(cart);
  const repriced = nowVnd === beforeVnd ? null : { savedAt, beforeVnd, nowVnd };
  store.set({ ...freshState(null), openSaleId: id, cart, repriced });
}

/** The till clearly said no, so the next try is a new command. */
export function renewCommandId(): void {
  store.set({ ...store.get(), commandId: newCommandId() });
}

function freshState(done: DoneSale | null): SellState {
  const ids = { commandId: newCommandId(), openSaleId: newCommandId() };
  return { cart: emptyCart, ...ids, repriced: null, beforeRemoval: null, done };
}

function parseState(stored: unknown): SellState | undefined {
  if (!isRecord(stored) || !isRecord(stored['cart'])) return undefined;
  const { entries } = stored['cart'];
  if (!Array.isArray(entries) || !entries.every(isEntry)) return undefined;
  if (typeof stored['commandId'] !== 'string' || typeof stored['openSaleId'] !== 'string') {
    return undefined;
  }
  // Safe: written by this store; what it is used for was checked above.
  return { ...(stored as SellState), beforeRemoval: null, done: null };
}

function isEntry(entry: unknown): boolean {
  if (!isRecord(entry) || typeof entry['quantity'] !== 'number') return false;
  const { product, unit } = entry;
  return isRecord(unit) && isRecord(product) && Array.isArray(product['units']);
}
