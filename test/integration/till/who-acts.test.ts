import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createSessions } from '../../../desktop/main/session/sessions.ts';
import type { TillCallName, TillInput } from '../../../shared/contract/till-api.ts';
import { tillApi } from '../../../shared/contract/till-api.ts';
import type { StaffRole } from '../../../shared/model/staff.ts';
import { aDrug } from '../../support/builders.ts';
import { openRawDatabase } from '../../support/raw-sqlite.ts';
import { aTestTill, type TestTill } from '../../support/test-till.ts';
import { newTestId, testDeps, withDatabase } from '../../support/till-parts.ts';

const people: readonly (readonly [staffId: string, role: StaffRole, pin: string])[] = [
  ['DS01', 'pharmacist-in-charge', '2580'],
  ['CH01', 'owner', '1379'],
  ['DS02', 'pharmacist', '2468'],
  ['NV01', 'seller', '9753'],
  ['HV01', 'trainee', '8642'],
];
const pinOf = new Map(people.map(([staffId, , pin]) => [staffId, pin]));

test('where nobody has a PIN, whoever answers for the shop is taken to act', async () => {
  const shop = await aTestTill();
  expect(await shop.ask('session.get', {})).toMatchObject({
    state: 'open',
    staff: { staffId: 'DS01', role: 'pharmacist-in-charge', hasPin: false },
    mayNot: [],
  });
  await setPrice(shop);
  expect(lastEvent(shop).by).toBe('DS01');
});

test('whoever chooses the first PIN stays signed in; every other counter is locked', async () => {
  const shop = await aTestTill();
  expect(await shop.refusal('staff.setPin', pinFor('NV01'))).toMatchObject({
    type: 'UnknownStaff',
  });
  await shop.ask('staff.setPin', pinFor('DS01'));
  expect(await shop.ask('session.get', {})).toMatchObject({ state: 'signed-in' });
  const reply = await shop.till.invoke('drugs.search', { text: 'para' }, 'another');
  expect(reply).toMatchObject({ ok: false, error: { type: 'NotSignedIn' } });
  expect(await shop.till.invoke('status.get', {}, 'another')).toMatchObject({
    value: { staff: null },
  });
  const { type } = await (await shop.reopened()).refusal('stock.list', {});
  expect(type).toBe('NotSignedIn');
});

test('a PIN makes the person whom the journal names, at each counter another one', async () => {
  const shop = await aStaffedShop();
  for (const [counter, staffId] of [
    ['one', 'DS01'],
    ['two', 'CH01'],
  ] as const) {
    await signIn(shop, staffId, counter);
    expect(await shop.till.invoke('prices.set', priceCommand(), counter)).toMatchObject({
      ok: true,
    });
    expect(lastEvent(shop).by).toBe(staffId);
  }
  const session = await shop.till.invoke('session.get', {}, 'one');
  expect(session).toMatchObject({ value: { staff: { staffId: 'DS01' } } });
  const screen = { ...priceCommand(), by: 'CH01', staffId: 'CH01' };
  await shop.till.invoke('prices.set', screen, 'one');
  expect(lastEvent(shop).by).toBe('DS01');
});

test('a lock wants a PIN of anybody, and remembers who was there before', async () => {
  const shop = await aStaffedShop();
  expect(await shop.ask('session.lock', {})).toMatchObject({ state: 'locked', staff: null });
  expect(await shop.refusal('sales.list', {})).toEqual({ type: 'NotSignedIn' });
  const session = await shop.ask('session.signIn', { staffId: 'NV01', pin: '9753' });
  expect(session).toMatchObject({
    state: 'signed-in',
    staff: { staffId: 'NV01' },
    suggestedStaffId: 'DS01',
  });
});

test('a counter that nobody touches locks itself; one that is touched does not', async () => {
  const shop = await aStaffedShop();
  await shop.ask('settings.change', { idleMinutes: 5 });
  shop.time.advance(4 * 60_000);
  await shop.ask('session.touch', {});
  shop.time.advance(4 * 60_000);
  expect(await shop.ask('session.get', {})).toMatchObject({ state: 'signed-in' });
  shop.time.advance(7 * 60_000);
  expect(await shop.refusal('sales.list', {})).toEqual({ type: 'NotSignedIn' });
});

