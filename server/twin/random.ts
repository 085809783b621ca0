/**
 * Seeded chance: the same seed gives the same country on every machine. A label forks a stream of
 * its own, so that one more draw in one place changes nothing in another.
 */
export type Random = {
  /** Uniform in [0, 1). */
  readonly unit: () => number;
  /** Uniform whole number, both ends included. */
  readonly between: (smallest: number, largest: number) => number;
  readonly isTrue: (probability: number) => boolean;
  readonly pick: <Value>(values: readonly Value[]) => Value;
  /** Index of a cumulative weight table as `cumulated` makes it. */
  readonly weightedIndex: (cumulative: readonly number[]) => number;
  readonly poisson: (mean: number) => number;
  readonly bytes: (count: number) => Uint8Array;
  readonly fork: (label: string) => Random;
};

export function randomOf(seed: string): Random {
  const next = sfc32(seed);
  const unit = () => next() / 2 ** 32;
  const between = (smallest: number, largest: number) =>
    smallest + Math.floor(unit() * (largest - smallest + 1));
  return {
    unit,
    between,
    isTrue: (probability) => unit() < probability,
    pick: (values) => {
      const value = values[between(0, values.length - 1)];
      if (value === undefined) throw new Error('Nothing to pick from');
      return value;
    },
    weightedIndex: (cumulative) => firstAbove(cumulative, unit() * (cumulative.at(-1) ?? 0)),
    poisson: (mean) => poisson(mean, unit),
    bytes: (count) => drawnBytes(count, next),
    fork: (label) => randomOf(`${seed}/${label}`),
  };
}

/** Running sums of weights, for `weightedIndex`. */
export function cumulated(weights: readonly number[]): readonly number[] {
  let sum = 0;
  return weights.map((weight) => {
    sum += weight;
    return sum;
  });
}

/** Four from each draw: every document of the country has sixteen in its name. */
function drawnBytes(count: number, next: () => number): Uint8Array {
  const words = Uint32Array.from({ length: Math.ceil(count / 4) }, next);
  return new Uint8Array(words.buffer, 0, count);
}

function firstAbove(cumulative: readonly number[], target: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cumulative[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Knuth's method below 30; above, a normal approximation is as good as anyone can see. */
function poisson(mean: number, unit: () => number): number {
  if (mean <= 0) return 0;
  if (mean > 30) {
    const normal = Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit());
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal));
  }
  const limit = Math.exp(-mean);
  let count = 0;
  let product = unit();
  while (product > limit) {
    count += 1;
    product *= unit();
  }
  return count;
}

/** "Small fast counter" of 128 bits of state, seeded by a 32-bit mix of the text. */
function sfc32(seed: string): () => number {
  const mix = textMixer(seed);
  let a = mix();
  let b = mix();
  let c = mix();
  let counter = 1;
  const next = () => {
    const sum = (a + b + counter) >>> 0;
    counter = (counter + 1) >>> 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) >>> 0;
    c = (((c << 21) | (c >>> 11)) + sum) >>> 0;
    return sum;
  };
  for (let warmUp = 0; warmUp < 12; warmUp += 1) next();
  return next;
}

function textMixer(text: string): () => number {
  let hash = 1_779_033_703 ^ text.length;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 3_432_918_353);
    hash = (hash << 13) | (hash >>> 19);
  }
  return () => {
    hash = Math.imul(hash ^ (hash >>> 16), 2_246_822_507);
    hash = Math.imul(hash ^ (hash >>> 13), 3_266_489_909);
    hash ^= hash >>> 16;
    return hash >>> 0;
  };
}
