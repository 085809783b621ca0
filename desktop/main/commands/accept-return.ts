import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decideCustomerReturn } from '../../../shared/rules/returns.ts';
import { loadSale } from './load-sale.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Takes goods back from a customer, into quarantine. */
export function acceptReturn(
  context: CommandContext,
  input: TillInput<'sales.return'>,
): Result<TillAnswer<'sales.return'>, TillProblem> {
  return recordOnce(context, 'sales.return', input, ({ db, append }) => {
    const accepted = decideCustomerReturn(loadSale(db, input.saleId), input);
    if (!accepted.ok) return accepted;
    const document = append('CustomerReturnAccepted.v1', accepted.value);
    return document.ok ? ok({ ...document.value, refundVnd: accepted.value.totalVnd }) : document;
  });
}
