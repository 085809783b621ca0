import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Envelope, zeroHash } from '../../shared/events/envelope.ts';
import { eventSchemas, interpretEvent } from '../../shared/events/registry.ts';
import { sealEvent } from '../../shared/events/seal.ts';
import { Instant } from '../../shared/model/calendar.ts';
import { movementsOf } from '../../shared/rules/movements.ts';
import { hashLine } from '../support/builders.ts';

const folder = path.resolve(import.meta.dirname, '../golden/events');

/**
 * A golden file for each event type and version, and one for each later form of it
 * (`SaleCompleted.v1.mixed`): a line as some till once sealed it, its hash and its movements. They are never edited; a program that cannot read them cannot read old journals.
 */
type Golden = { readonly line: string; readonly hash: string; readonly movements: unknown };

const cases = readdirSync(folder).map((name) => path.basename(name, '.json'));

test('every event type and version has its golden file, and no golden file is orphaned', () => {
  const types = new Set(cases.map((name) => name.split('.').slice(0, 2).join('.')));
  expect([...types].toSorted()).toEqual(Object.keys(eventSchemas).toSorted());
});

describe.each(cases)('%s', (name) => {
  // Safe: the files are ours and every field is compared below.
  const golden = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as Golden;
  const envelope = Envelope.parse(JSON.parse(golden.line));
  const event = interpretEvent(envelope);

  test('still parses, with its data unchanged', () => {
    expect(event.ok && JSON.parse(JSON.stringify(event.value.data))).toEqual(envelope.data);
  });

  test('still seals to the same bytes and the same hash', () => {
    if (!event.ok) throw new Error(event.error.detail);
    const sealed = sealEvent(
      {
        till: envelope.till,
        head: { seq: envelope.seq - 1, hash: zeroHash },
        id: envelope.id,
        at: Instant.parse(envelope.at),
        by: envelope.by,
        fact: event.value,
      },
      hashLine,
    );
    expect(sealed).toEqual({ seq: envelope.seq, line: golden.line, hash: golden.hash });
  });

  test('still moves the same stock', () => {
    expect(event.ok && movementsOf(event.value)).toEqual(golden.movements);
  });
});
