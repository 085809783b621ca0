import { afterAll, beforeAll, expect, test } from 'vitest';
import { provinces63 } from '../../../shared/model/area.ts';
import {
  sampleDrugCode,
  sampleFacilityId,
  sampleTillId,
  seedSampleCountry,
} from '../../support/sample-country.ts';
import {
  type ConsoleUser,
  startTestConsole,
  type TestConsole,
} from '../../support/test-console.ts';

let regulator: TestConsole;
let nation: ConsoleUser;
const code = sampleDrugCode(3);

beforeAll(async () => {
  regulator = await startTestConsole();
  const country = { facilities: 2 * provinces63.length, drugs: 12, days: 40, salesPerDay: 6 };
  await seedSampleCountry(regulator.centre.pool, country, regulator.clock.nowMs);
  nation = await regulator.userOf({ kind: 'nation' });
});
afterAll(() => regulator.close());

async function oneRow(sql: string, values: readonly unknown[] = []) {
  return (await regulator.centre.pool.query(sql, [...values])).rows[0];
}

async function movement(query: Record<string, string>) {
  return (await nation.call('drugMovement', { params: { code }, query })).answer;
}

test.each([
  ['the last thirty days', {}],
  ['some days in the middle', { from: '2026-11-01', to: '2026-11-07' }],
  ['one province', { scheme: '63', area: '01', from: '2026-11-01', to: '2026-11-22' }],
  ['one unit of 34', { scheme: '34', area: '96' }],
  ['days before anything', { from: '2025-01-01', to: '2025-01-31' }],
  ['from before the first fact', { from: '2026-10-01', to: '2026-11-22' }],
])('stock at the start + in − out is the stock at the end: %s', async (_title, query) => {
  const { balance, points } = await movement(query);
  expect(balance.startUnits + balance.inUnits - balance.outUnits).toBe(balance.endUnits);
  const moved = (pick: (point: (typeof points)[number]) => number) =>
    points.reduce((sum, point) => sum + pick(point), 0);
  expect(moved((point) => point.openingUnits + point.receivedUnits + point.voidedUnits)).toBe(
    balance.inUnits,
  );
  expect(moved((point) => point.soldUnits)).toBe(balance.outUnits);
});

test('the balance agrees with the movements themselves on both ends', async () => {
  const { balance, onHandUnits } = await movement({ from: '2026-11-01', to: '2026-11-07' });
  const raw = await oneRow(
    `SELECT sum(units) FILTER (WHERE day < '2026-11-01') AS start,
       sum(units) FILTER (WHERE day <= '2026-11-07') AS end, sum(units) AS now
     FROM movement WHERE drug = $1`,
    [code],
  );
  expect([balance.startUnits, balance.endUnits, onHandUnits]).toEqual([
    raw.start,
    raw.end,
    raw.now,
  ]);
});

test('hours, days, weeks and months are the same movements, cut differently', async () => {
  const period = { from: '2026-11-10', to: '2026-11-22' };
  const buckets = ['hour', 'day', 'week', 'month'] as const;
  const answers = await Promise.all(
    buckets.map(async (bucket) => (await movement({ ...period, bucket })).points),
  );
  const sums = answers.map((points) =>
    points.reduce(
      (sum, point) => ({
        sold: sum.sold + point.soldUnits,
        voided: sum.voided + point.voidedUnits,
        amountVnd: sum.amountVnd + point.amountVnd,
      }),
      { sold: 0, voided: 0, amountVnd: 0 },
    ),
  );
  expect(new Set(sums.map((sum) => JSON.stringify(sum))).size).toBe(1);
  expect(answers.map((points) => points.length)).toEqual([13 * 24, 13, 2, 1]);
  expect(answers.map((points) => points[0]?.at)).toEqual([
    '2026-11-10T00:00:00+07:00',
    '2026-11-10',
    '2026-11-09',
    '2026-11-01',
  ]);
});

test.each([
  [{ from: '2026-11-10', to: '2026-11-09' }],
  [{ from: '2025-01-01', to: '2026-11-22' }],
  [{ from: '2026-11-01', to: '2026-11-22', bucket: 'hour' }],
  [{ from: '2026-02-30', to: '2026-11-22' }],
])(
  'a period that ends before it begins, is too long or does not exist is refused: %o',
  async (query) => {
    const response = await nation.call('drugMovement', { params: { code }, query });
    expect([response.status, response.problem]).toEqual([400, 'bad-request']);
  },
);

test('areas of both schemes carry the same stock, sales and cover', async () => {
  const by63 = await movement({ scheme: '63' });
  const by34 = await movement({ scheme: '34' });
  expect([by63.areas.length, by34.areas.length]).toEqual([63, 34]);
  const total = (areas: typeof by63.areas) =>
    areas.reduce((sum, area) => sum + area.soldUnits * 1e9 + area.onHandUnits, 0);
  expect(total(by63.areas)).toBe(total(by34.areas));
  const kinds = by63.facilityKinds.reduce((sum, kind) => sum + kind.onHandUnits, 0);
  expect(kinds).toBe(by63.onHandUnits);
  const area = by63.areas.find((candidate) => candidate.soldUnitsPerDay > 0);
  expect(area?.daysOfCover).toBeCloseTo((area?.onHandUnits ?? 0) / (area?.soldUnitsPerDay ?? 1));
});

