import type { KeyObject } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { zeroHash } from '../../shared/events/envelope.ts';
import type { Fact } from '../../shared/events/registry.ts';
import { type ChainHead, type SealedEvent, sealEvent } from '../../shared/events/seal.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { lotKey } from '../../shared/model/lot.ts';
import type { LotOnHand } from '../../shared/rules/fefo.ts';
import { movementsOf, stockChangeOf } from '../../shared/rules/movements.ts';
import { type BatchHeader, batchText } from '../../shared/sync/batch.ts';
import { nextBatch } from '../../shared/sync/next-batch.ts';
import { protocolVersion } from '../../shared/sync/protocol-version.ts';
import type { ShopFact } from './shop-days.ts';
import { hashLine, signText } from './till-keys.ts';

/** One signed batch as it travels. */
export type SignedBatch = { readonly header: BatchHeader; readonly body: Uint8Array };

/**
 * The journal of one demonstration till: seals what happens in its shop and cuts what is not yet
 * acknowledged into batches. Grown again from its seed it is the same byte for byte, so a country
 * that was interrupted goes on behind the acknowledged head.
 */
export type TillJournal = {
  /** Signed batches of everything that happened until a moment, in order. */
  readonly batchesUntil: (untilMs: number) => readonly SignedBatch[];
  /** True when the shop has something to report that happened until a moment. */
  readonly hasNews: (untilMs: number) => boolean;
  /** Where it stands, and what its shop holds by it. */
  readonly end: () => JournalEnd;
};

export type JournalEnd = ChainHead & { readonly lots: readonly LotOnHand[] };

/** @returns `stranger` when the acknowledged head was grown by another version of this program. */
export function openJournal(input: {
  readonly tillId: string;
  readonly privateKey: KeyObject;
  readonly facts: Generator<ShopFact, never>;
  /** What the centre has already. */
  readonly acked: ChainHead;
}): TillJournal | 'stranger' {
  const { tillId, privateKey, facts } = input;
  let head: ChainHead = { seq: 0, hash: zeroHash };
  const held = new Map<string, LotOnHand>();
  let upcoming = facts.next().value;
  const seal = (): SealedEvent => {
    const { documentId, clockMs, by, fact } = upcoming;
    const at = instantOfMs(clockMs);
    const event = sealEvent({ till: tillId, head, id: documentId, at, by, fact }, hashLine);
    head = { seq: event.seq, hash: event.hash };
    count(held, fact);
    upcoming = facts.next().value;
    return event;
  };
  while (head.seq < input.acked.seq) seal();
  if (head.hash !== input.acked.hash) return 'stranger';
  return {
    end: () => ({ ...head, lots: [...held.values()] }),
    hasNews: (untilMs) => upcoming.happenedMs <= untilMs,
    batchesUntil: (untilMs) => {
      let sentHead = head;
      const pending: SealedEvent[] = [];
      while (upcoming.happenedMs <= untilMs) pending.push(seal());
      const batches: SignedBatch[] = [];
      for (let sent = 0; sent < pending.length; ) {
        const batch = signedBatch({ tillId, privateKey, sentHead, pending: pending.slice(sent) });
        batches.push(batch);
        sent += batch.header.lastSeq - batch.header.firstSeq + 1;
        sentHead = { seq: batch.header.lastSeq, hash: batch.header.headHash };
      }
      return batches;
    },
  };
}

function count(held: Map<string, LotOnHand>, fact: Fact): void {
  for (const movement of movementsOf(fact)) {
    const { drug, lot, expiresOn } = movement;
    const key = lotKey(movement);
    const before = held.get(key);
    const change = stockChangeOf(movement);
    held.set(key, {
      ...{ drug, lot, expiresOn },
      onHandUnits: (before?.onHandUnits ?? 0) + change.onHandUnits,
      quarantinedUnits: (before?.quarantinedUnits ?? 0) + change.quarantinedUnits,
    });
  }
}

function signedBatch(input: {
  readonly tillId: string;
  readonly privateKey: KeyObject;
  readonly sentHead: ChainHead;
  readonly pending: readonly SealedEvent[];
}): SignedBatch {
  const batch = nextBatch(input.sentHead, input.pending, (text) => Buffer.byteLength(text));
  if (batch === undefined) throw new Error('There was something to send');
  const { firstSeq, lastSeq, prevHash, headHash, body } = batch;
  const named = { till: input.tillId, firstSeq, lastSeq, prevHash, headHash };
  const signature = signText(input.privateKey, batchText(named));
  return {
    header: { ...named, protocol: protocolVersion, signature },
    // Level 1: a demonstration crosses no thin line, and a first start has little time.
    body: gzipSync(body, { level: 1 }),
  };
}
