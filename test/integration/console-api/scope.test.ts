/**
 * Every route of the console, called by an inspector of Cà Mau (63-scheme code 96) with the ids of
 * another province: nothing of it is seen, nothing of it changes. The table of calls is exhaustive
 * by type, so a new route does not compile until it is called here.
 */
import { v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { consoleApi, consoleStreams } from '../../../shared/contract/console-api.ts';
import { provinces63 } from '../../../shared/model/area.ts';
import { aFacility } from '../../support/builders.ts';
import {
  sampleDrugCode,
  sampleFacilityId,
  sampleTillId,
  seedSampleCountry,
} from '../../support/sample-country.ts';
import {
  addressOf,
  type ConsoleUser,
  type RouteName,
  startTestConsole,
  type TestConsole,
} from '../../support/test-console.ts';

const own = provinces63.findIndex((province) => province.code === '96');
const ownIndexes = [own, own + provinces63.length];
const foreign = 33;
const foreignProvince = provinces63[foreign]?.code ?? '';
const ownLot = `L${(own * 7) % 12}-${own % 3}`;

let regulator: TestConsole;
let inspector: ConsoleUser;
let nation: ConsoleUser;
let foreignCode: string;
let foreignImport: string;

beforeAll(async () => {
  regulator = await startTestConsole();
  const country = { facilities: 2 * provinces63.length, drugs: 12, days: 3, salesPerDay: 4 };
  await seedSampleCountry(regulator.centre.pool, country, regulator.clock.nowMs);
  inspector = await regulator.userOf({ kind: 'area', scheme: '63', code: '96' });
  nation = await regulator.userOf({ kind: 'nation' });
  const issued = await nation.call('issueCode', { params: { id: sampleFacilityId(foreign) } });
  foreignCode = issued.answer.row.id;
  foreignImport = uuidv7();
  await regulator.centre.pool.query(
    `INSERT INTO catalogue_import (id, file_name, size_bytes, started_at, started_by, state)
     VALUES ($1, 'x.csv', 1, now(), 'x', 'ready')`,
    [foreignImport],
  );
});
afterAll(() => regulator.close());

const foreignFacility = { params: { id: sampleFacilityId(foreign) } };
const { id: _, ...entry } = aFacility({ province: foreignProvince, code: 'NEW-1' });
const drug = sampleDrugCode(3);

const foreignRecord = { params: { till: sampleTillId(foreign), seq: '1' } };

const refusedCalls = {
  facility: () => foreignFacility,
  facilityStock: () => foreignFacility,
  facilityMovements: () => foreignFacility,
  issueCode: () => foreignFacility,
  issueRecoveryCode: () => ({ params: { id: sampleTillId(foreign) } }),
  revokeCode: () => ({ params: { id: foreignCode } }),
  revokeTill: () => ({ params: { id: sampleTillId(foreign) }, body: { reason: 'x' } }),
  registerFacility: () => ({ body: entry }),
  updateFacility: () => ({ ...foreignFacility, body: { ...entry, province: '96' } }),
  imports: () => ({}),
  catalogueImport: () => ({ params: { id: foreignImport } }),
  importIssues: () => ({ params: { id: foreignImport } }),
  publishImport: () => ({ params: { id: foreignImport } }),
  cancelImport: () => ({ params: { id: foreignImport } }),
  audit: () => ({}),
  facilityTransfers: () => foreignFacility,
  facilityProducts: () => foreignFacility,
  publishRecall: () => ({
    body: { number: 'TH-1', level: 1, drug, lots: null, reason: 'x', fromDate: '2026-11-22' },
  }),
  withdrawRecall: () => ({ body: { number: 'TH-1', reason: 'x' } }),
  facilityHealth: () => foreignFacility,
  checkFacility: () => foreignFacility,
  parkedRecord: () => foreignRecord,
  judgeAgain: () => foreignRecord,
  mapDrugCode: () => ({ ...foreignRecord, body: { code: 'x y', drug } }),
  askFacility: () => ({ ...foreignRecord, body: { note: 'x' } }),
} as const;
const cutCalls = {
  overview: () => ({}),
  drugMovement: () => ({ params: { code: drug } }),
  lotTrace: () => ({ params: { drug: `SAMPLE-${(own * 7) % 12}`, lot: ownLot } }),
  searchLots: () => ({ query: { text: 'L' } }),
  searchDrugs: () => ({}),
  recalls: () => ({}),
  facilities: () => ({ query: { limit: 500 } }),
  enrolmentCodes: () => ({}),
  alerts: () => ({ query: { limit: 500 } }),
  clinicFigures: () => ({}),
  parkedRecords: () => ({ query: { limit: 500 } }),
  agreements: () => ({ query: { limit: 500 } }),
  agreementReport: () => ({}),
  centreEpoch: () => ({}),
} as const;
const openCalls = ['signIn', 'signOut', 'session'] as const;
/** Needs a file that a till signed: its scope is proved in sync/carriers.test.ts. */
const carriedCalls = ['carry'] as const;

type Walked =
  | keyof typeof refusedCalls
  | keyof typeof cutCalls
  | (typeof openCalls)[number]
  | (typeof carriedCalls)[number];
const isEveryRouteWalked: [Exclude<RouteName, Walked>] extends [never] ? true : never = true;
const asked = { ...refusedCalls, ...cutCalls };

/** All ids of facilities, tills and alerts of the sample that a text holds. */
function indexesIn(text: string): readonly number[] {
  const ids = text.matchAll(/0198f(?:000|111|222)-0000-7000-8000-(\d{12})/g);
  return [...new Set([...ids].map((match) => Number(match[1])))].sort((a, b) => a - b);
}

async function sendAs(user: ConsoleUser, name: keyof typeof asked): Promise<Response> {
  const parts: { params?: Record<string, string>; query?: Record<string, string | number> } & {
    body?: unknown;
  } = asked[name]();
  const { method, path } = consoleApi[name];
  return user.fetch(addressOf(path, parts), {
    method,
    ...(parts.body === undefined
      ? {}
      : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(parts.body) }),
  });
}

