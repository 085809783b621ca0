import { expect, test } from 'vitest';
import { limits } from '../../shared/base/limits.ts';
import { err, ok } from '../../shared/base/result.ts';
import {
  type DrawerEntry,
  decideCloseShift,
  decideOpenShift,
  type OpenShift,
} from '../../shared/rules/shift.ts';
import { moment } from '../support/builders.ts';

const open: OpenShift = {
  shiftId: '01980000-0000-7000-8000-000000000024',
  number: 7,
  openedAt: moment('2026-11-22T06:30:00+07:00'),
  openedBy: 'DS01',
  openingCashVnd: 500_000,
};
const entries: readonly DrawerEntry[] = [
  { what: 'sale', count: 4, totalVnd: 130_000, paidVnd: { cash: 90_000, vietqr: 40_000 } },
  { what: 'void', count: 1, totalVnd: 40_000, paidVnd: { cash: 0, vietqr: 40_000 } },
  { what: 'return', count: 1, totalVnd: 5_000, paidVnd: { cash: 5_000, vietqr: 0 } },
];
const counted = { countedCashVnd: 584_000, countedVietqrVnd: null, isBlind: true, note: '' };

test.each([
  ['a second one', { open, lastNumber: 7 }, 0, { type: 'ShiftAlreadyOpen', number: 7 }],
  ['half a đồng', { open: undefined, lastNumber: 7 }, 0.5, { type: 'BadAmount' }],
  ['less than nothing', { open: undefined, lastNumber: 7 }, -1, { type: 'BadAmount' }],
  [
    'more than a drawer holds',
    { open: undefined, lastNumber: 7 },
    limits.priceVndMax + 1,
    { type: 'BadAmount' },
  ],
] as const)('a shift is not opened with %s', (_what, context, openingCashVnd, error) => {
  expect(decideOpenShift(context, { openingCashVnd, note: '' })).toMatchObject({
    ok: false,
    error,
  });
});

test('shifts are numbered one after the other, an empty drawer too', () => {
  const context = { open: undefined, lastNumber: 7 };
  expect(decideOpenShift(context, { openingCashVnd: 0, note: 'sáng' })).toEqual(
    ok({ number: 8, openingCashVnd: 0, note: 'sáng' }),
  );
});

test('a shift is not closed that is not open, nor with what is no count', () => {
  expect(decideCloseShift({ open: undefined, entries }, counted)).toEqual(
    err({ type: 'NoShiftOpen' }),
  );
  for (const bad of [{ countedCashVnd: 1.5 }, { countedVietqrVnd: -1 }]) {
    expect(decideCloseShift({ open, entries }, { ...counted, ...bad })).toMatchObject({
      error: { type: 'BadAmount' },
    });
  }
});

test('what should be in the drawer is the float and what was taken, less what was paid back', () => {
  expect(decideCloseShift({ open, entries }, counted)).toEqual(
    ok({
      ...open,
      sales: { count: 4, totalVnd: 130_000 },
      voids: { count: 1, totalVnd: 40_000 },
      returns: { count: 1, totalVnd: 5_000 },
      payments: [
        {
          method: 'cash',
          takenVnd: 90_000,
          paidBackVnd: 5_000,
          expectedVnd: 585_000,
          countedVnd: 584_000,
          differenceVnd: -1_000,
        },
        {
          method: 'vietqr',
          takenVnd: 40_000,
          paidBackVnd: 40_000,
          expectedVnd: 0,
          countedVnd: null,
          differenceVnd: null,
        },
      ],
      isBlind: true,
      note: '',
    }),
  );
});

test('a drawer that paid back more than it took is expected below zero, and is closed', () => {
  const onlyVoid: readonly DrawerEntry[] = [
    { what: 'void', count: 1, totalVnd: 600_000, paidVnd: { cash: 600_000, vietqr: 0 } },
  ];
  const closed = decideCloseShift({ open, entries: onlyVoid }, { ...counted, countedCashVnd: 0 });
  expect(closed).toMatchObject({
    value: { payments: [{ expectedVnd: -100_000, differenceVnd: 100_000 }, {}] },
  });
});

test('what small change left out stands beside the sums, so that they add up', () => {
  const rounded: readonly DrawerEntry[] = [
    { what: 'sale', count: 2, totalVnd: 20_600, paidVnd: { cash: 20_000, vietqr: 0 } },
    { what: 'return', count: 1, totalVnd: 300, paidVnd: { cash: 0, vietqr: 0 } },
  ];
  const closed = decideCloseShift({ open, entries: rounded }, counted);
  expect(closed).toMatchObject({
    value: { roundingVnd: -300, payments: [{ takenVnd: 20_000 }, {}] },
  });
});
