import { z } from 'zod';
import { Drug } from '../../shared/model/drug.ts';
import { type Queryable, queryRow } from '../db/pool.ts';

const Row = z.object({ entry: Drug.nullable() });

/**
 * The catalogue's entry of a drug. A code that no catalogue has but that a visible till has moved is shown
 * under that code, not hidden; undefined when nobody knows it.
 */
export async function drugEntry(
  database: Queryable,
  { code, provinces }: { readonly code: string; readonly provinces: readonly string[] },
): Promise<Drug | undefined> {
  const row = await queryRow(
    database,
    Row,
    `SELECT (SELECT entry FROM drug WHERE code = $1) AS entry
     WHERE EXISTS (SELECT 1 FROM drug WHERE code = $1)
       OR EXISTS (
         SELECT 1 FROM facility_stock JOIN facility ON facility.id = facility_stock.facility_id
         WHERE facility_stock.drug = $1 AND facility.province = ANY($2::text[]))`,
    [code, provinces],
  );
  return row === undefined ? undefined : (row.entry ?? outsideTheCatalogue(code));
}

function outsideTheCatalogue(code: string): Drug {
  return {
    code,
    name: code,
    registrationNumber: '',
    ingredients: '',
    dosageForm: '',
    prescriptionClass: 'unknown',
    packaging: '',
    units: [{ name: 'đơn vị', factor: 1 }],
    manufacturer: '',
    country: '',
    group: '',
    aliases: [],
    ceilingPriceVnd: null,
    isDemonstration: false,
  };
}
