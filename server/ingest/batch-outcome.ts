import type { ChainHead } from '../../shared/events/seal.ts';
import type { VerifiedBatch } from './verify-batch.ts';

/** What became of one batch, known when its transaction has committed. */
export type BatchOutcome =
  | {
      readonly verdict: 'accept' | 'duplicate' | 'overlap';
      readonly head: ChainHead;
      readonly parkedEvents: number;
      readonly receivedAtMs: number;
    }
  | { readonly verdict: 'gap'; readonly head: ChainHead; readonly receivedAtMs: number }
  | { readonly verdict: 'fork'; readonly atSeq: number; readonly receivedAtMs: number }
  | { readonly verdict: 'revoked' | 'unknown-protocol'; readonly receivedAtMs: number };

/** The way into the ingest, as the routes know it. */
export type BatchSubmitter = {
  /** Settles when the batch is committed, or when it cannot be. `busy`: nothing was queued. */
  readonly submit: (batch: VerifiedBatch) => Promise<BatchOutcome | 'busy'>;
  /** Resolves when everything submitted so far has settled. */
  readonly idle: () => Promise<void>;
};
