import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decideSupplierReturn } from '../../../shared/rules/returns.ts';
import { lotsNamedBy } from '../db/stock.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Sends goods back to a supplier. */
export function returnToSupplier(
  context: CommandContext,
  input: TillInput<'stock.returnToSupplier'>,
): Result<TillAnswer<'stock.returnToSupplier'>, TillProblem> {
  return recordOnce(context, 'stock.returnToSupplier', input, ({ db, append }) => {
    const { recallNumber, ...command } = input;
    const sent = decideSupplierReturn(
      { lots: lotsNamedBy(db, input.lines) },
      recallNumber === undefined ? command : { ...command, recallNumber },
    );
    if (!sent.ok) return sent;
    const document = append('SupplierReturnSent.v1', sent.value);
    return document.ok ? ok({ ...document.value, totalVnd: sent.value.totalVnd }) : document;
  });
}
