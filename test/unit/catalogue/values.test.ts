import { expect, test } from 'vitest';
import { barcodesOf, checkDigitOf, isGtin } from '../../../server/catalogue/barcode.ts';
import { countryNameOf } from '../../../server/catalogue/country-name.ts';
import { declaredPriceOf } from '../../../server/catalogue/declared-price.ts';
import { prescriptionClassOf } from '../../../server/catalogue/prescription-class.ts';
import {
  fileRefusals,
  refusalSentence,
  rowReasons,
  rowWarnings,
} from '../../../server/catalogue/reasons.ts';
import { registrationNumbersOf } from '../../../server/catalogue/registration-number.ts';

const units = [
  { name: 'viên', factor: 1 },
  { name: 'vỉ', factor: 10 },
  { name: 'hộp', factor: 100 },
];

const prices: readonly (readonly [string, string, number | null, string | undefined])[] = [
  ['1200', '', 1200, undefined],
  ['1.200', '', 1200, undefined],
  ['1,200', '', 1200, undefined],
  ['1.200.000', '', 1_200_000, undefined],
  ['1,200.50', '', 1201, undefined],
  ['1.200,49', '', 1200, undefined],
  ['1200.5', '', 1201, undefined],
  ['1.200 đ', '', 1200, undefined],
  ['1.200 VNĐ/viên', 'viên', 1200, undefined],
  ['₫1200', 'Viên', 1200, undefined],
  ['120.000', 'hộp', 1200, undefined],
  ['125', 'Hộp', 1, undefined],
  ['0', '', 0, undefined],
  ['', 'hộp', null, undefined],
  ['120.000', 'ống', null, 'price-unit-unknown'],
  ['liên hệ', '', null, 'price-unreadable'],
  ['-5', '', null, 'price-unreadable'],
  ['1.2.3', '', null, 'price-unreadable'],
  ['9.999.999.999', '', null, 'price-unreadable'],
];

test.each(prices)('a declared price of "%s" for "%s" is %s %s', (text, unit, value, warning) => {
  expect(declaredPriceOf(text, unit, units)).toEqual(
    warning === undefined ? { value } : { value, warning },
  );
});

const classes: readonly (readonly [string, string, string, string | undefined])[] = [
  ['OTC', '', 'over-the-counter', undefined],
  ['ETC', '', 'prescription', undefined],
  ['Rx', '', 'prescription', undefined],
  ['Thuốc kê đơn', '', 'prescription', undefined],
  ['không kê đơn', '', 'over-the-counter', undefined],
  ['KHÔNG', '', 'over-the-counter', undefined],
  ['1', '', 'prescription', undefined],
  ['', '', 'unknown', 'prescription-class-unknown'],
  ['Tân dược', '', 'unknown', 'prescription-class-unknown'],
  ['', '893110130226', 'prescription', undefined],
  ['', '300100523924', 'over-the-counter', undefined],
  ['OTC', '893110130226', 'prescription', 'prescription-class-disagrees'],
  ['ETC', '300100523924', 'prescription', 'prescription-class-disagrees'],
  ['OTC', '300100523924', 'over-the-counter', undefined],
  ['OTC', '300190523924', 'over-the-counter', undefined],
];

test.each(classes)('class "%s" of %s is %s %s', (text, number, value, warning) => {
  expect(prescriptionClassOf(text, registrationNumbersOf(number))).toEqual(
    warning === undefined ? { value } : { value, warning },
  );
});

test('a barcode is scanned only with a right check digit', () => {
  expect(isGtin('4006381333932')).toBe(false);
  expect(checkDigitOf('400638133393')).toBe(1);
  expect(isGtin('4006381333931')).toBe(true);
  expect(isGtin('96385074')).toBe(true);
  expect(barcodesOf('4006381333931; 4006 3813 33931, 8.93521E+12')).toEqual({
    valid: ['4006381333931'],
    hasInvalid: true,
  });
});

test('a country has one name however it is spelt', () => {
  const written = ['India', 'Ần Độ', 'Việt nam', 'P.R.C', 'Cộng hòa Síp', 'USA', 'Croatia'];
  expect(written.map(countryNameOf)).toEqual([
    'Ấn Độ',
    'Ấn Độ',
    'Việt Nam',
    'Trung Quốc',
    'Síp',
    'Mỹ',
    'Croatia',
  ]);
});

test('every reason has a sentence in both languages, and a refusal fills in its details', () => {
  const sentences = Object.values({ ...fileRefusals, ...rowReasons, ...rowWarnings });
  expect(sentences.every(({ vi, en }) => vi.endsWith('.') && en.endsWith('.'))).toBe(true);
  const refusal = { code: 'file-too-large', details: { maximum: '256' } } as const;
  expect(refusalSentence(refusal, 'en')).toContain('larger than 256 MiB');
  expect(refusalSentence(refusal, 'vi')).toContain('lớn hơn 256 MiB');
});
