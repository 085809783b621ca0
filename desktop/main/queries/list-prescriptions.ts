import { z } from 'zod';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { CalendarDate, Instant } from '../../../shared/model/calendar.ts';
import { standingDispensings } from '../db/dispensings.ts';
import type { QueryContext } from './query-context.ts';

const Row = z.object({
  prescription: z.string(),
  code: z.string(),
  kind: z.enum(['electronic', 'paper']),
  issuedOn: CalendarDate,
  validUntil: CalendarDate,
  seq: z.int(),
  slip: z.string(),
  at: Instant,
});
const LineRow = z.object({
  drug: z.string(),
  name: z.string(),
  prescribedUnits: z.int(),
  dispensedUnits: z.int(),
  remainingUnits: z.int(),
});

const linesOf = `SELECT dispensing.drug, coalesce(drug.name, dispensing.drug) AS name,
    max(prescribed_units) AS prescribedUnits, sum(dispensed_units) AS dispensedUnits,
    max(prescribed_units) - sum(dispensed_units) AS remainingUnits
  FROM ${standingDispensings} LEFT JOIN drug ON drug.code = dispensing.drug`;

/** Prescriptions sold on here with what remains of them, the last sold on first. */
export function listPrescriptions(
  { db, today }: QueryContext,
  { text, isOpen, beforeSeq, limit }: TillInput<'prescriptions.list'>,
): TillAnswer<'prescriptions.list'> {
  const rows = db.all(
    Row,
    `WITH standing AS (SELECT * FROM ${standingDispensings}),
       latest AS (SELECT prescription, max(seq) AS seq FROM standing GROUP BY prescription),
       unfinished AS (SELECT DISTINCT prescription FROM (
         SELECT prescription FROM standing GROUP BY prescription, drug
         HAVING max(prescribed_units) > sum(dispensed_units)))
     SELECT prescription, code, kind, issued_on AS issuedOn, valid_until AS validUntil, seq, slip, at
     FROM latest JOIN standing USING (prescription, seq)
     WHERE line = 0 AND instr(lower(code), lower(@text)) > 0 AND seq < @before
       AND (@isOpen = 0 OR (valid_until >= @today AND prescription IN unfinished))
     ORDER BY seq DESC LIMIT @limit`,
    {
      text,
      today,
      isOpen: isOpen ? 1 : 0,
      before: beforeSeq ?? Number.MAX_SAFE_INTEGER,
      limit: limit + 1,
    },
  );
  return {
    rows: rows.slice(0, limit).map(({ prescription, ...row }) => ({
      ...row,
      lines: [
        ...db.all(
          LineRow,
          `${linesOf} WHERE prescription = ? GROUP BY dispensing.drug ORDER BY min(seq), min(line)`,
          prescription,
        ),
      ],
    })),
    hasMore: rows.length > limit,
  };
}
