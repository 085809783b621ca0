import { describe, expect, test } from 'vitest';
import { CalendarDate } from '../../../shared/model/calendar.ts';
import { type LotInBooks, scannedLot } from '../../../shared/rules/barcode/scanned-lot.ts';
import { day } from '../../support/builders.ts';

const today = CalendarDate.parse('2026-11-22');
const gtin = '08936014460016';
const GS = '\u001d';

function inBooks(changes: Partial<LotInBooks> = {}): LotInBooks {
  return {
    lot: 'A1',
    expiresOn: day('2027-06-30'),
    onHandUnits: 10,
    quarantinedUnits: 0,
    recallNumber: null,
    ...changes,
  };
}

const pack = `01${gtin}1727063010A1`;

describe('the lot of a scanned pack', () => {
  test.each([
    ['is chosen when the books have it', pack, [inBooks()], { type: 'chosen' }],
    ['is chosen whatever its letters’ size', pack, [inBooks({ lot: 'a1' })], { type: 'chosen' }],
    ['is left open when the code names none', `01${gtin}17270630`, [inBooks()], { type: 'open' }],
    ['is left open of a plain number', '8936014460016', [inBooks()], { type: 'open' }],
    ['is refused when the books do not have it', pack, [], { type: 'unknown', booksSay: null }],
    [
      'is refused when the books have it with another expiry',
      pack,
      [inBooks({ expiresOn: day('2028-01-31') })],
      { type: 'unknown', booksSay: '2028-01-31' },
    ],
    [
      'is refused when it is recalled',
      pack,
      [inBooks({ recallNumber: '12/QLD-CL' })],
      { type: 'recalled', recallNumber: '12/QLD-CL' },
    ],
    [
      'is refused when all of it is in quarantine',
      pack,
      [inBooks({ quarantinedUnits: 10 })],
      { type: 'quarantined' },
    ],
    ['is refused when it is used up', pack, [inBooks({ onHandUnits: 0 })], { type: 'gone' }],
  ] as const)('%s', (_title, scanned, lots, expected) => {
    expect(scannedLot(scanned, lots, today)).toMatchObject(expected);
  });

  test('is refused on the day of its expiry, and not the day before', () => {
    const of = (expiry: string) => `01${gtin}17${expiry}10A1`;
    const on = (expiresOn: string) => [inBooks({ expiresOn: day(expiresOn) })];
    expect(scannedLot(of('261122'), on('2026-11-22'), today)).toMatchObject({ type: 'expired' });
    expect(scannedLot(of('261123'), on('2026-11-23'), today)).toMatchObject({ type: 'chosen' });
  });

  test('is expired by its code even where the books do not know it', () => {
    expect(scannedLot(`01${gtin}1720010110A1`, [], today)).toMatchObject({ type: 'expired' });
  });

  test('without a printed expiry is found by its number, and its expiry judged by the books', () => {
    expect(scannedLot(`01${gtin}10A1`, [inBooks()], today)).toMatchObject({ type: 'chosen' });
    const old = [inBooks({ expiresOn: day('2026-01-31') })];
    expect(scannedLot(`01${gtin}10A1`, old, today)).toMatchObject({ type: 'expired' });
  });

  test('of several readings is the one the books know, if they know one only', () => {
    const glued = `01${gtin}1727063010A121S9`;
    expect(scannedLot(glued, [inBooks()], today)).toMatchObject({ type: 'chosen', lot: 'A1' });
    const both = [inBooks(), inBooks({ lot: 'A121S9' })];
    expect(scannedLot(glued, both, today)).toEqual({ type: 'open' });
    expect(scannedLot(glued, [inBooks({ lot: 'B2' })], today)).toEqual({ type: 'open' });
  });

  test('is sold from what is free when a part of it is set apart', () => {
    const lots = [inBooks({ quarantinedUnits: 9 })];
    expect(scannedLot(`01${gtin}10A1${GS}17270630`, lots, today)).toMatchObject({ type: 'chosen' });
  });
});
