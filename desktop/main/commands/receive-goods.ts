import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decideReceiving } from '../../../shared/rules/receiving.ts';
import { unitsByDrug } from '../db/catalogue.ts';
import { recallsOfDrugs } from '../db/recalls.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Takes goods in from a supplier with their invoice. */
export function receiveGoods(
  command: CommandContext,
  input: TillInput<'stock.receive'>,
): Result<TillAnswer<'stock.receive'>, TillProblem> {
  return recordOnce(command, 'stock.receive', input, ({ db, today, append }) => {
    const context = {
      today,
      unitsByDrug: unitsByDrug(db, input.lines),
      recalls: recallsOfDrugs(db, input.lines),
    };
    const received = decideReceiving(context, input);
    if (!received.ok) return received;
    const document = append('GoodsReceived.v1', received.value);
    if (!document.ok) return document;
    return ok({ ...document.value, totalVnd: received.value.totalVnd });
  });
}
