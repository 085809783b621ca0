import { assert, present, unreachable } from '../../../shared/base/assert.ts';
import type { Event } from '../../../shared/events/registry.ts';
import { businessDateOf } from '../../../shared/model/calendar.ts';
import { divideRoundHalfUp } from '../../../shared/model/money.ts';
import { type Movement, movementsOf, stockChangeOf } from '../../../shared/rules/movements.ts';
import { paidBackBy, takenBy } from '../../../shared/rules/payment.ts';
import { applyShopEvent } from './apply-shop-event.ts';
import type { TillDb } from './till-db.ts';

/** Everything that follows from the journal and from nothing else; `rebuild` makes it anew. */
export const derivedTables = [
  'movement',
  'stock',
  'sale',
  'void',
  'sale_return',
  'customer_return',
  'price',
  'recall_acknowledgement',
  'transfer',
  'dispensing',
  'shift',
  'shift_closing',
  'local_product',
  'staff',
] as const;

/** Derives what one event changes. @returns the number of movements. */
export function applyEvent(db: TillDb, event: Event): number {
  const movements = movementsOf(event);
  movements.forEach((movement, line) => {
    applyMovement(db, { seq: event.seq, line, movement });
  });
  switch (event.type) {
    case 'OpeningStockDeclared.v1':
      for (const line of event.data.lines) {
        if (line.unitCostVnd !== null) rememberCost(db, line, line.unitCostVnd);
      }
      break;
    case 'GoodsReceived.v1':
      for (const line of event.data.lines) {
        rememberCost(db, line, divideRoundHalfUp(line.amountVnd, line.units));
      }
      break;
    case 'SaleCompleted.v1':
      insertSale(db, event);
      break;
    case 'SaleVoided.v1':
      insertVoid(db, event);
      break;
    case 'PriceSet.v1':
      db.run(
        `INSERT INTO price (drug, unit, factor, price_vnd) VALUES (?, ?, ?, ?)
         ON CONFLICT (drug, unit)
         DO UPDATE SET factor = excluded.factor, price_vnd = excluded.price_vnd`,
        event.data.drug,
        event.data.unit.name,
        event.data.unit.factor,
        event.data.priceVnd,
      );
      break;
    case 'CustomerReturnAccepted.v1':
      insertReturn(db, event);
      break;
    case 'TransferSent.v1':
      insertTransfer(db, event, 'sent', { transferId: event.id, partner: event.data.to });
      break;
    case 'TransferReceived.v1':
      insertTransfer(db, event, 'received', {
        transferId: event.data.transferId,
        partner: event.data.from,
      });
      for (const line of event.data.lines) {
        if (line.unitCostVnd !== null) rememberCost(db, line, line.unitCostVnd);
      }
      break;
    case 'RecallAcknowledged.v1':
      db.run(
        'INSERT INTO recall_acknowledgement (seq, number, at) VALUES (?, ?, ?)',
        event.seq,
        event.data.recallNumber,
        event.at,
      );
      break;
    case 'SupplierReturnSent.v1':
    case 'StockCounted.v1':
    case 'LotDisposed.v1':
    case 'LotQuarantined.v1':
    case 'LotReleased.v1':
    case 'ControlledDrugLossReported.v1':
      break;
    case 'PrescriptionDispensed.v1':
    case 'ShiftOpened.v1':
    case 'ShiftClosed.v1':
    case 'LocalProductDefined.v1':
    case 'StaffChanged.v1':
      applyShopEvent(db, event);
      break;
    case 'TillRecovered.v1':
      for (const lot of event.data.lots) {
        if (lot.unitCostVnd !== null) rememberCost(db, lot, lot.unitCostVnd);
      }
      break;
    default:
      unreachable(event);
  }
  return movements.length;
}

/** The number in a slip `<shortCode>-<n>`. */
export function slipNumberOf(slip: string): number {
  return Number(present(slip.split('-')[1], 'A slip carries a running number'));
}

