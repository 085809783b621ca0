import { z } from 'zod';
import { Lot } from '../../../shared/model/lot.ts';
import type { LotForSale, LotOnHand } from '../../../shared/rules/fefo.ts';
import { recallOfStock } from './recalls.ts';
import type { TillDb } from './till-db.ts';

const LotRow = Lot.extend({ onHandUnits: z.int().min(0), quarantinedUnits: z.int().min(0) });
/** With what the till's own rules ask of a lot beside what both sides compare. */
const KnownLotRow = LotRow.extend({
  recallNumber: z.string().nullable(),
  unitCostVnd: z.int().nullable(),
});
export type KnownLot = LotForSale & { readonly unitCostVnd: number | null };
const columns = `drug, lot, expires_on AS expiresOn, on_hand_units AS onHandUnits,
  quarantined_units AS quarantinedUnits`;
const knownColumns = `${columns}, unit_cost_vnd AS unitCostVnd, ${recallOfStock} AS recallNumber`;

/** Every lot that holds something: what the agreement with the centre compares. */
export function lotsOnHand(db: TillDb): readonly LotOnHand[] {
  return db.all(
    LotRow,
    `SELECT ${columns}
     FROM stock WHERE on_hand_units > 0 ORDER BY drug, expires_on, lot`,
  );
}

/** Lots of one drug ever seen here, empty ones too, earliest expiry first. */
export function lotsOfDrug(db: TillDb, drug: string): readonly KnownLot[] {
  return db.all(
    KnownLotRow,
    `SELECT ${knownColumns}
     FROM stock WHERE drug = ? ORDER BY expires_on, lot`,
    drug,
  );
}

/** One lot, or undefined when it was never here. */
export function knownLot(db: TillDb, lot: Lot): KnownLot | undefined {
  return db.one(
    KnownLotRow,
    `SELECT ${knownColumns} FROM stock WHERE drug = ? AND expires_on = ? AND lot = ?`,
    lot.drug,
    lot.expiresOn,
    lot.lot,
  );
}

/** The lots that lines name, as far as they were ever here. */
export function lotsNamedBy(db: TillDb, lines: readonly Lot[]): readonly KnownLot[] {
  return lines.map((line) => knownLot(db, line)).filter((lot) => lot !== undefined);
}
