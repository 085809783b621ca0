import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import type { Instant } from '../../../shared/model/calendar.ts';
import { drugOfCode } from '../db/catalogue.ts';
import { learntDrug } from '../db/learnt-barcodes.ts';
import type { TillDb } from '../db/till-db.ts';

/**
 * Remembers which drug a code is. Only on this machine: it saves a search at the next scan and is
 * nobody's fact; what the centre's catalogue comes to say of the code goes before it.
 */
export function learnBarcode(
  db: TillDb,
  { gtin, drug }: TillInput<'barcodes.learn'>,
  learntAt: Instant,
): Result<TillAnswer<'barcodes.learn'>, TillProblem> {
  if (drugOfCode(db, drug) === undefined) return err({ type: 'UnknownDrug', drug });
  const before = learntDrug(db, gtin) ?? null;
  db.run(
    `INSERT INTO learnt_barcode (gtin, drug, learnt_at) VALUES (?, ?, ?)
     ON CONFLICT (gtin) DO UPDATE SET drug = excluded.drug, learnt_at = excluded.learnt_at`,
    gtin,
    drug,
    learntAt,
  );
  return ok({ before });
}

export function forgetBarcode(
  db: TillDb,
  { gtin }: TillInput<'barcodes.forget'>,
): Result<TillAnswer<'barcodes.forget'>, TillProblem> {
  db.run('DELETE FROM learnt_barcode WHERE gtin = ?', gtin);
  return ok({});
}
