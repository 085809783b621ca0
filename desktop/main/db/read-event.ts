import { assert } from '../../../shared/base/assert.ts';
import { err, type Result } from '../../../shared/base/result.ts';
import { Envelope } from '../../../shared/events/envelope.ts';
import { type Event, interpretEvent } from '../../../shared/events/registry.ts';
import type { DatabaseFault } from './database-fault.ts';

/** Reads a stored line back into an event; a line that is none is damage, told with its number. */
export function readEvent(seq: number, line: string): Result<Event, DatabaseFault> {
  const envelope = Envelope.safeParse(jsonOrUndefined(line));
  if (!envelope.success) return damaged(seq, 'the stored line is no event');
  const event = interpretEvent(envelope.data);
  if (!event.ok) return damaged(seq, `${event.error.type} ${event.error.detail}`);
  assert(event.value.seq === seq, 'A line is stored under its own number');
  return event;
}

function jsonOrUndefined(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    // JSON.parse has no other way to say that a text is not JSON; the caller names the event.
    return undefined;
  }
}

function damaged(seq: number, what: string): Result<never, DatabaseFault> {
  return err({ code: 'journal-damaged', detail: `event ${seq}: ${what}` });
}
