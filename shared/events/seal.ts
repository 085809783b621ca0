import { assert } from '../base/assert.ts';
import type { Instant } from '../model/calendar.ts';
import { envelopeVersion, type HashHex } from './envelope.ts';
import type { Fact } from './registry.ts';

/** `sha256(prev_hash_bytes ‖ line_bytes)`, given by the runtime: shared has no cryptography. */
export type HashLine = (prev: HashHex, line: string) => HashHex;

export type ChainHead = { readonly seq: number; readonly hash: HashHex };
export type SealedEvent = {
  readonly seq: number;
  readonly line: string;
  readonly hash: HashHex;
};

/** Puts a fact in its envelope behind `head`. The returned line is final, byte for byte. */
export function sealEvent(
  input: {
    readonly till: string;
    readonly head: ChainHead;
    readonly id: string;
    readonly at: Instant;
    readonly by: string;
    readonly fact: Fact;
  },
  hashLine: HashLine,
): SealedEvent {
  const seq = input.head.seq + 1;
  const line = JSON.stringify({
    v: envelopeVersion,
    till: input.till,
    seq,
    id: input.id,
    type: input.fact.type,
    at: input.at,
    by: input.by,
    data: input.fact.data,
    prev: input.head.hash,
  });
  assert(!line.includes('\n'), 'A sealed event is one line');
  return { seq, line, hash: hashLine(input.head.hash, line) };
}
