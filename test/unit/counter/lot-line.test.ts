import { describe, expect, test } from 'vitest';
import {
  isLotLineDraft,
  type LotLineDraft,
  lotLineDraftOf,
  printedLotOf,
  readLotLine,
} from '../../../desktop/renderer/components/lot-line.ts';
import { CalendarDate } from '../../../shared/model/calendar.ts';
import { day } from '../../support/builders.ts';

const drug = {
  code: 'DEMO-1',
  name: 'Omeprazol 20 mg',
  units: [
    { name: 'viên', factor: 1 },
    { name: 'hộp', factor: 100 },
  ],
};
const receipt = { today: day('2026-11-22'), isCostNeeded: true, isExpiredAllowed: false };
const opening = { today: day('2026-11-22'), isCostNeeded: false, isExpiredAllowed: true };

function aDraft(parts: Partial<LotLineDraft> = {}): LotLineDraft {
  const empty = lotLineDraftOf('1', drug, drug.units[1]);
  return { ...empty, lot: 'om1', expiry: '06/28', quantity: '10', cost: '54.000', ...parts };
}

test('a complete line is read as it was meant', () => {
  expect(readLotLine(aDraft(), receipt).line).toEqual({
    lot: 'OM1',
    expiresOn: '2028-06-30',
    quantity: 10,
    unit: { name: 'hộp', factor: 100 },
    units: 1_000,
    costVnd: 54_000,
  });
});

test('a unit typed with the quantity wins over the chosen one', () => {
  expect(readLotLine(aDraft({ quantity: '30vie' }), receipt).line).toMatchObject({
    units: 30,
    unit: { name: 'viên' },
  });
});

test('every box that says nothing usable is named', () => {
  const draft = aDraft({ lot: '', expiry: '31/02/27', quantity: '0', cost: 'x' });
  expect(readLotLine(draft, receipt)).toMatchObject({
    line: undefined,
    problems: {
      lot: 'line.lotBad',
      expiry: 'line.expiryBad',
      quantity: 'line.quantityBad',
      cost: 'line.costBad',
    },
  });
});

test('expired goods are no receipt but may stand on a shelf that is counted', () => {
  const expired = aDraft({ expiry: '22/11/2026' });
  expect(readLotLine(expired, receipt).problems).toEqual({ expiry: 'line.expired' });
  expect(readLotLine(expired, opening).line?.expiresOn).toBe('2026-11-22');
});

test('a count needs no cost', () => {
  expect(readLotLine(aDraft({ cost: '' }), opening).line?.costVnd).toBeNull();
  expect(readLotLine(aDraft({ cost: '' }), receipt).problems).toEqual({ cost: 'line.costBad' });
});

test('what another version stored is not taken for a draft', () => {
  expect(isLotLineDraft(JSON.parse(JSON.stringify(aDraft())))).toBe(true);
  expect([null, 1, {}, { id: '1' }, { ...aDraft(), drug: null }].some(isLotLineDraft)).toBe(false);
});

describe('what a scanned pack says', () => {
  const today = CalendarDate.parse('2026-11-22');
  const pack = '0108936014460016' + '17270630';

  test('of lot and expiry fills the line', () => {
    expect(printedLotOf(`${pack}10AB12\u001d21S9`, today)).toEqual({
      lot: 'AB12',
      expiry: '30/06/2027',
    });
  });

  test('but leaves a lot open where the scanner lost its end', () => {
    expect(printedLotOf(`${pack}10AB1221S9`, today)).toEqual({ lot: '', expiry: '30/06/2027' });
  });

  test('is nothing where the code is a number alone', () => {
    expect(printedLotOf('8936014460016', today)).toEqual({ lot: '', expiry: '' });
    expect(printedLotOf('para', today)).toBeUndefined();
  });
});

test('an expiry in a far future and a cost of nothing are asked about before they count', () => {
  const unusual = { expiry: '31/12/9999', cost: '0' };
  expect(readLotLine(aDraft(unusual), receipt)).toMatchObject({
    line: undefined,
    isDoubtful: true,
    problems: { expiry: 'line.expiryFar', cost: 'line.costZero' },
  });
  const sure = readLotLine(aDraft({ ...unusual, isSure: true }), receipt);
  expect(sure.line).toMatchObject({ expiresOn: '9999-12-31', costVnd: 0 });
  expect(readLotLine(aDraft({ expiry: '10/36' }), receipt).isDoubtful).toBe(false);
});
