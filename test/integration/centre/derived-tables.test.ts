import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ensurePartitions } from '../../../server/db/partitions.ts';
import { queryRows } from '../../../server/db/pool.ts';
import { rebuild } from '../../../server/ingest/rebuild.ts';
import { rollUpOnce } from '../../../server/ingest/roll-up.ts';
import type { Centre } from '../../../server/start-centre.ts';
import { AgreementAnswer } from '../../../shared/contract/sync-api.ts';
import { zeroHash } from '../../../shared/events/envelope.ts';
import { stockDigestText } from '../../../shared/sync/digest.ts';
import { aLot, aSale } from '../../support/builders.ts';
import { differingSums } from '../../support/roll-up-sums.ts';
import {
  issueTestCode,
  newDevice,
  startTestCentre,
  type TestCentre,
} from '../../support/test-centre.ts';
import {
  anOpening,
  askCentre,
  enrolDevice,
  postBatch,
  type TestDevice,
} from '../../support/test-device.ts';

let running: TestCentre;
let centre: Centre;

beforeAll(async () => {
  running = await startTestCentre();
  centre = running.centre;
});

afterAll(async () => running.close());

/** Sales and voids of two days, in several batches. */
async function tradedDevice(province: string): Promise<TestDevice> {
  const device = await newDevice(centre, { province });
  device.append(anOpening(1_000));
  device.sell(4, 3);
  device.append({ ...aSale({ units: 5 }), at: '2026-11-21T23:30:00+07:00' });
  const { lines, totalVnd } = JSON.parse(JSON.stringify(aSale({ units: 3 }).data)) as {
    lines: { drug: string; amountVnd: number; picks: unknown[] }[];
    totalVnd: number;
  };
  const voided = lines.map(({ drug, amountVnd, picks }) => ({ drug, amountVnd, picks }));
  const saleId = JSON.parse(device.events[1]?.line ?? '{}').id as string;
  const reason = 'khách đổi ý';
  device.append({
    type: 'SaleVoided.v1',
    data: { saleId, slip: 'A1-2', reason, lines: voided, totalVnd },
  });
  await postBatch(device, { from: 1, to: 3 });
  await postBatch(device, { from: 4 });
  return device;
}

describe('the roll-ups', () => {
  test('equal the sums of the movements', async () => {
    await Promise.all(['96', '96', '01'].map(tradedDevice));
    await centre.rollUp.drain();
    expect(await differingSums(centre.pool)).toEqual([]);
    const days = await queryRows(
      centre.pool,
      z.object({ day: z.string(), sale_count: z.number(), sold_units: z.number() }),
      `SELECT day, sale_count, sold_units FROM area_day WHERE province = '01' ORDER BY day`,
    );
    expect(days).toEqual([
      { day: '2026-11-21', sale_count: 1, sold_units: 5 },
      { day: '2026-11-22', sale_count: 4, sold_units: 9 },
    ]);
  });

  test('add every batch once, however many processes follow', async () => {
    await Promise.all(['02', '04', '06', '08'].map(tradedDevice));
    await Promise.all(
      Array.from({ length: 6 }, async () => {
        while ((await rollUpOnce(centre.pool, [], 'wait')) > 0);
      }),
    );
    expect(await differingSums(centre.pool)).toEqual([]);
  });

  test('never hold up an acknowledgement', async () => {
    const device = await newDevice(centre);
    device.append(anOpening(10));
    const blocker = await centre.pool.connect();
    await blocker.query('BEGIN; LOCK TABLE area_day IN ACCESS EXCLUSIVE MODE');
    try {
      expect((await postBatch(device)).answer).toMatchObject({ verdict: 'accept' });
      device.sell(2);
      expect((await postBatch(device, { from: 2 })).answer).toMatchObject({ verdict: 'accept' });
    } finally {
      await blocker.query('ROLLBACK');
      blocker.release();
    }
    await centre.rollUp.drain();
  });

  test('keep the newest 25 sales of a province', async () => {
    const device = await newDevice(centre, { province: '79' });
    device.append(anOpening(1_000));
    device.sell(80);
    await postBatch(device);
    await centre.rollUp.drain();
    const latest = await queryRows(
      centre.pool,
      z.object({ first: z.number(), last: z.number(), count: z.number() }),
      `SELECT min(seq) AS first, max(seq) AS last, count(*) AS count FROM latest_sale
       WHERE province = '79'`,
    );
    expect(latest).toEqual([{ first: 57, last: 81, count: 25 }]);
  });
});

describe('the evidence', () => {
  test('gives the stored tables again', async () => {
    await tradedDevice('10');
    const report = await rebuild(centre.deps, { replace: false });
    expect(report).toMatchObject({ movementDifferences: 0, stockDifferences: 0 });
    expect(report.movements).toBeGreaterThan(0);
  });

  test('shows what was tampered with, and puts it right', async () => {
    const device = await tradedDevice('11');
    await centre.pool.query(
      'UPDATE movement SET units = units - 1 WHERE till_id = $1 AND seq = 2',
      [device.till],
    );
    const found = await rebuild(centre.deps, { replace: true });
    expect(found).toMatchObject({ movementDifferences: 2, stockDifferences: 0 });
    await centre.rollUp.drain();
    const again = await rebuild(centre.deps, { replace: false });
    expect(again).toMatchObject({ movementDifferences: 0, stockDifferences: 0 });
    expect(await differingSums(centre.pool)).toEqual([]);
  });
});

