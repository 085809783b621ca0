import { expect, test } from 'vitest';
import { csvOf, fileNameOf } from '../../../server/console/csv.ts';

test('begins with a byte order mark and ends every row with CRLF', () => {
  expect(
    csvOf([
      ['Thuốc', 'Tồn'],
      ['Oresol', 12],
    ]),
  ).toBe('\uFEFFThuốc,Tồn\r\nOresol,12\r\n');
});

test('quotes commas, quotes and line breaks', () => {
  expect(csvOf([['a,b', 'say "no"', 'two\nlines']])).toBe(
    '\uFEFF"a,b","say ""no""","two\nlines"\r\n',
  );
});

test('a missing value is an empty cell and a negative number stays a number', () => {
  expect(csvOf([[null, -5, 0]])).toBe('\uFEFF,-5,0\r\n');
});

test('text that a spreadsheet would run is disarmed', () => {
  expect(csvOf([['=1+1', '+84', '-x', '@a']])).toBe("\uFEFF'=1+1,'+84,'-x,'@a\r\n");
});

test('a file name has no diacritics', () => {
  expect(fileNameOf('Sổ biến động – Đà Nẵng', 'csv')).toBe('so-bien-dong-da-nang.csv');
  expect(fileNameOf('…', 'csv')).toBe('mang-thuoc.csv');
});
