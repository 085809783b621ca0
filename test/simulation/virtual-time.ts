/**
 * The clock of a simulation: a queue of things to come. Time stands still while something happens
 * and then jumps to the next thing, so days pass in seconds and always in the same order.
 */
export type VirtualTime = {
  readonly nowMs: () => number;
  /** @returns a function that cancels. */
  readonly after: (delayMs: number, thing: Thing) => () => void;
  /** Everything that comes next: one thing, or several that may happen at once. Empty: nothing. */
  readonly takeNext: (untilMs: number) => readonly Thing[];
};

export type Thing = {
  /** What it returns is done when everything of the same moment has run, in the planned order. */
  readonly run: () => void | Promise<void> | Promise<() => void>;
  /** Arrivals at the centre close together happen at once, as they would. */
  readonly isConcurrent: boolean;
};

const concurrentWindowMs = 40;
const concurrentMax = 6;

type Entry = { readonly atMs: number; readonly number: number; readonly thing: Thing };

export function createVirtualTime(startMs: number): VirtualTime {
  let nowMs = startMs;
  let count = 0;
  const entries: Entry[] = [];
  return {
    nowMs: () => nowMs,
    after: (delayMs, thing) => {
      count += 1;
      const entry = { atMs: nowMs + Math.max(0, Math.floor(delayMs)), number: count, thing };
      entries.splice(placeOf(entry, entries), 0, entry);
      return () => {
        const index = entries.indexOf(entry);
        if (index >= 0) entries.splice(index, 1);
      };
    },
    takeNext: (untilMs) => {
      const first = entries[0];
      if (first === undefined || first.atMs > untilMs) {
        nowMs = Math.max(nowMs, untilMs);
        return [];
      }
      nowMs = first.atMs;
      let size = 1;
      if (first.thing.isConcurrent) while (joins(entries[size], first, size)) size += 1;
      return entries.splice(0, size).map((entry) => entry.thing);
    },
  };
}

function joins(entry: Entry | undefined, first: Entry, size: number): boolean {
  if (entry === undefined || size >= concurrentMax || !entry.thing.isConcurrent) return false;
  return entry.atMs - first.atMs <= concurrentWindowMs;
}

/** Entries are in order; of equal moments the older entry stands first. */
function placeOf(entry: Entry, entries: readonly Entry[]): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.atMs ?? 0) <= entry.atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
