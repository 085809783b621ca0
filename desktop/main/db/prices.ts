import { z } from 'zod';
import type { UnitTree } from '../../../shared/model/quantity.ts';
import type { TillDb } from './till-db.ts';

const PriceRow = z.object({ unit: z.string(), factor: z.int(), priceVnd: z.int() });

/** Listed prices by level name; only of levels that still hold what they held when priced. */
export function pricesOfDrug(
  db: TillDb,
  drug: string,
  units: UnitTree,
): ReadonlyMap<string, number> {
  const rows = db.all(
    PriceRow,
    'SELECT unit, factor, price_vnd AS priceVnd FROM price WHERE drug = ?',
    drug,
  );
  const isCurrent = (row: z.infer<typeof PriceRow>) =>
    units.some((unit) => unit.name === row.unit && unit.factor === row.factor);
  return new Map(rows.filter(isCurrent).map((row) => [row.unit, row.priceVnd]));
}
