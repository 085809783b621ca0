/**
 * One measured figure, one JSON line. Where a floor of the same machine was measured in the same
 * run, `ratio` = value / floor travels to other machines; `value` alone does not.
 */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly floor?: number;
  readonly ratio?: number;
};

export type BenchOptions = {
  /** Smaller data and fewer rounds: shows that the measurement works, not what it measures. */
  readonly isQuick: boolean;
};

/** What every module beside run.ts exports under the name `measure`. */
export type Measure = (options: BenchOptions) => Promise<readonly Figure[]>;

export function figure(name: string, value: number, unit: string): Figure {
  return { name, value: rounded(value), unit };
}

export function figureOverFloor(
  name: string,
  { value, floor, unit }: { readonly value: number; readonly floor: number; readonly unit: string },
): Figure {
  return {
    name,
    value: rounded(value),
    unit,
    floor: rounded(floor),
    ratio: rounded(value / floor),
  };
}

/** Nearest-rank percentile: a value that was really measured, never one between two. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const rank = Math.max(1, Math.ceil((percent / 100) * sorted.length));
  const value = sorted[rank - 1];
  if (value === undefined) throw new Error('A percentile needs at least one value');
  return value;
}

/** Four significant digits: more would be noise. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
