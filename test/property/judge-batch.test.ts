import fc from 'fast-check';
import { expect, test } from 'vitest';
import { zeroHash } from '../../shared/events/envelope.ts';
import type { ChainHead, SealedEvent } from '../../shared/events/seal.ts';
import { type BatchHeader, readBatch } from '../../shared/sync/batch.ts';
import { judgeBatch } from '../../shared/sync/judge-batch.ts';
import { nextBatch } from '../../shared/sync/next-batch.ts';
import { protocolVersion } from '../../shared/sync/protocol-version.ts';
import { aChain, aSale, aTillId, hashLine } from '../support/builders.ts';

const chain = aChain(Array.from({ length: 40 }, (_, index) => aSale({ slip: `A1-${index + 1}` })));
const start: ChainHead = { seq: 0, hash: zeroHash };
const byteLength = (text: string) => Buffer.byteLength(text);

test('pieces in any order, doubled and overlapping, store each event once and in order', () => {
  const piece = fc.tuple(fc.integer({ min: 0, max: 39 }), fc.integer({ min: 1, max: 12 }));
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 60 }), (pieces) => {
      const centre = aCentre();
      for (const [from, length] of pieces) centre.receive(chain.slice(from, from + length));
      centre.receive(chain.slice(centre.stored.length));
      expect(centre.stored).toEqual(chain);
    }),
  );
});

test('a till that changed anything it had reported is a fork at the first changed event', () => {
  const change = fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 9 }));
  fc.assert(
    fc.property(change, ([changedSeq, units]) => {
      const centre = aCentre();
      centre.receive(chain.slice(0, 30));
      const before = chain[changedSeq - 2] ?? start;
      const other = aChain(
        Array.from({ length: 40 - changedSeq }, () => aSale({ units: units + 2, slip: 'A1-999' })),
        { head: before },
      );
      const kept = chain.slice(0, changedSeq - 1);
      expect(centre.receive([...kept, ...other])).toEqual({ type: 'fork', atSeq: changedSeq });
      expect(centre.stored).toEqual(chain.slice(0, 30));
    }),
  );
});

test('a till that goes on from another past is a fork at the acknowledged head', () => {
  const centre = aCentre();
  centre.receive(chain.slice(0, 10));
  const other = aChain([aSale({ units: 9 })], { head: { seq: 10, hash: 'f'.repeat(64) } });
  expect(centre.receive(other)).toEqual({ type: 'fork', atSeq: 10 });
});

test('a gap says which event is expected; a protocol from the future is refused', () => {
  const centre = aCentre();
  centre.receive(chain.slice(0, 5));
  expect(centre.receive(chain.slice(7, 9))).toEqual({ type: 'gap', expectedSeq: 6 });
  expect(centre.receive(chain.slice(5, 9), protocolVersion + 1)).toEqual({
    type: 'unknown-protocol',
  });
  expect(centre.stored).toHaveLength(5);
});

test('what nextBatch makes, readBatch proves, byte for byte', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 39 }), (acked) => {
      const head = chain[acked - 1] ?? start;
      const batch = nextBatch(head, chain.slice(acked), byteLength);
      if (batch === undefined) throw new Error('something is pending');
      const read = readBatch(headerOf(batch), batch.body, hashLine);
      expect(read.ok && read.value.map(({ line, hash }) => ({ line, hash }))).toEqual(
        chain.slice(acked).map(({ line, hash }) => ({ line, hash })),
      );
    }),
  );
});

test('any change of one character of a body is found', () => {
  const batch = nextBatch(start, chain, byteLength);
  if (batch === undefined) throw new Error('something is pending');
  const change = fc.tuple(fc.nat(batch.body.length - 1), fc.constantFrom('0', '9', 'x', '\n', '"'));
  fc.assert(
    fc.property(change, ([position, character]) => {
      fc.pre(batch.body[position] !== character);
      const body = batch.body.slice(0, position) + character + batch.body.slice(position + 1);
      expect(readBatch(headerOf(batch), body, hashLine).ok).toBe(false);
    }),
    { numRuns: 300 },
  );
});

/** The least a centre can be: a list of events behind judgeBatch. */
function aCentre() {
  const stored: SealedEvent[] = [];
  return {
    stored,
    receive(events: readonly SealedEvent[], protocol = protocolVersion) {
      const first = events[0];
      if (first === undefined) return undefined;
      const bySeq = new Map(events.map((event) => [event.seq, event.hash]));
      const verdict = judgeBatch(
        stored.at(-1) ?? start,
        {
          protocol,
          firstSeq: first.seq,
          lastSeq: first.seq + events.length - 1,
          prevHash: String(JSON.parse(first.line).prev),
          hashOfSeq: (seq) => bySeq.get(seq),
        },
        (seq) => stored[seq - 1]?.hash,
      );
      if (verdict.type === 'accept') stored.push(...events);
      if (verdict.type === 'overlap')
        stored.push(...events.filter((e) => e.seq >= verdict.fromSeq));
      return verdict;
    },
  };
}

function headerOf(batch: NonNullable<ReturnType<typeof nextBatch>>): BatchHeader {
  const { firstSeq, lastSeq, prevHash, headHash } = batch;
  const signature = `${'A'.repeat(86)}==`;
  return { till: aTillId, firstSeq, lastSeq, prevHash, headHash, protocol: 1, signature };
}
