import { err, ok, type Result } from '../base/result.ts';
import type { LocalProductDefined } from '../events/local-product-defined.ts';
import type { Drug } from '../model/drug.ts';
import { localProductCode } from '../model/local-product.ts';
import type { Refusal } from './refusal.ts';

export type DefineProduct = Omit<LocalProductDefined, 'code' | 'revision'> & {
  /** Of a product that is defined anew; absent for a new one. */
  readonly code?: string | undefined;
};

export type DefinitionContext = {
  /** Becomes part of the code of a new product. */
  readonly newId: string;
  /** The definition that is replaced, or undefined when there is none by this code. */
  readonly known: LocalProductDefined | undefined;
  /** Goods of it were ever here. */
  readonly hasMoved: boolean;
  /** Another product that carries this barcode or number, if any. */
  readonly other: { readonly drug: string; readonly number: string } | undefined;
};

/**
 * Defines a product of the facility's own, or defines it anew. What the catalogue knows is not
 * defined again: its sales would be counted apart. What has moved keeps its smallest unit, because
 * stock is counted in it.
 */
export function decideDefinition(
  context: DefinitionContext,
  command: DefineProduct,
): Result<LocalProductDefined, Refusal> {
  const { known, other } = context;
  if (command.code !== undefined && known === undefined) {
    return err({ type: 'UnknownLocalProduct', code: command.code });
  }
  if (other !== undefined) return err({ type: 'ProductKnownAlready', ...other });
  const unit = known?.units[0]?.name;
  if (known !== undefined && context.hasMoved && command.units[0]?.name !== unit) {
    return err({ type: 'SmallestUnitFixed', drug: known.code, unit: unit ?? '' });
  }
  const { name, kind, units, barcode, registrationNumber, manufacturer } = command;
  return ok({
    code: known?.code ?? localProductCode(context.newId),
    revision: (known?.revision ?? 0) + 1,
    name,
    kind,
    units,
    barcode,
    registrationNumber,
    manufacturer,
  });
}

/** As the till trades it: an entry like one of the catalogue. */
export function drugOfLocalProduct(product: LocalProductDefined): Drug {
  const { code, name, kind, units, barcode, registrationNumber, manufacturer } = product;
  return {
    code,
    name,
    registrationNumber,
    ingredients: '',
    dosageForm: '',
    // Of a drug nobody knows yet whether it needs a prescription; the rest are no medicines.
    prescriptionClass: kind === 'drug' ? 'unknown' : 'over-the-counter',
    packaging: '',
    units,
    manufacturer,
    country: '',
    group: '',
    aliases: barcode === null ? [] : [{ kind: 'gtin', value: barcode }],
    ceilingPriceVnd: null,
    isDemonstration: false,
  };
}