test('wrong PINs make everybody wait, the right one too, also after a restart', async () => {
  let shop = await aStaffedShop();
  const tried = (pin: string) => shop.refusal('session.signIn', { staffId: 'NV01', pin });
  expect(await tried('1357')).toEqual({ type: 'WrongPin', waitMs: 0 });
  expect(await tried('1357')).toEqual({ type: 'WrongPin', waitMs: 0 });
  expect(await tried('1357')).toEqual({ type: 'WrongPin', waitMs: 5_000 });
  expect(await tried('9753')).toEqual({ type: 'WrongPin', waitMs: 5_000 });
  shop = await shop.reopened();
  shop.time.advance(4_999);
  expect(await tried('9753')).toEqual({ type: 'WrongPin', waitMs: 1 });
  shop.time.advance(1);
  expect(await tried('1357')).toEqual({ type: 'WrongPin', waitMs: 10_000 });
  shop.time.advance(10_000);
  await signIn(shop, 'NV01');
  expect(await shop.refusal('session.signIn', { staffId: 'NV99', pin: '9753' })).toEqual({
    type: 'PinNotSet',
    staffId: 'NV99',
  });
});

describe('who works alone', () => {
  test('may begin the day without a PIN; a lock wants it, also after a restart', async () => {
    const shop = await aTestTill();
    await shop.ask('staff.setPin', pinFor('DS01'));
    await shop.ask('settings.change', { isPinAskedAtStart: false });
    const next = await shop.reopened();
    expect(await next.ask('session.get', {})).toMatchObject({ state: 'signed-in' });
    await next.ask('session.lock', {});
    const third = await next.reopened();
    expect(await third.ask('session.get', {})).toMatchObject({ state: 'locked' });
    await signIn(third, 'DS01');
    const fourth = await third.reopened();
    expect(await fourth.ask('session.get', {})).toMatchObject({ state: 'signed-in' });
  });

  test('may not any more when somebody else works there', async () => {
    const shop = await aStaffedShop();
    await shop.ask('settings.change', { isPinAskedAtStart: false });
    const next = await shop.reopened();
    expect(await next.ask('session.get', {})).toMatchObject({ state: 'locked' });
  });
});

test('the first PIN is of somebody who can give the next one', async () => {
  const shop = await aTestTill();
  await hire(shop, 'NV01', 'seller');
  expect(await shop.refusal('staff.setPin', pinFor('NV01'))).toEqual({ type: 'PinInChargeFirst' });
});

test('everybody changes their own PIN and duty, and others’ only who keeps the staff', async () => {
  const shop = await aStaffedShop();
  await signIn(shop, 'NV01');
  await shop.ask('staff.setPin', { commandId: newTestId(), staffId: 'NV01', pin: '7391' });
  await shop.ask('staff.setDuty', { commandId: newTestId(), staffId: 'NV01', isOnDuty: false });
  const other = { commandId: newTestId(), staffId: 'DS02', isOnDuty: false };
  expect(await shop.refusal('staff.setDuty', other)).toMatchObject({
    type: 'NotPermitted',
    act: 'change-staff',
    roles: ['owner', 'pharmacist-in-charge'],
  });
});

test('somebody who left is out at once', async () => {
  const shop = await aStaffedShop();
  await signIn(shop, 'NV01', 'two');
  await hire(shop, 'NV01', 'seller', { isEmployed: false });
  const reply = await shop.till.invoke('sales.list', {}, 'two');
  expect(reply).toMatchObject({ error: { type: 'NotSignedIn' } });
  const { type } = await shop.refusal('session.signIn', { staffId: 'NV01', pin: '9753' });
  expect(type).toBe('WrongPin');
});

