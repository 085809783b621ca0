import { useState } from 'react';
import type { TillProblem } from '../../../../shared/contract/till-api.ts';
import type { PaymentMethod } from '../../../../shared/events/sale-completed.ts';
import type { CartProduct } from '../../../../shared/rules/cart.ts';
import type { Exchange } from '../../../../shared/rules/open-sale.ts';
import { cashRoundingOf } from '../../../../shared/rules/payment.ts';
import { counterId } from '../../base/counter-id.ts';
import { formatMoney } from '../../base/format.ts';
import { dismissNotice, notify } from '../../base/notices.ts';
import { callTill } from '../../base/till-client.ts';
import { askTill, isClearNo, queryClient, queryOf, TillSaidNo } from '../../base/till-queries.ts';
import { printAfterSale } from '../../printing/print.ts';
import { useText } from '../../text/text.ts';
import { finishSale, renewCommandId, sellState } from './cart-store.ts';
import { type PreviewLine, sumsOfPreview } from './preview-cart.ts';
import { forgetSafety, safetyInput } from './safety-store.ts';
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
  readonly method: PaymentMethod;
  /** In that way; undefined: exactly what it costs. */
  readonly tenderedVnd: number | undefined;
  /** Beside cash: what has come in by transfer. */
  readonly vietqrVnd?: number | undefined;
  readonly reference?: string | undefined;
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
  const { cart, commandId, openSaleId } = sellState();
  const products = cart.entries.map((entry) => entry.product);
  const { today } = await askTill('status.get', {});
  const lines = await fetchCartPreview(cart.entries, today);
  const blocked = lines.find((line) => line.outcome.type === 'blocked');
  if (blocked?.outcome.type === 'blocked') {
    return { type: 'refused', problem: blocked.outcome.refusal, products };
  }
  const sums = sumsOfPreview(lines, cart);
  const totalVnd = payment.shownTotalVnd ?? sums.totalVnd;
  const { method, vietqrVnd, reference } = payment;
  const tenderedVnd = payment.tenderedVnd ?? (await exactlyDue(totalVnd - sums.creditVnd, payment));
  const { exchange, customer } = cart;
  const safety = await safetyInput(cart.entries.map(({ product }) => product.code));
  const reply = await callTill('sales.complete', {
    commandId,
    ...safety,
    lines: lines.map(saleLineOf),
    payment: {
      ...{ method, tenderedVnd },
      ...(vietqrVnd === undefined ? {} : { vietqrVnd }),
      ...(reference === undefined ? {} : { reference }),
    },
    ...(sums.saleDiscountVnd === 0 ? {} : { saleDiscountVnd: sums.saleDiscountVnd }),
    ...(exchange === undefined ? {} : { exchange: goodsOf(exchange) }),
    ...(customer === undefined ? {} : { customer }),
    openSale: { id: openSaleId, counter: counterId },
    shownTotalVnd: totalVnd,
  });
  if (!reply.ok) {
    if (isClearNo(reply.error)) renewCommandId();
    return { type: 'refused', problem: reply.error, products };
  }
  const { id, slip, changeVnd, creditVnd, roundingVnd, paidBackVnd } = reply.value;
  if (reply.value.totalVnd !== totalVnd) {
    renewCommandId();
    onEarlierSale(slip, reply.value.totalVnd);
    return { type: 'earlier-sale' };
  }
  dismissNotice();
  forgetSafety();
  const dueVnd = totalVnd + roundingVnd - creditVnd;
  const tendered = { totalVnd: dueVnd, tenderedVnd: dueVnd + changeVnd, changeVnd };
  void printAfterSale(id);
  finishSale({ id, slip, ...tendered, paidBackVnd });
  return { type: 'sold' };
}

/** Nothing was typed: what is due now, after the shop's rule for small change. */
async function exactlyDue(dueVnd: number, { method, vietqrVnd = 0 }: Payment): Promise<number> {
  if (method !== 'cash' || vietqrVnd > 0) return dueVnd - vietqrVnd;
  const { payment } = await queryClient.fetchQuery(queryOf('settings.get', {}));
  return dueVnd + cashRoundingOf(dueVnd, payment.cashRoundingVnd);
}

function saleLineOf({ entry, discountVnd }: PreviewLine) {
  const { product, unit, quantity, chosenLot } = entry;
  const line = { drug: product.code, unit: unit.name, quantity, discountVnd };
  if (chosenLot === undefined) return line;
  const { lot, expiresOn, reason } = chosenLot;
  return { ...line, chosenLot: { lot, expiresOn, reason } };
}

/** Without what the screen alone shows of it. */
function goodsOf({ worthVnd: _shown, slip: _named, ...goods }: Exchange) {
  return goods;
}
