import { describe, expect, test } from 'vitest';
import { CalendarDate } from '../../../shared/model/calendar.ts';
import { readBarcode, type ScannedText } from '../../../shared/rules/barcode/read-barcode.ts';

const today = CalendarDate.parse('2026-11-22');
const gtin = '08936014460016';

function read(text: string, keepsSeparators?: boolean): ScannedText {
  const options = keepsSeparators === undefined ? { today } : { today, keepsSeparators };
  const read = readBarcode(text, options);
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

function product(found: Readonly<Record<string, string>> = {}) {
  return { type: 'product', code: { gtin, lot: null, expiresOn: null, serial: null, ...found } };
}

describe('a plain number', () => {
  test.each([
    ['EAN-13', '8936014460016', gtin],
    ['EAN-13 named by the scanner', ']E08936014460016', gtin],
    ['EAN-8', '96385074', '00000096385074'],
    ['UPC-A', '036000291452', '00036000291452'],
    ['ITF-14', '18936014460013', '18936014460013'],
    ['with an Enter behind it', '8936014460016\r\n', gtin],
  ])('%s is a product', (_title, text, expected) => {
    expect(read(text)).toEqual({ ...product(), code: { ...product().code, gtin: expected } });
  });

  test('with a misread digit is refused and named', () => {
    expect(readBarcode('8936014460017', { today })).toEqual({
      ok: false,
      error: { type: 'wrong-check-digit', number: '8936014460017' },
    });
  });

  test('of another length is looked up as it is', () => {
    expect(read('VD-12345-20')).toEqual({ type: 'other', text: 'VD-12345-20' });
  });
});

describe('an element string', () => {
  const whole = product({ lot: 'AB12', expiresOn: '2027-06-30', serial: 'S9' });
  test.each([
    ['as GS1 DataMatrix is sent', `]d201${gtin}1727063010AB12\u001d21S9`],
    ['as GS1-128 is sent', `]C101${gtin}10AB12\u001d1727063021S9`],
    ['with FNC1 in front', `\u001d01${gtin}1727063010AB12\u001d21S9`],
    ['without its symbology', `01${gtin}1727063010AB12\u001d21S9`],
    ['with a bar for GS', `01${gtin}1727063010AB12|21S9`],
    ['with GS in letters', `01${gtin}1727063010AB12<GS>21S9`],
    ['with a separator after a fixed field', `01${gtin}\u001d17270630\u001d10AB12\u001d21S9`],
    ['as it is printed', `(01)${gtin}(17)270630(10)AB12(21)S9`],
  ])('%s gives product, lot, expiry and serial', (_title, text) => {
    expect(read(text)).toEqual(whole);
  });

  test('day 00 is the last day of the month, also of a leap February', () => {
    expect(read(`01${gtin}17280200`)).toEqual(product({ expiresOn: '2028-02-29' }));
    expect(read(`01${gtin}17270400`)).toEqual(product({ expiresOn: '2027-04-30' }));
  });

  test.each([
    ['260101', '2026-01-01'],
    ['760101', '2076-01-01'],
    ['770101', '1977-01-01'],
    ['990101', '1999-01-01'],
  ])('a year is the one within 50 years of now: %s', (field, expiresOn) => {
    expect(read(`01${gtin}17${field}`)).toEqual(product({ expiresOn }));
  });

  test('a lot may hold what looks like a field, where the scanner sends separators', () => {
    const text = `01${gtin}10L2110`;
    expect(read(text, true)).toEqual(product({ lot: 'L2110' }));
    expect(read(`01${gtin}10L2110\u001d17270630`)).toEqual(
      product({ lot: 'L2110', expiresOn: '2027-06-30' }),
    );
  });

  test('a lot that a lost separator leaves open is asked, never guessed', () => {
    const unclear = read(`01${gtin}1727063010AB1221S9`);
    expect(unclear.type).toBe('unclear');
    expect(unclear.type === 'unclear' && unclear.codes.map(({ lot }) => lot)).toEqual([
      'AB1221S9',
      'AB12',
    ]);
  });

  test('an expiry before the lot survives a lost separator', () => {
    expect(read(`01${gtin}1727063010AB12`)).toEqual(
      product({ lot: 'AB12', expiresOn: '2027-06-30' }),
    );
  });

  test('a code without lot and expiry says nothing about them', () => {
    expect(read(`]d201${gtin}`)).toEqual(product());
  });

  test.each([
    ['a misread digit in the number', `01${gtin.slice(0, -1)}817270630`, 'wrong-check-digit'],
    ['a day that does not exist', `]d201${gtin}17270231`, 'not-a-product'],
    ['a pallet', ']C100089360144600000016', 'not-a-product'],
    ['an unknown field', `]d201${gtin}9912`, 'not-a-product'],
    ['a field twice', `]d201${gtin}10A\u001d10B`, 'not-a-product'],
    ['a lot longer than allowed', `]d201${gtin}10${'A'.repeat(21)}`, 'not-a-product'],
    ['nothing behind its name', ']d2', 'not-a-product'],
  ])('with %s is refused', (_title, text, type) => {
    expect(readBarcode(text, { today })).toMatchObject({ ok: false, error: { type } });
  });
});
