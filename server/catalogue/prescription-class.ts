import type { PrescriptionClass } from '../../shared/model/drug.ts';
import { foldWords } from './fold-words.ts';
import type { RowWarningCode } from './reasons.ts';
import type { RegistrationNumber } from './registration-number.ts';

const prescriptionWords = new Set([
  'etc',
  'rx',
  'r',
  'ke don',
  'thuoc ke don',
  'thuoc ban theo don',
  'ban theo don',
  'prescription',
  'prescription only',
  'ethical',
  'pom',
  'co',
  'yes',
  'true',
  '1',
]);
const overTheCounterWords = new Set([
  'otc',
  'khong ke don',
  'thuoc khong ke don',
  'non prescription',
  'nonprescription',
  'over the counter',
  'khong',
  'no',
  'false',
  '0',
]);

/**
 * The class from the register's column, else from digit 5 of the GPLH (TT 08/2022 App. V). Where
 * the two disagree the drug is sold on prescription: a wrong "no prescription" harms, the other
 * way round only inconveniences.
 */
export function prescriptionClassOf(
  text: string,
  numbers: readonly RegistrationNumber[],
): { readonly value: PrescriptionClass; readonly warning?: RowWarningCode } {
  const column = classOfWords(foldWords(text));
  const flag = numbers.find((number) => number.gplh !== null)?.gplh?.needsPrescription ?? null;
  if (flag === null) {
    return column === 'unknown'
      ? { value: column, warning: 'prescription-class-unknown' }
      : { value: column };
  }
  const digit: PrescriptionClass = flag ? 'prescription' : 'over-the-counter';
  if (column === 'unknown' || column === digit) return { value: digit };
  return { value: 'prescription', warning: 'prescription-class-disagrees' };
}

function classOfWords(words: string): PrescriptionClass {
  if (prescriptionWords.has(words)) return 'prescription';
  return overTheCounterWords.has(words) ? 'over-the-counter' : 'unknown';
}
