import type { HashHex } from '../events/envelope.ts';
import type { ChainHead } from '../events/seal.ts';
import { isSpoken } from './protocol-version.ts';

/** How the centre receives a batch whose signature and chain hold (protocol.md §2). */
export type Verdict =
  | { readonly type: 'accept' }
  | { readonly type: 'duplicate' }
  /** Only events after `fromSeq - 1` are new. */
  | { readonly type: 'overlap'; readonly fromSeq: number }
  | { readonly type: 'gap'; readonly expectedSeq: number }
  | { readonly type: 'fork'; readonly atSeq: number }
  | { readonly type: 'unknown-protocol' };

export type JudgedBatch = {
  readonly protocol: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly prevHash: HashHex;
  /** Hash after event `seq`, for every event of the batch. */
  readonly hashOfSeq: (seq: number) => HashHex | undefined;
};

/**
 * Pure: the answer depends on the batch, the till's acknowledged head and, where the batch reaches
 * back behind the head, on the hashes already stored.
 * @param storedHashOf hash the centre stores for an old seq; undefined when it keeps none for it.
 */
export function judgeBatch(
  head: ChainHead,
  batch: JudgedBatch,
  storedHashOf: (seq: number) => HashHex | undefined,
): Verdict {
  if (!isSpoken(batch.protocol)) return { type: 'unknown-protocol' };
  if (batch.firstSeq > head.seq + 1) return { type: 'gap', expectedSeq: head.seq + 1 };
  if (batch.firstSeq === head.seq + 1) {
    if (batch.prevHash !== head.hash) return { type: 'fork', atSeq: head.seq === 0 ? 1 : head.seq };
    return { type: 'accept' };
  }
  const forkedAt = firstDifference(head, batch, storedHashOf);
  if (forkedAt !== undefined) return { type: 'fork', atSeq: forkedAt };
  if (batch.lastSeq <= head.seq) return { type: 'duplicate' };
  return { type: 'overlap', fromSeq: head.seq + 1 };
}

/**
 * One comparison decides: a hash covers everything before it, so equality at the last common event
 * proves all of them. The search for the first difference runs only when that fails.
 */
function firstDifference(
  head: ChainHead,
  batch: JudgedBatch,
  storedHashOf: (seq: number) => HashHex | undefined,
): number | undefined {
  const stored = (seq: number) => (seq === head.seq ? head.hash : storedHashOf(seq));
  const lastCommon = Math.min(head.seq, batch.lastSeq);
  const storedLast = stored(lastCommon);
  if (storedLast !== undefined && storedLast === batch.hashOfSeq(lastCommon)) return undefined;
  for (let seq = batch.firstSeq; seq <= lastCommon; seq += 1) {
    const known = stored(seq);
    if (known !== undefined && known !== batch.hashOfSeq(seq)) return seq;
  }
  return lastCommon;
}
