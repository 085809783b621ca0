import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import type { GoodsBack } from '../../../shared/rules/open-sale.ts';
import { type DecidedReturn, decideCustomerReturn } from '../../../shared/rules/returns.ts';
import { drugOfCode } from '../db/catalogue.ts';
import { getSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import { loadSale } from './load-sale.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Takes goods back from a customer, into quarantine. */
export function acceptReturn(
  context: CommandContext,
  input: TillInput<'sales.return'>,
): Result<TillAnswer<'sales.return'>, TillProblem> {
  return recordOnce(context, 'sales.return', input, ({ db, append }) => {
    const decided = decideGoodsBack(db, input);
    if (!decided.ok) return decided;
    const { worthVnd: _creditable, ...accepted } = decided.value;
    const document = append('CustomerReturnAccepted.v1', accepted);
    if (!document.ok) return document;
    const { totalVnd, refund } = accepted;
    return ok({ ...document.value, refundVnd: totalVnd, paidVnd: refund?.paidVnd ?? totalVnd });
  });
}

/** The same decision for goods that are paid back and for those that are exchanged. */
export function decideGoodsBack(db: TillDb, goods: GoodsBack): Result<DecidedReturn, TillProblem> {
  const drugs = [...new Set(goods.lines.map(({ drug }) => drug))];
  const controlled = drugs.filter((code) => drugOfCode(db, code)?.controlClass !== undefined);
  const { cashRoundingVnd } = getSetting(db, 'shopSettings').payment;
  return decideCustomerReturn(
    { ...loadSale(db, goods.saleId), controlledDrugs: new Set(controlled), cashRoundingVnd },
    goods,
  );
}