async function compare(device: TestDevice, onHandUnits: number, seq = device.events.length) {
  const text = stockDigestText([aLot({ onHandUnits })]);
  const stockDigest = createHash('sha256').update(text).digest('hex');
  const headHash = device.events[seq - 1]?.hash ?? zeroHash;
  const body = { seq, headHash, stockDigest };
  const response = await askCentre(device, { method: 'POST', path: '/v1/sync/agreement', body });
  return AgreementAnswer.parse(await response.json());
}

describe('agreement', () => {
  test('is reached at the same head with the same stock, and noted', async () => {
    const device = await newDevice(centre);
    device.append(anOpening(10));
    device.sell(3);
    await postBatch(device);
    expect(await compare(device, 7)).toMatchObject({ state: 'agreed' });
    const { rows } = await centre.pool.query(
      'SELECT last_agreed_at IS NOT NULL AS noted FROM till WHERE id = $1',
      [device.till],
    );
    expect(rows).toEqual([{ noted: true }]);
  });

  test('is not asked of a till that is ahead', async () => {
    const device = await newDevice(centre);
    device.append(anOpening(10));
    await postBatch(device);
    device.sell(1);
    expect(await compare(device, 9)).toMatchObject({ state: 'behind', ackedSeq: 1 });
  });

  test('that fails names the centre’s stock and raises one alert', async () => {
    const device = await newDevice(centre);
    device.append(anOpening(10));
    await postBatch(device);
    await compare(device, 9);
    expect(await compare(device, 9)).toMatchObject({
      state: 'different',
      lots: [{ drug: 'DEMO-1', lot: 'A1', onHandUnits: 10 }],
    });
    const { rows } = await centre.pool.query(
      `SELECT count(*)::int AS count FROM alert WHERE till_id = $1 AND kind = 'stock-differs'`,
      [device.till],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });
});

describe('a replaced till', () => {
  async function recovered(units: number) {
    const old = await newDevice(centre);
    old.append(anOpening(50));
    old.sell(2);
    await postBatch(old);
    await centre.pool.query(`UPDATE till SET state = 'revoked' WHERE id = $1`, [old.till]);
    const facility = old.enrolment.facility;
    const device = await enrolDevice(centre.url, await issueTestCode(centre, facility));
    const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2027-06-30', unitCostVnd: 300 };
    device.append({
      type: 'TillRecovered.v1',
      data: {
        oldTill: old.till,
        oldSeq: 3,
        oldHash: old.events[2]?.hash,
        part: 1,
        parts: 1,
        lots: [{ ...lot, onHandUnits: units, quarantinedUnits: 0 }],
      },
    });
    device.sell(1);
    await postBatch(device);
    return device;
  }

  const stockSql = `SELECT on_hand_units FROM facility_stock WHERE facility_id = $1`;
  const areaSql = `SELECT sum(on_hand_units)::int AS units FROM area_drug_stock`;

  test('goes on with the shelf of the old one: nothing is doubled, nothing is lost', async () => {
    await centre.rollUp.drain();
    const before = await centre.pool.query(areaSql);
    const device = await recovered(48);
    const { rows } = await centre.pool.query(stockSql, [device.enrolment.facility.id]);
    expect(rows).toEqual([{ on_hand_units: 47 }]);
    await centre.rollUp.drain();
    const after = await centre.pool.query(areaSql);
    expect(after.rows[0].units - before.rows[0].units).toBe(47);
    expect(await compare(device, 47)).toMatchObject({ state: 'agreed' });
    const report = await rebuild(centre.deps, { replace: true });
    expect(report).toMatchObject({ movementDifferences: 0, stockDifferences: 0 });
    await centre.rollUp.drain();
    expect((await centre.pool.query(areaSql)).rows).toEqual(after.rows);
  });

  test('that takes over more than the old one reported is found out', async () => {
    expect(await compare(await recovered(60), 59)).toMatchObject({
      state: 'different',
      lots: [{ drug: 'DEMO-1', lot: 'A1', onHandUnits: 47 }],
    });
  });
});

test('a month gets its partition even where a wrong clock was first', async () => {
  const device = await newDevice(centre);
  device.append(anOpening(10));
  device.append({ ...aSale({ units: 1 }), at: '2027-08-15T10:00:00+07:00' });
  await postBatch(device);
  const partitionOf = async () => {
    const { rows } = await centre.pool.query(
      'SELECT tableoid::regclass::text AS name FROM movement WHERE till_id = $1 AND seq = 2',
      [device.till],
    );
    return z.array(z.object({ name: z.string() })).parse(rows)[0]?.name;
  };
  expect(await partitionOf()).toBe('movement_default');
  await ensurePartitions(centre.pool, Date.parse('2027-08-01T00:00:00Z'));
  expect(await partitionOf()).toBe('movement_2027_08');
});
