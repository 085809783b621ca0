import { assert } from '../base/assert.ts';
import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import type {
  LotPick,
  Payment,
  PaymentMethod,
  SaleCompleted,
  SaleLine,
} from '../events/sale-completed.ts';
import type { CalendarDate } from '../model/calendar.ts';
import { shareOut } from '../model/money.ts';
import type { PackUnit, UnitTree } from '../model/quantity.ts';
import { type LotForSale, pickFefo, shelfUnitsOf } from './fefo.ts';
import { type CashRoundingStep, cashRoundingOf } from './payment.ts';
import type { Refusal } from './refusal.ts';

/** What the seller asks for: one line per product and packing level. */
export type CartLine = {
  readonly drug: string;
  readonly unit: string;
  readonly quantity: number;
  readonly discountVnd: number;
  /** A lot chosen by a person instead of first-expired-first-out, with the reason. */
  readonly chosenLot?:
    | { readonly lot: string; readonly expiresOn: string; readonly reason: string }
    | undefined;
};

export type CompleteSale = {
  readonly lines: readonly CartLine[];
  readonly payment: EnteredPayment;
  /** Given on the whole, beside the discounts of lines; shared out over them. */
  readonly saleDiscountVnd?: number | undefined;
  /** The total the customer saw: a price changed in between is refused, not charged silently. */
  readonly shownTotalVnd: number;
  readonly prescriptionCode?: string | undefined;
};

export type EnteredPayment = {
  readonly method: PaymentMethod;
  /** Handed over in this way. */
  readonly tenderedVnd: number;
  /** Beside cash: what has come in by transfer. */
  readonly vietqrVnd?: number | undefined;
  readonly reference?: string | undefined;
};

export type SaleProduct = {
  readonly units: UnitTree;
  /** Listed price by packing level name, in đồng. */
  readonly pricesVnd: ReadonlyMap<string, number>;
  readonly ceilingPriceVnd: number | null;
  /** A prescription drug, or specially controlled (I7): it leaves only with its document. */
  readonly needsPrescription: boolean;
  readonly lots: readonly LotForSale[];
};

export type SaleContext = {
  readonly today: CalendarDate;
  readonly slip: string;
  readonly productsByDrug: ReadonlyMap<string, SaleProduct>;
  /** The shop's rule for small change; without it every đồng is paid. */
  readonly cashRoundingVnd?: CashRoundingStep | undefined;
  /** How much whoever sells may take off a line or the whole; without it, all of it. */
  readonly discountPercentMax?: number | undefined;
  /** An exchange: goods of an earlier sale come back in the same go. */
  readonly exchange?:
    | {
        readonly saleId: string;
        readonly slip: string;
        /** What they are worth; more than the sale costs is given back, not credited. */
        readonly worthVnd: number;
      }
    | undefined;
};

/**
 * Decides a sale from everything it needs: prices, lots, the day. Lines of one drug share its stock,
 * in the order of the cart. The result obeys I5, I6, I7 and I9 of protocol.md §8.
 */
export function decideSale(
  context: SaleContext,
  command: CompleteSale,
): Result<SaleCompleted, Refusal> {
  if (command.lines.length === 0) return err({ type: 'EmptyDocument' });
  if (command.lines.length > limits.saleLinesMax) {
    return err({
      type: 'TooManyLines',
      lines: command.lines.length,
      linesMax: limits.saleLinesMax,
    });
  }
  const remaining = new Map<string, readonly LotForSale[]>();
  const lines: SaleLine[] = [];
  for (const cartLine of command.lines) {
    const isWithoutDocument = command.prescriptionCode === undefined;
    if (
      isWithoutDocument &&
      context.productsByDrug.get(cartLine.drug)?.needsPrescription === true
    ) {
      return err({ type: 'PrescriptionMissing', drug: cartLine.drug });
    }
    const line = decideLine(context, cartLine, remaining);
    if (!line.ok) return line;
    lines.push(line.value);
  }
  const discounted = decideDiscount(lines, command.saleDiscountVnd ?? 0, context);
  if (!discounted.ok) return discounted;
  const totalVnd = sumOf(discounted.value, ({ amountVnd }) => amountVnd);
  if (totalVnd !== command.shownTotalVnd) {
    return err({ type: 'TotalChanged', shownVnd: command.shownTotalVnd, totalVnd });
  }
  const { exchange } = context;
  const creditVnd = Math.min(exchange?.worthVnd ?? 0, totalVnd);
  const payment = decidePayment(totalVnd - creditVnd, command.payment, context);
  if (!payment.ok) return payment;
  return ok({
    slip: context.slip,
    lines: [...discounted.value],
    totalVnd,
    payment: payment.value,
    ...(command.saleDiscountVnd ? { saleDiscountVnd: command.saleDiscountVnd } : {}),
    ...(exchange === undefined
      ? {}
      : { exchange: { saleId: exchange.saleId, slip: exchange.slip, creditVnd } }),
    ...(command.prescriptionCode === undefined
      ? {}
      : { prescriptionCode: command.prescriptionCode }),
  });
}

