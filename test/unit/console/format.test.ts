import { expect, test } from 'vitest';
import {
  ago,
  bytes,
  compact,
  count,
  date,
  dateTime,
  dayOfText,
  money,
  percent,
  time,
  writeFiguresIn,
} from '../../../server/console/format.ts';
import { en } from '../../../server/console/text/en.ts';

const words = { thousand: 'nghìn', million: 'tr', billion: 'tỷ' };
const plain = (text: string) => text.replaceAll('\u00A0', ' ');

test('money and counts are grouped by points', () => {
  expect(plain(money(1_250_000))).toBe('1.250.000 ₫');
  expect(count(-1234)).toBe('-1.234');
});

test('an English reader gets figures that no point can turn into another number', () => {
  writeFiguresIn('en');
  try {
    expect(plain(money(1_250_000))).toBe('1,250,000 ₫');
    expect(plain(percent(974, 1000))).toBe('97.4 %');
    expect(plain(compact(1_250_000, { ...words, million: 'M' }))).toBe('1.25 M');
    expect(en.agreement.waitingEvents(count(1))).toBe('1 record waits');
    expect(en.agreement.waitingEvents(count(1_001))).toBe('1,001 records wait');
  } finally {
    writeFiguresIn('vi');
  }
});

test('a hundred per cent means every single one', () => {
  expect(plain(percent(999_999, 1_000_000))).toBe('99,9 %');
  expect(plain(percent(7, 7))).toBe('100 %');
  expect(plain(percent(974, 1000))).toBe('97,4 %');
  expect(percent(0, 0)).toBe('–');
});

test('large figures are short and small ones exact', () => {
  expect(plain(compact(9_999, words))).toBe('9.999');
  expect(plain(compact(12_340, words))).toBe('12,3 nghìn');
  expect(plain(compact(1_250_000, words))).toBe('1,25 tr');
  expect(plain(compact(-2_500_000_000, words))).toBe('-2,5 tỷ');
});

test('days and times are those of Việt Nam', () => {
  expect(date('2026-11-22')).toBe('22/11/2026');
  expect(time('2026-11-22T18:05:00Z')).toBe('01:05');
  expect(dateTime('2026-11-22T18:05:00Z')).toBe('23/11/2026 01:05');
});

test('a day is read as it is written here', () => {
  expect(dayOfText('22/11/2026')).toBe('2026-11-22');
  expect(dayOfText(' 1-2-26 ')).toBe('2026-02-01');
  expect(dayOfText('2026-11-22')).toBe('2026-11-22');
  expect(dayOfText('11/22/2026')).toBeUndefined();
  expect(dayOfText('30/02/2026')).toBeUndefined();
  expect(dayOfText('22/11')).toBeUndefined();
  expect(dayOfText('')).toBeUndefined();
});

test('age is told in the largest unit that fits', () => {
  const nowMs = Date.parse('2026-11-22T12:00:00+07:00');
  expect(ago('2026-11-22T09:30:00+07:00', nowMs, 'vi')).toBe('2 giờ trước');
  expect(ago('2026-11-19T12:00:00+07:00', nowMs, 'en')).toBe('3 days ago');
});

test('file sizes are short', () => {
  expect(plain(bytes(512))).toBe('512 B');
  expect(plain(bytes(256 * 1024 * 1024))).toBe('256 MB');
});
