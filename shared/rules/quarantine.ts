import { err, ok, type Result } from '../base/result.ts';
import type { LotDisposed } from '../events/lot-disposed.ts';
import type { LotQuarantined } from '../events/lot-quarantined.ts';
import type { LotReleased } from '../events/lot-released.ts';
import type { CalendarDate } from '../model/calendar.ts';
import { type Lot, lotKey, type Place } from '../model/lot.ts';
import type { LotForSale } from './fefo.ts';
import { refuseTaking } from './lot-lines.ts';
import type { Refusal } from './refusal.ts';

export type QuarantineContext = {
  readonly today: CalendarDate;
  /** Every lot that lines may name. */
  readonly lots: readonly LotForSale[];
};
type UnitsOfLot = Lot & { readonly units: number };

/** Sets goods apart from the shelf; expired ones too, that is where they belong. */
export function decideQuarantine(
  context: QuarantineContext,
  command: Omit<LotQuarantined, 'lines'> & { readonly lines: readonly UnitsOfLot[] },
): Result<LotQuarantined, Refusal> {
  const { reason, note, lines } = command;
  const problem = refuseTaking(context.lots, atPlace('shelf', lines));
  if (problem !== undefined) return err(problem);
  return ok({ reason, note, lines: lines.map(unitsOfLot) });
}

/** Puts goods back on the shelf; what may not be sold stays where it is. */
export function decideRelease(
  context: QuarantineContext,
  command: Omit<LotReleased, 'lines'> & { readonly lines: readonly UnitsOfLot[] },
): Result<LotReleased, Refusal> {
  const { reason, lines } = command;
  const problem = refuseTaking(context.lots, atPlace('quarantine', lines));
  if (problem !== undefined) return err(problem);
  const expired = lines.find((line) => line.expiresOn <= context.today);
  if (expired !== undefined) {
    const { drug, lot, expiresOn } = expired;
    return err({ type: 'LotExpired', drug, lot, expiresOn });
  }
  const recalled = recalledAmong(context.lots, lines);
  if (recalled !== undefined) return err(recalled);
  return ok({ reason, lines: lines.map(unitsOfLot) });
}

/** Writes off what was destroyed, from wherever it stood. */
export function decideDisposal(
  context: QuarantineContext,
  command: Omit<LotDisposed, 'lines'> & {
    readonly lines: readonly (UnitsOfLot & { readonly place: Place })[];
  },
): Result<LotDisposed, Refusal> {
  const { reason, method, minutesNumber, witnesses, lines } = command;
  const problem = refuseTaking(context.lots, lines);
  if (problem !== undefined) return err(problem);
  return ok({
    reason,
    method,
    minutesNumber,
    witnesses,
    lines: lines.map((line) => ({ ...unitsOfLot(line), place: line.place })),
  });
}

function recalledAmong(lots: readonly LotForSale[], lines: readonly Lot[]): Refusal | undefined {
  const named = new Set(lines.map(lotKey));
  for (const lot of lots) {
    const { drug, recallNumber } = lot;
    if (recallNumber !== null && named.has(lotKey(lot))) {
      return { type: 'LotRecalled', drug, lot: lot.lot, recallNumber };
    }
  }
  return undefined;
}

function atPlace(place: Place, lines: readonly UnitsOfLot[]) {
  return lines.map((line) => ({ ...line, place }));
}

function unitsOfLot({ drug, lot, expiresOn, units }: UnitsOfLot): UnitsOfLot {
  return { drug, lot, expiresOn, units };
}