function applyMovement(
  db: TillDb,
  {
    seq,
    line,
    movement,
  }: { readonly seq: number; readonly line: number; readonly movement: Movement },
): void {
  const { drug, lot, expiresOn, kind, units, amountVnd } = movement;
  db.run(
    `INSERT INTO movement (seq, line, drug, lot, expires_on, kind, place, units, amount_vnd)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    seq,
    line,
    drug,
    lot,
    expiresOn,
    kind,
    movement.place ?? 'shelf',
    units,
    amountVnd,
  );
  const { onHandUnits, quarantinedUnits } = stockChangeOf(movement);
  const changed = db.run(
    `UPDATE stock SET on_hand_units = on_hand_units + ?, quarantined_units = quarantined_units + ?
     WHERE drug = ? AND expires_on = ? AND lot = ?`,
    onHandUnits,
    quarantinedUnits,
    drug,
    expiresOn,
    lot,
  );
  if (changed === 1) return;
  assert(units > 0, 'I5: goods leave only a lot that is there');
  db.run(
    `INSERT INTO stock (drug, expires_on, lot, on_hand_units, quarantined_units)
     VALUES (?, ?, ?, ?, ?)`,
    drug,
    expiresOn,
    lot,
    onHandUnits,
    quarantinedUnits,
  );
}

function rememberCost(
  db: TillDb,
  lot: { readonly drug: string; readonly lot: string; readonly expiresOn: string },
  unitCostVnd: number,
): void {
  db.run(
    'UPDATE stock SET unit_cost_vnd = ? WHERE drug = ? AND expires_on = ? AND lot = ?',
    unitCostVnd,
    lot.drug,
    lot.expiresOn,
    lot.lot,
  );
}

function insertSale(db: TillDb, event: Extract<Event, { type: 'SaleCompleted.v1' }>): void {
  const { slip, lines, totalVnd } = event.data;
  const sumVnd = lines.reduce((sum, line) => sum + line.amountVnd, 0);
  assert(sumVnd === totalVnd, 'I9: a total is the sum of its lines');
  const taken = takenBy(event.data);
  db.run(
    `INSERT INTO sale
       (seq, id, slip, slip_number, at, business_date, by_staff, line_count, total_vnd,
        payment_method, cash_vnd, vietqr_vnd)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    event.seq,
    event.id,
    slip,
    slipNumberOf(slip),
    event.at,
    businessDateOf(event.at),
    event.by,
    lines.length,
    totalVnd,
    event.data.payment.method,
    taken.cash,
    taken.vietqr,
  );
}

/** By the sale's own id: it may be one of the till whose place this one took (db/old-sales.ts). */
function insertVoid(db: TillDb, event: Extract<Event, { type: 'SaleVoided.v1' }>): void {
  db.run(
    'INSERT INTO void (sale_id, seq, reason) VALUES (?, ?, ?)',
    event.data.saleId,
    event.seq,
    event.data.reason,
  );
}

function insertReturn(
  db: TillDb,
  event: Extract<Event, { type: 'CustomerReturnAccepted.v1' }>,
): void {
  const { saleId, slip, reason, totalVnd, refund, exchange } = event.data;
  const paidBack = paidBackBy(event.data);
  db.run(
    `INSERT INTO customer_return
       (seq, id, sale_id, slip, at, by_staff, reason, total_vnd, cash_vnd, vietqr_vnd, credit_vnd,
        exchange_sale_id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    event.seq,
    event.id,
    saleId,
    slip,
    event.at,
    event.by,
    reason,
    totalVnd,
    paidBack.cash,
    paidBack.vietqr,
    refund?.creditVnd ?? 0,
    exchange?.saleId ?? null,
  );
  for (const [index, line] of event.data.lines.entries()) {
    db.run(
      `INSERT INTO sale_return
         (seq, line, sale_id, sale_line, drug, lot, expires_on, units, refund_vnd)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      event.seq,
      index,
      event.data.saleId,
      line.saleLine,
      line.drug,
      line.lot,
      line.expiresOn,
      line.units,
      line.refundVnd,
    );
  }
}

function insertTransfer(
  db: TillDb,
  event: Event,
  direction: 'sent' | 'received',
  transfer: { readonly transferId: string; readonly partner: TransferPartner },
): void {
  db.run(
    `INSERT INTO transfer (seq, transfer_id, direction, facility_code, facility_name, at)
     VALUES (?, ?, ?, ?, ?, ?)`,
    event.seq,
    transfer.transferId,
    direction,
    transfer.partner.facilityCode,
    transfer.partner.facilityName,
    event.at,
  );
}

type TransferPartner = { readonly facilityCode: string; readonly facilityName: string };
