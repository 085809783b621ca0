import { expect, test } from 'vitest';
import { numberKey, searchTextOf, wordsOf } from '../../../desktop/main/db/search-words.ts';
import { aDrug } from '../../support/builders.ts';

test('words are folded and split where neither a letter nor a digit stands', () => {
  expect(wordsOf('Đại-tràng (hoàn) 2,5mg💊')).toEqual(['dai', 'trang', 'hoan', '2', '5mg']);
  expect(wordsOf(' "*-💊 ')).toEqual([]);
});

test.each([
  ['VD-12345-10', 'vd1234510'],
  ['vd 12345.10', 'vd1234510'],
  ['08936001230015', '8936001230015'],
  ['000', ''],
])('the number %j is the key %j', (text, key) => {
  expect(numberKey(text)).toBe(key);
});

test('a drug is found by names, ingredients, serial and strengths written both ways', () => {
  const text = searchTextOf(
    aDrug({
      name: 'Panadol 500mg',
      ingredients: 'Paracetamol 500 mg',
      registrationNumber: 'VD-12345-10',
      aliases: [
        { kind: 'name', value: 'Hạ sốt' },
        { kind: 'gtin', value: '8936001230015' },
      ],
    }),
  );
  expect(text.split(' ').sort()).toEqual(
    ['12345', '500', '500mg', 'ha', 'mg', 'panadol', 'paracetamol', 'sot'].sort(),
  );
});
