import { err, ok, type Result } from '../base/result.ts';
import type { SaleCompleted } from '../events/sale-completed.ts';
import type { SaleVoided } from '../events/sale-voided.ts';
import type { Refusal } from './refusal.ts';

export type VoidContext = {
  /** The sale as it was stored, or undefined when there is none with this id. */
  readonly sale: { readonly id: string; readonly data: SaleCompleted } | undefined;
  readonly isVoided: boolean;
  /** The customer brought some of it back: the goods have left, so nothing can be undone. */
  readonly hasReturns: boolean;
};

/** Undoes a whole sale once; its goods go back to the lots they came from. */
export function decideVoid(
  context: VoidContext,
  command: { readonly saleId: string; readonly reason: string },
): Result<SaleVoided, Refusal> {
  const { sale } = context;
  if (sale === undefined) return err({ type: 'UnknownSale', saleId: command.saleId });
  if (context.isVoided) return err({ type: 'SaleAlreadyVoided', slip: sale.data.slip });
  if (context.hasReturns) return err({ type: 'SaleHasReturns', slip: sale.data.slip });
  // What came back for it stays back: it is undone by bringing these goods back, too.
  if (sale.data.exchange !== undefined) {
    return err({ type: 'SaleInExchange', slip: sale.data.slip });
  }
  return ok({
    saleId: sale.id,
    slip: sale.data.slip,
    reason: command.reason,
    lines: sale.data.lines.map(({ drug, amountVnd, picks }) => ({ drug, amountVnd, picks })),
    totalVnd: sale.data.totalVnd,
  });
}
