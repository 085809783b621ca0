import { expect, test } from 'vitest';
import {
  decideLoss,
  lossReportDueAt,
  type ReportLoss,
} from '../../shared/rules/controlled-loss.ts';
import { aLot, day, moment } from '../support/builders.ts';

const foundAt = moment('2026-11-22T06:10:00+07:00');
const line = {
  drug: 'MORPH',
  lot: 'A1',
  expiresOn: day('2027-06-30'),
  place: 'shelf' as const,
  units: 3,
};
const loss: ReportLoss = {
  cause: 'stolen',
  circumstances: 'Khóa tủ bị phá',
  foundAt,
  foundBy: 'DS. Lan',
  actionsTaken: '',
  lines: [line],
};
const context = {
  now: moment('2026-11-22T08:00:00+07:00'),
  lots: [aLot({ drug: 'MORPH', onHandUnits: 5, quarantinedUnits: 1 })],
  controlledDrugs: new Set(['MORPH']),
};

test.each([
  ['of a drug that is not controlled', { lines: [{ ...line, drug: 'DEMO-1' }] }, 'NotControlled'],
  ['of nothing', { lines: [] }, 'EmptyDocument'],
  ['of a lot that was never here', { lines: [{ ...line, lot: 'B2' }] }, 'UnknownLot'],
  ['of more than stands there', { lines: [{ ...line, units: 5 }] }, 'LotHoldsLess'],
  [
    'of more than is in quarantine',
    { lines: [{ ...line, place: 'quarantine', units: 2 }] },
    'LotHoldsLess',
  ],
  ['of one lot twice', { lines: [line, line] }, 'DuplicateLot'],
  ['found later than now', { foundAt: moment('2026-11-22T08:00:01+07:00') }, 'FoundInFuture'],
] as const)('a loss is not recorded %s', (_what, parts, type) => {
  expect(decideLoss(context, { ...loss, ...parts })).toMatchObject({ error: { type } });
});

test('a loss is recorded with the last unit of a place, and is due 48 hours after it was found', () => {
  const all = { ...loss, lines: [{ ...line, units: 4 }] };
  expect(decideLoss(context, all)).toEqual({ ok: true, value: all });
  expect(lossReportDueAt(foundAt)).toBe('2026-11-24T06:10:00+07:00');
});
