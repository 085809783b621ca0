/**
 * Which troubles a seed has in store. Each seed draws its own few, so that each can be felt alone and
 * with others; all of them come over a range of seeds.
 */
import type { Random } from '../../server/twin/random.ts';

const troubles = [
  'clock',
  'line',
  'power',
  'disk',
  'centre-breaks',
  'centre-restarts',
  'catalogue',
  'versions',
  'stranger',
  'recalls',
] as const;
export type Trouble = (typeof troubles)[number];

/** At most one of these happens to one till of a seed: each changes who it is. */
const fates = [
  'none',
  'image',
  'clone',
  'burnt',
  'reborn',
  'older',
  'lost-file',
  'centre-restored',
] as const;
export type Fate = (typeof fates)[number];

export type Plan = {
  readonly troubles: ReadonlySet<Trouble>;
  readonly fate: Fate;
  /** The centre is away for weeks, not hours. */
  readonly isLongOutage: boolean;
  readonly untilMs: number;
};

const dayMs = 86_400_000;

export function drawPlan(random: Random, span: { startMs: number; days: number }): Plan {
  const isLongOutage = random.isTrue(0.12);
  const runMs = span.days * dayMs + (isLongOutage ? random.between(14, 35) * dayMs : 0);
  return {
    troubles: new Set(troubles.filter(() => random.isTrue(0.45))),
    fate: random.pick(fates),
    isLongOutage,
    untilMs: span.startMs + runMs,
  };
}
