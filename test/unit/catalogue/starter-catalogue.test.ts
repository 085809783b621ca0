import { expect, test } from 'vitest';
import { isGtin } from '../../../server/catalogue/barcode.ts';
import { parsePackaging } from '../../../server/catalogue/parse-packaging.ts';
import {
  starterCatalogue,
  starterSections,
} from '../../../server/catalogue/starter/starter-catalogue.ts';
import { Drug } from '../../../shared/model/drug.ts';

const drugs = starterCatalogue();

test('holds several hundred medicines, each one a valid drug', () => {
  expect(drugs.length).toBeGreaterThanOrEqual(320);
  expect(drugs.filter((drug) => !Drug.safeParse(drug).success)).toEqual([]);
});

test('nobody can take an entry for a real one', () => {
  const real = drugs.filter((drug) => {
    const barcode = drug.aliases.find((alias) => alias.kind === 'gtin')?.value ?? '';
    const isMarked = drug.isDemonstration && /^DEMO-\d{5}$/.test(drug.registrationNumber);
    return !isMarked || !barcode.startsWith('952') || !isGtin(barcode);
  });
  expect(real).toEqual([]);
});

test('codes, names and barcodes are unique, and sections do not run into each other', () => {
  const barcodes = drugs.flatMap((drug) => drug.aliases.filter(({ kind }) => kind === 'gtin'));
  expect(new Set(drugs.map((drug) => drug.code)).size).toBe(drugs.length);
  expect(new Set(drugs.map((drug) => drug.name)).size).toBe(drugs.length);
  expect(new Set(barcodes.map((alias) => alias.value)).size).toBe(drugs.length);
  expect(new Set(starterSections.map((section) => section.firstNumber)).size).toBe(
    starterSections.length,
  );
});

test('every packaging is understood', () => {
  const notes = drugs.flatMap((drug) => parsePackaging(drug.packaging, drug.dosageForm).warnings);
  expect(notes.filter((note) => note !== 'packaging-kit')).toEqual([]);
});

test('every entry has a group, a maker, a price and a class', () => {
  const bare = drugs.filter(
    (drug) =>
      drug.group === '' ||
      drug.manufacturer === '' ||
      drug.ingredients === '' ||
      drug.prescriptionClass === 'unknown' ||
      (drug.ceilingPriceVnd ?? 0) <= 0,
  );
  expect(bare).toEqual([]);
});

test('paracetamol 500 mg comes first of everything that begins with "para"', () => {
  const names = drugs.map((drug) => drug.name).filter((name) => /^para/i.test(name));
  expect(names.toSorted((one, other) => one.localeCompare(other, 'vi'))[0]).toBe(
    'Paracetamol 500 mg',
  );
  expect(drugs[0]).toMatchObject({
    name: 'Paracetamol 500 mg',
    prescriptionClass: 'over-the-counter',
    units: [
      { name: 'viên', factor: 1 },
      { name: 'vỉ', factor: 10 },
      { name: 'hộp', factor: 100 },
    ],
  });
});
