import { describe, expect, test } from 'vitest';
import { createQueueWatch, growthOf, type Sample } from '../../soak/watchdog.ts';

function samples(count: number, at: (index: number) => Partial<Sample>): readonly Sample[] {
  return Array.from({ length: count }, (_, index) => ({
    atMs: index * 5_000,
    residentMb: 100,
    handles: 50,
    ...at(index),
  }));
}

function till(ackedSeq: number, lastSeq: number) {
  return { tillId: 'T1', lastSeq, ackedSeq, state: 'waiting', problem: null, sales: 0 };
}

describe('the watchdog of the soak', () => {
  test('finds memory and handles that go on growing, not those that level off', () => {
    expect(
      growthOf(
        'till',
        samples(40, (i) => ({ residentMb: 100 + 10 * i })),
      ),
    ).toEqual(['till grew from 250 to 450 MB']);
    expect(
      growthOf(
        'till',
        samples(40, (i) => ({ handles: 50 + 3 * i })),
      ),
    ).toEqual(['till holds 155 file handles after 107']);
    const warmUp = samples(40, (i) => ({ residentMb: Math.min(100 + 50 * i, 500) }));
    expect(growthOf('till', warmUp)).toEqual([]);
  });

  test('finds a queue that does not move, and excuses one whose line was down', () => {
    const watch = createQueueWatch(60_000);
    expect(watch.look([till(3, 5)], 0)).toEqual([]);
    expect(watch.look([till(3, 6)], 50_000)).toEqual([]);
    expect(watch.look([till(3, 6)], 61_000)).toEqual([
      'till T1 keeps 3 events for 61 s: waiting null',
    ]);
    watch.excuse(100_000);
    expect(watch.look([till(3, 7)], 150_000)).toEqual([]);
    expect(watch.look([till(7, 7)], 200_000)).toEqual([]);
    expect(watch.look([till(7, 7)], 500_000)).toEqual([]);
  });
});
