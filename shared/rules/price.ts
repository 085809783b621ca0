import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { PriceSet } from '../events/price-set.ts';
import type { UnitTree } from '../model/quantity.ts';
import type { Refusal } from './refusal.ts';

export type PriceContext = {
  readonly units: UnitTree | undefined;
  readonly ceilingPriceVnd: number | null;
  readonly currentPriceVnd: number | null;
};

/** Lists a retail price for one packing level; a declared ceiling is never exceeded. */
export function decidePrice(
  context: PriceContext,
  command: { readonly drug: string; readonly unit: string; readonly priceVnd: number },
): Result<PriceSet, Refusal> {
  const { drug, priceVnd } = command;
  if (context.units === undefined) return err({ type: 'UnknownDrug', drug });
  const unit = context.units.find((candidate) => candidate.name === command.unit);
  if (unit === undefined) return err({ type: 'UnknownUnit', drug, unit: command.unit });
  if (!Number.isSafeInteger(priceVnd) || priceVnd < 0 || priceVnd > limits.priceVndMax) {
    return err({ type: 'PriceTooHigh', drug, priceVndMax: limits.priceVndMax });
  }
  if (context.ceilingPriceVnd !== null && priceVnd > context.ceilingPriceVnd * unit.factor) {
    const ceilingVnd = context.ceilingPriceVnd * unit.factor;
    return err({ type: 'PriceAboveCeiling', drug, priceVnd, ceilingVnd });
  }
  return ok({
    drug,
    unit: { name: unit.name, factor: unit.factor },
    priceVnd,
    previousPriceVnd: context.currentPriceVnd,
  });
}
