import { limits } from '../base/limits.ts';
import type { ChainHead, SealedEvent } from '../events/seal.ts';
import { wireLineOf } from './batch.ts';

export type NextBatch = {
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly prevHash: string;
  readonly headHash: string;
  readonly body: string;
};

/**
 * The next piece of the journal to send: everything after the acknowledged head, up to the bounds
 * of a batch. The queue is the journal itself, so nothing is ever removed before it is sent.
 * @param pending events after `acked`, in order; more than fit is fine.
 * @param byteLength UTF-8 length of a text, given by the runtime.
 */
export function nextBatch(
  acked: ChainHead,
  pending: readonly SealedEvent[],
  byteLength: (text: string) => number,
): NextBatch | undefined {
  const lines: string[] = [];
  let bytes = 0;
  let last: SealedEvent | undefined;
  for (const event of pending) {
    if (event.seq !== acked.seq + 1 + lines.length) break;
    const line = `${wireLineOf(event.line)}\n`;
    bytes += byteLength(line);
    const isFull = lines.length >= limits.batchEventsMax || bytes > limits.batchBytesMax;
    if (isFull && lines.length > 0) break;
    lines.push(line);
    last = event;
  }
  if (last === undefined) return undefined;
  return {
    firstSeq: acked.seq + 1,
    lastSeq: last.seq,
    prevHash: acked.hash,
    headHash: last.hash,
    body: lines.join(''),
  };
}
