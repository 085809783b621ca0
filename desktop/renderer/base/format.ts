import type { CalendarDate } from '../../../shared/model/calendar.ts';
import type { UnitTree } from '../../../shared/model/quantity.ts';

/**
 * Figures look the same in both languages: a price read across the counter must not change its
 * points and commas with the seller's language.
 */
const wholeNumber = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 });
const dayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
});
const timeFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});
const noBreak = '\u00a0';

export function formatNumber(value: number): string {
  return wholeNumber.format(value);
}

/** `1.250.000 ₫` */
export function formatMoney(amountVnd: number): string {
  return `${formatNumber(amountVnd)}${noBreak}₫`;
}

/** `22/11/2026` */
export function formatDate(date: CalendarDate | string): string {
  const [year, month, day] = date.slice(0, 10).split('-');
  return `${day}/${month}/${year}`;
}

/** `22/11/2026 14:32`, in Vietnamese time */
export function formatMoment(instant: string): string {
  return `${dayFormat.format(new Date(instant))} ${formatTime(instant)}`;
}

/** `14:32`, in Vietnamese time */
export function formatTime(instant: string): string {
  return timeFormat.format(new Date(instant));
}

/** `14:32` today, else `21/11 14:32`. */
export function formatRecent(instant: string, today: CalendarDate | undefined): string {
  const date = dayFormat.format(new Date(instant));
  const isToday = today !== undefined && formatDate(today) === date;
  return isToday ? formatTime(instant) : `${date.slice(0, 5)} ${formatTime(instant)}`;
}

/** `1.240 viên`: a stock in its smallest unit. */
export function formatUnits(units: number, tree: UnitTree): string {
  return `${formatNumber(units)}${noBreak}${tree[0]?.name ?? ''}`;
}

/** `12 hộp · 4 vỉ`: the same stock as it lies on the shelf. */
export function formatPacks(units: number, tree: UnitTree): string {
  let left = Math.abs(units);
  const parts: string[] = [];
  for (const level of [...tree].reverse()) {
    const quantity = Math.floor(left / level.factor);
    if (quantity > 0) parts.push(`${formatNumber(quantity)}${noBreak}${level.name}`);
    left -= quantity * level.factor;
  }
  return parts.length === 0 ? formatUnits(0, tree) : parts.join(' · ');
}

/** Digits a person typed, with or without points: `1.250.000` is 1250000; undefined if none. */
export function parseWholeNumber(text: string): number | undefined {
  const digits = text.replace(/[\s.,₫\u00a0]/g, '');
  if (!/^\d{1,13}$/.test(digits)) return undefined;
  return Number(digits);
}

/**
 * An expiry as it stands on packs: `06/27`, `0627`, `06/2027` (the last day of that month),
 * `30/06/2027`, `300627`, `2027-06-30`. Undefined when it is no day.
 */
export function parseExpiry(text: string): CalendarDate | undefined {
  const trimmed = text.trim();
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(trimmed);
  if (iso !== null) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const withDay =
    /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})$/.exec(trimmed) ??
    /^(\d{2})(\d{2})(\d{4}|\d{2})$/.exec(trimmed);
  if (withDay !== null && !/^\d{2}20\d{2}$/.test(trimmed)) {
    return dayOf(fullYear(withDay[3]), Number(withDay[2]), Number(withDay[1]));
  }
  const monthOnly = /^(\d{1,2})[/.\- ]?(\d{4}|\d{2})$/.exec(trimmed);
  if (monthOnly === null) return undefined;
  const year = fullYear(monthOnly[2]);
  const month = Number(monthOnly[1]);
  return dayOf(year, month, new Date(Date.UTC(year, month, 0)).getUTCDate());
}

function fullYear(text: string | undefined): number {
  const year = Number(text);
  return year < 100 ? 2000 + year : year;
}

function dayOf(year: number, month: number, day: number): CalendarDate | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  // Safe: toISOString gives the shape, and the line above proved that the day exists.
  return isReal && year > 1900 ? (date.toISOString().slice(0, 10) as CalendarDate) : undefined;
}
