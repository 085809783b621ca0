import type { Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decideVoid } from '../../../shared/rules/void-sale.ts';
import { loadSale } from './load-sale.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Undoes a whole sale; its goods go back to the lots they came from. */
export function voidSale(
  context: CommandContext,
  input: TillInput<'sales.void'>,
): Result<TillAnswer<'sales.void'>, TillProblem> {
  return recordOnce(context, 'sales.void', input, ({ db, append }) => {
    const { sale, isVoided, returned } = loadSale(db, input.saleId);
    const voided = decideVoid({ sale, isVoided, hasReturns: returned.length > 0 }, input);
    return voided.ok ? append('SaleVoided.v1', voided.value) : voided;
  });
}
