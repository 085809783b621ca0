import { z } from 'zod';
import { Facility, FacilityKind } from '../../shared/model/facility.ts';
import { foldVietnamese } from '../../shared/rules/fold-vietnamese.ts';
import { type Queryable, queryRow } from '../db/pool.ts';
import { Day } from '../queries/rows.ts';

/** One entry of the licence register; undefined outside the visible provinces. */
export async function findFacility(
  database: Queryable,
  { id, provinces }: { readonly id: string; readonly provinces: readonly string[] },
): Promise<Facility | undefined> {
  return queryRow(
    database,
    Row,
    `SELECT id, code, name, kind, province, commune, address, phone, licence_number,
       licence_issued_on, licence_valid_until, licence_status, pharmacist_staff_id,
       pharmacist_name, pharmacist_certificate
     FROM facility WHERE id = $1 AND province = ANY($2::text[])`,
    [id, provinces],
  );
}

/** What the register's search looks through, without diacritics; the name first, it also sorts. */
export function facilitySearchText(facility: Facility): string {
  return foldVietnamese(
    [facility.name, facility.code, facility.licence.number, facility.commune].join(' '),
  );
}

/**
 * Enters facilities in the register in one statement; those whose code is taken are left out.
 * @returns the ids that were entered.
 */
export async function insertFacilities(
  database: Queryable,
  facilities: readonly Facility[],
  nowMs: number,
): Promise<ReadonlySet<string>> {
  const result = await database.query(insertSql, [
    JSON.stringify(facilities.map((facility) => ({ ...columnsOf(facility), id: facility.id }))),
    new Date(nowMs),
  ]);
  return new Set(
    z
      .array(z.object({ id: z.uuid() }))
      .parse(result.rows)
      .map((row) => row.id),
  );
}

export async function replaceFacility(
  database: Queryable,
  facility: Facility,
  nowMs: number,
): Promise<void> {
  await database.query(updateSql, [
    JSON.stringify([{ ...columnsOf(facility), id: facility.id }]),
    new Date(nowMs),
  ]);
}

const Row = z
  .object({
    id: z.uuid(),
    code: z.string(),
    name: z.string(),
    kind: FacilityKind,
    province: z.string(),
    commune: z.string(),
    address: z.string(),
    phone: z.string(),
    licence_number: z.string(),
    licence_issued_on: Day,
    licence_valid_until: Day.nullable(),
    licence_status: Facility.shape.licence.shape.status,
    pharmacist_staff_id: z.string(),
    pharmacist_name: z.string(),
    pharmacist_certificate: z.string(),
  })
  .transform(
    (row): Facility => ({
      id: row.id,
      code: row.code,
      name: row.name,
      kind: row.kind,
      province: row.province,
      commune: row.commune,
      address: row.address,
      phone: row.phone,
      licence: {
        number: row.licence_number,
        issuedOn: row.licence_issued_on,
        validUntil: row.licence_valid_until,
        status: row.licence_status,
      },
      responsiblePharmacist: {
        staffId: row.pharmacist_staff_id,
        name: row.pharmacist_name,
        certificateNumber: row.pharmacist_certificate,
      },
    }),
  );

function columnsOf(facility: Facility): Readonly<Record<string, string | null>> {
  return {
    code: facility.code,
    name: facility.name,
    kind: facility.kind,
    province: facility.province,
    commune: facility.commune,
    address: facility.address,
    phone: facility.phone,
    licence_number: facility.licence.number,
    licence_issued_on: facility.licence.issuedOn,
    licence_valid_until: facility.licence.validUntil,
    licence_status: facility.licence.status,
    pharmacist_staff_id: facility.responsiblePharmacist.staffId,
    pharmacist_name: facility.responsiblePharmacist.name,
    pharmacist_certificate: facility.responsiblePharmacist.certificateNumber,
    search_text: facilitySearchText(facility),
  };
}

const given = `json_to_recordset($1::json) AS given (
  id uuid, code text, name text, kind text, province text, commune text, address text, phone text,
  licence_number text, licence_issued_on date, licence_valid_until date, licence_status text,
  pharmacist_staff_id text, pharmacist_name text, pharmacist_certificate text, search_text text)`;
const insertSql = `
  INSERT INTO facility (id, code, name, kind, province, commune, address, phone, licence_number,
    licence_issued_on, licence_valid_until, licence_status, pharmacist_staff_id, pharmacist_name,
    pharmacist_certificate, search_text, created_at, updated_at)
  SELECT given.*, $2::timestamptz, $2::timestamptz FROM ${given}
  ON CONFLICT (code) DO NOTHING
  RETURNING id`;
const updateSql = `
  UPDATE facility SET code = given.code, name = given.name, kind = given.kind,
    province = given.province, commune = given.commune, address = given.address,
    phone = given.phone, licence_number = given.licence_number,
    licence_issued_on = given.licence_issued_on, licence_valid_until = given.licence_valid_until,
    licence_status = given.licence_status, pharmacist_staff_id = given.pharmacist_staff_id,
    pharmacist_name = given.pharmacist_name,
    pharmacist_certificate = given.pharmacist_certificate,
    search_text = given.search_text, updated_at = $2::timestamptz
  FROM ${given}
  WHERE facility.id = given.id`;
