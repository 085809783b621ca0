import { z } from 'zod';
import { assert } from '../../../shared/base/assert.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import type { PaymentMethod, SaleCompleted } from '../../../shared/events/sale-completed.ts';
import type { PaymentSettings } from '../../../shared/model/payment-settings.ts';
import type { Customer } from '../../../shared/rules/open-sale.ts';
import { normalCode } from '../../../shared/rules/prescription.ts';
import type { Refusal } from '../../../shared/rules/refusal.ts';
import { type DecidedReturn, inExchange } from '../../../shared/rules/returns.ts';
import { needsPaper } from '../../../shared/rules/safety/control-class.ts';
import { decideSale, type SaleProduct } from '../../../shared/rules/sale.ts';
import { classifiedDrug } from '../db/catalogue.ts';
import { markSold, refuseOpenSale } from '../db/open-sales.ts';
import { hasPhoto } from '../db/paper-photos.ts';
import { pricesOfDrug } from '../db/prices.ts';
import { openShift } from '../db/shifts.ts';
import { lotsOfDrug } from '../db/stock.ts';
import { getSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import { decideGoodsBack } from './accept-return.ts';
import { judgeSale } from './judge-sale.ts';
import { type CommandContext, type Recorder, recordOnce } from './record-once.ts';

/** Sells a cart: durable when it returns. */
export function completeSale(
  context: CommandContext & { readonly deps: Pick<TillDeps, 'dataDir'> },
  input: TillInput<'sales.complete'>,
): Result<TillAnswer<'sales.complete'>, TillProblem> {
  return recordOnce(context, 'sales.complete', input, (recorder) => {
    const { db, identity, today, append } = recorder;
    const isShiftWanted = getSetting(db, 'shopSettings').shift === 'required';
    if (isShiftWanted && openShift(db) === undefined) return err({ type: 'NoShiftOpen' });
    const elsewhere = refuseOpenSale(db, input.openSale);
    if (elsewhere !== undefined) return err(elsewhere);
    const goods = input.exchange && decideGoodsBack(db, input.exchange);
    if (goods?.ok === false) return goods;
    const slip = `${identity.shortCode}-${nextSlipNumber(db)}`;
    const drugs = input.lines.map((line) => line.drug);
    const { prescription } = input;
    const lost = refusePhoto(context.deps.dataDir, prescription);
    if (lost !== undefined) return err(lost);
    const prescriptionCode = prescription && normalCode(prescription.prescription);
    const productsByDrug = loadProducts(db, drugs);
    const { cashRoundingVnd } = getSetting(db, 'shopSettings').payment;
    const decided = decideSale(
      { today, slip, productsByDrug, cashRoundingVnd, exchange: goods?.value },
      { ...input, prescriptionCode },
    );
    if (!decided.ok) return decided;
    const shop = { ...recorder, nowMs: context.deps.nowMs() };
    const judged = judgeSale(shop, input, decided.value);
    if (!judged.ok) return judged;
    const { sale, dispensed } = judged.value;
    const document = append('SaleCompleted.v1', sale);
    if (!document.ok) return document;
    if (dispensed !== undefined) {
      const data = { saleId: document.value.id, ...dispensed };
      // Behind the sale in one transaction: neither of them is ever alone.
      assert(append('PrescriptionDispensed.v1', data).ok, 'A dispensing is shorter than an event');
    }
    const back =
      goods === undefined || input.exchange === undefined
        ? undefined
        : takeBack(append, goods.value, {
            ...{ saleId: document.value.id, sale },
            ...{ method: input.exchange.method, cashRoundingVnd },
          });
    if (input.openSale !== undefined) markSold(db, input.openSale.id, document.value.id);
    keepCustomer(db, document.value.id, input.customer);
    return ok({ ...document.value, ...sumsOf(sale), ...back });
  });
}

/** The fact must not name a picture that nobody has. */
function refusePhoto(
  dataDir: string,
  entered: TillInput<'sales.complete'>['prescription'],
): Refusal | undefined {
  if (entered?.paper === undefined || hasPhoto(dataDir, entered.paper)) return undefined;
  return { type: 'UnknownPhoto', code: entered.prescription.code };
}

function sumsOf({ slip, totalVnd, payment, exchange }: SaleCompleted) {
  const { changeVnd, roundingVnd = 0 } = payment;
  const creditVnd = exchange?.creditVnd ?? 0;
  return { slip, totalVnd, changeVnd, roundingVnd, creditVnd, returnId: null, paidBackVnd: 0 };
}

/** Behind the sale in one transaction: the goods that paid for a part of it. */
function takeBack(
  append: Recorder['append'],
  goods: DecidedReturn,
  exchange: {
    readonly saleId: string;
    readonly sale: SaleCompleted;
    readonly method: PaymentMethod;
    readonly cashRoundingVnd: PaymentSettings['cashRoundingVnd'];
  },
): { readonly returnId: string; readonly paidBackVnd: number } {
  const { saleId, sale } = exchange;
  const creditVnd = sale.exchange?.creditVnd ?? 0;
  const data = inExchange(goods, { id: saleId, slip: sale.slip, creditVnd }, exchange);
  const document = append('CustomerReturnAccepted.v1', data);
  assert(document.ok, 'A return of one sale is shorter than an event');
  return { returnId: document.value.id, paidBackVnd: data.refund?.paidVnd ?? 0 };
}

/** Only what somebody typed, and in no journal: it can be forgotten without breaking a seal. */
function keepCustomer(db: TillDb, saleId: string, customer: Customer | undefined): void {
  if (customer === undefined || (customer.name === '' && customer.phone === '')) return;
  const { name, phone } = customer;
  db.run('INSERT INTO sale_customer (sale_id, name, phone) VALUES (?, ?, ?)', saleId, name, phone);
}

/** Continues from the journal, so no number is given twice even after a crash. */
function nextSlipNumber(db: TillDb): number {
  const last = db.one(
    z.object({ number: z.int().nullable() }),
    'SELECT max(slip_number) AS number FROM sale',
  );
  return (last?.number ?? 0) + 1;
}

function loadProducts(db: TillDb, codes: readonly string[]): ReadonlyMap<string, SaleProduct> {
  const products = new Map<string, SaleProduct>();
  for (const code of new Set(codes)) {
    const drug = classifiedDrug(db, code);
    if (drug === undefined) continue;
    const { units, ceilingPriceVnd } = drug;
    const pricesVnd = pricesOfDrug(db, code, units);
    const lots = lotsOfDrug(db, code);
    const needsPrescription = needsPaper(drug.prescriptionClass, drug.controlClass);
    products.set(code, { units, pricesVnd, ceilingPriceVnd, needsPrescription, lots });
  }
  return products;
}
