/**
 * The one check of the chain (protocol.md §1): used by the till on its own journal, by the centre on
 * every batch, and by whoever verifies an export. One link at a time, so that each of them may read
 * from where its lines are.
 */
import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import { Envelope, type HashHex } from '../events/envelope.ts';
import type { ChainHead, HashLine } from '../events/seal.ts';

/** A line that stands rightly behind its head. */
export type Link = { readonly envelope: Envelope; readonly hash: HashHex };

/** Why a line does not; `hash` is the one it would have there. */
export type BrokenLink = { readonly hash: HashHex } & (
  | { readonly type: 'NoEvent' }
  | { readonly type: 'OtherTill' | 'OtherSeq' | 'OtherPrev'; readonly envelope: Envelope }
);

/**
 * Checks that `line` is the event behind `head`: an envelope, of this till, with the next number
 * (I1), carrying the hash of the one before (I2). Data inside the envelope is not judged.
 * @param till undefined where the journal may be anybody's.
 */
export function followLink(
  {
    till,
    head,
    line,
  }: {
    readonly till: string | undefined;
    readonly head: ChainHead;
    readonly line: string;
  },
  hashLine: HashLine,
): Result<Link, BrokenLink> {
  const hash = hashLine(head.hash, line);
  const envelope = readSealedLine(line);
  if (envelope === undefined) return err({ type: 'NoEvent', hash });
  if (till !== undefined && envelope.till !== till) {
    return err({ type: 'OtherTill', hash, envelope });
  }
  if (envelope.seq !== head.seq + 1) return err({ type: 'OtherSeq', hash, envelope });
  if (envelope.prev !== head.hash) return err({ type: 'OtherPrev', hash, envelope });
  return ok({ envelope, hash });
}

/** The outside of a sealed line; undefined when it is none. */
export function readSealedLine(line: string): Envelope | undefined {
  if (line.length > limits.eventLineBytesMax) return undefined;
  try {
    const parsed = Envelope.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    // JSON.parse has no other way to say that a text is not JSON; the caller names the line.
    return undefined;
  }
}
