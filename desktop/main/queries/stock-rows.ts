import { z } from 'zod';
import type { StockRow } from '../../../shared/contract/till-api.ts';
import { CalendarDate, daysBetween } from '../../../shared/model/calendar.ts';
import { Lot } from '../../../shared/model/lot.ts';
import { UnitTree } from '../../../shared/model/quantity.ts';
import { recallOfStock } from '../db/recalls.ts';
import type { SqlParameter } from '../db/till-db.ts';
import type { QueryContext } from './query-context.ts';

/** Columns every list of lots shows; a drug the catalogue never named shows its code. */
const columns = `stock.drug, coalesce(drug.name, stock.drug) AS name, stock.lot,
  stock.expires_on AS expiresOn, stock.on_hand_units AS onHandUnits,
  stock.quarantined_units AS quarantinedUnits,
  stock.unit_cost_vnd AS unitCostVnd, ${recallOfStock} AS recallNumber,
  coalesce(drug_entry.entry ->> '$.units', '[{"name":"đơn vị","factor":1}]') AS units`;

const LotRow = Lot.extend({
  name: z.string(),
  expiresOn: CalendarDate,
  onHandUnits: z.int(),
  quarantinedUnits: z.int(),
  recallNumber: z.string().nullable(),
  unitCostVnd: z.int().nullable(),
  units: z.string(),
});

/** Lots that hold something. @param rest conditions, order and bounds of the question. */
export function stockRows(
  { db, today }: QueryContext,
  rest: string,
  ...parameters: readonly SqlParameter[]
): readonly StockRow[] {
  const sql = `SELECT ${columns} FROM stock LEFT JOIN drug ON drug.code = stock.drug LEFT JOIN drug_entry USING (number)
    WHERE stock.on_hand_units > 0 ${rest}`;
  return db.all(LotRow, sql, ...parameters).map((row) => ({
    ...row,
    units: UnitTree.parse(JSON.parse(row.units)),
    daysLeft: daysBetween({ from: today, to: row.expiresOn }),
  }));
}
