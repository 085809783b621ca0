/**
 * GS1 element strings (GS1-128, GS1 DataMatrix, GS1 QR) as a scanner hands them over. Fields of
 * variable length end with a separator (FNC1, which scanners send as GS). Many keyboard scanners
 * lose it: then several readings may be possible, and all of them are given, so that a lot number is
 * never made up of what follows it.
 */
import type { CalendarDate } from '../../model/calendar.ts';
import { type ApplicationIdentifier, identifierAt } from './application-identifiers.ts';
import { hasRightCheckDigit } from './check-digit.ts';
import { dateOfField } from './gs1-date.ts';

/** The fields of one reading, by application identifier, as they stand in the code. */
export type Reading = ReadonlyMap<string, string>;

export const separator = '\u001d';
/** GS1 General Specifications §7.11, table 7.11-1: anything else cannot be part of a text. */
const textCharacters = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]+$/;
const readingsMax = 24;

/**
 * Every way to read the text from its first to its last character, each identifier at most once.
 * With `keepsSeparators` a field ends where its separator stands and nowhere else.
 * @returns none when it is no element string.
 */
export function readingsOf(
  text: string,
  { today, keepsSeparators }: { readonly today: CalendarDate; readonly keepsSeparators: boolean },
): readonly Reading[] {
  const readings: Reading[] = [];
  const read = (at: number, fields: ReadonlyMap<string, string>): void => {
    if (readings.length >= readingsMax) return;
    if (at === text.length) {
      readings.push(fields);
      return;
    }
    if (text[at] === separator) {
      read(at + 1, fields);
      return;
    }
    const identifier = identifierAt(text, at);
    if (identifier === undefined || fields.has(identifier.ai)) return;
    const from = at + identifier.ai.length;
    for (const value of valuesAt(text, from, identifier)) {
      const next = text[from + value.length];
      const endsHere = next === undefined || next === separator;
      if (keepsSeparators && identifier.lengthMin < identifier.lengthMax && !endsHere) continue;
      if (!isFieldValid(value, identifier, today)) continue;
      read(from + value.length, new Map([...fields, [identifier.ai, value]]));
    }
  };
  read(0, new Map());
  return readings;
}

/** What the field may hold: all up to the separator first, then ever less. */
function* valuesAt(
  text: string,
  from: number,
  { lengthMin, lengthMax }: ApplicationIdentifier,
): Generator<string> {
  const nextSeparator = text.indexOf(separator, from);
  const end = Math.min(nextSeparator < 0 ? text.length : nextSeparator, from + lengthMax);
  for (let to = end; to - from >= lengthMin; to -= 1) {
    const value = text.slice(from, to);
    yield value;
    // What ends with its separator is whole.
    if (to === nextSeparator) return;
  }
}

/** Whether a value of the right length can be one of that identifier. */
export function isFieldValid(
  value: string,
  { form }: ApplicationIdentifier,
  today: CalendarDate,
): boolean {
  switch (form) {
    case 'digits':
      return /^\d+$/.test(value);
    case 'text':
      return textCharacters.test(value);
    case 'date':
      return /^\d{6}$/.test(value) && dateOfField(value, today) !== undefined;
    case 'checked-digits':
      return /^\d+$/.test(value) && hasRightCheckDigit(value);
  }
}
