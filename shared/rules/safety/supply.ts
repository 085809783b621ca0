import type { PrescriptionForm, Treatment } from '../../model/prescription.ts';

/**
 * For how many days a prescription may supply at most (TT 26/2025 Đ6–9): 30 for most, 90 for the
 * diseases of its App. VII, 7 after discharge; narcotics 7 in acute illness and 10 for each of the
 * three stages of a cancer form; psychotropics and precursors 10 in acute illness, 30 in a long one.
 * Without a word about the illness the shorter time counts.
 */
export function supplyDaysMax(form: PrescriptionForm, treatment: Treatment | undefined): number {
  return daysMax[form][treatment ?? 'acute'];
}

const ordinary = {
  acute: 30,
  'long-term': 30,
  cancer: 30,
  'listed-disease': 90,
  discharge: 7,
} as const satisfies Record<Treatment, number>;

const daysMax: Readonly<Record<PrescriptionForm, Readonly<Record<Treatment, number>>>> = {
  c: ordinary,
  t: ordinary,
  y: ordinary,
  n: { acute: 7, 'long-term': 7, cancer: 10, 'listed-disease': 7, discharge: 7 },
  h: { acute: 10, 'long-term': 30, cancer: 30, 'listed-disease': 30, discharge: 7 },
};

/** A stage of a form `n` is at most this long, first and last day counted (TT 26/2025). */
export const stageDaysMax = 10;

/** Forms on which the days of supply must be written down for each drug. */
export const formsWithDays: readonly PrescriptionForm[] = ['n', 'h'];
