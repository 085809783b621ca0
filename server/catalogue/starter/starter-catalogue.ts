import { assert, present } from '../../../shared/base/assert.ts';
import { Drug, type DrugAlias } from '../../../shared/model/drug.ts';
import { withControlClass } from '../../../shared/rules/safety/control-class.ts';
import { checkDigitOf } from '../barcode.ts';
import { parsePackaging } from '../parse-packaging.ts';
import { drugCodeOf } from '../registration-number.ts';
import { antiInfectiveSections } from './anti-infective.ts';
import { circulationSections } from './circulation.ts';
import { everydaySections } from './everyday.ts';
import { localTreatmentSections } from './local-treatment.ts';
import { metabolismSections } from './metabolism.ts';
import { type StarterSection, starterMakers } from './starter-table.ts';

/** Every section, everyday medicines first. */
export const starterSections: readonly StarterSection[] = [
  ...everydaySections,
  ...antiInfectiveSections,
  ...circulationSections,
  ...metabolismSections,
  ...localTreatmentSections,
];

/** GS1 keeps prefix 952 for demonstrations, so that no such code is on any real pack. */
const demonstrationPrefix = '9520000';

/**
 * Several hundred common medicines to start with, each marked as demonstration data: numbers
 * `DEMO-…`, barcodes of the demonstration range, invented makers, prices only of the right size.
 */
export function starterCatalogue(): readonly Drug[] {
  return starterSections.flatMap((section) =>
    medicinesOf(section.table).map((text, index) =>
      drugOf(text, { group: section.group, number: section.firstNumber + index }),
    ),
  );
}

/** One text a medicine: a line that is not indented and the indented lines after it. */
function medicinesOf(table: string): readonly string[] {
  return table
    .trim()
    .split(/\n(?=\S)/)
    .map((lines) => lines.replace(/\n\s+/g, ' | '));
}

function drugOf(
  text: string,
  { group, number }: { readonly group: string; readonly number: number },
): Drug {
  const cells = text.split('|').map((cell) => cell.trim());
  assert(cells.length === 8, `Eight cells a medicine: ${text}`);
  const [name = '', ingredients = '', popularNames = '', dosageForm = ''] = cells;
  const [rx, packaging = '', makerKey = '', price] = cells.slice(4);
  const digits = String(number).padStart(5, '0');
  const registrationNumber = `DEMO-${digits}`;
  const maker = present(starterMakers[makerKey], `Maker of ${name}`);
  const drug = Drug.parse({
    code: drugCodeOf(registrationNumber),
    name,
    registrationNumber,
    ingredients,
    dosageForm,
    prescriptionClass: rx === 'OTC' ? 'over-the-counter' : 'prescription',
    packaging,
    units: parsePackaging(packaging, dosageForm).units,
    manufacturer: maker.name,
    country: maker.country,
    group,
    aliases: [
      { kind: 'registration', value: registrationNumber },
      { kind: 'gtin', value: barcodeOf(digits) },
      ...namesOf(popularNames),
    ],
    ceilingPriceVnd: Number(price),
    isDemonstration: true,
  });
  return withControlClass(drug);
}

function barcodeOf(digits: string): string {
  const body = `${demonstrationPrefix}${digits}`;
  return `${body}${checkDigitOf(body)}`;
}

function namesOf(popularNames: string): readonly DrugAlias[] {
  return popularNames
    .split(';')
    .map((value) => value.trim())
    .filter((value) => value !== '')
    .map((value) => ({ kind: 'name', value }));
}
