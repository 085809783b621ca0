import { describe, expect, test } from 'vitest';
import { typedQuantity } from '../../../desktop/renderer/screens/sell/typed-quantity.ts';
import type { UnitTree } from '../../../shared/model/quantity.ts';

const unit = { name: 'viên', factor: 1 };
const tree: UnitTree = [unit, { name: 'vỉ', factor: 10 }];

describe('what is typed while a line is selected', () => {
  test.each([
    ['20', 20, 'viên'],
    ['2v', 2, 'vỉ'],
  ])('%s is a quantity', (text, quantity, name) => {
    const typed = typedQuantity(text, { tree, unit });
    expect(typed).toMatchObject({ type: 'quantity', parts: [{ quantity, unit: { name } }] });
  });

  test('1v+3 is a quantity of two levels', () => {
    expect(typedQuantity('1v+3', { tree, unit })).toEqual({
      type: 'quantity',
      parts: [
        { quantity: 1, unit: tree[1] },
        { quantity: 3, unit },
      ],
    });
  });

  test.each([
    ['2x', 'x'],
    ['3B', 'B'],
    ['2 hộp', 'hộp'],
    ['1h+3', 'h'],
    ['1v+3x', 'x'],
  ])('%s names a level that the product does not have: %s', (text, name) => {
    const typed = typedQuantity(text, { tree, unit });
    expect(typed).toMatchObject({ type: 'noSuchUnit' });
    expect(text).toContain(name);
  });

  test.each([
    ...['0', '00', '0 vỉ', '1.5', '1,5', '1.', '.5', '1/2', '1.000', '1,5 vỉ', ' 1.5v '],
    ...['-3', '−3', '+2', '- 3', '-3vỉ', '+0', '1000001', '123456789012345'],
  ])('%j is neither a quantity nor a search', (text) => {
    expect(typedQuantity(text, { tree, unit })).toEqual({ type: 'notWhole' });
  });

  test.each(['', 'para', '500mg', '0.9%', '0,9 %', 'oresol 4,1', '12345678', '8934567890123'])(
    '%j is a search',
    (text) => {
      expect(typedQuantity(text, { tree, unit })).toBeUndefined();
    },
  );
});
