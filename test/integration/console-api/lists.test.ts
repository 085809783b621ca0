import { afterAll, beforeAll, expect, test } from 'vitest';
import { consoleStreams } from '../../../shared/contract/console-api.ts';
import { provinces63 } from '../../../shared/model/area.ts';
import { aFacility } from '../../support/builders.ts';
import { sampleFacilityId, seedSampleCountry } from '../../support/sample-country.ts';
import {
  addressOf,
  type ConsoleUser,
  type RouteName,
  startTestConsole,
  type TestConsole,
} from '../../support/test-console.ts';

let regulator: TestConsole;
let nation: ConsoleUser;
const facilities = 2 * provinces63.length;

beforeAll(async () => {
  regulator = await startTestConsole();
  const country = { facilities, drugs: 12, days: 3, salesPerDay: 4 };
  await seedSampleCountry(regulator.centre.pool, country, regulator.clock.nowMs);
  nation = await regulator.userOf({ kind: 'nation' });
});
afterAll(() => regulator.close());

type Page = { readonly rows: readonly unknown[]; readonly next: string | null };

async function walk(
  name: RouteName,
  parts: { params?: Record<string, string>; query?: Record<string, string | number> },
): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 1_000; pages += 1) {
    const query = { limit: 7, ...parts.query, ...(cursor === undefined ? {} : { cursor }) };
    const response = await nation.call(name, { ...parts, query });
    expect(response.status).toBe(200);
    const page = response.answer as Page;
    expect(page.rows.length).toBeLessThanOrEqual(7);
    rows.push(...page.rows);
    if (page.next === null) return rows;
    cursor = page.next;
  }
  throw new Error('The pages never end');
}

test.each(['name', 'lastReportedAt', 'alerts'] as const)(
  'pages by %s give every facility once, in order',
  async (sort) => {
    const rows = (await walk('facilities', { query: { sort } })) as {
      id: string;
      lastReportedAt: string | null;
      openAlerts: number;
    }[];
    expect(new Set(rows.map((row) => row.id)).size).toBe(facilities);
    expect(rows).toHaveLength(facilities);
    const keys = rows.map((row) => {
      if (sort === 'alerts') return -row.openAlerts;
      return sort === 'name' ? 0 : Date.parse(row.lastReportedAt ?? '1970-01-01T00:00:00Z');
    });
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
  },
);

test('the register is searched without diacritics, by words in any order, wildcards literally', async () => {
  const body = aFacility({ code: 'X-1', name: 'Nhà thuốc Đức Thịnh', province: '96' });
  const { id: _, ...entry } = body;
  await nation.call('registerFacility', { body: entry });
  const find = async (text: string) =>
    (await nation.call('facilities', { query: { text } })).answer.rows.map((row) => row.code);
  expect(await find('thinh duc')).toEqual(['X-1']);
  expect(await find('ĐỨC THỊNH x-1')).toEqual(['X-1']);
  expect(await find('%')).toEqual([]);
  expect(await find('thinh_duc')).toEqual([]);
});

test('filters and the total agree', async () => {
  const { answer } = await nation.call('facilities', {
    query: { state: 'silent', kind: 'pharmacy', scheme: '34', area: '01', limit: 500 },
  });
  expect(answer.total).toBe(answer.rows.length);
  for (const row of answer.rows) expect([row.state, row.unit34]).toEqual(['silent', '01']);
});

test('the book of movements is every movement once, newest first', async () => {
  const rows = (await walk('facilityMovements', { params: { id: sampleFacilityId(7) } })) as {
    seq: number;
    line: number;
    units: number;
  }[];
  const { rows: raw } = await regulator.centre.pool.query(
    'SELECT count(*) AS count, sum(units) AS units FROM movement WHERE facility_id = $1',
    [sampleFacilityId(7)],
  );
  const units = rows.reduce((sum, row) => sum + row.units, 0);
  expect([rows.length, units]).toEqual([raw[0].count, raw[0].units]);
  const order = rows.map((row) => row.seq * 1_000 + row.line);
  expect(order).toEqual([...order].sort((a, b) => b - a));
});

