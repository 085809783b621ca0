import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { publishSafetyPack } from '../../../server/catalogue/publish.ts';
import { inTransaction, queryRows } from '../../../server/db/pool.ts';
import { checkFacility } from '../../../server/ingest/check-facility.ts';
import { documentTables } from '../../../server/ingest/document-rows.ts';
import { rebuild } from '../../../server/ingest/rebuild.ts';
import { localProducts } from '../../../server/queries/local-products.ts';
import { transfersOnTheWay } from '../../../server/queries/transfers-on-the-way.ts';
import type { Centre } from '../../../server/start-centre.ts';
import {
  publishRecall,
  recallsInForce,
  withdrawRecall,
} from '../../../server/supervision/recalls.ts';
import { starterPack } from '../../../shared/rules/safety/starter-pack.ts';
import { FeedPage } from '../../../shared/sync/feed.ts';
import { aPrescription, aRecall } from '../../support/builders.ts';
import { newDevice, startTestCentre, type TestCentre } from '../../support/test-centre.ts';
import { anOpening, askCentre, postBatch, type TestDevice } from '../../support/test-device.ts';

let running: TestCentre;
let centre: Centre;
const actor = { account: 'quan-ly', address: '127.0.0.1' };
const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2027-06-30' };
const { publishedAt: _, ...decision } = aRecall();

beforeAll(async () => {
  running = await startTestCentre();
  centre = running.centre;
});
afterAll(async () => running.close());

async function alertsOf(device: TestDevice) {
  return queryRows(
    centre.pool,
    z.object({ kind: z.string(), lot: z.string().nullable(), detail: z.unknown() }),
    'SELECT kind, lot, detail FROM alert WHERE facility_id = $1 ORDER BY kind',
    [device.enrolment.facility.id],
  );
}

async function recallChanges(device: TestDevice, after: number) {
  const path = `/v1/sync/feed?after=${after}`;
  const page = FeedPage.parse(await (await askCentre(device, { path })).json());
  const changes = JSON.parse(page.changes) as { kind: string; key: string; value: unknown }[];
  return { next: page.next, recalls: changes.filter(({ kind }) => kind === 'recall') };
}

test('a published recall reaches the tills once, is audited, and sales of it raise alerts', async () => {
  const device = await newDevice(centre);
  const before = await recallChanges(device, 0);
  expect(before.recalls).toEqual([]);
  const published = await publishRecall(centre.deps, decision, actor);
  if (!published.ok) throw new Error(published.error.detail);
  expect(await publishRecall(centre.deps, decision, actor)).toMatchObject({
    error: { type: 'conflict' },
  });
  const after = await recallChanges(device, before.next);
  expect(after.recalls).toMatchObject([{ key: decision.number, value: published.value }]);
  expect(await recallsInForce(centre.pool, 10)).toEqual([published.value]);
  device.append(anOpening(50));
  device.sell(2, 3);
  await postBatch(device);
  expect(await alertsOf(device)).toMatchObject([
    { kind: 'recalled-lot-sold', lot: 'A1', detail: { recall: decision.number, units: 3 } },
    { kind: 'recalled-lot-sold', lot: 'A1', detail: { recall: decision.number, units: 3 } },
  ]);
  const withdrawal = { number: decision.number, reason: 'Kiểm nghiệm lại đạt' };
  expect(await withdrawRecall(centre.deps, withdrawal, actor)).toMatchObject({ ok: true });
  expect(await withdrawRecall(centre.deps, withdrawal, actor)).toMatchObject({
    error: { type: 'not-found' },
  });
  expect((await recallChanges(device, after.next)).recalls).toMatchObject([{ value: null }]);
  const { rows } = await centre.pool.query(
    `SELECT action FROM audit WHERE subject = $1 ORDER BY id`,
    [decision.number],
  );
  expect(rows).toEqual([{ action: 'recall-published' }, { action: 'recall-withdrawn' }]);
});

test('quarantined goods that were sold are seen, and goods that are set apart are not', async () => {
  const device = await newDevice(centre);
  device.append(anOpening(10));
  const data = { reason: 'damaged', note: '', lines: [{ ...lot, units: 8 }] };
  device.append({ type: 'LotQuarantined.v1', data });
  device.sell(1, 2);
  await postBatch(device);
  expect(await alertsOf(device)).toEqual([]);
  device.sell(1, 1);
  await postBatch(device, { from: 4 });
  expect(await alertsOf(device)).toMatchObject([
    { kind: 'quarantined-lot-sold', detail: { onHandUnits: 7, quarantinedUnits: 8 } },
  ]);
});