test('an unknown drug is not found; one that only tills know is shown under its code', async () => {
  const unknown = await nation.call('drugMovement', { params: { code: 'NOBODY-1' } });
  expect(unknown.problem).toBe('not-found');
  await regulator.centre.pool.query(
    `INSERT INTO facility_stock SELECT facility_id, 'LOCAL-1', lot, expires_on, 5, 5, 0, 0, 0, now()
     FROM facility_stock LIMIT 1`,
  );
  const local = await nation.call('drugMovement', { params: { code: 'LOCAL-1' } });
  expect(local.answer.drug.name).toBe('LOCAL-1');
});

test('a lot trace is the sum of its facilities, and both are the movements', async () => {
  const drug = sampleDrugCode(0);
  const { answer } = await nation.call('lotTrace', { params: { drug, lot: 'L0-0' } });
  const { totals } = answer;
  const { openingUnits, receivedUnits, voidedUnits, soldUnits, otherUnits } = totals;
  expect(openingUnits + receivedUnits + voidedUnits - soldUnits + otherUnits).toBe(
    totals.onHandUnits,
  );
  const held = answer.facilities.reduce((sum, row) => sum + row.onHandUnits, 0);
  const raw = await oneRow(`SELECT sum(units) FROM movement WHERE drug = $1 AND lot = 'L0-0'`, [
    drug,
  ]);
  const byDay = answer.days.reduce(
    (sum, day) => sum + day.receivedUnits - day.soldUnits + day.otherUnits,
    0,
  );
  expect([held, byDay, totals.onHandUnits]).toEqual([raw.sum, raw.sum, raw.sum]);
  expect(answer.facilityCount).toBe(answer.facilities.length);
  const typed = await nation.call('lotTrace', { params: { drug, lot: 'l0-0' } });
  expect(typed.answer.totals).toEqual(totals);
  expect((await nation.call('lotTrace', { params: { drug, lot: 'L0-9' } })).problem).toBe(
    'not-found',
  );
});

test('lots are found by the start of their number, wildcards taken literally', async () => {
  const found = await nation.call('searchLots', { query: { text: 'l3-' } });
  expect(found.answer.rows.map((row) => row.lot)).toEqual(['L3-0', 'L3-1', 'L3-2']);
  expect((await nation.call('searchLots', { query: { text: '%' } })).answer.rows).toEqual([]);
});

test('the overview counts every facility once, whatever the scheme', async () => {
  const { answer } = await nation.call('overview');
  const { completeness, areas, kinds } = answer;
  const states = areas.reduce(
    (sum, area) => sum + area.reportedLast24h + area.silent + area.neverEnrolled,
    0,
  );
  const ofKinds = kinds.reduce((sum, kind) => sum + kind.facilities, 0);
  expect([completeness.facilities, states, ofKinds]).toEqual([126, 126, 126]);
  expect(areas.reduce((sum, area) => sum + area.reportedLast24h, 0)).toBe(
    completeness.reportedLast24h,
  );
  expect(areas.reduce((sum, area) => sum + area.openAlerts, 0)).toBe(answer.openAlerts);
  const by34 = (await nation.call('overview', { query: { scheme: '34' } })).answer;
  expect(by34.areas).toHaveLength(34);
  expect(by34.days).toEqual(answer.days);
  expect(by34.areas.reduce((sum, area) => sum + area.amountVndLast7Days, 0)).toBe(
    answer.days.slice(-7).reduce((sum, day) => sum + day.amountVnd, 0),
  );
});

test('the overview ends today and shows the newest sales first', async () => {
  const { answer } = await nation.call('overview');
  expect([answer.days.length, answer.today]).toEqual([30, answer.days.at(-1)]);
  expect(answer.today.day).toBe('2026-11-22');
  const times = answer.latestSales.map((sale) => Date.parse(sale.receivedAt));
  expect(times).toEqual([...times].sort((a, b) => b - a));
  expect(times).toHaveLength(20);
});

test('batches that are not rolled up yet are said, to those they concern', async () => {
  await regulator.centre.rollUp.stop();
  await regulator.centre.pool.query(
    `INSERT INTO rollup_pending (till_id, first_seq, last_seq, received_at, first_day, last_day)
     VALUES ($1, 1, 1, now(), '2026-11-22', '2026-11-22')`,
    [sampleTillId(2)],
  );
  expect((await nation.call('overview')).answer.completeness.pendingBatches).toBe(1);
  const elsewhere = { scheme: '63', area: '96' };
  const other = await nation.call('overview', { query: elsewhere });
  expect(other.answer.completeness.pendingBatches).toBe(0);
});

test('every silent facility says why', async () => {
  const { pool } = regulator.centre;
  await pool.query(`UPDATE till SET state = 'revoked' WHERE id = $1`, [sampleTillId(3)]);
  await pool.query(`UPDATE till SET state = 'forked' WHERE id = $1`, [sampleTillId(4)]);
  const reasons = await Promise.all(
    [0, 1, 2, 3, 4].map(async (index) => {
      const { answer } = await nation.call('facility', { params: { id: sampleFacilityId(index) } });
      return [answer.row.state, answer.silence?.reason ?? null];
    }),
  );
  expect(reasons).toEqual([
    ['never-enrolled', 'never-enrolled'],
    ['silent', 'no-contact'],
    ['reporting', null],
    ['revoked', 'revoked'],
    ['silent', 'fork'],
  ]);
});
