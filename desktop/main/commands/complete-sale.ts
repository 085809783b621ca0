import { z } from 'zod';
import { assert } from '../../../shared/base/assert.ts';
import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import type { CalendarDate } from '../../../shared/model/calendar.ts';
import {
  type DispensingContext,
  decideDispensing,
  type EnteredPrescription,
  normalCode,
} from '../../../shared/rules/prescription.ts';
import { decideSale, type SaleProduct } from '../../../shared/rules/sale.ts';
import { drugOfCode } from '../db/catalogue.ts';
import { dispensedEarlier } from '../db/dispensings.ts';
import { pricesOfDrug } from '../db/prices.ts';
import { lotsOfDrug } from '../db/stock.ts';
import type { TillDb } from '../db/till-db.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Sells a cart: durable when it returns. */
export function completeSale(
  context: CommandContext,
  input: TillInput<'sales.complete'>,
): Result<TillAnswer<'sales.complete'>, TillProblem> {
  return recordOnce(context, 'sales.complete', input, ({ db, identity, today, append }) => {
    const slip = `${identity.shortCode}-${nextSlipNumber(db)}`;
    const drugs = input.lines.map((line) => line.drug);
    const { prescription } = input;
    const prescriptionCode =
      prescription === undefined ? input.prescriptionCode : normalCode(prescription.prescription);
    const productsByDrug = loadProducts(db, drugs);
    const sale = decideSale({ today, slip, productsByDrug }, { ...input, prescriptionCode });
    if (!sale.ok) return sale;
    const dispensed =
      prescription === undefined
        ? undefined
        : decideDispensing(
            loadDispensing(db, today, prescription, drugs),
            sale.value,
            prescription,
          );
    if (dispensed?.ok === false) return dispensed;
    const document = append('SaleCompleted.v1', sale.value);
    if (!document.ok) return document;
    if (dispensed !== undefined) {
      const data = { saleId: document.value.id, ...dispensed.value };
      // Behind the sale in one transaction: neither of them is ever alone.
      assert(append('PrescriptionDispensed.v1', data).ok, 'A dispensing is shorter than an event');
    }
    const { totalVnd, payment } = sale.value;
    return ok({ ...document.value, slip, totalVnd, changeVnd: payment.changeVnd });
  });
}

/** Continues from the journal, so no number is given twice even after a crash. */
function nextSlipNumber(db: TillDb): number {
  const last = db.one(
    z.object({ number: z.int().nullable() }),
    'SELECT max(slip_number) AS number FROM sale',
  );
  return (last?.number ?? 0) + 1;
}

function loadDispensing(
  db: TillDb,
  today: CalendarDate,
  { prescription, lines }: EnteredPrescription,
  soldDrugs: readonly string[],
): DispensingContext {
  const drugs = new Map<string, DrugOnPaper>();
  for (const code of new Set([...lines.map(({ drug }) => drug), ...soldDrugs])) {
    const drug = drugOfCode(db, code);
    if (drug === undefined) continue;
    const { prescriptionClass, controlClass } = drug;
    drugs.set(code, { isPrescription: prescriptionClass === 'prescription', controlClass });
  }
  return { today, drugs, earlierByDrug: dispensedEarlier(db, prescription) };
}

function loadProducts(db: TillDb, codes: readonly string[]): ReadonlyMap<string, SaleProduct> {
  const products = new Map<string, SaleProduct>();
  for (const code of new Set(codes)) {
    const drug = drugOfCode(db, code);
    if (drug === undefined) continue;
    const { units, ceilingPriceVnd } = drug;
    const pricesVnd = pricesOfDrug(db, code, units);
    const lots = lotsOfDrug(db, code);
    const isControlled = drug.controlClass !== undefined;
    products.set(code, { units, pricesVnd, ceilingPriceVnd, isControlled, lots });
  }
  return products;
}

type DrugOnPaper =
  DispensingContext['drugs'] extends ReadonlyMap<string, infer Known> ? Known : never;
