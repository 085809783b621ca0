import { useState } from 'react';
import type { TillProblem } from '../../../../shared/contract/till-api.ts';
import type { CartEntry, CartProduct } from '../../../../shared/rules/cart.ts';
import { formatMoney } from '../../base/format.ts';
import { dismissNotice, notify } from '../../base/notices.ts';
import { callTill } from '../../base/till-client.ts';
import { askTill, isClearNo, TillSaidNo } from '../../base/till-queries.ts';
import { useText } from '../../text/text.ts';
import { finishSale, renewCommandId, sellState } from './cart-store.ts';
import { totalVndOf } from './preview-cart.ts';
import { fetchCartPreview } from './use-cart-preview.ts';

export type SaleTry =
  | { readonly type: 'sold' }
  /** A retry found that the first try had been recorded, with other contents than the cart now. */
  | { readonly type: 'earlier-sale' }
  | {
      readonly type: 'refused';
      readonly problem: TillProblem;
      readonly products: readonly CartProduct[];
    };

export type Payment = {
  /** Undefined: exactly what it costs. */
  readonly tenderedVnd: number | undefined;
  /**
   * What the customer saw, so that a price changed meanwhile is refused and not charged silently.
   * Undefined when lines were still on their way to the screen as the key was pressed.
   */
  readonly shownTotalVnd: number | undefined;
};

/** Completes the sale of the cart as it is at that moment, at the prices of that moment. */
export function useCompleteSale() {
  const t = useText();
  const [isRunning, setRunning] = useState(false);
  const complete = async (payment: Payment): Promise<SaleTry> => {
    setRunning(true);
    try {
      return await tryToSell(payment, (slip, totalVnd) =>
        notify(t('sell.earlier', { slip, total: formatMoney(totalVnd) })),
      );
    } catch (error) {
      if (!(error instanceof TillSaidNo)) throw error;
      // Only a question was lost, but an earlier try of this sale may be in doubt all the same.
      const isLost = error.problem.type === 'TillUnreachable';
      const problem: TillProblem = isLost ? { type: 'TillUnreachable' } : error.problem;
      return { type: 'refused', problem, products: [] };
    } finally {
      setRunning(false);
    }
  };
  return { complete, isRunning };
}

async function tryToSell(
  payment: Payment,
  onEarlierSale: (slip: string, totalVnd: number) => void,
): Promise<SaleTry> {
  const { cart, commandId } = sellState();
  const products = cart.entries.map((entry) => entry.product);
  const { today } = await askTill('status.get', {});
  const lines = await fetchCartPreview(cart.entries, today);
  const blocked = lines.find((line) => line.outcome.type === 'blocked');
  if (blocked?.outcome.type === 'blocked') {
    return { type: 'refused', problem: blocked.outcome.refusal, products };
  }
  const totalVnd = payment.shownTotalVnd ?? totalVndOf(lines);
  const tenderedVnd = payment.tenderedVnd ?? totalVnd;
  const reply = await callTill('sales.complete', {
    commandId,
    lines: cart.entries.map(saleLineOf),
    payment: { method: 'cash', tenderedVnd },
    shownTotalVnd: totalVnd,
  });
  if (!reply.ok) {
    if (isClearNo(reply.error)) renewCommandId();
    return { type: 'refused', problem: reply.error, products };
  }
  const { id, slip, changeVnd } = reply.value;
  if (reply.value.totalVnd !== totalVnd) {
    renewCommandId();
    onEarlierSale(slip, reply.value.totalVnd);
    return { type: 'earlier-sale' };
  }
  dismissNotice();
  finishSale({ id, slip, totalVnd, tenderedVnd: totalVnd + changeVnd, changeVnd });
  return { type: 'sold' };
}

function saleLineOf({ product, unit, quantity, chosenLot }: CartEntry) {
  const line = { drug: product.code, unit: unit.name, quantity };
  if (chosenLot === undefined) return line;
  const { lot, expiresOn, reason } = chosenLot;
  return { ...line, chosenLot: { lot, expiresOn, reason } };
}
