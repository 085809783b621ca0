import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { Envelope } from '../../shared/events/envelope.ts';
import { type Event, interpretEvent, type UnreadableEvent } from '../../shared/events/registry.ts';
import { businessDateOf, type CalendarDate, msOfInstant } from '../../shared/model/calendar.ts';
import type { ParkedReason } from '../../shared/rules/clinic.ts';
import { type Movement, movementsOf } from '../../shared/rules/movements.ts';
import type { BatchEvent } from '../../shared/sync/batch.ts';

/** What follows from one event, before anything is stored. */
export type DerivedEvent = {
  readonly seq: number;
  readonly type: string;
  /** Of its document. */
  readonly id: string;
  readonly outcome: Result<DerivedFact, ParkedFact>;
};
/** What cannot be applied is kept as it was sealed. */
export type ParkedFact = {
  readonly type: ParkedReason;
  readonly detail: string;
  readonly codes?: readonly string[];
  readonly line: string;
};
export type DerivedFact = {
  readonly event: Event;
  readonly movements: readonly Movement[];
  readonly day: CalendarDate;
  readonly atMs: number;
  /** The same moment as PostgreSQL reads it. */
  readonly atIso: string;
  /** What the till calls the drug of a movement, by its index, where the catalogue calls it else. */
  readonly reportedDrugs: ReadonlyMap<number, string>;
};

/** PostgreSQL and JavaScript agree on the calendar only between these days. */
const dayMin = '0001-01-01';
const dayMax = '9999-12-31';

/**
 * Pure: the same event gives the same outcome, at ingest and at every rebuild. What cannot be
 * interpreted, or would not fit the tables, is an outcome too and is parked by the caller.
 * @param drugByForeignCode what the facility's own codes stand for (ingest/foreign-codes.ts).
 */
export function deriveEvent(
  { envelope, line }: Pick<BatchEvent, 'envelope' | 'line'>,
  drugByForeignCode?: ReadonlyMap<string, string>,
): DerivedEvent {
  const { seq, type } = envelope;
  const id = envelope.id.toLowerCase();
  const event = interpretEvent(envelope, drugByForeignCode);
  const fact = event.ok
    ? deriveFact(event.value, reportedDrugsOf(envelope, drugByForeignCode))
    : event;
  return { seq, type, id, outcome: fact.ok ? fact : err({ ...fact.error, line }) };
}

/**
 * Interprets the event once more with a mark in place of each foreign code, and sees where the marks
 * come out.
 */
function reportedDrugsOf(
  envelope: Envelope,
  drugByForeignCode: ReadonlyMap<string, string> | undefined,
): ReadonlyMap<number, string> {
  if (drugByForeignCode === undefined || drugByForeignCode.size === 0) return nothingReported;
  const codes = [...drugByForeignCode.keys()];
  const codeByMark = new Map(codes.map((code, index) => [`mark/${index}/${envelope.id}`, code]));
  const marks = new Map([...codeByMark].map(([mark, code]) => [code, mark]));
  const marked = interpretEvent(envelope, marks);
  if (!marked.ok) return nothingReported;
  const reported = new Map<number, string>();
  for (const [index, { drug }] of movementsOf(marked.value).entries()) {
    const code = codeByMark.get(drug);
    if (code !== undefined) reported.set(index, code);
  }
  return reported;
}

const nothingReported: ReadonlyMap<number, string> = new Map();

function deriveFact(
  event: Event,
  reportedDrugs: ReadonlyMap<number, string>,
): Result<DerivedFact, UnreadableEvent> {
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
  const atIso = new Date(atMs).toISOString();
  return ok({ event, movements, day, atMs, atIso, reportedDrugs });
}

function isStorableDay(day: string): boolean {
  return day.length === dayMin.length && day >= dayMin && day <= dayMax;
}

function unreadable(detail: string): Result<never, UnreadableEvent> {
  return err({ type: 'InvalidEventData', detail });
}
