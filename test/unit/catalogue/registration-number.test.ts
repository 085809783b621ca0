import { expect, test } from 'vitest';
import {
  drugCodeOf,
  registrationNumbersOf,
  sharedDrugCodeOf,
} from '../../../server/catalogue/registration-number.ts';
import { DrugCode } from '../../../shared/model/drug.ts';

const forms: readonly (readonly [string, string, string])[] = [
  ['VD-12345-17', 'VD-12345-17', 'domestic'],
  ['vd-12345-17', 'VD-12345-17', 'domestic'],
  [' VD 12345 – 17 ', 'VD-12345-17', 'domestic'],
  ['VD12345-17', 'VD-12345-17', 'domestic'],
  ['SĐK: VD-12345-17', 'VD-12345-17', 'domestic'],
  ['Số đăng ký VD-12345-17', 'VD-12345-17', 'domestic'],
  ['VN-20441-17', 'VN-20441-17', 'imported'],
  ['VN2-18-13', 'VN2-18-13', 'imported'],
  ['VN3-73-18', 'VN3-73-18', 'imported'],
  ['QLĐB-360-12', 'QLĐB-360-12', 'special'],
  ['QLDB-360-12', 'QLĐB-360-12', 'special'],
  ['QLSP-0663-13', 'QLSP-0663-13', 'biological'],
  ['QLSP-H03-1165-19', 'QLSP-H03-1165-19', 'biological'],
  ['SP3-1207-20', 'SP3-1207-20', 'biological'],
  ['QLVX-1052-17', 'QLVX-1052-17', 'vaccine'],
  ['GC-219-14', 'GC-219-14', 'toll-manufacture'],
  ['VNB-1234-04', 'VNB-1234-04', 'traditional'],
  ['VS-4872-16', 'VS-4872-16', 'antiseptic'],
  ['V104-H12-13', 'V104-H12-13', 'provincial'],
  ['NC38-H08-13', 'NC38-H08-13', 'provincial'],
  ['1234/QLD-KD', '1234/QLD-KD', 'import-permit'],
  ['1234 / QLD - KD', '1234/QLD-KD', 'import-permit'],
  ['893110130226', '893110130226', 'gplh'],
  ['893 110 130 226', '893110130226', 'gplh'],
  ['893.110.130.226', '893110130226', 'gplh'],
  ['DEMO-00101', 'DEMO-00101', 'demonstration'],
  ['ABC 99', 'ABC 99', 'unknown'],
  ['không rõ số', 'KHÔNG RÕ SỐ', 'unknown'],
];

test.each(forms)('%s is %s, %s', (text, printed, kind) => {
  expect(registrationNumbersOf(text)).toMatchObject([{ printed, kind }]);
});

test('a renewed licence gives the new number first and the old one after it', () => {
  const numbers = registrationNumbersOf('893100493025 (VD-4878-14)');
  expect(numbers.map((number) => [number.printed, number.kind])).toEqual([
    ['893100493025', 'gplh'],
    ['VD-4878-14', 'domestic'],
  ]);
});

test('the digits of a GPLH say group, prescription, special control and year', () => {
  expect(registrationNumbersOf('893111130226')[0]?.gplh).toEqual({
    countryPrefix: '893',
    group: 1,
    needsPrescription: true,
    specialControl: 1,
    serial: '1302',
    year: 2026,
  });
  expect(registrationNumbersOf('300100523924')[0]?.gplh?.needsPrescription).toBe(false);
  expect(registrationNumbersOf('300190523924')[0]?.gplh?.needsPrescription).toBeNull();
});

test('an empty cell has no number', () => {
  expect(registrationNumbersOf('  \n ')).toEqual([]);
});

const codes: readonly (readonly [string, string])[] = [
  ['VD-12345-17', 'VD-12345-17'],
  ['QLĐB-360-12', 'QLDB-360-12'],
  ['893110130226', '893110130226'],
  ['1234/QLD-KD', '1234/QLD-KD'],
];

test.each(codes)('%s has the code %s', (number, code) => {
  expect(drugCodeOf(number)).toBe(code);
});

test('numbers that ASCII cannot carry keep codes of their own', () => {
  const numbers = [
    'ABC 99',
    'ABC-99',
    'ABC+99',
    'ẠBC 99',
    'ABC  99',
    '--',
    '..',
    '漢字',
    'X'.repeat(90),
  ];
  const made = numbers.map((number) => drugCodeOf(number));
  expect(new Set(made).size).toBe(numbers.length);
  expect(made.filter((code) => !DrugCode.safeParse(code).success)).toEqual([]);
  expect(numbers.map((number) => drugCodeOf(number))).toEqual(made);
});

test('two products under one number have different codes that do not change', () => {
  const first = sharedDrugCodeOf('VD-12345-17', 'paracetamol 500 mg');
  const second = sharedDrugCodeOf('VD-12345-17', 'paracetamol 650 mg');
  expect(first).toMatch(/^VD-12345-17-[0-9A-F]{8}$/);
  expect(second).not.toBe(first);
  expect(sharedDrugCodeOf('VD-12345-17', 'paracetamol 500 mg')).toBe(first);
  expect(sharedDrugCodeOf('X'.repeat(64), 'paracetamol')).toHaveLength(64);
});
