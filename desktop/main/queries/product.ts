import { z } from 'zod';
import type { Product } from '../../../shared/contract/till-api.ts';
import { CalendarDate } from '../../../shared/model/calendar.ts';
import type { Drug } from '../../../shared/model/drug.ts';
import { controlClassOf, needsPaper } from '../../../shared/rules/safety/control-class.ts';
import { pricesOfDrug } from '../db/prices.ts';
import { isSellableLot } from '../db/sellable.ts';
import type { QueryContext } from './query-context.ts';

/** A catalogue entry as the counter shows it: with this shop's prices and stock. */
export function productOf({ db, today }: QueryContext, drug: Drug): Product {
  const { code, name, registrationNumber, ingredients, dosageForm, manufacturer } = drug;
  const { controlClass } = controlClassOf(drug);
  const stock = db.one(
    StockSums,
    `SELECT coalesce(sum(on_hand_units), 0) AS onHandUnits,
       coalesce(sum(on_hand_units - quarantined_units) FILTER (WHERE ${isSellableLot}), 0)
         AS sellableUnits,
       min(expires_on) FILTER (WHERE ${isSellableLot}) AS nextExpiresOn
     FROM stock WHERE drug = @code AND on_hand_units > 0`,
    { code, today },
  );
  return {
    code,
    name,
    registrationNumber,
    ingredients,
    dosageForm,
    manufacturer,
    packaging: drug.packaging,
    isPrescription: drug.prescriptionClass === 'prescription',
    needsPrescription: needsPaper(drug.prescriptionClass, controlClass),
    controlClass: controlClass ?? null,
    units: drug.units,
    pricesVnd: Object.fromEntries(pricesOfDrug(db, code, drug.units)),
    ceilingPriceVnd: drug.ceilingPriceVnd,
    ...(stock ?? { onHandUnits: 0, sellableUnits: 0, nextExpiresOn: null }),
  };
}

const StockSums = z.object({
  onHandUnits: z.int(),
  sellableUnits: z.int(),
  nextExpiresOn: CalendarDate.nullable(),
});
