import { unreachable } from '../base/assert.ts';
import type { Fact } from '../events/registry.ts';
import type { LotPick } from '../events/sale-completed.ts';
import type { Lot } from '../model/lot.ts';
import { shareOut } from '../model/money.ts';

export type MovementKind = 'opening' | 'receipt' | 'sale' | 'void';

/** A change of stock of one lot: signed, in the smallest packing unit. */
export type Movement = Lot & {
  readonly kind: MovementKind;
  readonly units: number;
  /** Money that moved with the goods, always ≥ 0: cost of a receipt, revenue of a sale. */
  readonly amountVnd: number;
};

/**
 * The only stock arithmetic of the system (protocol.md §1): the till's projection, the centre's
 * projection and every report derive from it. Exhaustive over event types.
 */
export function movementsOf(fact: Fact): readonly Movement[] {
  switch (fact.type) {
    case 'OpeningStockDeclared.v1':
      return fact.data.lines.map((line) => ({
        ...lotOf(line),
        kind: 'opening',
        units: line.units,
        amountVnd: line.units * (line.unitCostVnd ?? 0),
      }));
    case 'GoodsReceived.v1':
      return fact.data.lines.map((line) => ({
        ...lotOf(line),
        kind: 'receipt',
        units: line.units,
        amountVnd: line.amountVnd,
      }));
    case 'SaleCompleted.v1':
      return fact.data.lines.flatMap((line) => pickMovements(line, 'sale'));
    case 'SaleVoided.v1':
      return fact.data.lines.flatMap((line) => pickMovements(line, 'void'));
    case 'PriceSet.v1':
      return [];
    default:
      return unreachable(fact);
  }
}

function pickMovements(
  line: { readonly drug: string; readonly amountVnd: number; readonly picks: readonly LotPick[] },
  kind: 'sale' | 'void',
): readonly Movement[] {
  const amounts = shareOut(
    line.amountVnd,
    line.picks.map((pick) => pick.units),
  );
  return line.picks.map((pick, index) => ({
    drug: line.drug,
    lot: pick.lot,
    expiresOn: pick.expiresOn,
    kind,
    units: kind === 'sale' ? -pick.units : pick.units,
    amountVnd: amounts[index] ?? 0,
  }));
}

function lotOf(line: Lot): Lot {
  return { drug: line.drug, lot: line.lot, expiresOn: line.expiresOn };
}
