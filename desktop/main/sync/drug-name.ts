import { z } from 'zod';
import type { TillDb } from '../db/till-db.ts';

/** Also of a drug the centre has taken out of the catalogue; the code where there is no name. */
export function drugName(db: TillDb, code: string): string {
  const row = db.one(z.object({ name: z.string() }), 'SELECT name FROM drug WHERE code = ?', code);
  return row?.name ?? code;
}
