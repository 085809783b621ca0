import type { Logger } from 'pino';
import { isDatabaseAway } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import type { BatchSubmitter } from './batch-outcome.ts';
import { createDrugFacts } from './drug-facts.ts';
import { createGroupCommit } from './group-commit.ts';
import { rescueBatch } from './rescue-batch.ts';
import type { RollUp } from './roll-up.ts';
import { storeBatches } from './store-batches.ts';

/** Two: one prepares its rows while the other waits for the disk. */
const transactionsMax = 2;

/** The ingest of one process: group commit, rescue of bad batches, roll-ups woken on commit. */
export function createIngest(
  context: Pick<CentreDeps, 'pool' | 'nowMs' | 'newId' | 'notices'> & {
    readonly log: Pick<Logger, 'warn'>;
    readonly rollUp: RollUp;
  },
): BatchSubmitter {
  const { pool, nowMs, newId, log, notices, rollUp } = context;
  const drugFacts = createDrugFacts();
  notices.onFeed(({ audience }) => {
    if (typeof audience === 'string') drugFacts.forget();
  });
  const deps = { pool, nowMs, newId, drugFacts };
  return createGroupCommit({
    transactionsMax,
    isEverybodys: isDatabaseAway,
    store: async (batches) => {
      const { outcomes, newAlerts } = await storeBatches(deps, batches);
      rollUp.wake(newAlerts > 0 ? ['alert'] : []);
      return outcomes;
    },
    rescue: async (batch, cause) => {
      const { till, firstSeq, lastSeq } = batch.header;
      log.warn({ err: cause, till, firstSeq, lastSeq }, 'a batch failed on its own');
      const outcome = await rescueBatch(deps, batch, cause);
      rollUp.wake(['alert']);
      return outcome;
    },
  });
}
