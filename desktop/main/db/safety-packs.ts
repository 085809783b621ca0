import { limits } from '../../../shared/base/limits.ts';
import type { CalendarDate } from '../../../shared/model/calendar.ts';
import type { SafetyPack } from '../../../shared/model/safety-pack.ts';
import {
  packOn,
  type SafetyRules,
  safetyRulesOf,
} from '../../../shared/rules/safety/safety-rules.ts';
import { starterPack } from '../../../shared/rules/safety/starter-pack.ts';
import { getSetting, setSetting } from './sync-state.ts';
import type { TillDb } from './till-db.ts';

/** A set of rules from the centre; null takes it back. The last of them are kept. */
export function saveSafetyPack(db: TillDb, version: number, pack: SafetyPack | null): void {
  const others = getSetting(db, 'safetyPacks').filter((kept) => kept.version !== version);
  const all = pack === null ? others : [...others, pack];
  const newestLast = all.sort((a, b) => a.version - b.version).slice(-limits.safetyPacksKept);
  setSetting(db, 'safetyPacks', newestLast);
  prepared = undefined;
}

let prepared: { readonly key: string; readonly rules: SafetyRules } | undefined;

/** The rules in force on a day: the centre's newest set, else the one the program came with. */
export function safetyRulesOn(db: TillDb, today: CalendarDate): SafetyRules {
  const packs = [starterPack, ...getSetting(db, 'safetyPacks')];
  const pack = packOn(today, packs) ?? starterPack;
  // Names are made comparable once a set, not once a sale.
  const key = `${pack.version}|${pack.source}|${pack.interactions.length}|${pack.cautions.length}`;
  if (prepared?.key !== key) prepared = { key, rules: safetyRulesOf(pack) };
  return prepared.rules;
}
