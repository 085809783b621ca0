import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import { type Event, interpretEvent, type UnreadableEvent } from '../../shared/events/registry.ts';
import { businessDateOf, type CalendarDate, msOfInstant } from '../../shared/model/calendar.ts';
import { type Movement, movementsOf } from '../../shared/rules/movements.ts';
import type { BatchEvent } from '../../shared/sync/batch.ts';

/** What follows from one event, before anything is stored. */
export type DerivedEvent = {
  readonly seq: number;
  readonly type: string;
  readonly outcome: Result<DerivedFact, ParkedFact>;
};
/** What cannot be interpreted is kept as it was sealed. */
export type ParkedFact = UnreadableEvent & { readonly line: string };
export type DerivedFact = {
  readonly event: Event;
  readonly movements: readonly Movement[];
  readonly day: CalendarDate;
  readonly atMs: number;
  /** The same moment as PostgreSQL reads it. */
  readonly atIso: string;
};

/** PostgreSQL and JavaScript agree on the calendar only between these days. */
const dayMin = '0001-01-01';
const dayMax = '9999-12-31';

/**
 * Pure: the same event gives the same outcome, at ingest and at every rebuild. What cannot be
 * interpreted, or would not fit the tables, is an outcome too and is parked by the caller.
 */
export function deriveEvent({ envelope, line }: BatchEvent): DerivedEvent {
  const { seq, type } = envelope;
  const event = interpretEvent(envelope);
  const fact = event.ok ? deriveFact(event.value) : event;
  return { seq, type, outcome: fact.ok ? fact : err({ ...fact.error, line }) };
}

function deriveFact(event: Event): Result<DerivedFact, UnreadableEvent> {
  const movements = movementsOf(event);
  const day = businessDateOf(event.at);
  if (!isStorableDay(day)) return unreadable(`at: ${event.at} is outside the calendar`);
  let totalVnd = 0;
  for (const movement of movements) {
    if (!isStorableDay(movement.expiresOn)) {
      return unreadable(`expiresOn: ${movement.expiresOn} is outside the calendar`);
    }
    totalVnd += movement.amountVnd;
  }
  // One forged amount must not spoil the sums of a nation.
  if (totalVnd > limits.totalVndMax)
    return unreadable(`amount: ${totalVnd} đồng is no real amount`);
  const atMs = msOfInstant(event.at);
  return ok({ event, movements, day, atMs, atIso: new Date(atMs).toISOString() });
}

function isStorableDay(day: string): boolean {
  return day.length === dayMin.length && day >= dayMin && day <= dayMax;
}

function unreadable(detail: string): Result<never, UnreadableEvent> {
  return err({ type: 'InvalidEventData', detail });
}
