import { err, ok, type Result } from '../base/result.ts';
import type { ControlledDrugLossReported } from '../events/controlled-drug-loss-reported.ts';
import { type Instant, instantOfMs, msOfInstant } from '../model/calendar.ts';
import type { Lot, Place } from '../model/lot.ts';
import type { LotOnHand } from './fefo.ts';
import { refuseTaking } from './lot-lines.ts';
import type { Refusal } from './refusal.ts';

/** NĐ 163/2025: the province is told within 48 hours of discovery. */
export const lossReportHours = 48;

/** Until when the authority must have been told (Mẫu 07). */
export function lossReportDueAt(foundAt: Instant): Instant {
  return instantOfMs(msOfInstant(foundAt) + lossReportHours * 3_600_000);
}

export type ReportLoss = Omit<ControlledDrugLossReported, 'lines'> & {
  readonly lines: readonly (Lot & { readonly place: Place; readonly units: number })[];
};

export type LossContext = {
  readonly now: Instant;
  /** Every lot that lines may name. */
  readonly lots: readonly LotOnHand[];
  /** Specially controlled drugs among those that lines name. */
  readonly controlledDrugs: ReadonlySet<string>;
};

/** Writes off what is gone of specially controlled drugs; other goods are counted or disposed of. */
export function decideLoss(
  context: LossContext,
  command: ReportLoss,
): Result<ControlledDrugLossReported, Refusal> {
  const { cause, circumstances, foundAt, foundBy, actionsTaken } = command;
  const other = command.lines.find(({ drug }) => !context.controlledDrugs.has(drug));
  if (other !== undefined) return err({ type: 'NotControlled', drug: other.drug });
  const problem = refuseTaking(context.lots, command.lines);
  if (problem !== undefined) return err(problem);
  if (msOfInstant(foundAt) > msOfInstant(context.now)) {
    return err({ type: 'FoundInFuture', foundAt });
  }
  const lines = command.lines.map(({ drug, lot, expiresOn, place, units }) => ({
    drug,
    lot,
    expiresOn,
    place,
    units,
  }));
  return ok({ cause, circumstances, foundAt, foundBy, actionsTaken, lines });
}
