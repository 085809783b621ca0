import { afterAll, beforeAll, expect, test } from 'vitest';
import { publishDrugs } from '../../../server/catalogue/publish.ts';
import { inTransaction } from '../../../server/db/pool.ts';
import { makeAgreementReport } from '../../../server/supervision/agreement-report.ts';
import { checkByNight } from '../../../server/supervision/nightly-check.ts';
import { aDrug, aSale } from '../../support/builders.ts';
import { newDevice } from '../../support/test-centre.ts';
import {
  type ConsoleUser,
  startTestConsole,
  type TestConsole,
} from '../../support/test-console.ts';
import { anOpening, postBatch } from '../../support/test-device.ts';

let running: TestConsole;
let national: ConsoleUser;

beforeAll(async () => {
  running = await startTestConsole();
  national = await running.userOf({ kind: 'nation' });
  await inTransaction(running.centre.pool, (transaction) =>
    publishDrugs(transaction, { drugs: [aDrug()] }, running.clock.nowMs),
  );
});

afterAll(async () => running.close());

async function aParkedSale() {
  const device = await newDevice(running.centre, { province: '96' });
  device.append(anOpening(10));
  const sale = aSale({ units: 3 });
  if (sale.type !== 'SaleCompleted.v1') throw new Error('aSale builds a sale');
  const lines = sale.data.lines.map((line) => ({ ...line, drug: 'hộp xanh' }));
  const { line, hash } = device.append({ type: sale.type, data: { ...sale.data, lines } });
  await postBatch(device);
  return { device, line, hash, params: { till: device.till, seq: '2' } };
}

test('a record is listed, read to the byte, mapped by its area, and applied', async () => {
  const { device, line, hash, params } = await aParkedSale();
  const facility = device.enrolment.facility.id;
  const query = { facility, reason: 'UnknownDrugCode' };
  expect((await national.call('parkedRecords', { query })).answer).toMatchObject({
    total: 1,
    reasons: { UnknownDrugCode: 1, UnknownEventType: 0 },
    rows: [{ seq: 2, reason: 'UnknownDrugCode', detail: 'hộp xanh' }],
  });
  expect((await national.call('parkedRecord', { params })).answer).toMatchObject({
    line,
    hash,
    foreignCodes: ['hộp xanh'],
  });
  const stranger = await running.userOf({ kind: 'area', scheme: '63', code: '01' });
  const body = { code: 'hộp xanh', drug: 'DEMO-1' };
  expect((await stranger.call('parkedRecord', { params })).status).toBe(404);
  expect((await stranger.call('mapDrugCode', { params, body })).status).toBe(404);
  const note = 'Bán thuốc nào?';
  const inspector = await running.userOf({ kind: 'area', scheme: '63', code: '96' });
  expect((await inspector.call('askFacility', { params, body: { note } })).answer).toMatchObject({
    askedNote: note,
  });
  const unknown = { code: 'hộp xanh', drug: 'NO-SUCH' };
  expect((await inspector.call('mapDrugCode', { params, body: unknown })).status).toBe(400);
  for (let asked = 0; asked < 2; asked += 1) await inspector.call('judgeAgain', { params });
  expect((await inspector.call('mapDrugCode', { params, body })).answer).toMatchObject({
    releasedBy: 'mapping',
    drugNames: { 'hộp xanh': aDrug().name },
    acts: [
      { action: 'facility-asked', detail: { note } },
      { action: 'record-judged' },
      { action: 'record-judged' },
      { action: 'drug-code-mapped', detail: body },
    ],
    verdicts: [
      { cause: 'asked', before: 'UnknownDrugCode', after: 'UnknownDrugCode', times: 2 },
      { cause: 'mapping', before: 'UnknownDrugCode', after: null, times: 1 },
    ],
  });
  const released = { facility, state: 'released' };
  expect((await national.call('parkedRecords', { query: released })).answer.rows).toMatchObject([
    { seq: 2, releasedBy: 'mapping', askedNote: note },
  ]);
  expect((await national.call('parkedRecords', { query })).answer.total).toBe(0);
  const audit = await national.call('audit', { query: { limit: 10 } });
  expect(audit.answer.rows.map((row) => row.action)).toEqual(
    expect.arrayContaining(['drug-code-mapped', 'facility-asked']),
  );
  const { rows } = await running.centre.pool.query(
    'SELECT on_hand_units::int AS units FROM facility_stock WHERE facility_id = $1',
    [facility],
  );
  expect(rows).toEqual([{ units: 7 }]);
  const notices = await running.centre.pool.query(
    `SELECT value FROM feed_change WHERE kind = 'clinic' AND audience_key = $1`,
    [facility],
  );
  expect(notices.rows).toEqual([{ value: null }]);
});

const noneOfThem = { forked: 0, different: 0, waiting: 0, unknown: 0, revoked: 0, agreed: 0 };

