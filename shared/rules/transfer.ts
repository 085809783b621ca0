import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { TransferReceived } from '../events/transfer-received.ts';
import type { TransferSent } from '../events/transfer-sent.ts';
import type { CalendarDate } from '../model/calendar.ts';
import { type Lot, lotKey, type Place } from '../model/lot.ts';
import type { UnitTree } from '../model/quantity.ts';
import type { Recall } from '../model/recall.ts';
import type { LotForSale } from './fefo.ts';
import { refusePrice, refuseSize, refuseTaking, refuseUnits } from './lot-lines.ts';
import { recallOfLot } from './recall.ts';
import type { Refusal } from './refusal.ts';

export type SendTransfer = Omit<TransferSent, 'lines'> & {
  readonly lines: readonly (Lot & { readonly units: number })[];
};

export type SendContext = {
  readonly today: CalendarDate;
  /** Code of the facility that sends. */
  readonly ownCode: string;
  readonly lots: readonly (LotForSale & { readonly unitCostVnd: number | null })[];
};

/** Sends goods that may be sold to another facility of the same owner. */
export function decideSend(
  context: SendContext,
  command: SendTransfer,
): Result<TransferSent, Refusal> {
  const { to, note } = command;
  if (to.facilityCode === context.ownCode) {
    return err({ type: 'TransferToSelf', facilityCode: to.facilityCode });
  }
  const lotsByKey = new Map(context.lots.map((lot) => [lotKey(lot), lot]));
  const taken = command.lines.map((line) => ({ ...line, place: 'shelf' as const }));
  const problem = refuseTaking(context.lots, taken);
  if (problem !== undefined) return err(problem);
  for (const line of command.lines) {
    const { drug, lot, expiresOn } = line;
    if (expiresOn <= context.today) return err({ type: 'LotExpired', drug, lot, expiresOn });
    const recallNumber = lotsByKey.get(lotKey(line))?.recallNumber ?? null;
    if (recallNumber !== null) return err({ type: 'LotRecalled', drug, lot, recallNumber });
  }
  const lines = command.lines.map((line) => {
    const { drug, lot, expiresOn, units } = line;
    const unitCostVnd = lotsByKey.get(lotKey(line))?.unitCostVnd ?? null;
    return { drug, lot, expiresOn, units, unitCostVnd };
  });
  return ok({ to, note, lines });
}

export type ReceiveTransfer = Omit<TransferReceived, 'lines'> & {
  readonly lines: readonly (Lot & {
    readonly place: Place;
    readonly sentUnits: number;
    readonly units: number;
    readonly unitCostVnd: number | null;
  })[];
};

export type ReceiveContext = {
  readonly today: CalendarDate;
  readonly ownCode: string;
  readonly isReceived: boolean;
  /** Of the drugs that lines name. */
  readonly recalls: readonly Recall[];
  readonly unitsByDrug: ReadonlyMap<string, UnitTree>;
};

/** Takes a transfer in, once. What may not be sold goes straight into quarantine. */
export function decideReceive(
  context: ReceiveContext,
  command: ReceiveTransfer,
): Result<TransferReceived, Refusal> {
  const { transferId, from, note } = command;
  if (context.isReceived) return err({ type: 'TransferAlreadyReceived', transferId });
  if (from.facilityCode === context.ownCode) {
    return err({ type: 'TransferToSelf', facilityCode: from.facilityCode });
  }
  const size = refuseSize(command.lines.length, limits.stockLinesMax);
  if (size !== undefined) return err(size);
  const lines: TransferReceived['lines'] = [];
  const seen = new Set<string>();
  for (const line of command.lines) {
    const problem = refuseArrival(context, line);
    if (problem !== undefined) return err(problem);
    if (seen.has(lotKey(line)))
      return err({ type: 'DuplicateLot', drug: line.drug, lot: line.lot });
    seen.add(lotKey(line));
    const { drug, lot, expiresOn, place, sentUnits, units, unitCostVnd } = line;
    lines.push({ drug, lot, expiresOn, place, sentUnits, units, unitCostVnd });
  }
  return ok({ transferId, from, note, lines });
}

function refuseArrival(
  context: ReceiveContext,
  line: ReceiveTransfer['lines'][number],
): Refusal | undefined {
  const { drug, lot, sentUnits, units } = line;
  if (!context.unitsByDrug.has(drug)) return { type: 'UnknownDrug', drug };
  const problem = refuseUnits(drug, sentUnits, 1) ?? refusePrice(drug, line.unitCostVnd ?? 0);
  if (problem !== undefined) return problem;
  if (!Number.isSafeInteger(units) || units < 0) return { type: 'BadCount', drug, lot };
  if (units > sentUnits) {
    return { type: 'ReceivedMoreThanSent', drug, lot, sentUnits, receivedUnits: units };
  }
  const isOnShelf = line.place === 'shelf' && units > 0;
  if (!isOnShelf) return undefined;
  if (line.expiresOn <= context.today) return { type: 'ReceivedExpired', drug, lot };
  const recallNumber = recallOfLot(context.recalls, line)?.number;
  return recallNumber === undefined ? undefined : { type: 'LotRecalled', drug, lot, recallNumber };
}
