import type { CustomerReturnAccepted } from '../events/customer-return-accepted.ts';
import type { PaymentMethod, SaleCompleted } from '../events/sale-completed.ts';

/** Sums by way of paying; every way is there. */
export type SumsByMethod = Readonly<Record<PaymentMethod, number>>;

/** To which whole sum a shop rounds what is paid in cash: not at all, 500 đ or 1.000 đ. */
export const cashRoundingSteps = [0, 500, 1_000] as const;
export type CashRoundingStep = (typeof cashRoundingSteps)[number];

/**
 * What the rule for small change adds to a sum of cash: nothing or less. Down, never to the nearest:
 * rounded up, a customer would pay more than the listed price (Luật Dược Đ107).
 */
export function cashRoundingOf(amountVnd: number, stepVnd: CashRoundingStep): number {
  const rest = stepVnd === 0 ? 0 : amountVnd % stepVnd;
  return rest === 0 ? 0 : -rest;
}

/** What a customer gave for a sale, goods of an exchange included. */
export function paidForSale({ totalVnd, payment }: Pick<SaleCompleted, 'totalVnd' | 'payment'>) {
  return totalVnd + (payment.roundingVnd ?? 0);
}

/** What each way of paying has brought in by a sale, change left out. */
export function takenBy(sale: Pick<SaleCompleted, 'totalVnd' | 'payment' | 'exchange'>) {
  const { parts, method } = sale.payment;
  const dueVnd = paidForSale(sale) - (sale.exchange?.creditVnd ?? 0);
  return sumsOf(parts ?? [{ method, amountVnd: dueVnd }]);
}

/** What each way of paying has given back for goods that came back. */
export function paidBackBy({
  totalVnd,
  refund,
}: Pick<CustomerReturnAccepted, 'totalVnd' | 'refund'>) {
  const { method, paidVnd } = refund ?? { method: 'cash', paidVnd: totalVnd };
  return sumsOf([{ method, amountVnd: paidVnd }]);
}

/** What a customer had back for a return, in money or in goods of an exchange. */
export function refundedBy({
  totalVnd,
  refund,
}: Pick<CustomerReturnAccepted, 'totalVnd' | 'refund'>): number {
  return refund === undefined ? totalVnd : refund.paidVnd + (refund.creditVnd ?? 0);
}

export function sumsOf(
  parts: readonly { readonly method: PaymentMethod; readonly amountVnd: number }[],
): SumsByMethod {
  const sums = { cash: 0, vietqr: 0 } satisfies Record<PaymentMethod, number>;
  for (const { method, amountVnd } of parts) sums[method] += amountVnd;
  return sums;
}

/**
 * What stands beside a transfer in the bank's statement: the till's short code and the beginning of
 * the sale's name, known before the slip has its number. Letters and digits only.
 */
export function paymentReference({
  shortCode,
  openSaleId,
}: {
  readonly shortCode: string;
  readonly openSaleId: string;
}): string {
  return `${shortCode} ${openSaleId.replaceAll('-', '').slice(-referenceLength).toUpperCase()}`;
}

const referenceLength = 8;
