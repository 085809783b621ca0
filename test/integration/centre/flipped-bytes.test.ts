import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { queryRows } from '../../../server/db/pool.ts';
import { checkAreas } from '../../../server/ingest/check-areas.ts';
import { checkFacility } from '../../../server/ingest/check-facility.ts';
import {
  facilityTables,
  keptTables,
  parkedColumns,
  recomputedTables,
  rolledUpTables,
} from '../../../server/ingest/derived-tables.ts';
import type { Centre } from '../../../server/start-centre.ts';
import { refreshShortages } from '../../../server/supervision/refresh-shortages.ts';
import { aSale } from '../../support/builders.ts';
import { newDevice, startTestCentre, type TestCentre } from '../../support/test-centre.ts';
import { anOpening, postBatch, type TestDevice } from '../../support/test-device.ts';

let running: TestCentre;
let centre: Centre;
const devices: TestDevice[] = [];

beforeAll(async () => {
  running = await startTestCentre();
  centre = running.centre;
  devices.push(await tradedDevice('96'));
  await centre.rollUp.drain();
  await refreshShortages(centre.pool, running.clock.nowMs);
});

afterAll(async () => running.close());

/** Sales of several days, a record that waits, and one whose drug was mapped. */
async function tradedDevice(province: string): Promise<TestDevice> {
  const device = await newDevice(centre, { province });
  const { id } = device.enrolment.facility;
  await centre.pool.query(
    `INSERT INTO drug_code_mapping VALUES ($1, 'hộp xanh', 'DEMO-1', 'test', now())`,
    [id],
  );
  device.append(anOpening(22));
  for (let day = 15; day <= 22; day += 1) {
    device.append({ ...aSale({ units: 2 }), at: `2026-11-${day}T08:00:00+07:00` });
  }
  device.append({ type: 'RobotArrived.v1', data: {} });
  const sale = aSale({ units: 1 });
  if (sale.type !== 'SaleCompleted.v1') throw new Error('aSale builds a sale');
  const lines = sale.data.lines.map((line) => ({ ...line, drug: 'hộp xanh' }));
  device.append({ type: sale.type, data: { ...sale.data, lines } });
  await postBatch(device);
  return device;
}

const ColumnRow = z.object({
  name: z.string(),
  type: z.string(),
  is_generated: z.string(),
});

const derivedTables = [...facilityTables, ...rolledUpTables, ...recomputedTables];
/** What people did about a parked event, and when a job ran, follows from nothing. */
const derivedColumnsOf: Readonly<Record<string, readonly string[]>> = {
  parked_event: [...parkedColumns.split(', '), 'resolved_at'],
};
const ownColumns: Readonly<Record<string, readonly string[]>> = { shortage: ['computed_at'] };

async function columnsOf(table: string) {
  const columns = await queryRows(
    centre.pool,
    ColumnRow,
    `SELECT column_name AS name, data_type AS type, is_generated
     FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1
     ORDER BY ordinal_position`,
    [table],
  );
  const only = derivedColumnsOf[table];
  const without = ownColumns[table] ?? [];
  return columns.filter(
    ({ name }) => (only === undefined || only.includes(name)) && !without.includes(name),
  );
}

/** Another value of the same type. */
const otherValue: Readonly<Record<string, (column: string) => string>> = {
  uuid: () => 'gen_random_uuid()',
  text: (column) => `${column} || 'x'`,
  integer: (column) => `${column} + 1003`,
  bigint: (column) => `${column} + 1003`,
  smallint: (column) => `CASE ${column} WHEN 3 THEN 4 ELSE 3 END`,
  boolean: (column) => `NOT ${column}`,
  date: (column) => `${column} + 40`,
  'double precision': (column) => `${column} + 0.5`,
  'timestamp with time zone': (column) =>
    `coalesce(${column} + interval '1 hour', timestamptz '2026-11-22')`,
};

async function digestOf(table: string): Promise<string> {
  const columns = (await columnsOf(table)).map(({ name }) => `"${name}"::text`).join(', ');
  const rows = await queryRows(
    centre.pool,
    z.object({ line: z.string() }),
    `SELECT concat_ws('|', ${columns}) AS line FROM ${table} ORDER BY 1`,
  );
  return createHash('sha256').update(JSON.stringify(rows)).digest('hex');
}

