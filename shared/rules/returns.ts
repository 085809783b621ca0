import { assert, present } from '../base/assert.ts';
import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { CustomerReturnAccepted } from '../events/customer-return-accepted.ts';
import type { SaleCompleted } from '../events/sale-completed.ts';
import type { SupplierReturnSent } from '../events/supplier-return-sent.ts';
import type { Lot, Place } from '../model/lot.ts';
import type { LotOnHand } from './fefo.ts';
import { refuseSize, refuseTaking, refuseUnits } from './lot-lines.ts';
import type { Refusal } from './refusal.ts';

export type ReturnLine = Lot & { readonly saleLine: number; readonly units: number };
export type AcceptedReturn = ReturnLine & { readonly refundVnd: number };

export type ReturnContext = {
  /** The sale as it was stored, or undefined when there is none with this id. */
  readonly sale: { readonly id: string; readonly data: SaleCompleted } | undefined;
  readonly isVoided: boolean;
  /** Everything brought back of this sale so far. */
  readonly returned: readonly AcceptedReturn[];
};

/**
 * Takes back no more of a lot than the sale gave, all returns together. The refund follows what was
 * paid: whatever way a line comes back in parts, the parts add up to its amount.
 */
export function decideCustomerReturn(
  context: ReturnContext,
  command: {
    readonly saleId: string;
    readonly reason: string;
    readonly lines: readonly ReturnLine[];
  },
): Result<CustomerReturnAccepted, Refusal> {
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
    const { drug, lot, expiresOn, saleLine, units } = line;
    const refundVnd = refundOf(sale.data, line, before);
    accepted.push({ drug, lot, expiresOn, saleLine, units, refundVnd });
  }
  const totalVnd = accepted.reduce((sum, line) => sum + line.refundVnd, 0);
  return ok({ saleId: sale.id, slip, reason: command.reason, lines: accepted, totalVnd });
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
