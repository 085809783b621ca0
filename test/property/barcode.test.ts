import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, CalendarDate } from '../../shared/model/calendar.ts';
import { checkDigitOf } from '../../shared/rules/barcode/check-digit.ts';
import { separator } from '../../shared/rules/barcode/element-string.ts';
import { readBarcode } from '../../shared/rules/barcode/read-barcode.ts';

const today = CalendarDate.parse('2026-11-22');
const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcxyz0123456789-./+_';
const textField = fc
  .array(fc.constantFrom(...letters), { minLength: 1, maxLength: 20 })
  .map((picked) => picked.join(''));
const gtinField = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 13, maxLength: 13 })
  .map((digits) => `${digits.join('')}${checkDigitOf(digits.join(''))}`);
const expiryField = fc.integer({ min: -3_000, max: 15_000 }).map((days) => addDays(today, days));

const pack = fc.record({
  gtin: gtinField,
  lot: textField,
  expiresOn: expiryField,
  serial: textField,
  order: fc.shuffledSubarray(['lot', 'expiresOn', 'serial'] as const, { minLength: 3 }),
});
type Pack = typeof pack extends fc.Arbitrary<infer Value> ? Value : never;

function elementsOf({ gtin, order, ...fields }: Pack, between: string): string {
  const written = {
    lot: `10${fields.lot}${between}`,
    expiresOn: `17${fields.expiresOn.slice(2).replaceAll('-', '')}`,
    serial: `21${fields.serial}${between}`,
  };
  return `01${gtin}${order.map((name) => written[name]).join('')}`;
}

function truthOf({ gtin, lot, expiresOn, serial }: Pack) {
  return { gtin, lot: lot.toUpperCase(), expiresOn, serial };
}

test('what a pack carries is read back, in any order, with the separators of the standard', () => {
  fc.assert(
    fc.property(pack, (given) => {
      const read = readBarcode(`]d2${elementsOf(given, separator)}`, { today });
      expect(read).toEqual({ ok: true, value: { type: 'product', code: truthOf(given) } });
    }),
    { numRuns: 2_000 },
  );
});

test('without separators the truth is among the readings, or nothing else is said for sure', () => {
  let unclear = 0;
  fc.assert(
    fc.property(pack, (given) => {
      const read = readBarcode(elementsOf(given, ''), { today });
      if (!read.ok || read.value.type === 'other') return;
      const codes = read.value.type === 'product' ? [read.value.code] : read.value.codes;
      if (read.value.type === 'unclear') unclear += 1;
      expect(codes).toContainEqual(truthOf(given));
    }),
    { numRuns: 2_000 },
  );
  expect(unclear).toBeGreaterThan(500);
});

test('one wrong digit of a number is always found', () => {
  fc.assert(
    fc.property(
      gtinField,
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 1, max: 9 }),
      (gtin, place, more) => {
        const digits = [...gtin];
        digits[place] = String((Number(digits[place]) + more) % 10);
        expect(readBarcode(digits.join(''), { today })).toMatchObject({
          ok: false,
          error: { type: 'wrong-check-digit' },
        });
      },
    ),
    { numRuns: 2_000 },
  );
});

test('no text whatever makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 120 }), (text) => {
      expect(readBarcode(text, { today })).toBeDefined();
      expect(readBarcode(`]d201${text}`, { today })).toBeDefined();
    }),
    { numRuns: 2_000 },
  );
});
