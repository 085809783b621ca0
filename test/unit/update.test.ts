import { expect, test } from 'vitest';
import { isInRollout, isInstallTime, isNewerVersion } from '../../shared/rules/update.ts';
import { moment } from '../support/builders.ts';

test('newer is told by numbers, and never a way back', () => {
  expect(isNewerVersion('1.10.0', '1.9.9')).toBe(true);
  expect(isNewerVersion('2.0.0', '1.99.99')).toBe(true);
  expect(isNewerVersion('1.2.3', '1.2.3')).toBe(false);
  expect(isNewerVersion('1.2.2', '1.2.3')).toBe(false);
  expect(isNewerVersion('0.9.9', '1.0.0')).toBe(false);
});

test('a share of a hundred takes a version first, and nobody when it is none', () => {
  const takers = (percent: number) =>
    Array.from({ length: 1_000 }, (_, till) => till).filter((till) => isInRollout(till, percent));
  expect(takers(0)).toHaveLength(0);
  expect(takers(5)).toHaveLength(50);
  expect(takers(100)).toHaveLength(1_000);
});

test.each([
  ['2026-11-22T22:29:59+07:00', '22:30', null, false],
  ['2026-11-22T22:30:00+07:00', '22:30', null, true],
  ['2026-11-23T00:29:59+07:00', '22:30', null, true],
  ['2026-11-23T00:30:00+07:00', '22:30', null, false],
  ['2026-11-22T23:00:00+07:00', '22:30', '2026-11-22T22:50:01+07:00', false],
  ['2026-11-22T23:00:00+07:00', '22:30', '2026-11-22T22:50:00+07:00', true],
  // The clock was set back: the last work seems to lie ahead.
  ['2026-11-22T23:00:00+07:00', '22:30', '2026-11-23T09:00:00+07:00', true],
  ['2026-11-22T23:00:00+07:00', null, null, false],
])(
  'at %s with %s chosen and work at %s, exchanging the program is %s',
  (now, updateAt, last, is) => {
    const lastWorkAt = last === null ? null : moment(last);
    expect(isInstallTime({ now: moment(now), updateAt, lastWorkAt })).toBe(is);
  },
);
