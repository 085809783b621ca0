import type { CalendarDate, Instant } from '../../../../shared/model/calendar.ts';

/**
 * What is printed is Vietnamese whatever language a counter is set to: customers and inspectors read
 * it. Figures as on the screens.
 */
const wholeNumber = new Intl.NumberFormat('vi-VN', { maximumFractionDigits: 0 });
const momentFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Asia/Ho_Chi_Minh',
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
});

/** `1.250` */
export function numberWords(value: number): string {
  return wholeNumber.format(value);
}

/** `1.250.000 ₫`, with a space that does not break. */
export function moneyWords(amountVnd: number): string {
  return `${wholeNumber.format(amountVnd)}\u00a0₫`;
}

/** `−5.000 ₫`: less than nothing. */
export function signedMoneyWords(amountVnd: number): string {
  return amountVnd < 0 ? `−${moneyWords(-amountVnd)}` : moneyWords(amountVnd);
}

/** `22/11/2026` */
export function dateWords(date: CalendarDate): string {
  return date.split('-').reverse().join('/');
}

/** `22/11/2026 14:32`, in Vietnamese time. */
export function momentWords(instant: Instant): string {
  return momentFormat.format(new Date(instant)).replace(', ', ' ');
}
