import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { shelfUnitsOf } from '../../../shared/rules/fefo.ts';
import { chainHead } from '../db/event-log.ts';
import { listStock } from './list-stock.ts';
import type { QueryContext } from './query-context.ts';

/** The lots to be counted beside the position of the journal that their book belongs to. */
export function countSheet(
  context: QueryContext,
  { isBlind, ...question }: TillInput<'stock.countSheet'>,
): TillAnswer<'stock.countSheet'> {
  // One connection, one thread: nothing is recorded between these two questions.
  const { rows, total } = listStock(context, question);
  return {
    seq: chainHead(context.db).seq,
    rows: rows.map((row) => ({
      drug: row.drug,
      lot: row.lot,
      expiresOn: row.expiresOn,
      name: row.name,
      units: row.units,
      shelfUnits: isBlind ? null : shelfUnitsOf(row),
      quarantinedUnits: isBlind ? null : row.quarantinedUnits,
    })),
    total,
  };
}
