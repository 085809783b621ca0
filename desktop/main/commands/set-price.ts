import type { Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decidePrice } from '../../../shared/rules/price.ts';
import { drugOfCode } from '../db/catalogue.ts';
import { pricesOfDrug } from '../db/prices.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Lists the retail price of one packing level. */
export function setPrice(
  context: CommandContext,
  input: TillInput<'prices.set'>,
): Result<TillAnswer<'prices.set'>, TillProblem> {
  return recordOnce(context, 'prices.set', input, ({ db, append }) => {
    const drug = drugOfCode(db, input.drug);
    const prices = drug === undefined ? undefined : pricesOfDrug(db, input.drug, drug.units);
    const price = decidePrice(
      {
        units: drug?.units,
        ceilingPriceVnd: drug?.ceilingPriceVnd ?? null,
        currentPriceVnd: prices?.get(input.unit) ?? null,
      },
      input,
    );
    return price.ok ? append('PriceSet.v1', price.value) : price;
  });
}