describe('an approval', () => {
  test('is for the very command that was refused, and its fact names both', async () => {
    const shop = await aStaffedShop();
    await signIn(shop, 'NV01');
    const command = priceCommand();
    expect(await shop.refusal('prices.set', command)).toMatchObject({
      type: 'NotPermitted',
      act: 'set-price',
      roles: ['owner', 'pharmacist-in-charge'],
    });
    const approval = { commandId: command.commandId, staffId: 'CH01' };
    expect(await shop.refusal('session.approve', { ...approval, pin: '0000' })).toMatchObject({
      type: 'WrongPin',
    });
    expect(await shop.ask('session.approve', { ...approval, pin: '1379' })).toEqual({
      approvedBy: 'CH01',
    });
    const dearer = { ...command, priceVnd: 999 };
    expect(await shop.refusal('prices.set', dearer)).toMatchObject({ type: 'NotPermitted' });
    expect(await shop.refusal('prices.set', command)).toMatchObject({ type: 'NotPermitted' });
    await shop.ask('session.approve', { ...approval, pin: '1379' });
    const first = await shop.ask('prices.set', command);
    expect(await shop.ask('prices.set', command)).toEqual(first);
    expect(lastEvent(shop)).toMatchObject({ by: 'NV01', data: { approvedBy: 'CH01' } });
    expect(await shop.refusal('prices.set', priceCommand())).toMatchObject({
      type: 'NotPermitted',
    });
  });

  test('is refused to who may not do it either, and to oneself', async () => {
    const shop = await aStaffedShop();
    await signIn(shop, 'NV01');
    const command = priceCommand();
    await shop.refusal('prices.set', command);
    for (const staffId of ['DS02', 'NV01']) {
      const approval = { commandId: command.commandId, staffId, pin: pinOf.get(staffId) ?? '' };
      expect(await shop.refusal('session.approve', approval)).toEqual({
        type: 'ApproverMayNot',
        staffId,
        acts: ['set-price'],
      });
    }
    const unknown = { commandId: newTestId(), staffId: 'CH01', pin: '1379' };
    expect(await shop.refusal('session.approve', unknown)).toMatchObject({ type: 'BadInput' });
  });

  test('of somebody on duty is needed for every sale of a trainee', async () => {
    const shop = await aStaffedShop();
    await stock(shop);
    await shop.ask('staff.setDuty', { commandId: newTestId(), staffId: 'DS02', isOnDuty: false });
    await signIn(shop, 'HV01');
    const sale = aSale();
    expect(await shop.refusal('sales.complete', sale)).toMatchObject({
      type: 'SupervisorNeeded',
      roles: ['owner', 'pharmacist-in-charge', 'pharmacist', 'seller'],
    });
    const approval = { commandId: sale.commandId, staffId: 'DS02', pin: '2468' };
    expect(await shop.refusal('session.approve', approval)).toMatchObject({
      type: 'ApproverMayNot',
    });
    await shop.ask('session.approve', { ...approval, staffId: 'NV01', pin: '9753' });
    await shop.ask('sales.complete', sale);
    expect(lastEvent(shop)).toMatchObject({ by: 'HV01', data: { approvedBy: 'NV01' } });
  });
});

test('the audit tells who did what, with old and new values, and who approved', async () => {
  const shop = await aStaffedShop();
  await setPrice(shop);
  await shop.ask('settings.change', { idleMinutes: 5 });
  await signIn(shop, 'NV01');
  await shop.refusal('session.signIn', { staffId: 'DS02', pin: '1111' });
  const dearer = { ...priceCommand(), priceVnd: 700 };
  await shop.refusal('prices.set', dearer);
  const approval = { commandId: dearer.commandId, staffId: 'CH01', pin: '1379' };
  await shop.ask('session.approve', approval);
  await shop.ask('prices.set', dearer);
  const { type } = await shop.refusal('audit.list', { day: '2026-11-22' });
  expect(type).toBe('NotPermitted');
  await signIn(shop, 'CH01');
  const { rows } = await shop.ask('audit.list', { day: '2026-11-22' });
  const named = (what: string) => rows.filter((row) => row.what === what);
  expect(named('PriceSet')).toMatchObject([
    { by: 'DS01', approvedBy: null, changes: [{ before: null, after: 500 }] },
    { by: 'NV01', approvedBy: 'CH01', changes: [{ before: 500, after: 700 }] },
  ]);
  expect(named('wrong-pin')).toMatchObject([{ by: null, subject: 'DS02' }]);
  expect(named('approved')).toMatchObject([{ by: 'CH01', subject: 'NV01' }]);
  expect(named('settings-changed')).toMatchObject([
    { by: 'DS01', changes: [{ before: 'idleMinutes: 15', after: 'idleMinutes: 5' }] },
  ]);
  expect((await shop.ask('audit.list', { day: '2026-11-21' })).rows).toEqual([]);
});

test('a shop may want an open shift before it sells', async () => {
  const shop = await aStaffedShop();
  await stock(shop);
  await shop.ask('settings.change', { shift: 'required' });
  expect(await shop.refusal('sales.complete', aSale())).toEqual({ type: 'NoShiftOpen' });
  await shop.ask('shifts.open', { commandId: newTestId(), openingCashVnd: 0 });
  await shop.ask('sales.complete', aSale());
});