async function tablesThatMatter(): Promise<unknown> {
  const { rows } = await regulator.centre.pool.query(`
    SELECT (SELECT md5(string_agg(facility::text, '' ORDER BY id)) FROM facility) AS facilities,
      (SELECT md5(string_agg(till::text, '' ORDER BY id)) FROM till) AS tills,
      (SELECT md5(string_agg(code::text, '' ORDER BY id)) FROM enrolment_code AS code) AS codes,
      (SELECT md5(string_agg(import::text, '')) FROM catalogue_import AS import) AS imports,
      (SELECT position FROM feed_head) AS feed`);
  return rows[0];
}

test('every route of the contract is walked', () => {
  expect(isEveryRouteWalked).toBe(true);
  const walked = Object.keys(asked).length + openCalls.length + carriedCalls.length;
  expect(walked).toBe(Object.keys(consoleApi).length);
});

describe.each(Object.keys(refusedCalls) as (keyof typeof refusedCalls)[])('%s', (name) => {
  test('of another province is refused and changes nothing', async () => {
    const before = await tablesThatMatter();
    const response = await sendAs(inspector, name);
    expect([403, 404]).toContain(response.status);
    expect(indexesIn(await response.text())).toEqual([]);
    expect(await tablesThatMatter()).toEqual(before);
  });
});

describe.each(Object.keys(cutCalls) as (keyof typeof cutCalls)[])('%s', (name) => {
  test('shows facilities of the own province only', async () => {
    const response = await sendAs(inspector, name);
    expect(response.status).toBe(200);
    const text = await response.text();
    const seen = indexesIn(text);
    expect(seen.filter((index) => !ownIndexes.includes(index))).toEqual([]);
    expect(text).not.toContain(provinces63[foreign]?.name);
    expect(text).not.toContain(foreignCode);
  });

  test('is refused without a session', async () => {
    expect((await sendAs(regulator.anonymous, name)).status).toBe(401);
  });
});

