import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import { PaymentMethod } from '../events/sale-completed.ts';
import type { ShiftClosed } from '../events/shift-closed.ts';
import type { ShiftOpened } from '../events/shift-opened.ts';
import type { Instant } from '../model/calendar.ts';
import type { SumsByMethod } from './payment.ts';
import type { Refusal } from './refusal.ts';

/** An open shift, as its event says. */
export type OpenShift = {
  readonly shiftId: string;
  readonly number: number;
  readonly openedAt: Instant;
  readonly openedBy: string;
  readonly openingCashVnd: number;
};

/** One group of the journal's events since the shift was opened. */
export type DrawerEntry = {
  readonly what: 'sale' | 'void' | 'return';
  readonly count: number;
  readonly totalVnd: number;
  /** What was taken, or given back, in each way; a void gives back as the sale was paid. */
  readonly paidVnd: SumsByMethod;
};

export type ShiftFigures = Pick<ShiftClosed, 'sales' | 'voids' | 'returns'> & {
  /** taken − paid back − (sales − voids − returns): what small change left out. */
  readonly roundingVnd: number;
  readonly payments: readonly Pick<
    ShiftClosed['payments'][number],
    'method' | 'takenVnd' | 'paidBackVnd' | 'expectedVnd'
  >[];
};

/** The figures of a shift so far (X); at its end they become the Z report. */
export function shiftFigures(
  { openingCashVnd }: Pick<OpenShift, 'openingCashVnd'>,
  entries: readonly DrawerEntry[],
): ShiftFigures {
  const tally = (what: DrawerEntry['what']) => {
    const of = entries.filter((entry) => entry.what === what);
    return { count: sum(of, ({ count }) => count), totalVnd: sum(of, ({ totalVnd }) => totalVnd) };
  };
  const payments = PaymentMethod.options.map((method) => {
    const taken = entries.filter(({ what }) => what === 'sale');
    const givenBack = entries.filter(({ what }) => what !== 'sale');
    const takenVnd = sum(taken, ({ paidVnd }) => paidVnd[method]);
    const paidBackVnd = sum(givenBack, ({ paidVnd }) => paidVnd[method]);
    const floatVnd = method === 'cash' ? openingCashVnd : 0;
    const expectedVnd = floatVnd + takenVnd - paidBackVnd;
    return { method, takenVnd, paidBackVnd, expectedVnd };
  });
  const figures = { sales: tally('sale'), voids: tally('void'), returns: tally('return') };
  const { sales, voids, returns } = figures;
  const soldVnd = sales.totalVnd - voids.totalVnd - returns.totalVnd;
  const movedVnd = sum(payments, ({ takenVnd, paidBackVnd }) => takenVnd - paidBackVnd);
  return { ...figures, roundingVnd: movedVnd - soldVnd, payments };
}

/** Opens a shift; one at a time, because there is one drawer. */
export function decideOpenShift(
  context: { readonly open: OpenShift | undefined; readonly lastNumber: number },
  command: Omit<ShiftOpened, 'number'>,
): Result<ShiftOpened, Refusal> {
  const { open, lastNumber } = context;
  const { openingCashVnd, note } = command;
  if (open !== undefined) {
    return err({ type: 'ShiftAlreadyOpen', number: open.number, openedAt: open.openedAt });
  }
  const problem = refuseAmount(openingCashVnd);
  if (problem !== undefined) return err(problem);
  return ok({ number: lastNumber + 1, openingCashVnd, note });
}

export type CloseShift = Pick<ShiftClosed, 'isBlind' | 'note'> & {
  readonly countedCashVnd: number;
  /** What the bank says has come in; null where nobody looked. */
  readonly countedVietqrVnd: number | null;
};

/** Closes the open shift with what was counted; a difference is written down, never refused. */
export function decideCloseShift(
  context: { readonly open: OpenShift | undefined; readonly entries: readonly DrawerEntry[] },
  command: CloseShift,
): Result<ShiftClosed, Refusal> {
  const { open, entries } = context;
  if (open === undefined) return err({ type: 'NoShiftOpen' });
  const counted = { cash: command.countedCashVnd, vietqr: command.countedVietqrVnd };
  for (const amountVnd of Object.values(counted)) {
    const problem = amountVnd === null ? undefined : refuseAmount(amountVnd);
    if (problem !== undefined) return err(problem);
  }
  const { sales, voids, returns, payments, roundingVnd } = shiftFigures(open, entries);
  return ok({
    ...open,
    sales,
    voids,
    returns,
    payments: payments.map((payment) => {
      const countedVnd = counted[payment.method];
      const differenceVnd = countedVnd === null ? null : countedVnd - payment.expectedVnd;
      return { ...payment, countedVnd, differenceVnd };
    }),
    ...(roundingVnd === 0 ? {} : { roundingVnd }),
    isBlind: command.isBlind,
    note: command.note,
  });
}

function refuseAmount(amountVnd: number): Refusal | undefined {
  const isAmount =
    Number.isSafeInteger(amountVnd) && amountVnd >= 0 && amountVnd <= limits.priceVndMax;
  return isAmount ? undefined : { type: 'BadAmount', amountVnd };
}

function sum<Row>(rows: readonly Row[], read: (row: Row) => number): number {
  return rows.reduce((total, row) => total + read(row), 0);
}
