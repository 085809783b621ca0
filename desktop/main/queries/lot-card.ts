import { z } from 'zod';
import type { LotCardRow, TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { CalendarDate, Instant } from '../../../shared/model/calendar.ts';
import { LotNumber } from '../../../shared/model/lot.ts';
import { movementKinds } from '../../../shared/rules/movements.ts';
import type { SqlValue } from '../db/till-db.ts';
import type { QueryContext } from './query-context.ts';

/**
 * Thẻ kho, newest first: what each document moved of a drug (or of one lot) and what was left after
 * it. A page ends with a whole document, so it may be a few rows longer than asked.
 */
export function lotCard(
  { db }: QueryContext,
  input: TillInput<'stock.lotCard'>,
): TillAnswer<'stock.lotCard'> {
  const filter = filterOf(input);
  const before = input.beforeSeq ?? Number.MAX_SAFE_INTEGER;
  const seqs = db.all(
    SeqRow,
    `SELECT DISTINCT seq FROM movement INDEXED BY movement_by_drug
     WHERE ${filter.sql} AND seq < ? ORDER BY seq DESC LIMIT ?`,
    ...filter.parameters,
    before,
    input.limit + 1,
  );
  const page = seqs.slice(0, input.limit);
  const oldest = page.at(-1);
  if (oldest === undefined) return { rows: [], hasMore: false };
  const rows = db.all(
    CardRow,
    `SELECT movement.seq, event.id AS documentId, event.at, event.line ->> '$.by' AS by,
       movement.kind, lot, expires_on AS expiresOn, sum(units) AS units,
       coalesce(event.line ->> '$.data.slip', event.line ->> '$.data.invoiceNumber', '')
         AS reference
     FROM movement JOIN event USING (seq)
     WHERE ${filter.sql} AND seq >= ? AND seq < ?
     GROUP BY movement.seq, lot, expires_on
     ORDER BY movement.seq, expires_on, lot`,
    ...filter.parameters,
    oldest.seq,
    before,
  );
  const balance = db.one(
    BalanceRow,
    `SELECT coalesce(sum(units), 0) AS units FROM movement INDEXED BY movement_by_drug
     WHERE ${filter.sql} AND seq < ?`,
    ...filter.parameters,
    oldest.seq,
  );
  return {
    rows: withBalances(rows, balance?.units ?? 0).reverse(),
    hasMore: seqs.length > page.length,
  };
}

const SeqRow = z.object({ seq: z.int() });
const BalanceRow = z.object({ units: z.int() });
const CardRow = z.object({
  seq: z.int(),
  documentId: z.string(),
  at: Instant,
  by: z.string(),
  kind: z.enum(movementKinds),
  reference: z.string(),
  lot: LotNumber,
  expiresOn: CalendarDate,
  units: z.int(),
});

function filterOf({ drug, lot, expiresOn }: TillInput<'stock.lotCard'>): {
  readonly sql: string;
  readonly parameters: readonly SqlValue[];
} {
  const parts: (readonly [condition: string, value: string])[] = [['drug = ?', drug]];
  if (lot !== undefined) parts.push(['lot = ?', lot]);
  if (expiresOn !== undefined) parts.push(['expires_on = ?', expiresOn]);
  return {
    sql: parts.map(([condition]) => condition).join(' AND '),
    parameters: parts.map(([, value]) => value),
  };
}

function withBalances(
  rows: readonly z.infer<typeof CardRow>[],
  balanceBefore: number,
): LotCardRow[] {
  let balanceUnits = balanceBefore;
  return rows.map(({ units, ...row }) => {
    balanceUnits += units;
    return { ...row, inUnits: Math.max(units, 0), outUnits: Math.max(-units, 0), balanceUnits };
  });
}
