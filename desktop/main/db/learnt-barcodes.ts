import { z } from 'zod';
import { DrugCode } from '../../../shared/model/drug.ts';
import type { TillDb } from './till-db.ts';

/** The drug that the shop said this GTIN (14 digits) is. */
export function learntDrug(db: TillDb, gtin: string): string | undefined {
  return db.one(
    z.object({ drug: DrugCode }),
    'SELECT drug FROM learnt_barcode WHERE gtin = ?',
    gtin,
  )?.drug;
}
