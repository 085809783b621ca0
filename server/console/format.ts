/**
 * Figures as the reader's language writes them: 1.250.000 ₫ and 97,4 % for a Vietnamese office,
 * 1,250,000 ₫ and 97.4 % in English, where a point would be read as a decimal one. Days are the same
 * in both, 22/11/2026, 14:32: that order leaves no doubt here.
 */
import { businessDateOf, CalendarDate } from '../../shared/model/calendar.ts';

type Numbers = Readonly<Record<'whole' | 'oneDecimal' | 'twoDecimals', Intl.NumberFormat>>;

function numbersIn(locale: string): Numbers {
  const format = (maximumFractionDigits: number) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits });
  return { whole: format(0), oneDecimal: format(1), twoDecimals: format(2) };
}

const numbersByLanguage = { vi: numbersIn('vi-VN'), en: numbersIn('en-GB') } as const;
/** Of the whole page, like the `lang` of its document; set before anything is drawn. */
let numbers: Numbers = numbersByLanguage.vi;

export function writeFiguresIn(language: keyof typeof numbersByLanguage): void {
  numbers = numbersByLanguage[language];
}

const timeOfDay = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'Asia/Ho_Chi_Minh',
});
const timeWithSeconds = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZone: 'Asia/Ho_Chi_Minh',
});
const narrowSpace = '\u00A0';

export function count(value: number): string {
  return numbers.whole.format(value);
}

export function decimal(value: number): string {
  return numbers.oneDecimal.format(value);
}

export function money(amountVnd: number): string {
  return `${numbers.whole.format(amountVnd)}${narrowSpace}₫`;
}

/** A share with one decimal, cut and not rounded: 100 % means every single one. */
export function percent(part: number, total: number): string {
  if (total === 0) return '–';
  const tenths = Math.floor((part * 1000) / total) / 10;
  return `${numbers.oneDecimal.format(tenths)}${narrowSpace}%`;
}

/** Words for thousand, million and billion come from the text table. */
export type ScaleWords = {
  readonly thousand: string;
  readonly million: string;
  readonly billion: string;
};

/** A large figure at a glance, for headlines and axes; the exact one stands beside it or in its title. */
export function compact(value: number, words: ScaleWords): string {
  const magnitude = Math.abs(value);
  if (magnitude >= 1e9) return scaled(value / 1e9, words.billion);
  if (magnitude >= 1e6) return scaled(value / 1e6, words.million);
  if (magnitude >= 1e4) return scaled(value / 1e3, words.thousand);
  return numbers.whole.format(value);
}

export function date(day: string): string {
  const [year = '', month = '', dayOfMonth = ''] = day.slice(0, 10).split('-');
  return `${dayOfMonth}/${month}/${year}`;
}

/** Reads `22/11/2026`, also `22-11-26` and `2026-11-22`; nothing when it is no day. */
export function dayOfText(text: string): CalendarDate | undefined {
  const parts = text.trim().split(/[/.\- ]+/);
  const [first = '', second = '', third = ''] = parts;
  if (parts.length !== 3 || !parts.every((part) => /^\d{1,4}$/.test(part))) return undefined;
  const [year, month, day] = first.length === 4 ? parts : [third, second, first];
  const century = year?.length === 2 ? '20' : '';
  const iso = `${century}${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
  return CalendarDate.safeParse(iso).data;
}

/** Day and month, for axes. */
export function shortDate(day: string): string {
  return date(day).slice(0, 5);
}

export function time(instant: string): string {
  return timeOfDay.format(new Date(instant));
}

export function timeToSecond(instant: string): string {
  return timeWithSeconds.format(new Date(instant));
}

export function dateTime(instant: string): string {
  return `${date(businessDateOf(instant))} ${time(instant)}`;
}

/** `2 giờ trước`, `3 days ago`: how old a report is. */
export function ago(instant: string, nowMs: number, language: string): string {
  const seconds = Math.round((Date.parse(instant) - nowMs) / 1000);
  const magnitude = Math.abs(seconds);
  if (magnitude < 60) {
    return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'second');
  }
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'always' });
  if (magnitude < 3600) return relative.format(Math.trunc(seconds / 60), 'minute');
  if (magnitude < 86_400) return relative.format(Math.trunc(seconds / 3600), 'hour');
  return relative.format(Math.trunc(seconds / 86_400), 'day');
}

export function bytes(size: number): string {
  if (size >= 1024 * 1024)
    return `${numbers.oneDecimal.format(size / 1024 / 1024)}${narrowSpace}MB`;
  if (size >= 1024) return `${numbers.oneDecimal.format(size / 1024)}${narrowSpace}KB`;
  return `${numbers.whole.format(size)}${narrowSpace}B`;
}

/** Today in Việt Nam. */
export function today(nowMs: number): CalendarDate {
  return businessDateOf(new Date(nowMs).toISOString());
}

function scaled(value: number, word: string): string {
  const format = Math.abs(value) < 10 ? numbers.twoDecimals : numbers.oneDecimal;
  return `${format.format(value)}${narrowSpace}${word}`;
}
