import type { TillAnswer, TillProblem } from '../../../../shared/contract/till-api.ts';
import {
  type CartProduct,
  cartOfOpenSale,
  cartTotalVnd,
  openSaleCartOf,
} from '../../../../shared/rules/cart.ts';
import type { OpenSaleCart } from '../../../../shared/rules/open-sale.ts';
import { counterId } from '../../base/counter-id.ts';
import { callTill } from '../../base/till-client.ts';
import { queryClient, queryOf } from '../../base/till-queries.ts';
import { continueSale, leaveSale, onSellState, sellState } from './cart-store.ts';
import {
  onSafetyState,
  type SafetyState,
  safetyBeside,
  safetyState,
  takeUpSafety,
} from './safety-store.ts';

/** Behind the last change: typing goes on undisturbed, and a killed browser loses no line. */
const saveDelayMs = 400;

/**
 * Keeps what this counter works on in the till's database, until it is paid, set aside or dropped.
 * @param onLost another counter has the sale now: the screen has let go of it.
 */
export function keepOpenSale(onLost: (problem: TillProblem) => void): () => void {
  let timer: number | undefined;
  let saved = { id: '', cart: sellState().cart, safety: safetyState() };
  const save = async () => {
    const { cart, openSaleId: id } = sellState();
    const safety = safetyState();
    if (saved.id === id && saved.cart === cart && saved.safety === safety) return;
    const wasSaved = saved.id === id && saved.cart.entries.length > 0;
    saved = { id, cart, safety };
    if (cart.entries.length === 0) {
      if (wasSaved) await callTill('openSales.discard', { id, counter: counterId });
      return;
    }
    const reply = await saveSale({ isParked: false });
    if (reply.ok || sellState().openSaleId !== id) return;
    const { type } = reply.error;
    // Sold under this very name: the answer to the payment is still on its way to this screen.
    if (type === 'OpenSaleElsewhere') {
      leaveSale();
      onLost(reply.error);
    }
  };
  const plan = () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => void save(), saveDelayMs);
  };
  const stops = [onSellState(plan), onSafetyState(plan)];
  plan();
  return () => {
    window.clearTimeout(timer);
    for (const stop of stops) stop();
    void save();
  };
}

/** Sets the sale on the screen aside (F5); the screen is free once the till has it. */
export async function parkSale(): Promise<TillProblem | undefined> {
  const { cart } = sellState();
  if (cart.entries.length === 0) return undefined;
  const reply = await saveSale({ isParked: true });
  if (!reply.ok) return reply.error;
  leaveSale();
  return undefined;
}

/** Takes a sale up here; one that is on the screen is set aside first. */
export async function takeSale(
  row: Pick<TillAnswer<'openSales.list'>['rows'][number], 'id' | 'state'>,
): Promise<TillProblem | undefined> {
  if (row.id === sellState().openSaleId) return undefined;
  const parked = await parkSale();
  if (parked !== undefined) return parked;
  const isFromElsewhere = row.state === 'elsewhere';
  const reply = await callTill('openSales.take', {
    id: row.id,
    counter: counterId,
    isFromElsewhere,
  });
  if (!reply.ok) return reply.error;
  const products = await productsOf(reply.value.cart.lines.map(({ drug }) => drug));
  continueSale(reply.value, cartOfOpenSale(reply.value.cart, products));
  takeUpSafety(reply.value.cart.beside);
  return undefined;
}

function saveSale({ isParked }: { readonly isParked: boolean }) {
  const { cart, openSaleId: id } = sellState();
  return callTill('openSales.save', {
    ...{ id, counter: counterId, isParked },
    label: cart.customer?.name ?? '',
    totalVnd: cartTotalVnd(cart),
    cart: { ...openSaleCartOf(cart), ...besideOf(safetyBeside()) },
  });
}

/** As plain data, which is what is kept. */
function besideOf(safety: SafetyState | undefined): Pick<OpenSaleCart, 'beside'> {
  return safety === undefined ? {} : { beside: JSON.parse(JSON.stringify(safety)) };
}

/** As they are now: a price of last week is not charged. */
async function productsOf(codes: readonly string[]): Promise<ReadonlyMap<string, CartProduct>> {
  const products = new Map<string, CartProduct>();
  for (const code of new Set(codes)) {
    const product = await queryClient.fetchQuery(queryOf('drugs.get', { code }));
    if (product === null) continue;
    const { name, units, pricesVnd, isPrescription } = product;
    products.set(code, { code, name, units, pricesVnd, isPrescription });
  }
  return products;
}
