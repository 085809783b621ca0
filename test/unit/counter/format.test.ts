import { expect, test } from 'vitest';
import {
  formatDate,
  formatMoment,
  formatMoney,
  formatPacks,
  formatRecent,
  parseExpiry,
  parseWholeNumber,
} from '../../../desktop/renderer/base/format.ts';
import { day } from '../../support/builders.ts';

const units = [
  { name: 'viên', factor: 1 },
  { name: 'vỉ', factor: 10 },
  { name: 'hộp', factor: 100 },
];

test('money, days and moments look the way they are written here', () => {
  expect(formatMoney(1_250_000)).toBe('1.250.000\u00a0₫');
  expect(formatDate('2026-11-22')).toBe('22/11/2026');
  expect(formatMoment('2026-11-22T17:30:00Z')).toBe('23/11/2026 00:30');
});

test('a moment of today needs no day', () => {
  expect(formatRecent('2026-11-22T09:10:00+07:00', day('2026-11-22'))).toBe('09:10');
  expect(formatRecent('2026-11-21T09:10:00+07:00', day('2026-11-22'))).toBe('21/11 09:10');
});

test('a stock is written in packs, the largest first', () => {
  expect(formatPacks(1_234, units)).toBe('12\u00a0hộp · 3\u00a0vỉ · 4\u00a0viên');
  expect(formatPacks(0, units)).toBe('0\u00a0viên');
});

test.for([
  ['06/27', '2027-06-30'],
  ['0627', '2027-06-30'],
  ['6-2027', '2027-06-30'],
  ['062027', '2027-06-30'],
  ['02/28', '2028-02-29'],
  ['30/06/2027', '2027-06-30'],
  ['300627', '2027-06-30'],
  ['30.6.27', '2027-06-30'],
  ['2027-06-30', '2027-06-30'],
] as const)('the expiry %s is %s', ([typed, expected]) => {
  expect(parseExpiry(typed)).toBe(expected);
});

test.for(['', '13/27', '31/02/2027', '00/27', 'tháng 6', '6', '1/1/1'])(
  'the expiry “%s” is none',
  (typed) => {
    expect(parseExpiry(typed)).toBeUndefined();
  },
);

test('typed sums may carry points, spaces and the sign', () => {
  expect(parseWholeNumber('1.250.000 ₫')).toBe(1_250_000);
  expect(parseWholeNumber('100 000')).toBe(100_000);
});

test.for(['', 'abc', '-5', '12345678901234'])('“%s” is no sum', (typed) => {
  expect(parseWholeNumber(typed)).toBeUndefined();
});
