import { afterAll, beforeAll, expect, test } from 'vitest';
import { limits } from '../../../shared/base/limits.ts';
import { provinces63 } from '../../../shared/model/area.ts';
import type { Facility } from '../../../shared/model/facility.ts';
import { aFacility, day } from '../../support/builders.ts';
import { sampleFacilityId, sampleTillId, seedSampleCountry } from '../../support/sample-country.ts';
import {
  type ConsoleUser,
  startTestConsole,
  type TestConsole,
} from '../../support/test-console.ts';

let regulator: TestConsole;
let nation: ConsoleUser;
let inspector: ConsoleUser;
let codes = 0;

beforeAll(async () => {
  regulator = await startTestConsole();
  const country = { facilities: provinces63.length, drugs: 4, days: 1, salesPerDay: 1 };
  await seedSampleCountry(regulator.centre.pool, country, regulator.clock.nowMs);
  nation = await regulator.userOf({ kind: 'nation' });
  inspector = await regulator.userOf({ kind: 'area', scheme: '63', code: '96' });
});
afterAll(() => regulator.close());

function anEntry(parts: Partial<Facility> = {}): Omit<Facility, 'id'> {
  codes += 1;
  const { id: _, ...entry } = aFacility({ code: `NEW-${codes}`, ...parts });
  return entry;
}

async function registered(parts: Partial<Facility> = {}): Promise<Facility> {
  return (await nation.call('registerFacility', { body: anEntry(parts) })).answer;
}

async function lastAudit() {
  return (await nation.call('audit', { query: { limit: 1 } })).answer.rows[0];
}

test('an entry is refused that repeats a code, ends before it begins or names no province', async () => {
  const taken = await registered();
  const cases: readonly (readonly [Partial<Facility>, string])[] = [
    [{ code: taken.code }, 'conflict'],
    [{ province: '99' }, 'bad-request'],
    [{ licence: { ...taken.licence, validUntil: day('2020-01-01') } }, 'bad-request'],
    [{ name: '   ' }, 'bad-request'],
  ];
  for (const [parts, problem] of cases) {
    expect((await nation.call('registerFacility', { body: anEntry(parts) })).problem).toBe(problem);
  }
});

test('a new facility is in the register, in the audit and in the feed of its tills', async () => {
  const body = anEntry({ name: 'Nhà thuốc Hừng Đông' });
  const { answer } = await inspector.call('registerFacility', { body });
  expect(answer).toEqual({ id: answer.id, ...body });
  const file = await inspector.call('facility', { params: { id: answer.id } });
  expect([file.answer.facility, file.answer.silence]).toEqual([
    answer,
    { reason: 'never-enrolled', since: null },
  ]);
  expect(await lastAudit()).toMatchObject({
    action: 'facility-registered',
    subject: `${body.code} ${body.name}`,
    detail: { province: { old: null, new: '96' } },
  });
  const { rows } = await regulator.centre.pool.query(
    `SELECT value FROM feed_change WHERE audience = 'facility' AND audience_key = $1`,
    [answer.id],
  );
  expect(rows.map((row) => JSON.parse(row.value))).toEqual([answer]);
});

test('a change is audited with old and new values and reaches the feed', async () => {
  const facility = await registered();
  const { id, ...entry } = facility;
  const body = {
    ...entry,
    phone: '0290 111 222',
    licence: { ...entry.licence, status: 'suspended' },
  };
  const { answer } = await nation.call('updateFacility', { params: { id }, body });
  expect(answer).toEqual({ id, ...body });
  expect((await lastAudit())?.detail).toEqual({
    phone: { old: facility.phone, new: '0290 111 222' },
    'licence.status': { old: 'valid', new: 'suspended' },
  });
  const { rows } = await regulator.centre.pool.query(
    'SELECT value FROM feed_change WHERE audience_key = $1',
    [id],
  );
  expect(JSON.parse(rows[0].value).phone).toBe('0290 111 222');
});

test('saving an entry unchanged leaves no trace', async () => {
  const { id, ...body } = await registered();
  const before = await lastAudit();
  expect((await nation.call('updateFacility', { params: { id }, body })).status).toBe(200);
  expect((await lastAudit())?.id).toBe(before?.id);
});

test('a code of another facility is refused, also when changing', async () => {
  const first = await registered();
  const { id, ...body } = await registered();
  const changed = { ...body, code: first.code };
  expect((await nation.call('updateFacility', { params: { id }, body: changed })).problem).toBe(
    'conflict',
  );
});

