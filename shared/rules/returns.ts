import { assert, present } from '../base/assert.ts';
import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import type {
  CustomerReturnAccepted,
  ReturnCondition,
} from '../events/customer-return-accepted.ts';
import type { PaymentMethod, SaleCompleted } from '../events/sale-completed.ts';
import type { SupplierReturnSent } from '../events/supplier-return-sent.ts';
import type { Lot, Place } from '../model/lot.ts';
import type { LotOnHand } from './fefo.ts';
import { refuseSize, refuseTaking, refuseUnits } from './lot-lines.ts';
import { type CashRoundingStep, cashRoundingOf, paidForSale } from './payment.ts';
import type { Refusal } from './refusal.ts';

export type ReturnLine = Lot & {
  readonly saleLine: number;
  readonly units: number;
  readonly condition?: ReturnCondition | undefined;
};
export type AcceptedReturn = ReturnLine & { readonly refundVnd: number };

export type ReturnContext = {
  /** The sale as it was stored, or undefined when there is none with this id. */
  readonly sale: { readonly id: string; readonly data: SaleCompleted } | undefined;
  readonly isVoided: boolean;
  /** Everything brought back of this sale so far. */
  readonly returned: readonly AcceptedReturn[];
  /** What the customer had back for it, in money or goods; without it, the lines' refunds. */
  readonly refundedVnd?: number | undefined;
  readonly cashRoundingVnd?: CashRoundingStep | undefined;
  /** Which of its drugs are specially controlled, and whether a pharmacist takes them back. */
  readonly controlledDrugs?: ReadonlySet<string> | undefined;
  readonly isPharmacist?: boolean | undefined;
};

export type CustomerReturn = {
  readonly saleId: string;
  readonly reason: string;
  readonly lines: readonly ReturnLine[];
  /** How the customer has it back; cash without it. */
  readonly method?: PaymentMethod | undefined;
  readonly minutesNumber?: string | undefined;
};

/**
 * Takes back no more of a lot than the sale gave, all returns together. The refund follows what was
 * paid: whatever way a line comes back in parts, the parts add up to its amount.
 */
export function decideCustomerReturn(
  context: ReturnContext,
  command: CustomerReturn,
): Result<DecidedReturn, Refusal> {
  const { sale } = context;
  if (sale === undefined) return err({ type: 'UnknownSale', saleId: command.saleId });
  const { slip } = sale.data;
  if (context.isVoided) return err({ type: 'SaleAlreadyVoided', slip });
  const size = refuseSize(command.lines.length, limits.stockLinesMax);
  if (size !== undefined) return err(size);
  const accepted: AcceptedReturn[] = [];
  for (const line of command.lines) {
    const before = [...context.returned, ...accepted].filter(
      (past) => past.saleLine === line.saleLine,
    );
    const problem = refuseReturn(sale.data, line, before);
    if (problem !== undefined) return err(problem);
    const { drug, lot, expiresOn, saleLine, units, condition } = line;
    const refundVnd = refundOf(sale.data, line, before);
    const taken = { drug, lot, expiresOn, saleLine, units, refundVnd };
    accepted.push(condition === undefined ? taken : { ...taken, condition });
  }
  const controlled = refuseControlled(context, command);
  if (controlled !== undefined) return err(controlled);
  const totalVnd = sumOf(accepted, ({ refundVnd }) => refundVnd);
  const refundedVnd = context.refundedVnd ?? sumOf(context.returned, (past) => past.refundVnd);
  // What was rounded off when it was sold was never paid, so it is not given back.
  const worthVnd = Math.max(0, Math.min(totalVnd, paidForSale(sale.data) - refundedVnd));
  const { reason, minutesNumber, method = 'cash' } = command;
  const { cashRoundingVnd = 0 } = context;
  const data = {
    ...{ saleId: sale.id, slip, reason, lines: accepted, totalVnd },
    refund: refundFor({ totalVnd, worthVnd, creditVnd: 0, method, cashRoundingVnd }),
    ...(minutesNumber === undefined ? {} : { minutesNumber }),
  };
  return ok({ ...data, worthVnd });
}

/** The event, and what the goods are worth to the customer: what an exchange may credit. */
export type DecidedReturn = CustomerReturnAccepted & { readonly worthVnd: number };

/** The same goods brought back against others: what those cost is credited, the rest is paid. */
export function inExchange(
  { worthVnd, ...returned }: DecidedReturn,
  sale: { readonly id: string; readonly slip: string; readonly creditVnd: number },
  rule: { readonly method: PaymentMethod; readonly cashRoundingVnd?: CashRoundingStep | undefined },
): CustomerReturnAccepted {
  const { totalVnd } = returned;
  const { creditVnd, id, slip } = sale;
  const { method, cashRoundingVnd = 0 } = rule;
  assert(creditVnd <= worthVnd, 'No more is credited than came back');
  const refund = refundFor({ totalVnd, worthVnd, creditVnd, method, cashRoundingVnd });
  return { ...returned, refund, exchange: { saleId: id, slip } };
}

