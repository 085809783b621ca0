/**
 * Facts that move no goods and still are asked for: a facility's own products, its staff, its shifts
 * what it sold on prescription, and which sales it undid. Each event gives rows of its own and changes no other, so ingest,
 * a late release from the clinic and a replay end alike, in whatever order they come.
 */
import type { Event } from '../../shared/events/registry.ts';
import { prescriptionKey } from '../../shared/rules/prescription.ts';
import type { Queryable } from '../db/pool.ts';
import type { DerivedFact } from './derive-event.ts';
import type { TillSource } from './till-source.ts';

/** In the order in which they are written. */
export const documentTables = [
  'product_definition',
  'staff_change',
  'shift_closing',
  'prescription_dispensing',
  'sale_void',
] as const;
export type DocumentTable = (typeof documentTables)[number];

/** A row by the names of its columns. */
export type DocumentRow = {
  readonly table: DocumentTable;
  readonly values: Readonly<Record<string, string | number | boolean | null>>;
};

/** Name of the temporary table in which a replay gathers what a table must say. */
export function replayedTable(table: DocumentTable): string {
  return `replayed_${table}`;
}

/** What an event says to these tables; most say nothing. */
export function documentRows(
  till: TillSource,
  { event, atIso }: Pick<DerivedFact, 'event' | 'atIso'>,
): readonly DocumentRow[] {
  const key = { till_id: till.id, seq: event.seq, facility_id: till.facilityId };
  switch (event.type) {
    case 'LocalProductDefined.v1': {
      const { code, revision, name, kind, units, barcode, manufacturer } = event.data;
      const registration_number = event.data.registrationNumber;
      const product = { code, revision, name, kind, barcode, manufacturer, registration_number };
      const values = { ...key, ...product, units: JSON.stringify(units), at: atIso };
      return [{ table: 'product_definition', values }];
    }
    case 'StaffChanged.v1': {
      const { staffId, after, isPinChanged } = event.data;
      const values = {
        ...key,
        staff_id: staffId,
        name: after.name,
        role: after.role,
        certificate_number: after.certificateNumber,
        is_on_duty: after.isOnDuty,
        is_employed: after.isEmployed,
        is_pin_changed: isPinChanged,
        at: atIso,
      };
      return [{ table: 'staff_change', values }];
    }
    case 'ShiftClosed.v1':
      return [{ table: 'shift_closing', values: { ...key, ...closingValues(event, atIso) } }];
    case 'PrescriptionDispensed.v1':
      return dispensedLines(event, atIso).map((values) => ({
        table: 'prescription_dispensing',
        values: { ...key, ...values },
      }));
    case 'SaleVoided.v1':
      return [{ table: 'sale_void', values: { ...key, sale_id: event.data.saleId, at: atIso } }];
    default:
      return [];
  }
}

/** @param nameOf the table to write to. */
export async function insertDocumentRows(
  database: Queryable,
  rows: readonly DocumentRow[],
  nameOf: (table: DocumentTable) => string = (table) => table,
): Promise<void> {
  if (rows.length === 0) return;
  for (const table of documentTables) {
    const values = rows.filter((row) => row.table === table).map((row) => row.values);
    if (values.length === 0) continue;
    await database.query(
      `INSERT INTO ${nameOf(table)}
       SELECT * FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)`,
      [JSON.stringify(values)],
    );
  }
}

function closingValues(
  { by, data }: Extract<Event, { readonly type: 'ShiftClosed.v1' }>,
  closedAt: string,
): DocumentRow['values'] {
  const cash = data.payments.find(({ method }) => method === 'cash');
  return {
    number: data.number,
    opened_by: data.openedBy,
    closed_by: by,
    opened_at: data.openedAt,
    closed_at: closedAt,
    opening_cash_vnd: data.openingCashVnd,
    sale_count: data.sales.count,
    sales_vnd: data.sales.totalVnd,
    void_count: data.voids.count,
    voids_vnd: data.voids.totalVnd,
    return_count: data.returns.count,
    returns_vnd: data.returns.totalVnd,
    cash_expected_vnd: cash?.expectedVnd ?? null,
    cash_counted_vnd: cash?.countedVnd ?? null,
  };
}

function dispensedLines(
  { data }: Extract<Event, { readonly type: 'PrescriptionDispensed.v1' }>,
  at: string,
): readonly DocumentRow['values'][] {
  const { prescription, saleId, validUntil } = data;
  return data.lines.map((line, index) => ({
    line: index + 1,
    prescription: prescriptionKey(prescription),
    kind: prescription.kind,
    form: prescription.form,
    issued_on: prescription.issuedOn,
    valid_until: validUntil,
    sale_id: saleId,
    drug: line.drug,
    prescribed_units: line.prescribedUnits,
    dispensed_units: line.dispensedUnits,
    prescribed_drug: line.substituteFor?.drug ?? line.drug,
    at,
  }));
}