/** Shares a discount on the whole out over the lines, so that a total stays their sum (I9). */
function decideDiscount(
  lines: readonly SaleLine[],
  saleDiscountVnd: number,
  { discountPercentMax = 100 }: SaleContext,
): Result<readonly SaleLine[], Refusal> {
  const amountVnd = sumOf(lines, (line) => line.amountVnd);
  const isAmount = Number.isSafeInteger(saleDiscountVnd) && saleDiscountVnd >= 0;
  if (!isAmount || saleDiscountVnd > amountVnd) {
    return err({ type: 'DiscountTooLarge', drug: lines[0]?.drug ?? '' });
  }
  const grossVnd = sumOf(lines, ({ quantity, priceVnd }) => quantity * priceVnd);
  const discountVnd = grossVnd - amountVnd + saleDiscountVnd;
  const isPermitted =
    isWithin(discountVnd, grossVnd, discountPercentMax) &&
    lines.every((line) =>
      isWithin(line.discountVnd, line.quantity * line.priceVnd, discountPercentMax),
    );
  if (!isPermitted) return err({ type: 'DiscountNotPermitted', percentMax: discountPercentMax });
  if (saleDiscountVnd === 0) return ok(lines);
  const shares = shareOut(
    saleDiscountVnd,
    lines.map((line) => line.amountVnd),
  );
  return ok(
    lines.map((line, index) => {
      const shareVnd = shares[index] ?? 0;
      return {
        ...line,
        amountVnd: line.amountVnd - shareVnd,
        discountVnd: line.discountVnd + shareVnd,
      };
    }),
  );
}

function isWithin(partVnd: number, wholeVnd: number, percentMax: number): boolean {
  return partVnd * 100 <= wholeVnd * percentMax;
}

/** Change is given of cash only; small change is left out only where all is paid in cash. */
function decidePayment(
  exactVnd: number,
  { method, tenderedVnd, vietqrVnd = 0, reference }: EnteredPayment,
  { cashRoundingVnd = 0 }: SaleContext,
): Result<Payment, Refusal> {
  for (const amountVnd of [tenderedVnd, vietqrVnd]) {
    const isAmount = Number.isSafeInteger(amountVnd) && amountVnd >= 0;
    if (!isAmount) return err({ type: 'BadAmount', amountVnd });
  }
  const isMixed = method === 'cash' && vietqrVnd > 0;
  const isAllCash = method === 'cash' && !isMixed;
  const roundingVnd = isAllCash ? cashRoundingOf(exactVnd, cashRoundingVnd) : 0;
  const dueVnd = exactVnd + roundingVnd;
  const allTenderedVnd = tenderedVnd + (isMixed ? vietqrVnd : 0);
  if (allTenderedVnd < dueVnd) {
    return err({ type: 'PaymentTooSmall', totalVnd: dueVnd, tenderedVnd: allTenderedVnd });
  }
  // A transfer is for a part of what is due: nobody gets cash for one.
  if (isMixed && vietqrVnd >= dueVnd) return err({ type: 'BadAmount', amountVnd: vietqrVnd });
  return ok({
    method,
    tenderedVnd: allTenderedVnd,
    changeVnd: allTenderedVnd - dueVnd,
    ...(isMixed
      ? {
          parts: [
            { method: 'cash', amountVnd: dueVnd - vietqrVnd },
            { method: 'vietqr', amountVnd: vietqrVnd },
          ],
        }
      : {}),
    ...(roundingVnd === 0 ? {} : { roundingVnd }),
    ...(reference === undefined || isAllCash ? {} : { reference }),
  });
}

function sumOf<Row>(rows: readonly Row[], read: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + read(row), 0);
}

