import { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import type { TillAnswer } from '../../../shared/contract/till-api.ts';
import { Instant } from '../../../shared/model/calendar.ts';
import { Recall } from '../../../shared/model/recall.ts';
import { shelfUnitsOf } from '../../../shared/rules/fefo.ts';
import { coversLot } from '../../../shared/rules/recall.ts';
import { lotsOfDrug } from '../db/stock.ts';
import type { QueryContext } from './query-context.ts';

/** Recalls in force, newest first, with what this shop holds of their lots. */
export function listRecalls({ db }: QueryContext): TillAnswer<'recalls.list'> {
  const rows = db.all(
    Row,
    `SELECT recall.entry, coalesce(drug.name, recall.drug) AS drugName,
       (SELECT at FROM recall_acknowledgement AS read WHERE read.number = recall.number
        ORDER BY read.seq LIMIT 1) AS acknowledgedAt
     FROM recall LEFT JOIN drug ON drug.code = recall.drug
     ORDER BY recall.entry ->> '$.publishedAt' DESC, recall.number LIMIT ?`,
    limits.recallsShownMax,
  );
  return {
    rows: rows.map(({ entry, drugName, acknowledgedAt }) => {
      const recall = Recall.parse(JSON.parse(entry));
      const held = lotsOfDrug(db, recall.drug).filter((lot) => coversLot(recall, lot));
      return {
        recall,
        drugName,
        onHandUnits: held.reduce((sum, lot) => sum + lot.onHandUnits, 0),
        shelfUnits: held.reduce((sum, lot) => sum + shelfUnitsOf(lot), 0),
        acknowledgedAt,
      };
    }),
  };
}

const Row = z.object({
  entry: z.string(),
  drugName: z.string(),
  acknowledgedAt: Instant.nullable(),
});
