import { z } from 'zod';
import { Lot } from '../../../shared/model/lot.ts';
import type { LotOnHand } from '../../../shared/rules/fefo.ts';
import type { TillDb } from './till-db.ts';

const LotRow = Lot.extend({ onHandUnits: z.int().min(0), quarantinedUnits: z.int().min(0) });
const columns = `drug, lot, expires_on AS expiresOn, on_hand_units AS onHandUnits,
  quarantined_units AS quarantinedUnits`;

/** Every lot that holds something: what the agreement with the centre compares. */
export function lotsOnHand(db: TillDb): readonly LotOnHand[] {
  return db.all(
    LotRow,
    `SELECT ${columns}
     FROM stock WHERE on_hand_units > 0 ORDER BY drug, expires_on, lot`,
  );
}

/** Lots of one drug ever seen here, empty ones too, earliest expiry first. */
export function lotsOfDrug(db: TillDb, drug: string): readonly LotOnHand[] {
  return db.all(
    LotRow,
    `SELECT ${columns}
     FROM stock WHERE drug = ? ORDER BY expires_on, lot`,
    drug,
  );
}