function decideLine(
  context: SaleContext,
  line: CartLine,
  remaining: Map<string, readonly LotForSale[]>,
): Result<SaleLine, Refusal> {
  const product = context.productsByDrug.get(line.drug);
  if (product === undefined) return err({ type: 'UnknownDrug', drug: line.drug });
  const unit = product.units.find((candidate) => candidate.name === line.unit);
  if (unit === undefined) return err({ type: 'UnknownUnit', drug: line.drug, unit: line.unit });
  const units = unitsOf(line, unit);
  if (!units.ok) return units;
  const price = decidePrice(product, line, unit);
  if (!price.ok) return price;
  const lots = remaining.get(line.drug) ?? product.lots;
  const picks = pickLots({ lots, line, units: units.value, today: context.today });
  if (!picks.ok) return picks;
  remaining.set(line.drug, lotsAfter(lots, picks.value));
  return ok({
    drug: line.drug,
    unit: { name: unit.name, factor: unit.factor },
    quantity: line.quantity,
    priceVnd: price.value.priceVnd,
    amountVnd: price.value.amountVnd,
    discountVnd: line.discountVnd,
    picks: [...picks.value],
    ...(line.chosenLot === undefined ? {} : { lotReason: line.chosenLot.reason }),
  });
}

function unitsOf(line: CartLine, unit: PackUnit): Result<number, Refusal> {
  if (!Number.isSafeInteger(line.quantity) || line.quantity < 1) {
    return err({ type: 'BadQuantity', drug: line.drug, quantity: line.quantity });
  }
  const units = line.quantity * unit.factor;
  if (line.quantity > limits.quantityMax || units > limits.unitsMax) {
    return err({ type: 'QuantityTooLarge', drug: line.drug, unitsMax: limits.unitsMax });
  }
  return ok(units);
}

/** Luật Dược Đ107: never above the listed price; the declared ceiling holds for every level. */
function decidePrice(
  product: SaleProduct,
  line: CartLine,
  unit: PackUnit,
): Result<{ readonly priceVnd: number; readonly amountVnd: number }, Refusal> {
  const priceVnd = product.pricesVnd.get(unit.name);
  if (priceVnd === undefined) return err({ type: 'PriceNotSet', drug: line.drug, unit: unit.name });
  const grossVnd = priceVnd * line.quantity;
  if (grossVnd > limits.totalVndMax) {
    return err({ type: 'QuantityTooLarge', drug: line.drug, unitsMax: limits.unitsMax });
  }
  if (
    !Number.isSafeInteger(line.discountVnd) ||
    line.discountVnd < 0 ||
    line.discountVnd > grossVnd
  ) {
    return err({ type: 'DiscountTooLarge', drug: line.drug });
  }
  if (product.ceilingPriceVnd !== null && priceVnd > product.ceilingPriceVnd * unit.factor) {
    const ceilingVnd = product.ceilingPriceVnd * unit.factor;
    return err({ type: 'PriceAboveCeiling', drug: line.drug, priceVnd, ceilingVnd });
  }
  return ok({ priceVnd, amountVnd: grossVnd - line.discountVnd });
}

function pickLots(input: {
  readonly lots: readonly LotForSale[];
  readonly line: CartLine;
  readonly units: number;
  readonly today: CalendarDate;
}): Result<readonly LotPick[], Refusal> {
  const { lots, line, units, today } = input;
  if (line.chosenLot === undefined) return pickFefo(lots, { drug: line.drug, units, today });
  const { lot, expiresOn, reason } = line.chosenLot;
  const chosen = lots.find(
    (candidate) => candidate.lot === lot && candidate.expiresOn === expiresOn,
  );
  if (chosen === undefined) return err({ type: 'UnknownLot', drug: line.drug, lot });
  if (chosen.expiresOn <= today)
    return err({ type: 'LotExpired', drug: line.drug, lot, expiresOn });
  const { recallNumber } = chosen;
  if (recallNumber !== null) {
    return err({ type: 'LotRecalled', drug: line.drug, lot, recallNumber });
  }
  if (chosen.onHandUnits > 0 && shelfUnitsOf(chosen) <= 0) {
    return err({ type: 'LotQuarantined', drug: line.drug, lot });
  }
  if (reason.trim() === '') return err({ type: 'LotReasonMissing', drug: line.drug, lot });
  return pickFefo([chosen], { drug: line.drug, units, today });
}

function lotsAfter(lots: readonly LotForSale[], picks: readonly LotPick[]): readonly LotForSale[] {
  return lots.map((lot) => {
    const takenUnits = picks
      .filter((pick) => pick.lot === lot.lot && pick.expiresOn === lot.expiresOn)
      .reduce((sum, pick) => sum + pick.units, 0);
    assert(takenUnits <= shelfUnitsOf(lot), 'No lot gives more than stands on the shelf');
    return { ...lot, onHandUnits: lot.onHandUnits - takenUnits };
  });
}
