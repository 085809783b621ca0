/**
 * Which points of an enumeration a run takes, and how it tells where it is. One enumeration may be
 * shared out: to the cores of this machine, to several machines, or to whoever goes on behind a point
 * that hung.
 */

/** What a run says while it works. */
export type Progress =
  | { readonly type: 'planned'; readonly points: number }
  /** This point is next; `number` counts from 0 within the run's own points. */
  | { readonly type: 'begin'; readonly number: number; readonly point: string };

export type Take = {
  /** Every how manieth point is taken; 1: all of them. */
  readonly stride: number;
  /** Of those, every `count`-th, beginning with the `index`-th from 0. */
  readonly share: { readonly index: number; readonly count: number };
  /** Of the share, so many were taken before. */
  readonly from: number;
  readonly tell: (progress: Progress) => void;
};

/** Everything at that stride, by one run that tells nobody. */
export function takeAlone(stride: number): Take {
  return { stride, share: { index: 0, count: 1 }, from: 0, tell: () => undefined };
}

/**
 * The points of a run in their order, and how to say that one begins.
 * @param nameOf what a person reads who wants to know where it stands.
 */
export function takePoints<Point>(
  all: readonly Point[],
  { stride, share, from, tell }: Take,
  nameOf: (point: Point) => string,
): { readonly points: readonly Point[]; readonly begin: (point: Point) => void } {
  const own = all
    .filter((_, index) => index % stride === 0)
    .filter((_, index) => index % share.count === share.index);
  const numberOf = new Map(own.map((point, number) => [point, number]));
  tell({ type: 'planned', points: own.length });
  return {
    points: own.slice(from),
    begin: (point) =>
      tell({ type: 'begin', number: numberOf.get(point) ?? 0, point: nameOf(point) }),
  };
}
