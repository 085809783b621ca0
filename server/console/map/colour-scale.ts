/** What a map is coloured by: each step has a CSS class, a lower bound and so a legend entry. */
export type ScaleStep = { readonly className: string; readonly from: number; readonly to: number };

/** Share of facilities that reported, in percent: fixed steps, so that pictures can be compared. */
export const freshnessSteps: readonly ScaleStep[] = [
  { className: 'map-fresh-5', from: 98, to: 100 },
  { className: 'map-fresh-4', from: 95, to: 98 },
  { className: 'map-fresh-3', from: 90, to: 95 },
  { className: 'map-fresh-2', from: 75, to: 90 },
  { className: 'map-fresh-1', from: 0, to: 75 },
];

/** Open alerts: fixed steps for the same reason. */
export const alertSteps: readonly ScaleStep[] = [
  { className: 'map-alert-1', from: 0, to: 0 },
  { className: 'map-alert-2', from: 1, to: 2 },
  { className: 'map-alert-3', from: 3, to: 5 },
  { className: 'map-alert-4', from: 6, to: 10 },
  { className: 'map-alert-5', from: 11, to: Number.POSITIVE_INFINITY },
];

/** Amounts have no natural bounds: five steps that hold about as many areas each. */
export function quantileSteps(
  values: readonly number[],
  classPrefix: string,
): readonly ScaleStep[] {
  const sorted = [...values].sort((left, right) => left - right);
  if (sorted.length === 0) return [];
  const bounds = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    (share) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0,
  );
  return [1, 2, 3, 4, 5]
    .map((step) => ({
      className: `${classPrefix}-${step}`,
      from: bounds[step - 1] ?? 0,
      to: bounds[step] ?? 0,
    }))
    .filter((step, index) => index === 0 || step.to > step.from || step.className.endsWith('5'));
}

/** The step a value belongs to: the one with the highest lower bound that does not exceed it. */
export function stepOf(steps: readonly ScaleStep[], value: number): ScaleStep | undefined {
  return steps
    .filter((step) => step.from <= value)
    .reduce<ScaleStep | undefined>(
      (best, step) => (best === undefined || step.from >= best.from ? step : best),
      undefined,
    );
}