test.each(['overview', 'drugMovement', 'lotTrace', 'facilities', 'alerts'] as const)(
  '%s refuses another area by name, in both schemes',
  async (name) => {
    for (const area of [
      { scheme: '63', area: foreignProvince },
      { scheme: '34', area: '01' },
    ]) {
      const parts: { params?: Record<string, string> } = asked[name]();
      const response = await inspector.call(name, { ...parts, query: area });
      expect([response.status, response.problem]).toEqual([403, 'forbidden']);
    }
    const parts: { params?: Record<string, string> } = asked[name]();
    const unknown = await inspector.call(name, { ...parts, query: { scheme: '63', area: '99' } });
    expect(unknown.problem).toBe('bad-request');
  },
);

test('a 34-scheme unit is cut to the one old province the inspector has', async () => {
  const { answer } = await inspector.call('overview', { query: { scheme: '34', area: '96' } });
  expect(answer.completeness.facilities).toBe(2);
  expect(answer.areas.map((area) => area.code)).toEqual(['96']);
});

test('an inspector of a 34-scheme unit sees all its old provinces', async () => {
  const unit = await regulator.userOf({ kind: 'area', scheme: '34', code: '96' });
  const { answer } = await unit.call('overview', { query: { scheme: '63' } });
  expect(answer.areas.map((area) => area.code).sort()).toEqual(['95', '96']);
});

test('the figures of all provinces add up to those of the nation', async () => {
  const whole = (await nation.call('drugMovement', { params: { code: drug } })).answer;
  const parts = await Promise.all(
    provinces63.map(async ({ code }) => {
      const query = { scheme: '63', area: code };
      return (await nation.call('drugMovement', { params: { code: drug }, query })).answer;
    }),
  );
  const sum = (pick: (figures: typeof whole) => number) =>
    parts.reduce((total, part) => total + pick(part), 0);
  expect(sum((figures) => figures.onHandUnits)).toBe(whole.onHandUnits);
  expect(sum((figures) => figures.balance.outUnits)).toBe(whole.balance.outUnits);
  expect(whole.balance.outUnits).toBeGreaterThan(0);
});

test.each([
  [consoleStreams.facilitiesCsv.path, 200],
  [addressOf(consoleStreams.facilityMovementsCsv.path, foreignFacility), 404],
  [`${consoleStreams.facilitiesCsv.path}?scheme=63&area=${foreignProvince}`, 403],
  [addressOf(consoleStreams.importIssuesCsv.path, { params: { id: uuidv7() } }), 403],
])('the file %s gives an inspector nothing of others', async (address, status) => {
  const response = await inspector.fetch(address);
  expect(response.status).toBe(status);
  const text = await response.text();
  expect(text).not.toContain(provinces63[foreign]?.name);
  expect((await regulator.anonymous.fetch(address)).status).toBe(401);
});

test('an inspector cannot upload a catalogue', async () => {
  const response = await inspector.fetch(consoleStreams.uploadImport.path, {
    method: 'POST',
    headers: { 'x-file-name': 'a.csv' },
    body: 'so dang ky,ten thuoc\nVD-1-10,A\n',
  });
  expect(response.status).toBe(403);
});

test('what is refused to others works for the inspector of the place', async () => {
  const id = sampleFacilityId(own);
  expect((await inspector.call('facility', { params: { id } })).answer.row.province).toBe('96');
  expect((await inspector.call('facilityStock', { params: { id } })).answer.rows).not.toEqual([]);
  const code = await inspector.call('issueCode', { params: { id } });
  expect(code.status).toBe(200);
  const revoked = await inspector.call('revokeCode', { params: { id: code.answer.row.id } });
  expect(revoked.answer.state).toBe('revoked');
});
