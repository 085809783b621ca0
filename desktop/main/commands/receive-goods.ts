import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decideReceiving } from '../../../shared/rules/receiving.ts';
import { unitsByDrug } from '../db/catalogue.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Takes goods in from a supplier with their invoice. */
export function receiveGoods(
  context: CommandContext,
  input: TillInput<'stock.receive'>,
): Result<TillAnswer<'stock.receive'>, TillProblem> {
  return recordOnce(context, 'stock.receive', input, ({ db, today, append }) => {
    const units = unitsByDrug(db, input.lines);
    const received = decideReceiving({ today, unitsByDrug: units }, input);
    if (!received.ok) return received;
    const document = append('GoodsReceived.v1', received.value);
    if (!document.ok) return document;
    return ok({ ...document.value, totalVnd: received.value.totalVnd });
  });
}