/** The nightly round, for the facilities of this test. @returns names of the tables repaired. */
async function checkEverything(): Promise<readonly string[]> {
  const repaired = new Set<string>();
  for (const device of devices) {
    const check = await checkFacility(centre.deps, {
      facilityId: device.enrolment.facility.id,
      askedBy: 'test',
    });
    for (const table of Object.keys(check.repaired)) repaired.add(table);
  }
  const areas = await checkAreas(centre.deps, 'test');
  for (const table of Object.keys(areas)) repaired.add(table);
  running.clock.nowMs += 1_000;
  await refreshShortages(centre.pool, running.clock.nowMs);
  return [...repaired];
}

/** Written anew whatever they say: by a job, or by judging again before anything is compared. */
const rewritten = new Set<string>([
  ...recomputedTables,
  'parked_event.reason',
  'parked_event.detail',
]);

/** Where nothing was recorded, a row out of nowhere is what damage looks like. */
async function plant(table: string): Promise<void> {
  const values: Readonly<Record<string, string>> = {
    uuid: 'gen_random_uuid()',
    text: "'x'",
    boolean: 'true',
    date: "'2026-11-22'",
    'timestamp with time zone': "'2026-11-22'",
  };
  const given = (await columnsOf(table)).map(({ type }) => values[type] ?? '1');
  await centre.pool.query(`INSERT INTO ${table} VALUES (${given.join(', ')})`);
}

async function flip(table: string, { name, type }: z.output<typeof ColumnRow>): Promise<void> {
  const other = otherValue[type];
  if (other === undefined) throw new Error(`No other value of ${type} is known`);
  const held = await centre.pool.query(`SELECT 1 FROM ${table} LIMIT 1`);
  if (held.rowCount === 0) return plant(table);
  const { rowCount } = await centre.pool.query(
    `UPDATE ${table} SET ${name} = ${other(name)}
     WHERE (tableoid, ctid) = (SELECT tableoid, ctid FROM ${table} ORDER BY 1, 2 LIMIT 1)`,
  );
  expect(rowCount, `${table}.${name}`).toBe(1);
}

describe('every table of the centre', () => {
  test('says where its truth comes from: a new one must, too', async () => {
    const tables = await queryRows(
      centre.pool,
      z.object({ name: z.string() }),
      `SELECT relname AS name FROM pg_class
       WHERE relkind IN ('r', 'p') AND NOT relispartition
         AND relnamespace = 'public'::regnamespace ORDER BY 1`,
    );
    const known = new Set<string>([...derivedTables, ...keptTables]);
    expect(tables.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
    expect(tables.length).toBe(known.size);
  });
});

describe('a flipped byte in a derived table', () => {
  test('is found in every column of every table, repaired and told', async () => {
    await centre.pool.query('ALTER TABLE facility_stock DROP CONSTRAINT facility_stock_adds_up');
    expect(await checkEverything()).toEqual([]);
    const before = new Map<string, string>();
    for (const table of derivedTables) before.set(table, await digestOf(table));
    const columns = new Map<string, Awaited<ReturnType<typeof columnsOf>>>();
    for (const table of derivedTables) columns.set(table, await columnsOf(table));
    const rounds = Math.max(...[...columns.values()].map((all) => all.length));
    const missed: string[] = [];
    let flips = 0;
    // One column of every table at a time: that many bytes at once, and all are found.
    for (let round = 0; round < rounds; round += 1) {
      const flipped: { table: string; name: string }[] = [];
      for (const [table, all] of columns) {
        const column = all[round];
        if (column === undefined) continue;
        await flip(table, column);
        flipped.push({ table, name: column.name });
      }
      const repaired = new Set(await checkEverything());
      for (const { table, name } of flipped) {
        flips += 1;
        const isTold =
          rewritten.has(table) || rewritten.has(`${table}.${name}`) || repaired.has(table);
        const isRight = (await digestOf(table)) === before.get(table);
        if (!isTold || !isRight) missed.push(`${table}.${name}: ${isTold} ${isRight}`);
      }
    }
    process.stdout.write(`centre: ${flips} columns of ${derivedTables.length} tables flipped\n`);
    expect(missed).toEqual([]);
    for (const table of derivedTables) expect(await digestOf(table)).toBe(before.get(table));
    expect(flips).toBeGreaterThan(60);
    const told = await queryRows(
      centre.pool,
      z.object({ count: z.number() }),
      'SELECT count(*) FROM derived_repair',
    );
    expect(told[0]?.count).toBeGreaterThanOrEqual(10);
  });
});
