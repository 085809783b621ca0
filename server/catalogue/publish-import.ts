import { type Actor, recordAudit } from '../accounts/audit.ts';
import { notifyConsole } from '../db/notices.ts';
import { inTransaction, type Pool, type Transaction } from '../db/pool.ts';
import { changeState, differentDrugs, forgetStagedDrugs, savePublished } from './import-rows.ts';
import { publishDrugs } from './publish.ts';

const drugsPerStep = 1_000;

/**
 * Makes the drugs of an import the catalogue: all of them in one transaction, or none. Drugs that
 * the import does not name stay. Progress is written beside the transaction, so that the console
 * sees it before the commit.
 */
export async function publishImport(
  pool: Pool,
  { id, actor }: { readonly id: string; readonly actor: Actor },
  { nowMs, signal }: { readonly nowMs: () => number; readonly signal: AbortSignal },
): Promise<void> {
  await inTransaction(pool, async (transaction) => {
    const published = await publishSteps(transaction, pool, { id, nowMs: nowMs(), signal });
    await forgetStagedDrugs(transaction, id);
    const done = await changeState(transaction, id, {
      from: ['publishing'],
      to: 'published',
      nowMs: nowMs(),
    });
    await recordAudit(transaction, {
      actor,
      action: 'import-published',
      subject: done?.fileName ?? id,
      detail: { import: id, drugs: published },
      nowMs: nowMs(),
    });
    await notifyConsole(transaction, ['catalogue']);
  });
}

async function publishSteps(
  transaction: Transaction,
  pool: Pool,
  {
    id,
    nowMs,
    signal,
  }: { readonly id: string; readonly nowMs: number; readonly signal: AbortSignal },
): Promise<number> {
  let published = 0;
  let afterRow = 0;
  for (;;) {
    signal.throwIfAborted();
    const staged = await differentDrugs(transaction, { id, afterRow, limit: drugsPerStep });
    const last = staged.at(-1);
    if (last === undefined) return published;
    await publishDrugs(transaction, { drugs: staged.map(({ drug }) => drug) }, nowMs);
    published += staged.length;
    afterRow = last.rowNumber;
    await savePublished(pool, id, published);
    await notifyConsole(pool, ['catalogue']);
  }
}