test('stock pages give every lot once and find by name or lot', async () => {
  const params = { id: sampleFacilityId(7) };
  const rows = (await walk('facilityStock', { params })) as { drug: string; lot: string }[];
  expect(new Set(rows.map((row) => `${row.drug} ${row.lot}`)).size).toBe(rows.length);
  const first = rows[0];
  const found = await nation.call('facilityStock', { params, query: { text: first?.lot ?? '' } });
  expect(found.answer.rows.some((row) => row.lot === first?.lot)).toBe(true);
});

test('alerts come newest first and are counted', async () => {
  const rows = (await walk('alerts', {})) as { id: string; raisedAt: string }[];
  const { answer } = await nation.call('alerts');
  expect([rows.length, new Set(rows.map((row) => row.id)).size]).toEqual([
    answer.total,
    answer.total,
  ]);
  const times = rows.map((row) => Date.parse(row.raisedAt));
  expect(times).toEqual([...times].sort((a, b) => b - a));
  const none = await nation.call('alerts', { query: { kind: 'fork' } });
  expect(none.answer).toEqual({ rows: [], total: 0, next: null });
});

test.each(['facilities', 'alerts', 'enrolmentCodes', 'audit'] as const)(
  '%s refuses a cursor that the centre did not give',
  async (name) => {
    for (const cursor of ['abc', '[]', '[1]', '{"a":1}', '["x","y"]', 'null']) {
      const response = await nation.call(name, { query: { cursor } });
      if (name === 'audit' && cursor === '[1]') continue;
      expect([response.status, response.problem]).toEqual([400, 'bad-request']);
    }
  },
);

test('a facility that does not exist and an id that is none are told apart', async () => {
  const missing = { id: sampleFacilityId(999_999) };
  expect((await nation.call('facility', { params: missing })).problem).toBe('not-found');
  expect((await nation.call('facility', { params: { id: 'x' } })).problem).toBe('bad-request');
});

test('the register as a file: byte order mark, one row each, formulas disarmed', async () => {
  const { id: _, ...entry } = aFacility({
    code: 'X-2',
    name: '=HYPERLINK("http://x","bấm")',
    province: '96',
  });
  await nation.call('registerFacility', { body: entry });
  const response = await nation.fetch(`${consoleStreams.facilitiesCsv.path}?text=x-2`);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  const bytes = new Uint8Array(await response.arrayBuffer());
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const lines = new TextDecoder().decode(bytes).split('\r\n');
  expect(lines).toHaveLength(3);
  expect(lines[1]).toContain(`X-2,"'=HYPERLINK(""http://x"",""bấm"")",pharmacy,96,Cà Mau`);
});

test('the book of movements as a file has every movement', async () => {
  const address = addressOf(consoleStreams.facilityMovementsCsv.path, {
    params: { id: sampleFacilityId(7) },
  });
  const lines = (await (await nation.fetch(address)).text()).trimEnd().split('\r\n');
  const { rows } = await regulator.centre.pool.query(
    'SELECT count(*) AS count FROM movement WHERE facility_id = $1',
    [sampleFacilityId(7)],
  );
  expect(lines).toHaveLength(1 + rows[0].count);
});

test('an open console hears of a change and may then ask for it', async () => {
  const abort = new AbortController();
  const response = await nation.fetch(consoleStreams.stream.path, { signal: abort.signal });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const { id: _, ...entry } = aFacility({ code: 'X-3', province: '96' });
  await nation.call('registerFacility', { body: entry });
  let heard = '';
  while (!heard.includes('event: changed')) heard += (await reader?.read())?.value ?? '';
  expect(heard).toContain('data: {"topics":["facility"]}');
  abort.abort();
});
