import { expect, test } from 'vitest';
import { createDocumentIds } from '../../../desktop/main/document-ids.ts';

const chance = Uint8Array.from({ length: 16 }, (_, index) => index * 17);

test('a document id is a UUIDv7 of its moment', () => {
  const newId = createDocumentIds(chance, () => Date.parse('2026-11-22T07:32:05.123Z'));
  const id = newId();
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(
    Date.parse('2026-11-22T07:32:05.123Z'),
  );
});

test('ids differ within one millisecond, and when the clock goes back', () => {
  const moments = [5_000, 5_000, 4_000, 5_000, 5_000, 4_000];
  const newId = createDocumentIds(chance, () => moments.shift() ?? 5_000);
  const ids = Array.from({ length: 1_000 }, newId);
  expect(new Set(ids).size).toBe(1_000);
});

test('two starts of the program never give the same id', () => {
  const first = createDocumentIds(chance, () => 5_000);
  const second = createDocumentIds(
    chance.map((byte) => byte ^ 1),
    () => 5_000,
  );
  expect(first()).not.toBe(second());
});
