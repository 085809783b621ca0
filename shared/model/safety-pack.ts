import { z } from 'zod';
import { limits } from '../base/limits.ts';
import { CalendarDate } from './calendar.ts';

/** Both languages stand beside the rule: a pack from the centre brings its own sentences. */
const Sentence = z.object({
  vi: z.string().trim().min(1).max(limits.shortTextLength),
  en: z.string().trim().min(1).max(limits.shortTextLength),
});
/** Actives by any of their usual names, or `@group`. */
const ActiveNames = z.array(z.string().trim().min(1).max(100)).min(1).max(200);
export const RuleId = z.string().regex(/^[a-z0-9-]{1,60}$/);

/**
 * `contraindicated`: not handed out together, whoever asks. `severe`: only when a pharmacist has
 * weighed it and says why.
 */
export const SafetySeverity = z.enum(['contraindicated', 'severe']);
export type SafetySeverity = z.infer<typeof SafetySeverity>;

/** Two drugs that must not meet in one body. */
export const InteractionRule = z.object({
  id: RuleId,
  one: ActiveNames,
  other: ActiveNames,
  severity: SafetySeverity,
  reason: Sentence,
  reference: z.string().trim().min(1).max(limits.shortTextLength),
});
export type InteractionRule = z.infer<typeof InteractionRule>;

/** A drug that some people must not take. */
export const CautionRule = z.object({
  id: RuleId,
  actives: ActiveNames,
  who: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('younger-than'), months: z.int().min(1).max(1_200) }),
    z.object({ kind: z.literal('pregnant') }),
    z.object({ kind: z.literal('breast-feeding') }),
  ]),
  /** Swallowed, injected or as suppository; else what is put on skin, eye or nose. */
  route: z.enum(['systemic', 'local', 'any']),
  severity: SafetySeverity,
  reason: Sentence,
  reference: z.string().trim().min(1).max(limits.shortTextLength),
});
export type CautionRule = z.infer<typeof CautionRule>;

/**
 * A dated set of rules about medicines. One stands in the program; the centre may send a newer one
 * by the feed (kind `safety`), and the one in force on a day is the newest that has begun.
 */
export const SafetyPack = z.object({
  /** Rises with every set. */
  version: z.int().min(1),
  validFrom: CalendarDate,
  /** Last day; null while nothing replaces it. */
  validUntil: CalendarDate.nullable(),
  source: z.string().trim().min(1).max(limits.noteLength),
  groups: z.record(z.string().regex(/^[a-z0-9-]{1,40}$/), ActiveNames),
  interactions: z.array(InteractionRule).max(5_000),
  cautions: z.array(CautionRule).max(5_000),
});
export type SafetyPack = z.infer<typeof SafetyPack>;
