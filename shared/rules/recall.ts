import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { RecallAcknowledged } from '../events/recall-acknowledged.ts';
import type { Lot } from '../model/lot.ts';
import type { Recall } from '../model/recall.ts';
import { type LotOnHand, shelfUnitsOf } from './fefo.ts';
import { refuseSize } from './lot-lines.ts';
import type { Refusal } from './refusal.ts';

/** Whether a recall names a lot. */
export function coversLot(
  recall: Pick<Recall, 'drug' | 'lots'>,
  lot: Pick<Lot, 'drug' | 'lot'>,
): boolean {
  return recall.drug === lot.drug && (recall.lots === null || recall.lots.includes(lot.lot));
}

/** The gravest recall that names a lot; of equally grave ones the first by number. */
export function recallOfLot(
  recalls: readonly Recall[],
  lot: Pick<Lot, 'drug' | 'lot'>,
): Recall | undefined {
  return recalls
    .filter((recall) => coversLot(recall, lot))
    .sort((a, b) => a.level - b.level || (a.number < b.number ? -1 : 1))[0];
}

export type AcknowledgeContext = {
  readonly recall: Recall | undefined;
  readonly isAcknowledged: boolean;
  /** Every lot of the recalled drug that was ever here. */
  readonly lots: readonly LotOnHand[];
};

/**
 * The pharmacy has read the recall and takes what it holds off the shelf. Said again only when more
 * of it has come back to the shelf since.
 */
export function decideAcknowledge(
  context: AcknowledgeContext,
  command: { readonly recallNumber: string; readonly note: string },
): Result<RecallAcknowledged, Refusal> {
  const { recallNumber, note } = command;
  const { recall } = context;
  if (recall === undefined) return err({ type: 'UnknownRecall', recallNumber });
  const held = context.lots.filter((lot) => lot.onHandUnits > 0 && coversLot(recall, lot));
  if (context.isAcknowledged && held.every((lot) => shelfUnitsOf(lot) === 0)) {
    return err({ type: 'RecallAlreadyAcknowledged', recallNumber });
  }
  const size = refuseSize(Math.max(1, held.length), limits.stockLinesMax);
  if (size !== undefined) return err(size);
  return ok({
    recallNumber: recall.number,
    level: recall.level,
    note,
    lines: held.map(({ drug, lot, expiresOn, onHandUnits, quarantinedUnits }) => ({
      drug,
      lot,
      expiresOn,
      units: onHandUnits - quarantinedUnits,
      quarantinedUnits,
    })),
  });
}
