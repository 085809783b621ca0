import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { GoodsReceived } from '../events/goods-received.ts';
import type { OpeningStockDeclared } from '../events/opening-stock-declared.ts';
import type { CalendarDate } from '../model/calendar.ts';
import type { Lot } from '../model/lot.ts';
import { lotKey } from '../model/lot.ts';
import type { UnitTree } from '../model/quantity.ts';
import type { Recall } from '../model/recall.ts';
import { refusePrice, refuseSize, refuseUnits } from './lot-lines.ts';
import { recallOfLot } from './recall.ts';
import type { Refusal } from './refusal.ts';

export type ReceiveGoods = {
  readonly supplierName: string;
  readonly invoiceNumber: string;
  readonly lines: readonly (Lot & {
    readonly unit: string;
    readonly quantity: number;
    readonly unitCostVnd: number;
  })[];
};

export type ReceivingContext = {
  readonly today: CalendarDate;
  /** Of the drugs that lines name. */
  readonly recalls: readonly Recall[];
  readonly unitsByDrug: ReadonlyMap<string, UnitTree>;
};

/** Takes goods in. Expired and recalled goods are refused at the door: they go back at once. */
export function decideReceiving(
  context: ReceivingContext,
  command: ReceiveGoods,
): Result<GoodsReceived, Refusal> {
  const size = refuseSize(command.lines.length, limits.receiptLinesMax);
  if (size !== undefined) return err(size);
  const lines: GoodsReceived['lines'] = [];
  for (const line of command.lines) {
    const tree = context.unitsByDrug.get(line.drug);
    if (tree === undefined) return err({ type: 'UnknownDrug', drug: line.drug });
    const unit = tree.find((candidate) => candidate.name === line.unit);
    if (unit === undefined) return err({ type: 'UnknownUnit', drug: line.drug, unit: line.unit });
    const problem =
      refuseUnits(line.drug, line.quantity, unit.factor) ??
      refusePrice(line.drug, line.unitCostVnd) ??
      refuseExpired(line, context.today) ??
      refuseRecalled(line, context.recalls);
    if (problem !== undefined) return err(problem);
    lines.push({
      drug: line.drug,
      lot: line.lot,
      expiresOn: line.expiresOn,
      unit: { name: unit.name, factor: unit.factor },
      quantity: line.quantity,
      units: line.quantity * unit.factor,
      unitCostVnd: line.unitCostVnd,
      amountVnd: line.quantity * line.unitCostVnd,
    });
  }
  const totalVnd = lines.reduce((sum, line) => sum + line.amountVnd, 0);
  if (totalVnd > limits.totalVndMax) {
    return err({
      type: 'PriceTooHigh',
      drug: lines[0]?.drug ?? '',
      priceVndMax: limits.totalVndMax,
    });
  }
  const { supplierName, invoiceNumber } = command;
  return ok({ supplierName, invoiceNumber, lines, totalVnd });
}

export type DeclareOpeningStock = {
  readonly lines: readonly (Lot & {
    readonly units: number;
    readonly unitCostVnd: number | null;
  })[];
};

export type OpeningContext = {
  readonly unitsByDrug: ReadonlyMap<string, UnitTree>;
  /** Lots already declared: opening stock is said once per lot. */
  readonly declaredLotKeys: ReadonlySet<string>;
};

/** Expired stock is declared too: it stands on the shelf and must be seen to be disposed of. */
export function decideOpening(
  context: OpeningContext,
  command: DeclareOpeningStock,
): Result<OpeningStockDeclared, Refusal> {
  const size = refuseSize(command.lines.length, limits.openingLinesMax);
  if (size !== undefined) return err(size);
  const seen = new Set<string>();
  for (const line of command.lines) {
    if (!context.unitsByDrug.has(line.drug)) return err({ type: 'UnknownDrug', drug: line.drug });
    const problem =
      refuseUnits(line.drug, line.units, 1) ?? refusePrice(line.drug, line.unitCostVnd ?? 0);
    if (problem !== undefined) return err(problem);
    const key = lotKey(line);
    if (seen.has(key)) return err({ type: 'DuplicateLot', drug: line.drug, lot: line.lot });
    if (context.declaredLotKeys.has(key)) {
      return err({ type: 'OpeningAlreadyDeclared', drug: line.drug, lot: line.lot });
    }
    seen.add(key);
  }
  return ok({
    lines: command.lines.map(({ drug, lot, expiresOn, units, unitCostVnd }) => ({
      drug,
      lot,
      expiresOn,
      units,
      unitCostVnd,
    })),
  });
}

function refuseExpired(line: Lot, today: CalendarDate): Refusal | undefined {
  if (line.expiresOn > today) return undefined;
  return { type: 'ReceivedExpired', drug: line.drug, lot: line.lot };
}

function refuseRecalled(line: Lot, recalls: readonly Recall[]): Refusal | undefined {
  const recallNumber = recallOfLot(recalls, line)?.number;
  if (recallNumber === undefined) return undefined;
  return { type: 'LotRecalled', drug: line.drug, lot: line.lot, recallNumber };
}