describe('what a sale asks for beside selling', () => {
  type Asking = readonly [string, string, { drug?: string; discountVnd?: number }, string, string];
  const asking: readonly Asking[] = [
    ['a prescription drug', 'NV01', { drug: 'DEMO-RX' }, 'sell-on-prescription', 'NotPermitted'],
    ['one by who is not on duty', 'DS02', { drug: 'DEMO-RX' }, 'sell-on-prescription', 'NotOnDuty'],
    ['a controlled drug', 'CH01', { drug: 'DEMO-CD' }, 'sell-controlled', 'NotPermitted'],
    ['a discount', 'NV01', { discountVnd: 100 }, 'give-discount', 'NotPermitted'],
  ];
  test.each(asking)('%s', async (_what, staffId, change, act, type) => {
    const shop = await aStaffedShop();
    await stock(shop);
    await shop.ask('staff.setDuty', { commandId: newTestId(), staffId: 'DS02', isOnDuty: false });
    await signIn(shop, staffId);
    const line = { drug: 'DEMO-1', unit: 'viên', quantity: 2, ...change };
    const sale = { ...aSale(), lines: [line] };
    expect(await shop.refusal('sales.complete', sale)).toMatchObject({ type, act });
  });

  test('a small discount is free where the shop says so', async () => {
    const shop = await aStaffedShop();
    await stock(shop);
    await shop.ask('settings.change', { freeDiscountPercent: 10 });
    await signIn(shop, 'NV01');
    const sold = (discountVnd: number) => ({
      ...aSale(),
      lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 2, discountVnd }],
      shownTotalVnd: 1_000 - discountVnd,
    });
    expect(await shop.refusal('sales.complete', sold(101))).toMatchObject({ act: 'give-discount' });
    await shop.ask('sales.complete', sold(100));
  });
});

/** Written out once more, so that a slip in the rules is no slip here: C in charge, O owner … */
const whoMay: Readonly<Record<string, string>> = {
  'sales.complete': 'COPS',
  'sales.void': 'COP',
  'sales.return': 'CP',
  'stock.declareOpening': 'CO',
  'stock.receive': 'COPS',
  'stock.count': 'COPS',
  'stock.quarantine': 'COPS',
  'stock.release': 'C',
  'stock.dispose': 'C',
  'stock.reportLoss': 'CP',
  'stock.returnToSupplier': 'COP',
  'recalls.acknowledge': 'COP',
  'transfers.send': 'COP',
  'transfers.receive': 'COP',
  'prices.set': 'CO',
  'products.define': 'COP',
  'shifts.open': 'COPS',
  'shifts.close': 'COPS',
  'staff.change': 'CO',
  'staff.setPin': 'CO',
  'staff.setDuty': 'CO',
  'carry.export': 'COPS',
  'carry.import': 'COPS',
  'journal.export': 'COP',
  'journal.rebuild': 'COPST',
  'backup.run': 'COPST',
  'backup.setFolder': 'CO',
  'backups.putAside': 'CO',
  'oldBooks.read': 'CO',
  'settings.change': 'CO',
  'session.approve': 'COPST',
  'lan.forget': 'CO',
  'lan.newCode': 'CO',
  'printing.change': 'CO',
  'paper.pdf': 'COPST',
  'paper.preview': 'COPST',
  'printing.cancel': 'COPST',
  'printing.retry': 'COPST',
  'printing.print': 'COPST',
  'updates.install': 'CO',
  'updates.check': 'CO',
  'prescriptions.lookUp': 'COPST',
  'prescriptions.keepPhoto': 'COPST',
  'openSales.take': 'COPST',
  'openSales.discard': 'COPST',
  'barcodes.learn': 'COPST',
  'barcodes.forget': 'COPST',
};
/** Answered although nobody is signed in. */
const forAnybody = [
  'setup.enrol',
  'care.diagnostics',
  'openSales.save',
  'sync.now',
  'backups.restore',
  'session.signIn',
  'session.lock',
  'session.touch',
];
const letters: Readonly<Record<StaffRole, string>> = {
  'pharmacist-in-charge': 'C',
  owner: 'O',
  pharmacist: 'P',
  seller: 'S',
  trainee: 'T',
};

