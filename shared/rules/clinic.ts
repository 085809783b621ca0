import { unreachable } from '../base/assert.ts';
import type { Fact, UnreadableEvent } from '../events/registry.ts';

/**
 * Why an event waits in the clinic (protocol.md §2): stored as evidence, acknowledged, applied to
 * nothing until it can be. Judged again when schemas, rules, catalogue or mappings have changed.
 */
export const parkedReasons = [
  'UnknownEventType',
  'NewerEventVersion',
  'InvalidEventData',
  'UnknownDrugCode',
  /** It names a document that is itself parked: applying one without the other would be wrong. */
  'WaitsForParked',
  /** The database does not take what follows from it. */
  'RefusedByDatabase',
] as const satisfies readonly (UnreadableEvent['type'] | 'WaitsForParked' | 'RefusedByDatabase')[];
export type ParkedReason = (typeof parkedReasons)[number];

/** Documents of the same journal without which an event cannot be applied. */
export function documentsNeededBy(fact: Fact): readonly string[] {
  switch (fact.type) {
    case 'CustomerReturnAccepted.v1': {
      const { saleId, exchange } = fact.data;
      return exchange === undefined ? [saleId] : [saleId, exchange.saleId];
    }
    case 'SaleVoided.v1':
    case 'PrescriptionDispensed.v1':
      return [fact.data.saleId];
    case 'ShiftClosed.v1':
      return [fact.data.shiftId];
    case 'OpeningStockDeclared.v1':
    case 'GoodsReceived.v1':
    case 'SaleCompleted.v1':
    case 'PriceSet.v1':
    case 'SupplierReturnSent.v1':
    case 'TransferSent.v1':
    // The sender's document stands in another journal.
    case 'TransferReceived.v1':
    case 'RecallAcknowledged.v1':
    case 'StockCounted.v1':
    case 'LotDisposed.v1':
    case 'LotQuarantined.v1':
    case 'LotReleased.v1':
    case 'ControlledDrugLossReported.v1':
    case 'ShiftOpened.v1':
    case 'LocalProductDefined.v1':
    case 'StaffChanged.v1':
    case 'TillRecovered.v1':
      return [];
    default:
      return unreachable(fact);
  }
}
