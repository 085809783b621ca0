import { z } from 'zod';
import { present } from '../../../shared/base/assert.ts';
import type { TillAnswer, TillInput } from '../../../shared/contract/till-api.ts';
import { DatabaseFaulted } from '../db/database-fault.ts';
import { eventOfId } from '../db/event-log.ts';
import { readEvent } from '../db/read-event.ts';
import type { TillDb } from '../db/till-db.ts';
import type { QueryContext } from './query-context.ts';
import { saleRows } from './sale-rows.ts';

/** One sale as it was sealed, with the names its drugs have today. */
export function getSale(
  { db }: QueryContext,
  { id }: TillInput<'sales.get'>,
): TillAnswer<'sales.get'> {
  const [row] = saleRows(db, 'sale.id = ?', id);
  if (row === undefined) return null;
  const stored = present(eventOfId(db, id), 'A sale is an event');
  const event = readEvent(stored.seq, stored.line);
  if (!event.ok) throw new DatabaseFaulted(event.error);
  if (event.value.type !== 'SaleCompleted.v1') return null;
  const sale = event.value.data;
  const drugs = [...new Set(sale.lines.map((line) => line.drug))];
  const reason = db.one(ReasonRow, 'SELECT reason FROM void WHERE sale_seq = ?', row.seq);
  return {
    row,
    sale,
    drugNames: Object.fromEntries(drugs.map((code) => [code, nameOf(db, code)])),
    voidedReason: reason?.reason ?? null,
  };
}

const ReasonRow = z.object({ reason: z.string() });
const NameRow = z.object({ name: z.string() });

function nameOf(db: TillDb, code: string): string {
  return db.one(NameRow, 'SELECT name FROM drug WHERE code = ?', code)?.name ?? code;
}