test('an inspector moves no facility out of the own province', async () => {
  const { id, ...entry } = await registered();
  const body = { ...entry, province: '01' };
  const response = await inspector.call('updateFacility', { params: { id }, body });
  expect(response.problem).toBe('forbidden');
});

test('a facility that has reported keeps its province and its kind', async () => {
  const id = sampleFacilityId(2);
  const { id: _, ...entry } = (await nation.call('facility', { params: { id } })).answer.facility;
  for (const change of [{ province: '01' }, { kind: 'traditional-shop' }]) {
    const body = { ...entry, ...change };
    expect((await nation.call('updateFacility', { params: { id }, body })).problem).toBe(
      'conflict',
    );
  }
  const body = { ...entry, name: 'Tên mới' };
  expect((await nation.call('updateFacility', { params: { id }, body })).status).toBe(200);
});

test('a code is shown once, expires, and is found by nobody afterwards', async () => {
  const { id } = await registered();
  const { answer } = await inspector.call('issueCode', { params: { id } });
  expect(answer.code).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  expect(answer.row.state).toBe('open');
  const texts = await Promise.all([
    nation.fetch('/api/enrolment-codes').then((response) => response.text()),
    nation.fetch('/api/audit').then((response) => response.text()),
    nation.fetch(`/api/facilities/${id}`).then((response) => response.text()),
  ]);
  for (const text of texts) expect(text).not.toContain(answer.code);
  expect(Date.parse(answer.row.expiresAt) - Date.parse(answer.row.issuedAt)).toBe(
    limits.enrolmentCodeDays * 86_400_000,
  );
  await regulator.centre.pool.query('UPDATE enrolment_code SET expires_at = $2 WHERE id = $1', [
    answer.row.id,
    new Date(regulator.clock.nowMs),
  ]);
  const listed = (await nation.call('enrolmentCodes')).answer.rows;
  expect(listed.find((row) => row.id === answer.row.id)?.state).toBe('expired');
});

test('a facility without a valid licence gets no code', async () => {
  const facility = await registered();
  const { id, ...entry } = facility;
  const body = { ...entry, licence: { ...entry.licence, status: 'withdrawn' } };
  await nation.call('updateFacility', { params: { id }, body });
  expect((await nation.call('issueCode', { params: { id } })).problem).toBe('licence-not-valid');
});

test('a revoked code stays revoked, a used one cannot be revoked', async () => {
  const { id } = await registered();
  const first = (await nation.call('issueCode', { params: { id } })).answer.row;
  const revoke = () => nation.call('revokeCode', { params: { id: first.id } });
  expect((await revoke()).answer.state).toBe('revoked');
  expect((await revoke()).answer.state).toBe('revoked');
  const used = (await nation.call('issueCode', { params: { id } })).answer.row;
  await regulator.centre.pool.query('UPDATE enrolment_code SET used_at = issued_at WHERE id = $1', [
    used.id,
  ]);
  expect((await nation.call('revokeCode', { params: { id: used.id } })).problem).toBe('code-used');
});

test('a revoked till is said to be revoked, with who did it and why', async () => {
  const params = { id: sampleTillId(5) };
  const body = { reason: 'Máy bị mất trộm' };
  const revoked = await nation.call('revokeTill', { params, body });
  expect(revoked.answer.state).toBe('revoked');
  expect((await lastAudit())?.detail).toEqual({
    state: { old: 'active', new: 'revoked' },
    reason: 'Máy bị mất trộm',
  });
  const audited = await lastAudit();
  expect((await nation.call('revokeTill', { params, body })).status).toBe(200);
  expect((await lastAudit())?.id).toBe(audited?.id);
  const file = await nation.call('facility', { params: { id: sampleFacilityId(5) } });
  expect([file.answer.row.state, file.answer.silence?.reason]).toEqual(['revoked', 'revoked']);
});

test('the audit is found by account, action and subject', async () => {
  const { code } = await registered();
  const found = (await nation.call('audit', { query: { text: code.toLowerCase() } })).answer.rows;
  expect(found.map((row) => row.action)).toEqual(['facility-registered']);
});

test('an audit entry can neither be changed nor deleted', async () => {
  for (const sql of [`UPDATE audit SET account = 'x'`, 'DELETE FROM audit']) {
    await expect(regulator.centre.pool.query(sql)).rejects.toThrow('A stored fact never changes');
  }
});
