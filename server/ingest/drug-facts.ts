import { z } from 'zod';
import { documentClasses } from '../../shared/rules/safety/control-class.ts';
import { type Queryable, queryRows } from '../db/pool.ts';

/** What facts about drugs are judged by. */
export type KnownDrugs = {
  /** Declared retail price of the smallest unit; a drug that is missing is not in the catalogue. */
  readonly ceilingVndByDrug: ReadonlyMap<string, number | null>;
  /** Those among them that leave only with a document (I7). */
  readonly controlledDrugs: ReadonlySet<string>;
};

export type DrugFacts = {
  readonly forDrugs: (database: Queryable, drugs: ReadonlySet<string>) => Promise<KnownDrugs>;
  /** The catalogue has moved: ask again. */
  readonly forget: () => void;
};

const DrugRow = z.object({
  code: z.string(),
  ceiling_price_vnd: z.number().nullable(),
  is_controlled: z.boolean(),
});

/**
 * Remembers what the catalogue says, since every batch asks. What is unknown is asked for each
 * time, so that a new drug is known at once.
 */
export function createDrugFacts(): DrugFacts {
  let known = nothingKnown();
  return {
    forDrugs: async (database, drugs) => {
      const remembered = known;
      const missing = [...drugs].filter((drug) => !remembered.ceilingVndByDrug.has(drug));
      if (missing.length === 0) return remembered;
      const rows = await queryRows(
        database,
        DrugRow,
        `SELECT code, ceiling_price_vnd,
           coalesce(entry ->> 'controlClass' = ANY($2::text[]), false) AS is_controlled
         FROM drug WHERE code = ANY($1::text[])`,
        [missing, documentClasses],
      );
      for (const row of rows) {
        remembered.ceilingVndByDrug.set(row.code, row.ceiling_price_vnd);
        if (row.is_controlled) remembered.controlledDrugs.add(row.code);
      }
      return remembered;
    },
    forget: () => {
      known = nothingKnown();
    },
  };
}

function nothingKnown() {
  return { ceilingVndByDrug: new Map<string, number | null>(), controlledDrugs: new Set<string>() };
}
