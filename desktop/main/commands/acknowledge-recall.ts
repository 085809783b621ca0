import { z } from 'zod';
import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decideAcknowledge } from '../../../shared/rules/recall.ts';
import { recallOfNumber } from '../db/recalls.ts';
import { lotsOfDrug } from '../db/stock.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Says that a recall was read, and takes what is held of its lots off the shelf. */
export function acknowledgeRecall(
  context: CommandContext,
  input: TillInput<'recalls.acknowledge'>,
): Result<TillAnswer<'recalls.acknowledge'>, TillProblem> {
  return recordOnce(context, 'recalls.acknowledge', input, ({ db, append }) => {
    const recall = recallOfNumber(db, input.recallNumber);
    const before = db.one(
      z.object({ seq: z.int() }),
      'SELECT seq FROM recall_acknowledgement WHERE number = ? LIMIT 1',
      input.recallNumber,
    );
    const lots = recall === undefined ? [] : lotsOfDrug(db, recall.drug);
    const acknowledged = decideAcknowledge(
      { recall, isAcknowledged: before !== undefined, lots },
      input,
    );
    if (!acknowledged.ok) return acknowledged;
    const document = append('RecallAcknowledged.v1', acknowledged.value);
    if (!document.ok) return document;
    const quarantinedUnits = acknowledged.value.lines.reduce((sum, line) => sum + line.units, 0);
    return ok({ ...document.value, quarantinedUnits });
  });
}
