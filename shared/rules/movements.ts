import { unreachable } from '../base/assert.ts';
import type { Fact } from '../events/registry.ts';
import type { LotPick } from '../events/sale-completed.ts';
import type { TillRecovered } from '../events/till-recovered.ts';
import type { Lot, Place } from '../model/lot.ts';
import { shareOut } from '../model/money.ts';

/** In the order in which the centre numbers them (server/ingest/write-movements.ts): add at the end. */
export const movementKinds = [
  'opening',
  'receipt',
  'sale',
  'void',
  'customer-return',
  'supplier-return',
  'transfer-out',
  'transfer-in',
  'count',
  'disposal',
  'quarantine',
  'release',
  'loss',
  'recovery',
] as const;
export type MovementKind = (typeof movementKinds)[number];

/**
 * A change of stock of one lot: signed, in the smallest packing unit. What goes into quarantine or
 * comes out of it leaves one place and enters the other, so it is two movements.
 */
export type Movement = Lot & {
  readonly kind: MovementKind;
  /** Absent on the shelf. What is in quarantine is on hand, but cannot be sold. */
  readonly place?: 'quarantine';
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
    case 'CustomerReturnAccepted.v1':
      return fact.data.lines.map((line) => ({
        ...atPlace(line, 'quarantine'),
        kind: 'customer-return',
        units: line.units,
        amountVnd: line.refundVnd,
      }));
    case 'SupplierReturnSent.v1':
      return fact.data.lines.map((line) => ({
        ...atPlace(line, line.place),
        kind: 'supplier-return',
        units: -line.units,
        amountVnd: line.amountVnd,
      }));
    case 'TransferSent.v1':
      return fact.data.lines.map((line) => ({
        ...lotOf(line),
        kind: 'transfer-out',
        units: -line.units,
        amountVnd: line.units * (line.unitCostVnd ?? 0),
      }));
    case 'TransferReceived.v1':
      return withoutNothing(
        fact.data.lines.map((line) => ({
          ...atPlace(line, line.place),
          kind: 'transfer-in',
          units: line.units,
          amountVnd: line.units * (line.unitCostVnd ?? 0),
        })),
      );
    case 'StockCounted.v1':
      // The difference at the moment of counting: never the count in place of the book.
      return withoutNothing(
        fact.data.lines.map((line) => ({
          ...atPlace(line, line.place),
          kind: 'count',
          units: line.countedUnits - line.bookUnits,
          amountVnd: 0,
        })),
      );
    case 'LotDisposed.v1':
      return fact.data.lines.map((line) => ({
        ...atPlace(line, line.place),
        kind: 'disposal',
        units: -line.units,
        amountVnd: 0,
      }));
    case 'LotQuarantined.v1':
      return fact.data.lines.flatMap(intoQuarantine);
    case 'LotReleased.v1':
      return fact.data.lines.flatMap((line) =>
        betweenPlaces(line, { kind: 'release', from: 'quarantine', to: 'shelf' }),
      );
    case 'RecallAcknowledged.v1':
      return withoutNothing(fact.data.lines.flatMap(intoQuarantine));
    case 'ControlledDrugLossReported.v1':
      return fact.data.lines.map((line) => ({
        ...atPlace(line, line.place),
        kind: 'loss',
        units: -line.units,
        amountVnd: 0,
      }));
    case 'PriceSet.v1':
    // The sale that a dispensing names has moved the goods.
    case 'PrescriptionDispensed.v1':
    case 'ShiftOpened.v1':
    case 'ShiftClosed.v1':
    case 'LocalProductDefined.v1':
    case 'StaffChanged.v1':
      return [];
    case 'TillRecovered.v1':
      return fact.data.lots.flatMap(recoveryMovements);
    default:
      return unreachable(fact);
  }
}

/**
 * Whether a movement changes what the facility holds, and not only what one of its tills knows:
 * stock belongs to the facility, and a recovery repeats what the old till's journal already moved.
 */
export function isFacilityMovement({ kind }: Pick<Movement, 'kind'>): boolean {
  return kind !== 'recovery';
}

function intoQuarantine(line: Lot & { readonly units: number }): readonly Movement[] {
  return betweenPlaces(line, { kind: 'quarantine', from: 'shelf', to: 'quarantine' });
}

/** Leaves one place before it enters the other, so that neither ever holds more than there is. */
function betweenPlaces(
  line: Lot & { readonly units: number },
  move: { readonly kind: MovementKind; readonly from: Place; readonly to: Place },
): readonly Movement[] {
  const { kind, from, to } = move;
  const { units } = line;
  return [
    { ...atPlace(line, from), kind, units: -units, amountVnd: 0 },
    { ...atPlace(line, to), kind, units, amountVnd: 0 },
  ];
}

function atPlace(line: Lot, place: Place): Lot & Pick<Movement, 'place'> {
  return place === 'shelf' ? lotOf(line) : { ...lotOf(line), place };
}

function recoveryMovements(lot: TillRecovered['lots'][number]): readonly Movement[] {
  const { onHandUnits, quarantinedUnits } = lot;
  const recovered = { kind: 'recovery', amountVnd: 0 } as const;
  return withoutNothing([
    { ...atPlace(lot, 'shelf'), ...recovered, units: onHandUnits - quarantinedUnits },
    { ...atPlace(lot, 'quarantine'), ...recovered, units: quarantinedUnits },
  ]);
}

/** What a movement adds to the figures of its lot; what is in quarantine is also on hand. */
export function stockChangeOf({ place, units }: Movement): {
  readonly onHandUnits: number;
  readonly quarantinedUnits: number;
} {
  return { onHandUnits: units, quarantinedUnits: place === 'quarantine' ? units : 0 };
}

/** A movement of nothing is none. */
function withoutNothing(movements: readonly Movement[]): readonly Movement[] {
  return movements.filter(({ units }) => units !== 0);
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
