import { z } from 'zod';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { RouteAnswer } from '../../shared/contract/route.ts';
import type { syncApi } from '../../shared/contract/sync-api.ts';
import { msOfInstant } from '../../shared/model/calendar.ts';
import { type Receipt, receiptText } from '../../shared/sync/batch.ts';
import type { TillCaller } from '../accounts/till-authentication.ts';
import { beginEpoch, lockEpoch } from '../db/epoch.ts';
import { notifyConsole, notifyFeed } from '../db/notices.ts';
import { inTransaction, queryRow, type Transaction } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';

type Answer = RouteAnswer<typeof syncApi.presentReceipt>;

const HeadRow = z.object({ acked_seq: z.number() });

/**
 * A till shows a receipt over more than this centre has. The signature is the centre's own, so it is
 * true: this database was put back to a moment before the receipt. Noted, and unless it happened
 * before the present epoch began, the beginning of a new one, so that every other till asks as well.
 */
export async function receiveLostReceipt(
  deps: CentreDeps,
  caller: TillCaller,
  receipt: Receipt,
): Promise<Result<Answer, ProblemFacts>> {
  const isOurs =
    receipt.till === caller.tillId &&
    deps.centreKey.hasSigned(receiptText(receipt), receipt.signature);
  if (!isOurs) return err({ type: 'bad-request', detail: 'No receipt of this centre' });
  return inTransaction(deps.pool, async (transaction) => {
    const current = z
      .object({ id: z.string(), began_at: z.date() })
      .parse(await lockEpoch(transaction));
    const head = await queryRow(
      transaction,
      HeadRow,
      'SELECT acked_seq FROM till WHERE id = $1 FOR UPDATE',
      [caller.tillId],
    );
    const hadSeq = HeadRow.parse(head).acked_seq;
    if (receipt.ackedSeq <= hadSeq) return ok({ epoch: current.id, isLost: false });
    await noteLoss(transaction, receipt, { hadSeq, nowMs: deps.nowMs() });
    const isKnown = msOfInstant(receipt.serverTime) <= current.began_at.getTime();
    if (isKnown) return ok({ epoch: current.id, isLost: true });
    const begun = await beginEpoch(transaction, deps, 'lost-receipt');
    deps.log.error(
      { till: receipt.till, receiptSeq: receipt.ackedSeq, hadSeq },
      'This database has lost what it had acknowledged; a new epoch begins',
    );
    await notifyFeed(transaction, 'nation');
    return ok({ epoch: begun.id, isLost: true });
  });
}

async function noteLoss(
  transaction: Transaction,
  receipt: Receipt,
  known: { readonly hadSeq: number; readonly nowMs: number },
): Promise<void> {
  await transaction.query(
    `INSERT INTO lost_acknowledgement
       (till_id, acked_seq, acked_hash, acknowledged_at, signature, had_seq, presented_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING`,
    [
      receipt.till,
      receipt.ackedSeq,
      receipt.ackedHash,
      new Date(msOfInstant(receipt.serverTime)),
      receipt.signature,
      known.hadSeq,
      new Date(known.nowMs),
    ],
  );
  await notifyConsole(transaction, ['facility']);
}
