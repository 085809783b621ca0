import { expect, test } from 'vitest';
import type { BatchOutcome } from '../../../server/ingest/batch-outcome.ts';
import { createGroupCommit } from '../../../server/ingest/group-commit.ts';
import type { VerifiedBatch } from '../../../server/ingest/verify-batch.ts';

function aBatch(till: string, lastSeq: number): VerifiedBatch {
  const header = {
    till,
    firstSeq: lastSeq,
    lastSeq,
    prevHash: '',
    headHash: '',
    protocol: 1,
    signature: '',
  };
  return { header, compressed: Buffer.alloc(0), hashes: [], events: [] };
}

const nameOf = ({ header }: VerifiedBatch) => `${header.till}:${header.lastSeq}`;
const accepted = ({ header }: VerifiedBatch): BatchOutcome => ({
  verdict: 'accept',
  head: { seq: header.lastSeq, hash: '' },
  parkedEvents: 0,
  receivedAtMs: 0,
});
const neverRescued = async (_batch: VerifiedBatch, cause: unknown): Promise<BatchOutcome> => {
  throw cause;
};

const manners = {
  rescue: neverRescued,
  isEverybodys: (cause: unknown) => cause instanceof Error && cause.message === 'away',
};

/** A store whose transactions end when the test says so. */
function slowStore() {
  const under: { readonly names: readonly string[]; readonly finish: () => void }[] = [];
  return {
    under,
    store: (batches: readonly VerifiedBatch[]) =>
      new Promise<readonly BatchOutcome[]>((resolve) => {
        under.push({
          names: batches.map(nameOf),
          finish: () => resolve(batches.map(accepted)),
        });
      }),
    namesUnder: () => under.map((transaction) => transaction.names.join(' ')),
  };
}

const nextTurn = () => new Promise((resolve) => setImmediate(() => setImmediate(resolve)));

test('what arrives together shares a transaction; a till is only ever in one', async () => {
  const slow = slowStore();
  const { store } = slow;
  const ingest = createGroupCommit({ store, ...manners, transactionsMax: 2 });
  const first = [aBatch('a', 1), aBatch('b', 1)].map((batch) => ingest.submit(batch));
  await nextTurn();
  const second = [aBatch('a', 2), aBatch('c', 1), aBatch('a', 3)].map((batch) =>
    ingest.submit(batch),
  );
  await nextTurn();
  expect(slow.namesUnder()).toEqual(['a:1 b:1', 'c:1']);
  slow.under[0]?.finish();
  await Promise.all(first);
  await nextTurn();
  expect(slow.namesUnder()).toEqual(['a:1 b:1', 'c:1', 'a:2 a:3']);
  slow.under[1]?.finish();
  slow.under[2]?.finish();
  await Promise.all(second);
  await ingest.idle();
});

test('a batch that fails hurts only itself', async () => {
  const tries: string[] = [];
  const store = async (batches: readonly VerifiedBatch[]) => {
    tries.push(batches.map(nameOf).join(' '));
    if (batches.some(({ header }) => header.till === 'bad')) throw new Error('poison');
    return batches.map(accepted);
  };
  const ingest = createGroupCommit({ store, ...manners, transactionsMax: 1 });
  const settled = await Promise.allSettled(
    [aBatch('a', 1), aBatch('bad', 1), aBatch('b', 1)].map((batch) => ingest.submit(batch)),
  );
  expect(settled.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(tries).toEqual(['a:1 bad:1 b:1', 'a:1', 'bad:1', 'b:1']);
});

test('a fault of everybody is not tried again for each', async () => {
  let tries = 0;
  const store = async () => {
    tries += 1;
    throw new Error('away');
  };
  const ingest = createGroupCommit({ store, ...manners, transactionsMax: 1 });
  const batches = [aBatch('a', 1), aBatch('b', 1)];
  const settled = await Promise.allSettled(batches.map((batch) => ingest.submit(batch)));
  expect(settled.map((one) => one.status)).toEqual(['rejected', 'rejected']);
  expect(tries).toBe(1);
});

test('more than can be stored in a few seconds is turned away, not piled up', async () => {
  const slow = slowStore();
  const { store } = slow;
  const ingest = createGroupCommit({ store, ...manners, transactionsMax: 1 });
  const submitted = Array.from({ length: 2_001 }, (_, index) =>
    ingest.submit(aBatch(`till-${index}`, 1)),
  );
  expect(await submitted.at(-1)).toBe('busy');
});
