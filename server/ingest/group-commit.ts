/**
 * Group commit: batches that arrive together share one transaction, so that the wait for the disk
 * is paid once for all of them. A few transactions run side by side; a till is only ever in one of
 * them, in the order in which its batches came. When a shared transaction fails, its batches are
 * tried one by one: a bad one hurts only itself.
 */
import { assert } from '../../shared/base/assert.ts';
import type { BatchOutcome, BatchSubmitter } from './batch-outcome.ts';
import type { VerifiedBatch } from './verify-batch.ts';

export type GroupCommitOptions = {
  /** Stores batches in one transaction: all of them, or it throws and stored none. */
  readonly store: (batches: readonly VerifiedBatch[]) => Promise<readonly BatchOutcome[]>;
  /** The fault is nobody's in particular: no batch would fare better alone. */
  readonly isEverybodys: (cause: unknown) => boolean;
  /** Called for a batch that fails on its own. */
  readonly rescue: (batch: VerifiedBatch, cause: unknown) => Promise<BatchOutcome>;
  readonly transactionsMax: number;
};

const batchesPerTransactionMax = 64;
const eventsPerTransactionMax = 8_000;
/** More than this wait a few seconds anyway: the till is told to come back instead. */
const waitingMax = 2_000;

type Waiting = {
  readonly batch: VerifiedBatch;
  readonly resolve: (outcome: BatchOutcome) => void;
  readonly reject: (cause: unknown) => void;
};

/** The queue in front of the ingest transactions of one process. */
export function createGroupCommit(options: GroupCommitOptions): BatchSubmitter {
  let waiting: Waiting[] = [];
  const tillsUnderWay = new Set<string>();
  let transactions = 0;
  let idleListeners: (() => void)[] = [];

  function startWhatCanStart(): void {
    while (transactions < options.transactionsMax) {
      const group = takeGroup();
      if (group.length === 0) break;
      transactions += 1;
      void run(group);
    }
  }

  function takeGroup(): readonly Waiting[] {
    const group: Waiting[] = [];
    const left: Waiting[] = [];
    let events = 0;
    for (const entry of waiting) {
      const isFull = group.length >= batchesPerTransactionMax || events >= eventsPerTransactionMax;
      if (isFull || tillsUnderWay.has(entry.batch.header.till)) {
        left.push(entry);
      } else {
        group.push(entry);
        events += entry.batch.events.length;
      }
    }
    waiting = left;
    for (const { batch } of group) tillsUnderWay.add(batch.header.till);
    return group;
  }

  async function run(group: readonly Waiting[]): Promise<void> {
    try {
      await settle(group);
    } finally {
      transactions -= 1;
      for (const { batch } of group) tillsUnderWay.delete(batch.header.till);
      startWhatCanStart();
      if (transactions === 0 && waiting.length === 0) {
        for (const listener of idleListeners) listener();
        idleListeners = [];
      }
    }
  }

  async function settle(group: readonly Waiting[]): Promise<void> {
    try {
      const outcomes = await options.store(group.map((entry) => entry.batch));
      assert(outcomes.length === group.length, 'Every batch has its outcome');
      for (const [index, outcome] of outcomes.entries()) group[index]?.resolve(outcome);
    } catch (cause) {
      for (const entry of group) {
        if (options.isEverybodys(cause)) entry.reject(cause);
        else await settleAlone(entry, cause, group.length > 1);
      }
    }
  }

  async function settleAlone(entry: Waiting, cause: unknown, isRetry: boolean): Promise<void> {
    try {
      if (!isRetry) return entry.resolve(await options.rescue(entry.batch, cause));
      const [outcome] = await options.store([entry.batch]);
      assert(outcome !== undefined, 'Every batch has its outcome');
      entry.resolve(outcome);
    } catch (ownCause) {
      if (isRetry) return settleAlone(entry, ownCause, false);
      entry.reject(ownCause);
    }
  }

  return {
    submit: (batch) => {
      if (waiting.length >= waitingMax) return Promise.resolve('busy');
      return new Promise<BatchOutcome>((resolve, reject) => {
        waiting.push({ batch, resolve, reject });
        // Those that arrive in the same turn of the loop join the same group.
        setImmediate(startWhatCanStart);
      });
    },
    idle: () =>
      transactions === 0 && waiting.length === 0
        ? Promise.resolve()
        : new Promise((resolve) => idleListeners.push(resolve)),
  };
}
