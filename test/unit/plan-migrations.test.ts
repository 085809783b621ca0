import { expect, test } from 'vitest';
import { err, ok } from '../../shared/base/result.ts';
import { planMigrations } from '../../shared/migrate/plan-migrations.ts';

const files = [1, 2, 3].map((number) => ({ number, name: `m${number}`, checksum: `c${number}` }));

test('a database newer than the program is refused', () => {
  const applied = [1, 2, 3, 4].map((number) => ({ number, checksum: `c${number}` }));
  expect(planMigrations(files, applied)).toEqual(
    err({ type: 'DatabaseIsNewer', databaseNumber: 4, programNumber: 3 }),
  );
});

test('a shipped migration that was edited is refused', () => {
  expect(planMigrations(files, [{ number: 1, checksum: 'other' }])).toEqual(
    err({ type: 'ChecksumChanged', number: 1 }),
  );
});

test('a missing number is refused, in the program and in the database', () => {
  const [first, , third] = files;
  if (first === undefined || third === undefined) throw new Error('three files');
  expect(planMigrations([first, third], [])).toEqual(err({ type: 'NotContiguous', number: 2 }));
  expect(planMigrations(files, [{ number: 2, checksum: 'c2' }])).toEqual(
    err({ type: 'NotContiguous', number: 2 }),
  );
});

test('what is not applied yet is pending, in order', () => {
  expect(planMigrations(files, [{ number: 1, checksum: 'c1' }])).toEqual(ok(files.slice(1)));
});