test('what one facility sent and the other has not taken in is on its way, also after a rebuild', async () => {
  const sender = await newDevice(centre);
  const receiver = await newDevice(centre);
  sender.append(anOpening(50));
  const to = { facilityCode: '96-2', facilityName: 'Quầy 2' };
  const lines = [{ ...lot, units: 30, unitCostVnd: null }];
  const sent = sender.append({ type: 'TransferSent.v1', data: { to, note: '', lines } });
  await postBatch(sender);
  const transferId = JSON.parse(sent.line).id as string;
  const onTheWay = () =>
    transfersOnTheWay(centre.pool, { id: sender.enrolment.facility.id, limit: 10 });
  expect((await onTheWay()).rows).toMatchObject([{ transferId, sentUnits: 30, onTheWayUnits: 30 }]);
  receiver.append({
    type: 'TransferReceived.v1',
    data: {
      transferId,
      from: { facilityCode: '96-1', facilityName: 'Nhà thuốc 1' },
      note: '',
      lines: [{ ...lot, place: 'shelf', sentUnits: 30, units: 28, unitCostVnd: null }],
    },
  });
  await postBatch(receiver);
  expect((await onTheWay()).rows).toMatchObject([{ onTheWayUnits: 2 }]);
  const stock = await centre.pool.query(
    `SELECT on_hand_units FROM facility_stock WHERE facility_id = ANY($1::uuid[]) ORDER BY 1`,
    [[sender.enrolment.facility.id, receiver.enrolment.facility.id]],
  );
  expect(stock.rows).toEqual([{ on_hand_units: 20 }, { on_hand_units: 28 }]);
  await rebuild(centre.deps, { replace: true });
  expect((await onTheWay()).rows).toMatchObject([{ onTheWayUnits: 2 }]);
});

const code = 'LOCAL-01980000-0000-7000-8000-0000000000a1';
const mask = {
  code,
  revision: 1,
  name: 'Khẩu trang y tế',
  kind: 'device',
  units: [{ name: 'cái', factor: 1 }],
  barcode: null,
  registrationNumber: '',
  manufacturer: '',
};
const lan = {
  name: 'DS. Lan',
  role: 'pharmacist-in-charge',
  certificateNumber: '1',
  isOnDuty: true,
  isEmployed: true,
};

test('a product of the facility itself is counted here, and waits in a list until it is mapped', async () => {
  const device = await newDevice(centre);
  const { id } = device.enrolment.facility;
  const opening = { ...lot, drug: code, units: 10, unitCostVnd: null };
  const undefinedCode = code.replace('a1', 'b2');
  const other = { ...opening, drug: undefinedCode };
  device.append({ type: 'LocalProductDefined.v1', data: mask });
  device.append({ type: 'OpeningStockDeclared.v1', data: { lines: [opening, other] } });
  await postBatch(device);
  device.append({ type: 'LocalProductDefined.v1', data: { ...mask, revision: 2, name: 'Mới' } });
  const loss = { ...lot, drug: code, place: 'shelf', units: 4 };
  const reported = {
    cause: 'lost',
    circumstances: 'thiếu khi đếm',
    foundAt: '2026-11-22T06:00:00+07:00',
    foundBy: 'DS. Lan',
    actionsTaken: '',
  };
  const data = { ...reported, lines: [loss] };
  device.append({ type: 'ControlledDrugLossReported.v1', data });
  await postBatch(device, { from: 3 });
  const { rows: parked } = await centre.pool.query(
    'SELECT 1 FROM parked_event WHERE facility_id = $1',
    [id],
  );
  expect(parked).toEqual([]);
  expect(await alertsOf(device)).toMatchObject([
    {
      kind: 'controlled-drug-lost',
      lot: 'A1',
      detail: { units: 4, dueAt: '2026-11-24T06:00:00+07:00' },
    },
    { kind: 'unknown-drug', detail: { seq: 2 } },
  ]);
  const listed = async () => (await localProducts(centre.pool, { id, limit: 10 })).rows;
  expect(await listed()).toMatchObject([{ code, name: 'Mới', onHandUnits: 6, mappedTo: null }]);
  await centre.pool.query(
    `INSERT INTO drug_code_mapping VALUES ($1, $2, 'DEMO-1', 'test', now())`,
    [id, code],
  );
  expect(await listed()).toMatchObject([{ code, mappedTo: 'DEMO-1' }]);
});

