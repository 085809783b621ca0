import type { StockRow, TillInput } from '../../../shared/contract/till-api.ts';
import type { QueryContext } from './query-context.ts';
import { stockRows } from './stock-rows.ts';

/** Lots of one drug in the order in which they should leave; expired ones, which may not, last. */
export function listLots(
  context: QueryContext,
  { drug }: TillInput<'stock.lots'>,
): readonly StockRow[] {
  return stockRows(
    context,
    'AND stock.drug = ? ORDER BY stock.expires_on <= ?, stock.expires_on, stock.lot',
    drug,
    context.today,
  );
}
