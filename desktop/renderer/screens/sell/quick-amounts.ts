/** Notes people pay with, in đồng. */
const notesVnd = [10_000, 20_000, 50_000, 100_000, 200_000, 500_000] as const;
const shownMax = 5;

/** The exact sum, then what a customer is likely to hand over: the sum rounded up to each note. */
export function quickAmountsVnd(totalVnd: number): readonly number[] {
  const rounded = notesVnd.map((note) => Math.ceil(totalVnd / note) * note);
  return [...new Set([totalVnd, ...rounded])].sort((a, b) => a - b).slice(0, shownMax);
}
