import { z } from 'zod';
import { type Queryable, queryRows } from '../db/pool.ts';

/** Declared retail prices by drug; a drug that is missing is not in the catalogue. */
export type Ceilings = {
  readonly forDrugs: (
    database: Queryable,
    drugs: ReadonlySet<string>,
  ) => Promise<ReadonlyMap<string, number | null>>;
  /** The catalogue has moved: ask again. */
  readonly forget: () => void;
};

const CeilingRow = z.object({ code: z.string(), ceiling_price_vnd: z.number().nullable() });

/**
 * Remembers what the catalogue says, since every batch asks. What is unknown is asked for each
 * time, so that a new drug is known at once.
 */
export function createCeilings(): Ceilings {
  let known = new Map<string, number | null>();
  return {
    forDrugs: async (database, drugs) => {
      const remembered = known;
      const missing = [...drugs].filter((drug) => !remembered.has(drug));
      if (missing.length === 0) return remembered;
      const rows = await queryRows(
        database,
        CeilingRow,
        'SELECT code, ceiling_price_vnd FROM drug WHERE code = ANY($1::text[])',
        [missing],
      );
      for (const row of rows) remembered.set(row.code, row.ceiling_price_vnd);
      return remembered;
    },
    forget: () => {
      known = new Map();
    },
  };
}
