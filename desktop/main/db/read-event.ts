import { assert } from '../../../shared/base/assert.ts';
import { err, type Result } from '../../../shared/base/result.ts';
import { type Event, interpretEvent } from '../../../shared/events/registry.ts';
import { readSealedLine } from '../../../shared/sync/chain.ts';
import type { DatabaseFault } from './database-fault.ts';

/** Reads a stored line back into an event; a line that is none is damage, told with its number. */
export function readEvent(seq: number, line: string): Result<Event, DatabaseFault> {
  const envelope = readSealedLine(line);
  if (envelope === undefined) return damaged(seq, 'the stored line is no event');
  const event = interpretEvent(envelope);
  if (!event.ok) return damaged(seq, `${event.error.type} ${event.error.detail}`);
  assert(event.value.seq === seq, 'A line is stored under its own number');
  return event;
}

function damaged(seq: number, what: string): Result<never, DatabaseFault> {
  return err({ code: 'journal-damaged', detail: `event ${seq}: ${what}` });
}
