import { z } from 'zod';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { addDays } from '../../../shared/model/calendar.ts';
import type { QueryContext } from './query-context.ts';
import { stockRows } from './stock-rows.ts';

const ValueRow = z.object({ valueVnd: z.int() });

/** Lots that expire within some days, expired ones first, with the value of all of them. */
export function listExpiring(
  context: QueryContext,
  { withinDays, limit }: TillInput<'stock.expiring'>,
): TillAnswer<'stock.expiring'> {
  const until = addDays(context.today, withinDays);
  const atRisk = context.db.one(
    ValueRow,
    `SELECT coalesce(sum(on_hand_units * unit_cost_vnd), 0) AS valueVnd FROM stock
     WHERE on_hand_units > 0 AND expires_on <= ?`,
    until,
  );
  const rows = stockRows(
    context,
    `AND stock.expires_on <= ?
     ORDER BY stock.expires_on, coalesce(drug.name_folded, stock.drug), stock.drug, stock.lot
     LIMIT ?`,
    until,
    limit,
  );
  return { rows: [...rows], valueAtRiskVnd: atRisk?.valueVnd ?? 0 };
}
