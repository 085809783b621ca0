import { describe, expect, test } from 'vitest';
import {
  firstDifferingRange,
  movementText,
  searchParts,
  searchRoundsMax,
  splitRange,
} from '../../../shared/sync/digest.ts';
import { day } from '../../support/builders.ts';

/** Round trips until one event is left and what the centre has of it is known. */
function search(events: number, differsAt: number) {
  let range = { after: 0, through: events };
  for (let round = 1; ; round += 1) {
    const ranges = splitRange(range);
    const digestsOf = (side: string) =>
      ranges.map(({ after, through }) =>
        differsAt > after && differsAt <= through ? side : 'same',
      );
    const differing = firstDifferingRange(ranges, {
      till: digestsOf('till'),
      centre: digestsOf('centre'),
    });
    if (differing === undefined) return { round, seq: undefined };
    if (range.through - range.after === 1) return { round, seq: range.through };
    range = differing;
  }
}

describe('the search for the first event that differs', () => {
  test('names any of 400,000 events in at most twelve round trips', () => {
    const events = 400_000;
    let longest = 0;
    let searches = 0;
    for (let seq = 1; seq <= events; seq += 97) {
      const found = search(events, seq);
      expect(found.seq).toBe(seq);
      longest = Math.max(longest, found.round);
      searches += 1;
    }
    for (const seq of [1, 2, events - 1, events]) expect(search(events, seq).seq).toBe(seq);
    expect(searches).toBeGreaterThan(4_000);
    expect(longest).toBeLessThanOrEqual(searchRoundsMax);
    // Five divide a million by sixteen each, one more hears what the centre has.
    expect(longest).toBe(6);
  });

  test('works in journals of any length, and ends when everything is equal', () => {
    for (const events of [1, 2, 15, 16, 17, 255, 256, 257, 4_097]) {
      expect(search(events, events).seq).toBe(events);
      expect(search(events, 1).seq).toBe(1);
      expect(search(events, events + 1)).toEqual({ round: 1, seq: undefined });
    }
  });

  test('splits a range without gap, overlap or empty part', () => {
    for (const events of [1, 3, 16, 31, 1_000]) {
      const ranges = splitRange({ after: 10, through: 10 + events });
      expect(ranges).toHaveLength(Math.min(events, searchParts));
      expect(ranges[0]?.after).toBe(10);
      expect(ranges.at(-1)?.through).toBe(10 + events);
      for (const [index, range] of ranges.entries()) {
        expect(range.through).toBeGreaterThan(range.after);
        if (index > 0) expect(range.after).toBe(ranges[index - 1]?.through);
      }
    }
  });
});

test('every field of a movement changes its text', () => {
  const movement = {
    seq: 1,
    day: day('2026-11-22'),
    drug: 'DEMO-1',
    lot: 'A1',
    expiresOn: '2027-06-30',
    kind: 'sale',
    isQuarantine: false,
    units: -2,
    amountVnd: 1_000,
  };
  const others = [
    { seq: 2 },
    { day: day('2026-11-23') },
    { drug: 'DEMO-2' },
    { lot: 'A2' },
    { expiresOn: '2027-07-31' },
    { kind: 'void' },
    { isQuarantine: true },
    { units: 2 },
    { amountVnd: 1_001 },
  ];
  const texts = new Set(others.map((other) => movementText({ ...movement, ...other })));
  texts.add(movementText(movement));
  expect(texts.size).toBe(Object.keys(movement).length + 1);
});
