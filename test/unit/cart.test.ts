import { describe, expect, test } from 'vitest';
import {
  type CartAction,
  type CartProduct,
  cartAfter,
  cartOfOpenSale,
  cartTotalVnd,
  emptyCart,
  openSaleCartOf,
} from '../../shared/rules/cart.ts';
import { parseQuantity } from '../../shared/rules/quantity-grammar.ts';

const tree = [
  { name: 'viên', factor: 1 },
  { name: 'vỉ', factor: 10 },
  { name: 'hộp', factor: 100 },
];
const product: CartProduct = {
  code: 'DEMO-1',
  name: 'Paracetamol 500 mg',
  units: tree,
  pricesVnd: { viên: 500, vỉ: 4_800 },
  isPrescription: false,
};
const other: CartProduct = { ...product, code: 'DEMO-2', pricesVnd: { hộp: 30_000 } };

describe('a typed quantity', () => {
  const unit = { name: 'viên', factor: 1 };
  test.each([
    ['20', 20, 'viên'],
    [' 2v ', 2, 'vỉ'],
    ['2 vỉ', 2, 'vỉ'],
    ['2vi', 2, 'vỉ'],
    ['3vie', 3, 'viên'],
    ['1H', 1, 'hộp'],
  ])('%s is %i %s', (text, quantity, name) => {
    expect(parseQuantity(text, { tree, unit })).toMatchObject({ quantity, unit: { name } });
  });
  test.each(['', '0', '-1', '1.5', '1,5', '2x', 'abc', '12345678', '1 2', '²'])(
    '%j is none',
    (text) => {
      expect(parseQuantity(text, { tree, unit })).toBeUndefined();
    },
  );
});

describe('the cart', () => {
  test('counts one more when the same product comes again', () => {
    expect(quantities([add(product), add(product)])).toEqual([[2, 'viên']]);
  });

  test('offers the smallest level that has a price', () => {
    expect(quantities([add(other)])).toEqual([[1, 'hộp']]);
  });

  test('changes quantity and unit of the selected line and ignores what is no quantity', () => {
    const typed = (text: string): CartAction => ({ type: 'quantityTyped', text });
    expect(quantities([add(product), typed('20')])).toEqual([[20, 'viên']]);
    expect(quantities([add(product), typed('2v')])).toEqual([[2, 'vỉ']]);
    expect(quantities([add(product), typed('0')])).toEqual([[1, 'viên']]);
  });

  test('cycles units, removes the selected line and selects a neighbour', () => {
    expect(quantities([add(product), { type: 'unitCycled' }])).toEqual([[1, 'vỉ']]);
    const cart = run([add(product), add(other), { type: 'removed' }]);
    expect(cart.entries.map((entry) => entry.product.code)).toEqual(['DEMO-1']);
    expect(cart.selected).toBe(0);
    expect(run([add(product), { type: 'removed' }])).toEqual(emptyCart);
  });

  test('keeps the selection inside its lines', () => {
    expect(run([add(product), { type: 'selectionMoved', step: 1 }]).selected).toBe(0);
    expect(run([{ type: 'selectionMoved', step: -1 }]).selected).toBe(-1);
  });

  test('adds up in whole đồng', () => {
    const cart = run([add(product), { type: 'quantityTyped', text: '3v' }, add(other)]);
    expect(cartTotalVnd(cart)).toBe(44_400);
  });
});

function add(added: CartProduct): CartAction {
  return { type: 'added', product: added };
}

function run(actions: readonly CartAction[]) {
  return actions.reduce(cartAfter, emptyCart);
}

function quantities(actions: readonly CartAction[]) {
  return run(actions).entries.map((entry) => [entry.quantity, entry.unit.name]);
}

describe('several levels and discounts', () => {
  const typed = (text: string): CartAction => ({ type: 'quantityTyped', text });

  test('1v+3 makes a line of each level, each at its own price', () => {
    const actions = [add(product), typed('1v+3')];
    expect(quantities(actions)).toEqual([
      [1, 'vỉ'],
      [3, 'viên'],
    ]);
    expect(quantities([...actions, typed('2v+5')])).toEqual([
      [2, 'vỉ'],
      [5, 'viên'],
    ]);
  });

  test('two parts of one level are one line, a part that is none changes nothing', () => {
    expect(quantities([add(product), typed('2+3')])).toEqual([[5, 'viên']]);
    expect(quantities([add(product), typed('1v+')])).toEqual([[1, 'viên']]);
    expect(quantities([add(product), typed('1v+3x')])).toEqual([[1, 'viên']]);
  });

  test('a share follows the quantity and is cut downwards; a sum never passes the price', () => {
    const percent = { kind: 'percent', percent: 7 } as const;
    const actions: readonly CartAction[] = [
      add(product),
      typed('3'),
      { type: 'lineDiscounted', discount: percent },
      { type: 'saleDiscounted', discount: { kind: 'vnd', amountVnd: 10 } },
    ];
    const cart = actions.reduce(cartAfter, emptyCart);
    expect(cartTotalVnd(cart)).toBe(1_500 - 105 - 10);
    const free = cartAfter(cart, {
      type: 'saleDiscounted',
      discount: { kind: 'vnd', amountVnd: 9_999 },
    });
    expect(cartTotalVnd(free)).toBe(0);
  });

  test('what is kept of a cart comes back with the prices of that moment', () => {
    const cart = [add(product), typed('2v')].reduce(cartAfter, emptyCart);
    const dearer = { ...product, pricesVnd: { viên: 600, vỉ: 5_800 } };
    const again = cartOfOpenSale(openSaleCartOf(cart), new Map([[product.code, dearer]]));
    expect(cartTotalVnd(again)).toBe(11_600);
    const gone = cartOfOpenSale(openSaleCartOf(cart), new Map());
    expect(gone.entries).toMatchObject([{ product: { name: 'DEMO-1' }, quantity: 2 }]);
  });
});
