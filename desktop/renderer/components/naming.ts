import type { CartProduct } from '../../../shared/rules/cart.ts';
import { formatUnits } from '../base/format.ts';
import { type DrugNaming, plainNaming } from '../text/problem-text.ts';

type NamedProduct = Pick<CartProduct, 'code' | 'name' | 'units'>;

/** Sentences about the products of a cart call them by name and count in their own units. */
export function namingOf(products: readonly NamedProduct[]): DrugNaming {
  const find = (drug: string) => products.find((product) => product.code === drug);
  return {
    nameOf: (drug) => find(drug)?.name ?? plainNaming.nameOf(drug),
    unitsOf: (drug, units) => {
      const product = find(drug);
      return product === undefined
        ? plainNaming.unitsOf(drug, units)
        : formatUnits(units, product.units);
    },
  };
}
