/**
 * When people buy, and what more of in which season.
 *
 * Measured (one European pharmacy, hourly over six years): two peaks a day; Sundays not low;
 * analgesics 0.66 × the mean in July and 1.44 × in October; asthma drugs 0.53–1.52 ×; antihistamines
 * 0.50–1.90 × with the top in May. Assumed, because nobody has published it for Việt Nam: peaks at
 * 8–11 h and 17–20 h, the rush before and the stop at Tết, the respiratory season of the cool months
 * in the north and of the rains in the south, diarrhoea and fever in the rains.
 */
import { type CalendarDate, dayNumberOf } from '../../shared/model/calendar.ts';

export type SeasonGroup =
  | 'fever'
  | 'cough'
  | 'allergy'
  | 'asthma'
  | 'diarrhoea'
  | 'chronic'
  | 'other';

/** Sales by hour of the day, 0 to 23. */
const hourWeights: readonly number[] = [
  0.4, 0.25, 0.2, 0.2, 0.25, 0.6, 2.2, 5, 8.2, 9.2, 8.8, 7, 3.6, 3, 4, 4.6, 5.6, 8, 9.4, 9, 6.4,
  3.4, 1.5, 0.8,
];
/** Sunday first. */
const weekdayFactors: readonly number[] = [0.95, 1.06, 1, 0.98, 0.99, 1.02, 1];
/** January first; mean about 1. */
const monthFactors: Readonly<Record<SeasonGroup, readonly number[]>> = {
  fever: [1.15, 1.05, 0.95, 0.85, 0.8, 0.8, 0.75, 0.85, 1.1, 1.35, 1.25, 1.1],
  cough: [1.35, 1.2, 1.05, 0.85, 0.75, 0.8, 0.8, 0.85, 1, 1.2, 1.25, 1.3],
  allergy: [0.7, 0.8, 1.2, 1.6, 1.8, 1.2, 0.8, 0.7, 0.8, 0.9, 0.8, 0.7],
  asthma: [1.4, 1.2, 1, 0.8, 0.7, 0.6, 0.55, 0.65, 1, 1.25, 1.4, 1.45],
  diarrhoea: [0.7, 0.75, 0.85, 1, 1.25, 1.4, 1.35, 1.3, 1.15, 0.95, 0.7, 0.6],
  chronic: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
  other: [1.02, 1, 1, 0.98, 0.98, 0.98, 0.98, 0.98, 1, 1.02, 1.03, 1.03],
};
/** First day of the lunar year. */
const lunarNewYears = [
  '2025-01-29',
  '2026-02-17',
  '2027-02-06',
  '2028-01-26',
  '2029-02-13',
  '2030-02-03',
  '2031-01-23',
  '2032-02-11',
  '2033-01-31',
  '2034-02-19',
  '2035-02-08',
].map((date) => Date.parse(`${date}T00:00:00Z`) / 86_400_000);

export function hourWeight(hour: number): number {
  return hourWeights[hour] ?? 0;
}

/** How much of an ordinary day's sales this day brings. */
export function dayFactor(day: CalendarDate): number {
  const dayNumber = dayNumberOf(day);
  // 1 January 1970 was a Thursday.
  const weekday = (dayNumber + 4) % 7;
  return (weekdayFactors[weekday] ?? 1) * lunarNewYearFactor(dayNumber);
}

export function seasonFactor(group: SeasonGroup, day: CalendarDate): number {
  return monthFactors[group][Number(day.slice(5, 7)) - 1] ?? 1;
}

function lunarNewYearFactor(dayNumber: number): number {
  for (const newYear of lunarNewYears) {
    const daysAfter = dayNumber - newYear;
    if (daysAfter >= -7 && daysAfter < -1) return 1.3;
    if (daysAfter >= -1 && daysAfter <= 2) return 0.2;
    if (daysAfter > 2 && daysAfter <= 6) return 0.7;
  }
  return 1;
}