test('every command of the contract is judged for every role, and for nobody', async () => {
  const shop = await aStaffedShop();
  await shop.till.close();
  const found = withDatabase(shop.dataDir, (db) => {
    const sessions = createSessions({ db, deps: testDeps(shop.dataDir, shop.time) });
    for (const [staffId, role] of people) sessions.admit(role, staffId);
    const may = (counter: string, name: TillCallName) => {
      // Safe: authorising reads no more of an input than stands here.
      const input = {
        weighed: [],
        request: { type: 'test' },
        lines: [],
        staffId: 'XX',
        shownTotalVnd: 0,
      } as unknown as TillInput<typeof name>;
      return sessions.authorise(counter, { name, input }).ok;
    };
    return commands().map((name) => {
      const roles = people.filter(([, role]) => may(role, name)).map(([, role]) => letters[role]);
      return [name, may('nobody', name) ? 'anybody' : roles.join('')] as const;
    });
  });
  const expected = commands().map((name) => [
    name,
    forAnybody.includes(name) ? 'anybody' : whoMay[name],
  ]);
  expect(found).toEqual(expected);
  expect(found.length).toBeGreaterThan(30);
});

function commands(): readonly TillCallName[] {
  // Safe: keys of the contract.
  const names = Object.keys(tillApi) as TillCallName[];
  return names.filter((name) => tillApi[name].kind === 'command');
}

/** Five people, each with a PIN; who is in charge is signed in. */
async function aStaffedShop(): Promise<TestTill> {
  const drugs = [
    aDrug(),
    aDrug({ code: 'DEMO-RX', prescriptionClass: 'prescription' }),
    aDrug({ code: 'DEMO-CD', controlClass: 'narcotic' }),
  ];
  const shop = await aTestTill({ drugs });
  await shop.ask('staff.setPin', pinFor('DS01'));
  for (const [staffId, role] of people.slice(1)) {
    await hire(shop, staffId, role);
    await shop.ask('staff.setPin', pinFor(staffId));
  }
  return shop;
}

async function hire(
  shop: TestTill,
  staffId: string,
  role: StaffRole,
  change: { readonly isEmployed?: boolean } = {},
): Promise<void> {
  const certificateNumber = role.startsWith('pharmacist') ? '0002/CM-CCHND' : '';
  const member = { name: `Người ${staffId}`, role, certificateNumber };
  const state = { isOnDuty: true, isEmployed: true, ...change };
  await shop.ask('staff.change', { commandId: newTestId(), staffId, ...member, ...state });
}

function pinFor(staffId: string) {
  return { commandId: newTestId(), staffId, pin: pinOf.get(staffId) ?? '' };
}

async function signIn(shop: TestTill, staffId: string, counter = 'own'): Promise<void> {
  const pin = pinOf.get(staffId) ?? '';
  const reply = await shop.till.invoke('session.signIn', { staffId, pin }, counter);
  expect(reply).toMatchObject({ ok: true, value: { state: 'signed-in' } });
}

function priceCommand() {
  return { commandId: newTestId(), drug: 'DEMO-1', unit: 'viên', priceVnd: 500 };
}

async function setPrice(shop: TestTill): Promise<void> {
  await shop.ask('prices.set', priceCommand());
}

async function stock(shop: TestTill): Promise<void> {
  const lots = ['DEMO-1', 'DEMO-RX', 'DEMO-CD'].map((drug) => ({ drug, lot: 'A1', units: 100 }));
  await shop.ask('stock.declareOpening', {
    commandId: newTestId(),
    lines: lots.map((lot) => ({ ...lot, expiresOn: '2027-06-30' })),
  });
  await setPrice(shop);
}

function aSale() {
  return {
    commandId: newTestId(),
    lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 2, discountVnd: 0 }],
    payment: { method: 'cash' as const, tenderedVnd: 1_000 },
    shownTotalVnd: 1_000,
  };
}

const Line = z.object({ by: z.string(), data: z.record(z.string(), z.unknown()) });

/** Beside the open till, as a reader. */
function lastEvent({ dataDir }: TestTill): z.infer<typeof Line> {
  const sqlite = openRawDatabase(dataDir);
  try {
    const sql = 'SELECT line FROM event ORDER BY seq DESC LIMIT 1';
    const { line } = z.object({ line: z.string() }).parse(sqlite.prepare(sql).get());
    return Line.parse(JSON.parse(line));
  } finally {
    sqlite.close();
  }
}
