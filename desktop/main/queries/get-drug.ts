import type { Product, TillInput } from '../../../shared/contract/till-api.ts';
import { drugOfCode } from '../db/catalogue.ts';
import { productOf } from './product.ts';
import type { QueryContext } from './query-context.ts';

export function getDrug(context: QueryContext, { code }: TillInput<'drugs.get'>): Product | null {
  const drug = drugOfCode(context.db, code);
  return drug === undefined ? null : productOf(context, drug);
}
