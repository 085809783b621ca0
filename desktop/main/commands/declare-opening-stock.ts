import { z } from 'zod';
import type { Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { type Lot, lotKey } from '../../../shared/model/lot.ts';
import { decideOpening } from '../../../shared/rules/receiving.ts';
import { unitsByDrug } from '../db/catalogue.ts';
import type { TillDb } from '../db/till-db.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Says what stood on the shelves when the till took over, once per lot. */
export function declareOpeningStock(
  context: CommandContext,
  input: TillInput<'stock.declareOpening'>,
): Result<TillAnswer<'stock.declareOpening'>, TillProblem> {
  return recordOnce(context, 'stock.declareOpening', input, ({ db, append }) => {
    const declaredLotKeys = declaredAmong(db, input.lines);
    const opening = decideOpening(
      { unitsByDrug: unitsByDrug(db, input.lines), declaredLotKeys },
      input,
    );
    return opening.ok ? append('OpeningStockDeclared.v1', opening.value) : opening;
  });
}

const Found = z.object({ found: z.int() });

function declaredAmong(db: TillDb, lots: readonly Lot[]): ReadonlySet<string> {
  const declared = lots.filter(
    (lot) =>
      db.one(
        Found,
        `SELECT 1 AS found FROM movement
         WHERE kind IN ('opening', 'recovery') AND drug = ? AND lot = ? AND expires_on = ? LIMIT 1`,
        lot.drug,
        lot.lot,
        lot.expiresOn,
      ) !== undefined,
  );
  return new Set(declared.map(lotKey));
}
