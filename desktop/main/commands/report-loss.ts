import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { instantOfMs } from '../../../shared/model/calendar.ts';
import { decideLoss, lossReportDueAt } from '../../../shared/rules/controlled-loss.ts';
import { drugOfCode } from '../db/catalogue.ts';
import { lotsNamedBy } from '../db/stock.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Writes off specially controlled drugs that are gone, and says until when to tell it. */
export function reportLoss(
  context: CommandContext,
  input: TillInput<'stock.reportLoss'>,
): Result<TillAnswer<'stock.reportLoss'>, TillProblem> {
  return recordOnce(context, 'stock.reportLoss', input, ({ db, append }) => {
    const drugs = new Set(input.lines.map(({ drug }) => drug));
    const controlledDrugs = new Set(
      [...drugs].filter((drug) => drugOfCode(db, drug)?.controlClass !== undefined),
    );
    const now = instantOfMs(context.deps.nowMs());
    const lost = decideLoss({ now, lots: lotsNamedBy(db, input.lines), controlledDrugs }, input);
    if (!lost.ok) return lost;
    const document = append('ControlledDrugLossReported.v1', lost.value);
    if (!document.ok) return document;
    return ok({ ...document.value, dueAt: lossReportDueAt(lost.value.foundAt) });
  });
}
