/**
 * What the tills sold whose place this one took. The centre handed it over with the recovery
 * (sync/recover-till.ts), sealed as it was: so a customer's slip from before the fire is found, can be
 * voided and brought back. It is kept for ever and never changes; what becomes of it from now on
 * stands in this till's own journal.
 */
import { z } from 'zod';
import { assert } from '../../../shared/base/assert.ts';
import { HashHex } from '../../../shared/events/envelope.ts';
import type { Event } from '../../../shared/events/registry.ts';
import { businessDateOf } from '../../../shared/model/calendar.ts';
import { DatabaseFaulted } from './database-fault.ts';
import { eventOfId, hashLine } from './event-log.ts';
import { readEvent } from './read-event.ts';
import type { TillDb } from './till-db.ts';

export type SaleEvent = Extract<Event, { readonly type: 'SaleCompleted.v1' }>;

const SealedSale = z.object({ seq: z.int(), line: z.string(), hash: HashHex });
const VoidRow = z.object({ saleId: z.string(), reason: z.string() });
const ReturnRow = z.object({
  seq: z.int(),
  line: z.int(),
  saleId: z.string(),
  saleLine: z.int(),
  drug: z.string(),
  lot: z.string(),
  expiresOn: z.string(),
  units: z.int(),
  refundVnd: z.int(),
});

const DispensingRow = z.object({
  seq: z.int(),
  line: z.int(),
  prescription: z.string(),
  saleId: z.string(),
  drug: z.string(),
  prescribedUnits: z.int(),
  dispensedUnits: z.int(),
});

/** The sales of one old till, and what it had undone or taken back of them or of older ones. */
export type OldJournal = {
  readonly till: string;
  /** Of the last event. */
  readonly headSeq: number;
  readonly sales: readonly z.infer<typeof SealedSale>[];
  readonly voids: readonly z.infer<typeof VoidRow>[];
  readonly returns: readonly z.infer<typeof ReturnRow>[];
  readonly dispensings: readonly z.infer<typeof DispensingRow>[];
};

/** Reads them out of a database in which the old journal was replayed. */
export function oldJournalIn(
  old: TillDb,
  { till, headSeq }: Pick<OldJournal, 'till' | 'headSeq'>,
): OldJournal {
  return {
    till,
    headSeq,
    sales: old.all(
      SealedSale,
      `SELECT event.seq, event.line, event.hash FROM sale JOIN event ON event.seq = sale.seq
       ORDER BY event.seq`,
    ),
    voids: old.all(VoidRow, 'SELECT sale_id AS saleId, reason FROM void'),
    returns: old.all(
      ReturnRow,
      `SELECT seq, line, sale_id AS saleId, sale_line AS saleLine, drug, lot,
         expires_on AS expiresOn, units, refund_vnd AS refundVnd FROM sale_return`,
    ),
    dispensings: old.all(
      DispensingRow,
      `SELECT seq, line, prescription, sale_id AS saleId, drug,
         prescribed_units AS prescribedUnits, dispensed_units AS dispensedUnits FROM dispensing`,
    ),
  };
}

/** @param journals the last till first; inside the transaction that begins the new journal. */
export function storeOldSales(db: TillDb, journals: readonly OldJournal[]): void {
  const reasons = new Map(
    journals.flatMap(({ voids }) => voids.map(({ saleId, reason }) => [saleId, reason] as const)),
  );
  let eventsBehind = 0;
  for (const journal of journals) {
    eventsBehind += journal.headSeq;
    for (const sale of journal.sales) {
      const event = saleIn(sale);
      const position = sale.seq - eventsBehind;
      insertOldSale(db, { ...sale, till: journal.till, position, event, reasons });
    }
    for (const line of journal.returns) insertOldReturn(db, journal.till, line);
    for (const line of journal.dispensings) insertOldDispensing(db, journal.till, line);
  }
}

/** A sale by its id as it was sealed, by this till or by one whose place it took. */
export function saleEventOf(db: TillDb, id: string): SaleEvent | undefined {
  const own = eventOfId(db, id);
  if (own !== undefined) {
    const event = readEvent(own.seq, own.line);
    if (!event.ok) throw new DatabaseFaulted(event.error);
    return event.value.type === 'SaleCompleted.v1' ? event.value : undefined;
  }
  const old = db.one(SealedSale, 'SELECT seq, line, hash FROM old_sale WHERE id = ?', id);
  return old === undefined ? undefined : saleIn(old);
}

/** A byte that changed on the disk since must not become a refund. */
function saleIn({ seq, line, hash }: z.infer<typeof SealedSale>): SaleEvent {
  const event = readEvent(seq, line);
  if (!event.ok) throw new DatabaseFaulted(event.error);
  if (hashLine(event.value.prev, line) !== hash) {
    const detail = `event ${seq} of the old till: its hash differs`;
    throw new DatabaseFaulted({ code: 'journal-damaged', detail });
  }
  assert(event.value.type === 'SaleCompleted.v1', 'Only sales are kept of an old till');
  return event.value;
}

function insertOldSale(
  db: TillDb,
  sale: z.infer<typeof SealedSale> & {
    readonly till: string;
    readonly position: number;
    readonly event: SaleEvent;
    readonly reasons: ReadonlyMap<string, string>;
  },
): void {
  const { id, at, by, data } = sale.event;
  db.run(
    `INSERT INTO old_sale (position, id, till, seq, slip, at, business_date, by_staff, line_count,
       total_vnd, line, hash, void_reason)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    sale.position,
    id,
    sale.till,
    sale.seq,
    data.slip,
    at,
    businessDateOf(at),
    by,
    data.lines.length,
    data.totalVnd,
    sale.line,
    sale.hash,
    sale.reasons.get(id) ?? null,
  );
}

function insertOldDispensing(
  db: TillDb,
  till: string,
  dispensed: z.infer<typeof DispensingRow>,
): void {
  db.run(
    `INSERT INTO old_dispensing
       (till, seq, line, prescription, sale_id, drug, prescribed_units, dispensed_units)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    till,
    dispensed.seq,
    dispensed.line,
    dispensed.prescription,
    dispensed.saleId,
    dispensed.drug,
    dispensed.prescribedUnits,
    dispensed.dispensedUnits,
  );
}

function insertOldReturn(db: TillDb, till: string, returned: z.infer<typeof ReturnRow>): void {
  db.run(
    `INSERT INTO old_sale_return
       (till, seq, line, sale_id, sale_line, drug, lot, expires_on, units, refund_vnd)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    till,
    returned.seq,
    returned.line,
    returned.saleId,
    returned.saleLine,
    returned.drug,
    returned.lot,
    returned.expiresOn,
    returned.units,
    returned.refundVnd,
  );
}
