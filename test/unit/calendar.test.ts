import { expect, test } from 'vitest';
import {
  addDays,
  businessDateOf,
  CalendarDate,
  daysBetween,
  hourOf,
  Instant,
  instantOfMs,
} from '../../shared/model/calendar.ts';
import { day, moment } from '../support/builders.ts';

test.each(['2026-02-29', '2026-13-01', '2026-1-1', '26-01-01', '2026-01-01 ', '', '2026-00-10'])(
  'refuses %j as a day',
  (text) => {
    expect(CalendarDate.safeParse(text).success).toBe(false);
  },
);

test.each(['2024-02-29', '1970-01-01', '2099-12-31'])('takes %s as a day', (text) => {
  expect(CalendarDate.parse(text)).toBe(text);
});

test.each(['2026-11-22', '2026-11-22T14:32', '2026-11-22T14:32:05', '2026-11-22T25:00:00Z'])(
  'refuses %j as a moment: without seconds, offset or sense it orders nothing',
  (text) => {
    expect(Instant.safeParse(text).success).toBe(false);
  },
);

test('a business day begins at midnight in Việt Nam', () => {
  expect(businessDateOf('2026-11-22T16:59:59Z')).toBe('2026-11-22');
  expect(businessDateOf('2026-11-22T17:00:00Z')).toBe('2026-11-23');
  expect(hourOf('2026-11-22T17:00:00Z')).toBe(0);
  expect(hourOf(moment('2026-11-22T14:32:05+07:00'))).toBe(14);
});

test('a moment is written in Vietnamese local time and means the same moment', () => {
  const written = instantOfMs(Date.parse('2026-11-22T07:32:05.900Z'));
  expect(written).toBe('2026-11-22T14:32:05+07:00');
});

test('days are counted across months, years and leap days', () => {
  expect(addDays(day('2028-02-28'), 1)).toBe('2028-02-29');
  expect(addDays(day('2026-01-01'), -1)).toBe('2025-12-31');
  expect(daysBetween({ from: day('2026-11-22'), to: day('2027-11-22') })).toBe(365);
});
