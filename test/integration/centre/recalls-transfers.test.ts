import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { queryRows } from '../../../server/db/pool.ts';
import { rebuild } from '../../../server/ingest/rebuild.ts';
import { transfersOnTheWay } from '../../../server/queries/transfers-on-the-way.ts';
import type { Centre } from '../../../server/start-centre.ts';
import {
  publishRecall,
  recallsInForce,
  withdrawRecall,
} from '../../../server/supervision/recalls.ts';
import { FeedPage } from '../../../shared/sync/feed.ts';
import { aRecall } from '../../support/builders.ts';
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
