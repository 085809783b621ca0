import { present, unreachable } from '../../../shared/base/assert.ts';
import type { Event } from '../../../shared/events/registry.ts';
import { prescriptionKey } from '../../../shared/rules/prescription.ts';
import type { TillDb } from './till-db.ts';

type ShopEvent = Extract<
  Event,
  {
    readonly type:
      | 'PrescriptionDispensed.v1'
      | 'ShiftOpened.v1'
      | 'ShiftClosed.v1'
      | 'LocalProductDefined.v1'
      | 'StaffChanged.v1';
  }
>;
type EventOf<Type extends ShopEvent['type']> = Extract<ShopEvent, { readonly type: Type }>;

/** Derives what one event about the running of the counter changes; none of them moves goods. */
export function applyShopEvent(db: TillDb, event: ShopEvent): void {
  switch (event.type) {
    case 'PrescriptionDispensed.v1':
      insertDispensing(db, event);
      break;
    case 'ShiftOpened.v1':
      db.run(
        `INSERT INTO shift (seq, id, number, opened_at, opened_by, opening_cash_vnd)
         VALUES (?, ?, ?, ?, ?, ?)`,
        event.seq,
        event.id,
        event.data.number,
        event.at,
        event.by,
        event.data.openingCashVnd,
      );
      break;
    case 'ShiftClosed.v1':
      insertClosing(db, event);
      break;
    case 'LocalProductDefined.v1':
      db.run(
        `INSERT INTO local_product (code, seq, defined_at, definition) VALUES (?, ?, ?, ?)
         ON CONFLICT (code) DO UPDATE SET seq = excluded.seq, defined_at = excluded.defined_at,
           definition = excluded.definition`,
        event.data.code,
        event.seq,
        event.at,
        JSON.stringify(event.data),
      );
      break;
    case 'StaffChanged.v1':
      db.run(
        `INSERT INTO staff (staff_id, seq, changed_at, member) VALUES (?, ?, ?, ?)
         ON CONFLICT (staff_id) DO UPDATE SET seq = excluded.seq,
           changed_at = excluded.changed_at, member = excluded.member`,
        event.data.staffId,
        event.seq,
        event.at,
        JSON.stringify(event.data.after),
      );
      break;
    default:
      unreachable(event);
  }
}

function insertDispensing(db: TillDb, { seq, at, data }: EventOf<'PrescriptionDispensed.v1'>) {
  const { prescription, validUntil, saleId, slip } = data;
  const key = prescriptionKey(prescription);
  for (const [index, line] of data.lines.entries()) {
    db.run(
      `INSERT INTO dispensing (seq, line, prescription, code, kind, issued_on, valid_until, sale_id,
         slip, at, drug, prescribed_units, dispensed_units, prescribed_drug, verification)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      seq,
      index,
      key,
      prescription.code,
      prescription.kind,
      prescription.issuedOn,
      validUntil,
      saleId,
      slip,
      at,
      line.drug,
      line.prescribedUnits,
      line.dispensedUnits,
      line.substituteFor?.drug ?? line.drug,
      data.verification,
    );
  }
}

function insertClosing(db: TillDb, { seq, at, data }: EventOf<'ShiftClosed.v1'>): void {
  const cash = data.payments.find(({ method }) => method === 'cash');
  db.run(
    `INSERT INTO shift_closing
       (seq, shift_id, closed_at, sale_count, sales_vnd, cash_difference_vnd)
     VALUES (?, ?, ?, ?, ?, ?)`,
    seq,
    data.shiftId,
    at,
    data.sales.count,
    data.sales.totalVnd,
    present(cash?.differenceVnd, 'Cash is always counted'),
  );
}