test('staff, shifts and dispensings are the same here at once, late and made anew', async () => {
  const device = await newDevice(centre);
  device.append(anOpening(50));
  const [sale] = device.sell(1, 10);
  const saleId = JSON.parse(sale?.line ?? '{}').id as string;
  const prescription = aPrescription();
  const line = { drug: 'DEMO-1', prescribedUnits: 20, dispensedUnits: 10, instructions: '' };
  const dispensed = {
    saleId,
    slip: 'A1-2',
    prescription,
    validUntil: '2026-11-26',
    verification: 'pending',
    lines: [{ ...line, dispensedBeforeUnits: 0 }],
  };
  device.append({ type: 'PrescriptionDispensed.v1', data: dispensed });
  const changed = { staffId: 'DS01', before: null, after: lan, isPinChanged: false };
  device.append({ type: 'StaffChanged.v1', data: changed });
  const opened = device.append({
    type: 'ShiftOpened.v1',
    data: { number: 1, openingCashVnd: 0, note: '' },
  });
  const none = { count: 0, totalVnd: 0 };
  const cash = { method: 'cash', takenVnd: 0, paidBackVnd: 0, expectedVnd: 0 };
  device.append({
    type: 'ShiftClosed.v1',
    data: {
      shiftId: JSON.parse(opened.line).id,
      number: 1,
      openedAt: '2026-11-22T11:59:00+07:00',
      openedBy: 'DS01',
      openingCashVnd: 0,
      sales: none,
      voids: none,
      returns: none,
      payments: [{ ...cash, countedVnd: 500, differenceVnd: 500 }],
      isBlind: true,
      note: '',
    },
  });
  await postBatch(device);
  await postBatch(device, { from: 2 });
  const written = async () => {
    const tables: Record<string, unknown[]> = {};
    for (const table of documentTables) {
      const sql = `SELECT * FROM ${table} WHERE till_id = $1`;
      tables[table] = (await centre.pool.query(sql, [device.till])).rows;
    }
    return tables;
  };
  const before = await written();
  expect(before).toMatchObject({
    product_definition: [],
    staff_change: [{ staff_id: 'DS01', role: 'pharmacist-in-charge', seq: 4 }],
    shift_closing: [{ number: 1, cash_expected_vnd: 0, cash_counted_vnd: 500 }],
    prescription_dispensing: [{ line: 1, prescribed_units: 20, dispensed_units: 10 }],
  });
  expect(JSON.stringify(before)).not.toContain(prescription.patient.name);
  await rebuild(centre.deps, { replace: true });
  expect(await written()).toEqual(before);
  await centre.pool.query('DELETE FROM staff_change WHERE till_id = $1', [device.till]);
  const checked = await checkFacility(centre.deps, {
    facilityId: device.enrolment.facility.id,
    askedBy: 'test',
  });
  expect(checked.repaired).toEqual({ staff_change: 1 });
  expect(await written()).toEqual(before);
});

/** What one shop sold of ten units on a paper. */
function dispensedUnits(units: number, saleId: string) {
  return {
    type: 'PrescriptionDispensed.v1',
    data: {
      ...{ saleId, slip: 'A1-1', prescription: aPrescription({ code: '96001zzzzzz7-c' }) },
      ...{ validUntil: '2026-11-26', verification: 'pending' },
      lines: [
        {
          ...{ drug: 'DEMO-1', prescribedUnits: 10, dispensedBeforeUnits: 0 },
          ...{ dispensedUnits: units, instructions: '' },
        },
      ],
    },
  };
}

async function lookUp(device: TestDevice) {
  const path = '/v1/sync/prescriptions/look-up';
  const key = 'e|96001zzzzzz7-c';
  return askCentre(device, { path, method: 'POST', body: { key } });
}

test('one paper taken to two shops is seen by both and told to the inspector; an undone sale is not counted', async () => {
  const [one, two] = [await newDevice(centre), await newDevice(centre)];
  const undone = '01980000-0000-7000-8000-0000000000d1';
  one.append(dispensedUnits(6, undone));
  const picks = [{ lot: 'A1', expiresOn: '2027-06-30', units: 6 }];
  const voided = { lines: [{ drug: 'DEMO-1', amountVnd: 3_000, picks }], totalVnd: 3_000 };
  one.append({
    type: 'SaleVoided.v1',
    data: { saleId: undone, slip: 'A1-1', reason: 'nhầm', ...voided },
  });
  one.append(dispensedUnits(6, '01980000-0000-7000-8000-0000000000d2'));
  await postBatch(one);
  expect(await alertsOf(one)).toEqual([]);
  expect(await (await lookUp(two)).json()).toMatchObject({
    lines: [{ drug: 'DEMO-1', prescribedUnits: 10, dispensedUnits: 6 }],
  });
  // Its own sales are no news to a shop.
  expect(await (await lookUp(one)).json()).toMatchObject({ lines: [] });
  two.append(dispensedUnits(4, '01980000-0000-7000-8000-0000000000d3'));
  await postBatch(two);
  expect(await alertsOf(two)).toEqual([]);
  two.append(dispensedUnits(1, '01980000-0000-7000-8000-0000000000d4'));
  await postBatch(two, { from: 2 });
  expect(await alertsOf(two)).toMatchObject([
    {
      kind: 'prescription-exceeded',
      detail: { prescribedUnits: 10, dispensedUnits: 11, facilities: 2 },
    },
  ]);
  const asked = await Promise.all(Array.from({ length: 61 }, () => lookUp(two)));
  expect(asked.some(({ status }) => status === 429)).toBe(true);
  expect((await lookUp(one)).status).toBe(200);
});

test('a set of safety rules reaches every till by the feed', async () => {
  const device = await newDevice(centre);
  const pack = { ...starterPack, version: 7 };
  await inTransaction(centre.pool, (transaction) =>
    publishSafetyPack(transaction, { version: 7, pack }),
  );
  const page = FeedPage.parse(
    await (await askCentre(device, { path: '/v1/sync/feed?after=0' })).json(),
  );
  const changes = JSON.parse(page.changes) as { kind: string; key: string; value: unknown }[];
  expect(changes.filter(({ kind }) => kind === 'safety')).toMatchObject([
    { key: '7', value: pack },
  ]);
});
