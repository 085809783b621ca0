import { z } from 'zod';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { PaperPhoto } from '../../../shared/events/prescription-dispensed.ts';
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
  patientName: z.string(),
  paper: z.string().nullable(),
  verification: z.enum(['not-applicable', 'pending', 'verified', 'exceeded']),
});
const LineRow = z.object({
  drug: z.string(),
  name: z.string(),
  prescribedUnits: z.int(),
  dispensedUnits: z.int(),
  remainingUnits: z.int(),
});

/** What the centre said since the last sale on it, else what the sale could know. */
const verification = `CASE WHEN checked.outcome = 'exceeded' THEN 'exceeded'
    WHEN verification = 'pending' AND checked.seq >= standing.seq THEN checked.outcome
    ELSE verification END`;

const linesOf = `SELECT prescribed_drug AS drug, coalesce(drug.name, prescribed_drug) AS name,
    max(prescribed_units) AS prescribedUnits, sum(dispensed_units) AS dispensedUnits,
    max(prescribed_units) - sum(dispensed_units) AS remainingUnits
  FROM ${standingDispensings} LEFT JOIN drug ON drug.code = prescribed_drug`;

/** Prescriptions sold on here with what remains of them, the last sold on first. */
export function listPrescriptions(
  { db, today }: QueryContext,
  { text, isOpen, isUnverified, beforeSeq, limit }: TillInput<'prescriptions.list'>,
): TillAnswer<'prescriptions.list'> {
  const rows = db.all(
    Row,
    `WITH standing AS (SELECT * FROM ${standingDispensings}),
       latest AS (SELECT prescription, max(seq) AS seq FROM standing GROUP BY prescription),
       unfinished AS (SELECT DISTINCT prescription FROM (
         SELECT prescription FROM standing GROUP BY prescription, prescribed_drug
         HAVING max(prescribed_units) > sum(dispensed_units)))
     SELECT prescription, code, kind, issued_on AS issuedOn, valid_until AS validUntil,
       standing.seq, slip, at, ${verification} AS verification,
       (SELECT json_extract(event.line, '$.data.prescription.patient.name') FROM event
        WHERE event.seq = standing.seq) AS patientName,
       (SELECT json_extract(event.line, '$.data.paper') FROM event
        WHERE event.seq = standing.seq) AS paper
     FROM latest JOIN standing USING (prescription, seq)
     LEFT JOIN prescription_check AS checked USING (prescription)
     WHERE line = 0 AND instr(lower(code), lower(@text)) > 0 AND standing.seq < @before
       AND (@isOpen = 0 OR (valid_until >= @today AND prescription IN unfinished))
       AND (@isUnverified = 0 OR ${verification} IN ('pending', 'exceeded'))
     ORDER BY standing.seq DESC LIMIT @limit`,
    {
      text,
      today,
      isOpen: isOpen ? 1 : 0,
      isUnverified: isUnverified ? 1 : 0,
      before: beforeSeq ?? Number.MAX_SAFE_INTEGER,
      limit: limit + 1,
    },
  );
  return {
    rows: rows.slice(0, limit).map(({ prescription, paper, ...row }) => ({
      ...row,
      paper: paper === null ? null : PaperPhoto.parse(JSON.parse(paper)),
      lines: [
        ...db.all(
          LineRow,
          `${linesOf} WHERE prescription = ? GROUP BY prescribed_drug ORDER BY min(seq), min(line)`,
          prescription,
        ),
      ],
    })),
    hasMore: rows.length > limit,
  };
}
