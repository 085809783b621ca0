import { describe, expect, test } from 'vitest';
import type { StaffMember, StaffRole } from '../../shared/model/staff.ts';
import type { StaffAct } from '../../shared/model/staff-act.ts';
import { decidePin, decideStaffChange, isStrongPin } from '../../shared/rules/staff.ts';
import { mayDo, rolesByAct } from '../../shared/rules/staff-acts.ts';

const lan: StaffMember = {
  name: 'DS. Lan',
  role: 'pharmacist-in-charge',
  certificateNumber: '0001/CM-CCHND',
  isOnDuty: true,
  isEmployed: true,
};
const mai: StaffMember = { ...lan, name: 'Mai', role: 'seller', certificateNumber: '' };
const staff = new Map([
  ['DS01', lan],
  ['NV02', mai],
]);
const shop = { staff, whole: staff, withPin: new Set(['DS01']) };

test.each([
  ['what is so already', 'NV02', mai, 'StaffNotChanged'],
  [
    'a pharmacist without a certificate',
    'NV02',
    { ...mai, role: 'pharmacist' },
    'CertificateMissing',
  ],
  [
    'a new pharmacist with a blank one',
    'DS09',
    { ...lan, certificateNumber: ' ' },
    'CertificateMissing',
  ],
  ['nobody in charge any more', 'DS01', { ...lan, isEmployed: false }, 'LastInCharge'],
  ['the last in charge made a pharmacist', 'DS01', { ...lan, role: 'pharmacist' }, 'LastInCharge'],
] as const)('the staff is not changed to %s', (_what, staffId, after, type) => {
  expect(decideStaffChange(shop, { staffId, after })).toMatchObject({ error: { type } });
});

test('a change says what was and what is', () => {
  const after = { ...mai, isOnDuty: false };
  expect(decideStaffChange(shop, { staffId: 'NV02', after })).toEqual({
    ok: true,
    value: { staffId: 'NV02', before: mai, after, isPinChanged: false },
  });
  expect(decideStaffChange(shop, { staffId: 'NV03', after })).toMatchObject({
    value: { before: null },
  });
  const other = new Map([...staff, ['DS02', lan]]);
  const leaving = { staffId: 'DS01', after: { ...lan, isEmployed: false } };
  expect(decideStaffChange({ staff: other, whole: other }, leaving)).toMatchObject({ ok: true });
});

test.each([
  ['1234', false],
  ['8765', false],
  ['0000', false],
  ['123', false],
  ['123456789', false],
  ['12a4', false],
  ['1357', true],
  ['2580', true],
  ['197526', true],
  ['1975260', false],
])('a PIN of %s is strong: %s', (pin, isStrong) => {
  expect(isStrongPin(pin)).toBe(isStrong);
});

test('a PIN is for somebody who works here, and its fact does not hold it', () => {
  expect(decidePin(shop, { staffId: 'NV09', pin: '2580' })).toMatchObject({
    error: { type: 'UnknownStaff' },
  });
  expect(decidePin(shop, { staffId: 'NV02', pin: '1111' })).toMatchObject({
    error: { type: 'PinTooSimple' },
  });
  const changed = decidePin(shop, { staffId: 'NV02', pin: '2580' });
  expect(changed).toMatchObject({ value: { before: mai, after: mai, isPinChanged: true } });
  expect(JSON.stringify(changed)).not.toContain('2580');
});

describe('who may do what', () => {
  const cases: readonly (readonly [StaffRole, boolean, StaffAct, boolean])[] = [
    ['trainee', true, 'sell', false],
    ['trainee', true, 'change-oneself', true],
    ['trainee', true, 'open-shift', false],
    ['seller', true, 'close-shift', true],
    ['seller', true, 'sell-controlled', false],
    ['seller', true, 'see-expected-cash', false],
    ['pharmacist', true, 'sell-on-prescription', true],
    ['pharmacist', false, 'sell-on-prescription', false],
    ['pharmacist', false, 'count-stock', true],
    ['pharmacist', true, 'release', false],
    ['pharmacist-in-charge', false, 'release', true],
    ['owner', true, 'sell-controlled', false],
    ['owner', true, 'change-staff', true],
  ];
  test.each(cases)('a %s on duty %s, %s: %s', (role, isOnDuty, act, may) => {
    expect(mayDo({ role, isOnDuty, isEmployed: true }, act)).toBe(may);
    expect(mayDo({ role, isOnDuty, isEmployed: false }, act)).toBe(false);
  });

  test('every act has somebody, and whoever answers for the shop may do all', () => {
    const acts: readonly [string, readonly StaffRole[]][] = Object.entries(rolesByAct);
    expect(acts.filter(([, roles]) => roles.length === 0)).toEqual([]);
    const closed = acts.filter(([, roles]) => !roles.some((role) => role === lan.role));
    expect(closed).toEqual([]);
  });
});