test('the nightly round and report say who agrees, and what was repaired', async () => {
  const { device } = await aParkedSale();
  const { id } = device.enrolment.facility;
  const { pool } = running.centre;
  await pool.query('UPDATE movement SET units = units + 1 WHERE till_id = $1', [device.till]);
  expect(await checkByNight(running.centre.deps)).toBeGreaterThan(0);
  const params = { id };
  const health = await national.call('facilityHealth', { params });
  expect(health.answer).toMatchObject({
    parked: 1,
    agreement: { state: 'unknown', since: null },
    repairs: [{ askedBy: 'night', differences: { movement: 2 } }],
  });
  expect((await national.call('checkFacility', { params })).answer.repaired).toEqual({});
  await makeAgreementReport(pool, running.clock.nowMs);
  const { answer } = await national.call('agreements', { query: { state: 'unknown' } });
  expect(answer.rows.map((row) => row.facilityId)).toContain(id);
  expect(answer.reportedAt).not.toBeNull();
  const report = await national.call('agreementReport', { query: { scheme: '34' } });
  expect(report.answer.days).toEqual([{ day: '2026-11-22', ...noneOfThem, unknown: 2 }]);
  expect(report.answer.areas).toEqual([{ code: '96', name: 'Cà Mau', ...noneOfThem, unknown: 2 }]);
  expect((await national.call('clinicFigures')).answer).toMatchObject({ differing: 0 });
});

test('what a till had agreed says nothing once it forked, was revoked, or has records that wait', async () => {
  const { device, params } = await aParkedSale();
  const { id } = device.enrolment.facility;
  const { pool } = running.centre;
  await pool.query(
    `INSERT INTO agreement (till_id, state, since, compared_at, compared_seq)
     VALUES ($1, 'agreed', $2, $2, 1)`,
    [params.till, new Date(running.clock.nowMs)],
  );
  const stateWhile = async (till: { readonly state: string; readonly parked: number }) => {
    await pool.query('UPDATE till SET state = $2, parked_events = $3 WHERE id = $1', [
      ...[params.till, till.state, till.parked],
    ]);
    const health = await national.call('facilityHealth', { params: { id } });
    const { agreement } = health.answer;
    const query = { state: agreement?.state ?? 'unknown' };
    const listed = await national.call('agreements', { query });
    expect(listed.answer.rows.map((row) => row.facilityId)).toContain(id);
    return agreement?.state;
  };
  expect(await stateWhile({ state: 'active', parked: 0 })).toBe('agreed');
  expect(await stateWhile({ state: 'active', parked: 1 })).toBe('waiting');
  expect(await stateWhile({ state: 'forked', parked: 1 })).toBe('forked');
  await makeAgreementReport(pool, running.clock.nowMs);
  const report = await national.call('agreementReport', { query: { scheme: '34' } });
  expect(report.answer.days.at(-1)).toMatchObject({ forked: 1, agreed: 0 });
  expect(await stateWhile({ state: 'revoked', parked: 1 })).toBe('revoked');
});

test('what differs is named by its document, and a centre put back in time says so', async () => {
  const { device, params } = await aParkedSale();
  const { id } = device.enrolment.facility;
  const { pool } = running.centre;
  expect((await national.call('centreEpoch')).answer).toMatchObject({ number: 1, tills: 0 });
  await pool.query(
    `INSERT INTO agreement (till_id, state, since, compared_at, compared_seq, first_seq)
     VALUES ($1, 'different', $2, $2, 2, 2)`,
    [params.till, new Date(running.clock.nowMs)],
  );
  const query = { state: 'different' };
  expect((await national.call('agreements', { query })).answer.rows).toMatchObject([
    { facilityId: id, first: { seq: 2, type: 'SaleCompleted.v1', slip: 'A1-1' } },
  ]);
  const health = await national.call('facilityHealth', { params: { id } });
  expect(health.answer.agreement).toMatchObject({ state: 'different', first: { seq: 2 } });
  await pool.query(
    `INSERT INTO centre_epoch (number, id, began_at, reason, history)
     VALUES (2, gen_random_uuid(), $1, 'lost-receipt', 'restored')`,
    [new Date(running.clock.nowMs)],
  );
  await pool.query(
    `INSERT INTO lost_acknowledgement
       (till_id, acked_seq, acked_hash, acknowledged_at, signature, had_seq, presented_at)
     VALUES ($1, 5, 'x', $2, 'x', 1, $2)`,
    [params.till, new Date(running.clock.nowMs + 1_000)],
  );
  expect((await national.call('centreEpoch')).answer).toMatchObject({
    number: 2,
    reason: 'lost-receipt',
    tills: 1,
    lostEvents: 4,
    missingEvents: 3,
    facilities: [{ facilityId: id, lostEvents: 4, missingEvents: 3 }],
  });
});
