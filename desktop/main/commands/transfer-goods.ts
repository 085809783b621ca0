import { z } from 'zod';
import type { Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { decideReceive, decideSend } from '../../../shared/rules/transfer.ts';
import { unitsByDrug } from '../db/catalogue.ts';
import { recallsOfDrugs } from '../db/recalls.ts';
import { lotsNamedBy } from '../db/stock.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Sends goods to another facility of the same owner; the document's id goes with them. */
export function sendTransfer(
  context: CommandContext,
  input: TillInput<'transfers.send'>,
): Result<TillAnswer<'transfers.send'>, TillProblem> {
  return recordOnce(context, 'transfers.send', input, ({ db, facility, today, append }) => {
    const lots = lotsNamedBy(db, input.lines);
    const sent = decideSend({ today, ownCode: facility.code, lots }, input);
    return sent.ok ? append('TransferSent.v1', sent.value) : sent;
  });
}

/** Takes a transfer in, once. */
export function receiveTransfer(
  context: CommandContext,
  input: TillInput<'transfers.receive'>,
): Result<TillAnswer<'transfers.receive'>, TillProblem> {
  return recordOnce(context, 'transfers.receive', input, ({ db, facility, today, append }) => {
    const before = db.one(
      z.object({ seq: z.int() }),
      `SELECT seq FROM transfer WHERE transfer_id = ? AND direction = 'received'`,
      input.transferId,
    );
    const received = decideReceive(
      {
        today,
        ownCode: facility.code,
        isReceived: before !== undefined,
        recalls: recallsOfDrugs(db, input.lines),
        unitsByDrug: unitsByDrug(db, input.lines),
      },
      input,
    );
    return received.ok ? append('TransferReceived.v1', received.value) : received;
  });
}
