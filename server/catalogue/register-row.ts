import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import { Drug, type DrugAlias } from '../../shared/model/drug.ts';
import { withControlClass } from '../../shared/rules/safety/control-class.ts';
import { barcodesOf } from './barcode.ts';
import { countryNameOf } from './country-name.ts';
import { declaredPriceOf } from './declared-price.ts';
import { parsePackaging } from './parse-packaging.ts';
import { prescriptionClassOf } from './prescription-class.ts';
import type { RowReasonCode, RowWarningCode } from './reasons.ts';
import type { ColumnMap, RegisterColumn } from './register-columns.ts';
import {
  drugCodeOf,
  normaliseRegistration,
  type RegistrationNumber,
  registrationNumbersOf,
} from './registration-number.ts';
import { remember } from './remember.ts';

export type ReadDrug = { readonly drug: Drug; readonly warnings: readonly RowWarningCode[] };

/** Room in each field of a drug, as the model has it. */
const lengthByColumn = {
  name: limits.nameLength,
  ingredients: 4_000,
  dosageForm: limits.nameLength,
  packaging: limits.noteLength,
  manufacturer: limits.nameLength,
  country: limits.shortTextLength,
  group: limits.shortTextLength,
} as const satisfies Partial<Record<RegisterColumn, number>>;

const packagingOf = remember((text = '', form = '') => parsePackaging(text, form), 5_000);
const countryOf = remember((text = '') => countryNameOf(text), 500);

/** What Excel leaves in a cell whose formula failed. */
const errorCell = /^#(N\/A|REF!|VALUE!|NAME\?|DIV\/0!|NULL!|NUM!)$/;
/** Placeholders that mean "nothing". */
const emptyCell = /^([-–—.]+|n\/a|null|không có)$/iu;

/** The cells of one row as a drug, or why they are none. */
export function drugOfCells(
  cells: readonly string[],
  columns: ColumnMap,
): Result<ReadDrug, RowReasonCode> {
  if (cells.some((cell) => cell.length > limits.importCellLength)) return err('cell-too-long');
  const warnings = new Set<RowWarningCode>();
  const cell = (column: RegisterColumn) => cleanCell(cells[columns.get(column) ?? -1] ?? '');
  const text = (column: keyof typeof lengthByColumn, whole = cell(column)) => {
    if (whole.length > lengthByColumn[column]) warnings.add('text-shortened');
    return whole.slice(0, lengthByColumn[column]).trim();
  };
  const numbers = registrationNumbersOf(cell('registration'));
  const main = numbers[0];
  if (cell('name') === '') return err('name-missing');
  if (main === undefined) return err('registration-missing');
  if (main.kind === 'unknown') warnings.add('registration-format-unknown');
  if (cells.some(hasDamagedLetters)) warnings.add('characters-lost');

  const dosageForm = text('dosageForm');
  const packaging = packagingOf(cell('packaging'), dosageForm);
  const price = declaredPriceOf(cell('price'), cell('priceUnit'), packaging.units);
  const prescription = prescriptionClassOf(cell('prescriptionClass'), numbers);
  const barcodes = barcodesOf(cell('barcode'));
  for (const warning of packaging.warnings) warnings.add(warning);
  if (price.warning !== undefined) warnings.add(price.warning);
  if (prescription.warning !== undefined) warnings.add(prescription.warning);
  if (barcodes.hasInvalid) warnings.add('barcode-invalid');

  const drug = Drug.safeParse({
    code: drugCodeOf(main.printed),
    name: text('name'),
    registrationNumber: main.printed.slice(0, limits.shortTextLength),
    ingredients: text('ingredients', ingredientsOf(cell('ingredients'), cell('strength'))),
    dosageForm,
    prescriptionClass: prescription.value,
    packaging: text('packaging'),
    units: packaging.units,
    manufacturer: text('manufacturer'),
    country: text('country', countryOf(cell('country'))),
    group: text('group'),
    aliases: aliasesOf({
      numbers: [...numbers, ...registrationNumbersOf(cell('oldRegistration'))],
      nationalCode: cell('nationalCode'),
      barcodes: barcodes.valid,
      otherNames: cell('otherNames'),
    }),
    ceilingPriceVnd: price.value,
    isDemonstration: false,
  });
  if (!drug.success) return err('value-refused');
  // The tills compute the same from older entries; said here, the centre's alerts know it, too.
  return ok({ drug: withControlClass(drug.data), warnings: [...warnings] });
}

function cleanCell(cell: string): string {
  if (/^[!-~]*$/.test(cell)) return errorCell.test(cell) || emptyCell.test(cell) ? '' : cell;
  const text = cell
    .normalize('NFC')
    .replace(/[\p{Cc}\u200B-\u200D\u2060\uFEFF]/gu, (character) => (character < ' ' ? ' ' : ''))
    .replace(/\s{2,}|[^\S ]/gu, ' ')
    .trim();
  return errorCell.test(text) || emptyCell.test(text) ? '' : text;
}

/** "H?p" and "H�p": the letter was lost before the file was saved. */
function hasDamagedLetters(cell: string): boolean {
  return cell.includes('\uFFFD') || (cell.includes('?') && /\p{L}\?\p{L}/u.test(cell));
}

/** Strength columns are joined to their ingredients one by one where the lists are equally long. */
function ingredientsOf(ingredients: string, strengths: string): string {
  if (strengths === '' || ingredients.includes(strengths)) return ingredients;
  const names = ingredients.split(/\s*;\s*/);
  const amounts = strengths.split(/\s*;\s*/);
  if (names.length !== amounts.length) return `${ingredients} ${strengths}`.trim();
  return names.map((name, index) => `${name} ${amounts[index]}`).join('; ');
}

function aliasesOf(row: {
  readonly numbers: readonly RegistrationNumber[];
  readonly nationalCode: string;
  readonly barcodes: readonly string[];
  readonly otherNames: string;
}): readonly DrugAlias[] {
  const aliases: DrugAlias[] = row.numbers.map((number) => ({
    kind: number.kind === 'gplh' ? 'gplh' : 'registration',
    value: number.printed,
  }));
  if (row.nationalCode !== '') {
    aliases.push({ kind: 'dqg', value: normaliseRegistration(row.nationalCode) });
  }
  aliases.push(...row.barcodes.map((value) => ({ kind: 'gtin', value }) as const));
  const names = row.otherNames.split(/\s*[;|]\s*/).filter((name) => name !== '');
  aliases.push(...names.map((value) => ({ kind: 'name', value }) as const));
  const unique = new Map(
    aliases
      .map((alias) => ({ ...alias, value: alias.value.slice(0, limits.shortTextLength).trim() }))
      .map((alias) => [`${alias.kind} ${alias.value}`, alias]),
  );
  return [...unique.values()].slice(0, limits.aliasesPerDrugMax);
}
