import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { absentFailures, plants } from './plants.ts';
import { smallWorld } from './source-changes.ts';

const root = path.resolve(import.meta.dirname, '../..');

test('every planted bug changes lines that are there, each once', () => {
  const changes = [...smallWorld, ...plants.flatMap((plant) => plant.changes)];
  const lost = changes.filter(({ file, from }) => {
    const places = readFileSync(path.join(root, file), 'utf8').split(from).length - 1;
    return places !== 1;
  });
  expect(lost).toEqual([]);
  expect(changes.length).toBeGreaterThan(40);
});

test('each failure of other systems has a planted bug, or a sentence why it cannot be here', () => {
  const named = new Set([...plants, ...absentFailures].map(({ failure }) => failure));
  const every = Array.from({ length: 26 }, (_, index) => `F${index + 1}`);
  expect(every.filter((failure) => !named.has(failure))).toEqual([]);
  expect(new Set(plants.map(({ name }) => name)).size).toBe(plants.length);
});
