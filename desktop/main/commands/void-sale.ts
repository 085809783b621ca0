import { z } from 'zod';
import type { Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decideVoid, type VoidContext } from '../../../shared/rules/void-sale.ts';
import { DatabaseFaulted } from '../db/database-fault.ts';
import { eventOfId } from '../db/event-log.ts';
import { readEvent } from '../db/read-event.ts';
import type { TillDb } from '../db/till-db.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Undoes a whole sale; its goods go back to the lots they came from. */
export function voidSale(
  context: CommandContext,
  input: TillInput<'sales.void'>,
): Result<TillAnswer<'sales.void'>, TillProblem> {
  return recordOnce(context, 'sales.void', input, ({ db, append }) => {
    const voided = decideVoid(loadVoidContext(db, input.saleId), input);
    return voided.ok ? append('SaleVoided.v1', voided.value) : voided;
  });
}

function loadVoidContext(db: TillDb, saleId: string): VoidContext {
  const stored = eventOfId(db, saleId);
  if (stored === undefined) return { sale: undefined, isVoided: false };
  const event = readEvent(stored.seq, stored.line);
  if (!event.ok) throw new DatabaseFaulted(event.error);
  if (event.value.type !== 'SaleCompleted.v1') return { sale: undefined, isVoided: false };
  const voidRow = db.one(
    z.object({ seq: z.int() }),
    'SELECT seq FROM void WHERE sale_seq = ?',
    stored.seq,
  );
  return { sale: { id: saleId, data: event.value.data }, isVoided: voidRow !== undefined };
}
