import type { CalendarDate } from '../model/calendar.ts';
import { lotKey } from '../model/lot.ts';
import type { LotOnHand } from '../rules/fefo.ts';

/**
 * Agreement (protocol.md §4): after each sync both sides compare digests of the stock by lot and of
 * the movements by day. When they differ, the till asks for digests of ever smaller ranges of the
 * journal, sixteen at a time, until one event is left: at most five round trips for a million events,
 * ten years of a busy shop. Both sides make every text from their own stored tables, since what can
 * differ is derived: the journal itself is proved by its chain.
 */

/**
 * The text whose SHA-256 is the stock digest: lots that hold something, sorted by key in code-unit
 * order, with what of them stands in quarantine where something does. Both sides make it from their
 * own tables; equal digests mean equal stock to the tablet.
 */
export function stockDigestText(lots: readonly LotOnHand[]): string {
  return lots
    .filter((lot) => lot.onHandUnits !== 0 || lot.quarantinedUnits !== 0)
    .map((lot) => `${lotKey(lot)}|${lot.onHandUnits}${quarantineText(lot)}`)
    .sort()
    .join('\n');
}

function quarantineText({ quarantinedUnits }: LotOnHand): string {
  return quarantinedUnits === 0 ? '' : `|${quarantinedUnits}`;
}

/** One stored movement, as both sides have it. */
export type StoredMovement = {
  readonly seq: number;
  readonly day: CalendarDate;
  /** As the till calls it. */
  readonly drug: string;
  readonly lot: string;
  readonly expiresOn: string;
  readonly kind: string;
  readonly isQuarantine: boolean;
  readonly units: number;
  readonly amountVnd: number;
};

/** One line of the text of a range: its movements in the order of journal and document. */
export function movementText(movement: StoredMovement): string {
  const { seq, day, drug, lot, expiresOn, kind, isQuarantine, units, amountVnd } = movement;
  const place = isQuarantine ? 'quarantine' : 'shelf';
  return `${seq}|${day}|${drug}|${lot}|${expiresOn}|${kind}|${place}|${units}|${amountVnd}`;
}

export type DaySum = {
  readonly day: CalendarDate;
  readonly movements: number;
  readonly units: number;
  readonly amountVnd: number;
};

/** The text whose SHA-256 is the digest by day, in the order of the days. */
export function dayDigestText(days: readonly DaySum[]): string {
  return days
    .map(({ day, movements, units, amountVnd }) => `${day}|${movements}|${units}|${amountVnd}`)
    .sort()
    .join('\n');
}

/** Events with `after < seq ≤ through`. */
export type SeqRange = { readonly after: number; readonly through: number };

/** Digests asked for in one round trip of the search. */
export const searchParts = 16;
export const searchRoundsMax = 12;

/** At most `parts` ranges without gap that together are `range`; none is empty. */
export function splitRange({ after, through }: SeqRange, parts = searchParts): readonly SeqRange[] {
  const events = through - after;
  const count = Math.min(parts, events);
  const cut = (index: number) => after + Math.floor((events * index) / count);
  return Array.from({ length: count }, (_, index) => ({
    after: cut(index),
    through: cut(index + 1),
  }));
}

/** The first range whose digests differ; undefined when all are equal. */
export function firstDifferingRange(
  ranges: readonly SeqRange[],
  digests: { readonly till: readonly string[]; readonly centre: readonly string[] },
): SeqRange | undefined {
  return ranges.find((_, index) => digests.till[index] !== digests.centre[index]);
}
