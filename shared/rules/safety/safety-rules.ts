import type { CalendarDate } from '../../model/calendar.ts';
import type { CautionRule, InteractionRule, SafetyPack } from '../../model/safety-pack.ts';
import { activeKey } from './active-name.ts';

/** A pack with its names made comparable. */
export type SafetyRules = {
  readonly version: number;
  readonly source: string;
  readonly interactions: readonly (InteractionRule & {
    readonly oneKeys: ReadonlySet<string>;
    readonly otherKeys: ReadonlySet<string>;
  })[];
  readonly cautions: readonly (CautionRule & { readonly keys: ReadonlySet<string> })[];
};

/**
 * The set in force on a day: of those that have begun and not ended, the one with the highest
 * version. A clock that stands before every set does not switch safety off: then the first counts.
 */
export function packOn(today: CalendarDate, packs: readonly SafetyPack[]): SafetyPack | undefined {
  const newestFirst = [...packs].sort((a, b) => b.version - a.version);
  const inForce = newestFirst.find(
    ({ validFrom, validUntil }) =>
      validFrom <= today && (validUntil === null || today <= validUntil),
  );
  return inForce ?? newestFirst.at(-1);
}

export function safetyRulesOf(pack: SafetyPack): SafetyRules {
  const keysOf = (names: readonly string[]) => keysIn(pack, names);
  return {
    version: pack.version,
    source: pack.source,
    interactions: pack.interactions.map((rule) => ({
      ...rule,
      oneKeys: keysOf(rule.one),
      otherKeys: keysOf(rule.other),
    })),
    cautions: pack.cautions.map((rule) => ({ ...rule, keys: keysOf(rule.actives) })),
  };
}

/** An unknown group names nobody: a pack of a later program stays usable for the rest of it. */
function keysIn(pack: SafetyPack, names: readonly string[]): ReadonlySet<string> {
  return new Set(
    names
      .flatMap((name) => (name.startsWith('@') ? (pack.groups[name.slice(1)] ?? []) : [name]))
      .map(activeKey),
  );
}
