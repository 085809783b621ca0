import { schedule } from 'node-cron';
import type { Logger } from 'pino';
import { ensureEpoch } from '../db/epoch.ts';
import { ensurePartitions } from '../db/partitions.ts';
import type { Pool } from '../db/pool.ts';
import type { RollUp } from '../ingest/roll-up.ts';
import { makeAgreementReport } from '../supervision/agreement-report.ts';
import { checkByNight } from '../supervision/nightly-check.ts';
import { refreshShortages } from '../supervision/refresh-shortages.ts';

export type Jobs = { readonly stop: () => Promise<void> };

/** The centre's regular work: each job only calls a function that lives elsewhere. */
export function startJobs(context: {
  readonly pool: Pool;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly log: Pick<Logger, 'error' | 'warn'>;
  readonly rollUp: RollUp;
  /** The nightly base of the embedded database, where a folder for it was given. */
  readonly backup?: (() => Promise<void>) | undefined;
}): Jobs {
  const { pool, nowMs, newId, log, rollUp, backup } = context;
  let refreshedAtRound = -1;
  const run = (name: string, work: () => Promise<void>) => () =>
    work().catch((error: unknown) => log.error({ err: error, job: name }, 'job failed'));
  const tasks = [
    schedule(
      '10 3 * * *',
      run('partitions', () => ensurePartitions(pool, nowMs())),
      { noOverlap: true, timezone: 'Asia/Ho_Chi_Minh' },
    ),
    // A standby that took over while this process ran may lack the last moments before.
    schedule(
      '*/30 * * * * *',
      run('epoch', async () => {
        const { epoch, isNew } = await ensureEpoch(pool, { newId, nowMs });
        if (isNew) log.warn({ epoch }, 'The database has another history: a new epoch begins');
      }),
      { noOverlap: true },
    ),
    schedule(
      '*/30 * * * * *',
      run('shortages', async () => {
        const rounds = rollUp.rounds();
        if (rounds === refreshedAtRound) return;
        await refreshShortages(pool, nowMs());
        refreshedAtRound = rounds;
      }),
      { noOverlap: true },
    ),
  ];
  tasks.push(
    schedule(
      '0 1 * * *',
      run('derived tables', async () => {
        const facilities = await checkByNight({ pool, nowMs, newId });
        log.warn({ facilities }, 'derived tables were looked through');
      }),
      { noOverlap: true, timezone: 'Asia/Ho_Chi_Minh' },
    ),
    schedule(
      '30 3 * * *',
      run('agreement report', () => makeAgreementReport(pool, nowMs())),
      { noOverlap: true, timezone: 'Asia/Ho_Chi_Minh' },
    ),
  );
  if (backup !== undefined) {
    tasks.push(
      schedule('40 2 * * *', run('backup', backup), {
        noOverlap: true,
        timezone: 'Asia/Ho_Chi_Minh',
      }),
    );
  }
  return {
    stop: async () => {
      await Promise.all(tasks.map(async (task) => task.destroy()));
    },
  };
}