function refundFor(input: {
  readonly totalVnd: number;
  readonly worthVnd: number;
  readonly creditVnd: number;
  readonly method: PaymentMethod;
  readonly cashRoundingVnd: CashRoundingStep;
}): NonNullable<CustomerReturnAccepted['refund']> {
  const { totalVnd, worthVnd, creditVnd, method, cashRoundingVnd } = input;
  const leftVnd = worthVnd - creditVnd;
  const paidVnd = leftVnd + (method === 'cash' ? cashRoundingOf(leftVnd, cashRoundingVnd) : 0);
  const roundingVnd = paidVnd + creditVnd - totalVnd;
  return {
    method,
    paidVnd,
    ...(roundingVnd === 0 ? {} : { roundingVnd }),
    ...(creditVnd === 0 ? {} : { creditVnd }),
  };
}

/** TT 18/2026: specially controlled drugs come back with minutes (appendix XVIII). */
function refuseControlled(
  { controlledDrugs, isPharmacist = true }: ReturnContext,
  { lines, minutesNumber }: CustomerReturn,
): Refusal | undefined {
  const controlled = lines.find(({ drug }) => controlledDrugs?.has(drug) === true);
  if (controlled === undefined) return undefined;
  const { drug } = controlled;
  if (!isPharmacist) return { type: 'ReturnNeedsPharmacist', drug };
  return minutesNumber === undefined || minutesNumber.trim() === ''
    ? { type: 'ReturnMinutesMissing', drug }
    : undefined;
}

function sumOf<Row>(rows: readonly Row[], read: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + read(row), 0);
}

function refuseReturn(
  sale: SaleCompleted,
  line: ReturnLine,
  before: readonly ReturnLine[],
): Refusal | undefined {
  const { drug, lot, expiresOn, units } = line;
  const sold = sale.lines[line.saleLine];
  const pick = sold?.picks.find((taken) => taken.lot === lot && taken.expiresOn === expiresOn);
  if (sold?.drug !== drug || pick === undefined) {
    return { type: 'NotInSale', drug, lot, slip: sale.slip };
  }
  const problem = refuseUnits(drug, units, 1);
  if (problem !== undefined) return problem;
  const returnedUnits = before
    .filter((past) => past.lot === lot && past.expiresOn === expiresOn)
    .reduce((sum, past) => sum + past.units, 0);
  const returnableUnits = pick.units - returnedUnits;
  return units > returnableUnits
    ? { type: 'ReturnExceedsSale', drug, lot, wantedUnits: units, returnableUnits }
    : undefined;
}

/** What is due for all units returned so far, less what was refunded before: no đồng is lost. */
function refundOf(
  sale: SaleCompleted,
  line: ReturnLine,
  before: readonly AcceptedReturn[],
): number {
  const sold = present(sale.lines[line.saleLine], 'A line that was not refused is in the sale');
  const soldUnits = sold.quantity * sold.unit.factor;
  const returnedUnits = before.reduce((sum, past) => sum + past.units, 0) + line.units;
  assert(returnedUnits <= soldUnits, 'No more comes back than was sold');
  const dueVnd = Number((BigInt(sold.amountVnd) * BigInt(returnedUnits)) / BigInt(soldUnits));
  return dueVnd - before.reduce((sum, past) => sum + past.refundVnd, 0);
}

/** Sends goods back to a supplier from wherever they stand. */
export function decideSupplierReturn(
  context: { readonly lots: readonly LotOnHand[] },
  command: Omit<SupplierReturnSent, 'lines' | 'totalVnd'> & {
    readonly lines: readonly (Lot & {
      readonly place: Place;
      readonly units: number;
      readonly amountVnd: number;
    })[];
  },
): Result<SupplierReturnSent, Refusal> {
  const { supplierName, documentNumber, reason, recallNumber } = command;
  const problem = refuseTaking(context.lots, command.lines) ?? refuseAmounts(command.lines);
  if (problem !== undefined) return err(problem);
  const lines = command.lines.map(({ drug, lot, expiresOn, place, units, amountVnd }) => ({
    drug,
    lot,
    expiresOn,
    place,
    units,
    amountVnd,
  }));
  const totalVnd = lines.reduce((sum, line) => sum + line.amountVnd, 0);
  const head = { supplierName, documentNumber, reason };
  return ok({
    ...head,
    ...(recallNumber === undefined ? {} : { recallNumber }),
    lines,
    totalVnd,
  });
}

function refuseAmounts(
  lines: readonly { readonly drug: string; readonly amountVnd: number }[],
): Refusal | undefined {
  const priceVndMax = limits.totalVndMax;
  let totalVnd = 0;
  for (const { drug, amountVnd } of lines) {
    totalVnd += amountVnd;
    const isAmount = Number.isSafeInteger(amountVnd) && amountVnd >= 0 && totalVnd <= priceVndMax;
    if (!isAmount) return { type: 'PriceTooHigh', drug, priceVndMax };
  }
  return undefined;
}
