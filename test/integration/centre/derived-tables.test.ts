import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ensurePartitions } from '../../../server/db/partitions.ts';
import { queryRows } from '../../../server/db/pool.ts';
import { rebuild } from '../../../server/ingest/rebuild.ts';
import { rollUpOnce } from '../../../server/ingest/roll-up.ts';
import type { Centre } from '../../../server/start-centre.ts';
import { AgreementAnswer, RangesAnswer } from '../../../shared/contract/sync-api.ts';
import { Envelope, zeroHash } from '../../../shared/events/envelope.ts';
import { interpretEvent } from '../../../shared/events/registry.ts';
import { businessDateOf } from '../../../shared/model/calendar.ts';
import { movementsOf } from '../../../shared/rules/movements.ts';
import {
  type DaySum,
  dayDigestText,
  firstDifferingRange,
  movementText,
  type SeqRange,
  splitRange,
  stockDigestText,
} from '../../../shared/sync/digest.ts';
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

describe('agreement by day and by event', () => {
  const rows = (device: TestDevice, without: readonly number[] = []) =>
    device.events.flatMap((event) => {
      const envelope = Envelope.parse(JSON.parse(event.line));
      const read = interpretEvent(envelope);
      if (!read.ok || without.includes(event.seq)) return [];
      return movementsOf(read.value).map((movement) => ({
        ...movement,
        seq: event.seq,
        day: businessDateOf(envelope.at),
        isQuarantine: movement.place === 'quarantine',
      }));
    });
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

  async function askAgreement(
    device: TestDevice,
    parts: { without?: readonly number[]; onHandUnits: number; extraUnits?: number },
  ) {
    const { without, onHandUnits, extraUnits = 0 } = parts;
    const sums = new Map<string, DaySum>();
    for (const { day, units, amountVnd } of rows(device, without)) {
      const sum = sums.get(day) ?? { day, movements: 0, units: extraUnits, amountVnd: 0 };
      sums.set(day, {
        day,
        movements: sum.movements + 1,
        units: sum.units + units,
        amountVnd: sum.amountVnd + amountVnd,
      });
    }
    const body = {
      seq: device.events.length,
      headHash: device.events.at(-1)?.hash ?? zeroHash,
      stockDigest: sha256(stockDigestText([aLot({ onHandUnits })])),
      days: { afterSeq: 0, digest: sha256(dayDigestText([...sums.values()])) },
      ...(without === undefined ? {} : { without }),
    };
    const path = '/v1/sync/agreement';
    const response = await askCentre(device, { method: 'POST', path, body });
    expect(response.status).toBe(200);
    return AgreementAnswer.parse(await response.json());
  }

  async function askRanges(device: TestDevice, body: object) {
    const path = '/v1/sync/agreement/ranges';
    const response = await askCentre(device, { method: 'POST', path, body });
    expect(response.status).toBe(200);
    return RangesAnswer.parse(await response.json());
  }

  const stateOf = async (device: TestDevice) => {
    const { rows: found } = await centre.pool.query(
      `SELECT state, waiting_events::int AS waiting, first_seq::int AS first FROM agreement
       WHERE till_id = $1`,
      [device.till],
    );
    return found[0];
  };

  test('the same stock with another day is a difference', async () => {
    const device = await newDevice(centre);
    device.append(anOpening(10));
    device.sell(2);
    await postBatch(device);
    expect(await askAgreement(device, { onHandUnits: 8 })).toMatchObject({ state: 'agreed' });
    expect(await askAgreement(device, { onHandUnits: 8, extraUnits: 1 })).toMatchObject({
      state: 'different',
    });
    await centre.clinic.idle();
  });

  test('what waits in the clinic is left out, and said', async () => {
    const device = await newDevice(centre);
    device.append(anOpening(10));
    device.append({ type: 'RobotArrived.v1', data: {} });
    device.sell(1);
    await postBatch(device);
    const asked = await askAgreement(device, { onHandUnits: 9 });
    expect(asked).toMatchObject({
      state: 'waiting',
      total: 1,
      records: [{ seq: 2, reason: 'UnknownEventType' }],
    });
    const answer = await askAgreement(device, { onHandUnits: 9, without: [2] });
    expect(answer).toMatchObject({ state: 'agreed' });
    expect(await stateOf(device)).toEqual({ state: 'waiting', waiting: 1, first: null });
  });

  test('two answers at once that differ are no fault, and one alert', async () => {
    const device = await newDevice(centre);
    device.append(anOpening(10));
    await postBatch(device);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => askAgreement(device, { onHandUnits: 9 })),
    );
    expect(answers.map(({ state }) => state)).toEqual(Array(8).fill('different'));
    const { rows: raised } = await centre.pool.query(
      `SELECT count(*)::int AS count FROM alert WHERE till_id = $1 AND kind = 'stock-differs'`,
      [device.till],
    );
    expect(raised).toEqual([{ count: 1 }]);
    await centre.clinic.idle();
  });

  test('ranges have the digests of the till, and the event that differs is noted', async () => {
    const device = await newDevice(centre);
    device.append(anOpening(100));
    device.sell(40);
    await postBatch(device);
    await askAgreement(device, { onHandUnits: 9 });
    await centre.clinic.idle();
    const digestsOf = (range: SeqRange) =>
      splitRange(range).map(({ after, through }) =>
        sha256(
          rows(device)
            .filter(({ seq }) => seq > after && seq <= through)
            .map(movementText)
            .join('\n'),
        ),
      );
    const range = { after: 0, through: 41 };
    const same = await askRanges(device, { ...range, parts: 16 });
    expect(same.digests).toEqual(digestsOf(range));
    await centre.pool.query(
      'UPDATE movement SET amount_vnd = amount_vnd + 1 WHERE till_id = $1 AND seq = 23',
      [device.till],
    );
    const other = await askRanges(device, { ...range, parts: 16 });
    const differing = firstDifferingRange(splitRange(range), {
      till: digestsOf(range),
      centre: other.digests,
    });
    expect(differing).toEqual({ after: 20, through: 23 });
    const one = { after: 22, through: 23 };
    const last = await askRanges(device, { ...one, parts: 1, digest: digestsOf(one)[0] });
    expect(last.movements).toMatchObject([{ drug: 'DEMO-1', kind: 'sale', amountVnd: 501 }]);
    expect(await stateOf(device)).toMatchObject({ state: 'different', first: 23 });
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
