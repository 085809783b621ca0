import { z } from 'zod';
import type { SaleCompleted } from '../../../shared/events/sale-completed.ts';
import { Lot } from '../../../shared/model/lot.ts';
import type { AcceptedReturn } from '../../../shared/rules/returns.ts';
import { DatabaseFaulted } from '../db/database-fault.ts';
import { eventOfId } from '../db/event-log.ts';
import { readEvent } from '../db/read-event.ts';
import type { TillDb } from '../db/till-db.ts';

/** A stored sale with what became of it since: what an undoing or a return must know. */
export type StoredSale = {
  readonly sale: { readonly id: string; readonly data: SaleCompleted } | undefined;
  readonly isVoided: boolean;
  readonly returned: readonly AcceptedReturn[];
};

const noSale: StoredSale = { sale: undefined, isVoided: false, returned: [] };

export function loadSale(db: TillDb, saleId: string): StoredSale {
  const stored = eventOfId(db, saleId);
  if (stored === undefined) return noSale;
  const event = readEvent(stored.seq, stored.line);
  if (!event.ok) throw new DatabaseFaulted(event.error);
  if (event.value.type !== 'SaleCompleted.v1') return noSale;
  const voidRow = db.one(
    z.object({ seq: z.int() }),
    'SELECT seq FROM void WHERE sale_seq = ?',
    stored.seq,
  );
  const returned = db.all(
    ReturnRow,
    `SELECT sale_line AS saleLine, drug, lot, expires_on AS expiresOn, units,
       refund_vnd AS refundVnd
     FROM sale_return WHERE sale_seq = ? ORDER BY seq, line`,
    stored.seq,
  );
  return {
    sale: { id: saleId, data: event.value.data },
    isVoided: voidRow !== undefined,
    returned,
  };
}

const ReturnRow = Lot.extend({ saleLine: z.int(), units: z.int(), refundVnd: z.int() });
