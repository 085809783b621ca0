import { randomBytes } from 'node:crypto';
import { connect } from 'node:net';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { queryRows } from '../../../server/db/pool.ts';
import type { Centre } from '../../../server/start-centre.ts';
import { limits } from '../../../shared/base/limits.ts';
import { batchHeaderNames } from '../../../shared/sync/batch.ts';
import { aSale, hashLine } from '../../support/builders.ts';
import { newDevice, startTestCentre, type TestCentre } from '../../support/test-centre.ts';
import {
  anOpening,
  makeBatch,
  newKey,
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

/** A device with opening stock and some sales, nothing sent yet. */
async function aDevice(sales = 3): Promise<TestDevice> {
  const device = await newDevice(centre);
  device.append(anOpening(1_000));
  device.sell(sales);
  return device;
}

const Stored = z.object({ events: z.number(), movements: z.number(), on_hand: z.number() });
async function storedOf(device: TestDevice) {
  const [row] = await queryRows(
    centre.pool,
    Stored,
    `SELECT (SELECT acked_seq FROM till WHERE id = $1) AS events,
       (SELECT count(*) FROM movement WHERE till_id = $1) AS movements,
       (SELECT coalesce(sum(on_hand_units), 0) FROM facility_stock
        WHERE facility_id = (SELECT facility_id FROM till WHERE id = $1)) AS on_hand`,
    [device.till],
  );
  return row;
}

describe('a batch that holds', () => {
  test('is stored, acknowledged and receipted', async () => {
    const device = await aDevice();
    const { status, answer } = await postBatch(device);
    expect(status).toBe(200);
    expect(answer).toMatchObject({
      verdict: 'accept',
      parkedEvents: 0,
      receipt: { till: device.till, ackedSeq: 4, ackedHash: device.events[3]?.hash },
    });
    expect(await storedOf(device)).toEqual({ events: 4, movements: 4, on_hand: 997 });
  });

  test('twice has the effect of once', async () => {
    const device = await aDevice();
    await postBatch(device);
    const before = await storedOf(device);
    const again = await postBatch(device);
    expect(again.answer).toMatchObject({ verdict: 'duplicate', receipt: { ackedSeq: 4 } });
    expect(await storedOf(device)).toEqual(before);
  });

  test('in overlapping pieces equals once', async () => {
    const device = await aDevice(9);
    const pieces = [
      { from: 1, to: 4 },
      { from: 2, to: 6 },
      { from: 1, to: 6 },
      { from: 3, to: 3 },
      { from: 6, to: 10 },
      { from: 1, to: 10 },
    ];
    const verdicts = [];
    for (const piece of pieces) verdicts.push((await postBatch(device, piece)).answer?.verdict);
    expect(verdicts).toEqual([
      'accept',
      'overlap',
      'duplicate',
      'duplicate',
      'overlap',
      'duplicate',
    ]);
    expect(await storedOf(device)).toEqual({ events: 10, movements: 10, on_hand: 991 });
  });

  test('eight times at once is stored once', async () => {
    const device = await aDevice();
    const answers = await Promise.all(Array.from({ length: 8 }, () => postBatch(device)));
    const verdicts = answers.map((one) => one.answer?.verdict).sort();
    expect(verdicts).toEqual(['accept', ...Array.from({ length: 7 }, () => 'duplicate')]);
    expect(await storedOf(device)).toEqual({ events: 4, movements: 4, on_hand: 997 });
  });

  test('of many tills at once, in any order: each till has its own head', async () => {
    const devices = await Promise.all(Array.from({ length: 12 }, () => aDevice(5)));
    const pieces = devices.flatMap((device) => [
      postBatch(device, { from: 1, to: 6 }),
      postBatch(device, { from: 1, to: 3 }),
      postBatch(device, { from: 2, to: 6 }),
    ]);
    const verdicts = new Set((await Promise.all(pieces)).map((one) => one.answer?.verdict));
    expect([...verdicts]).not.toContain('fork');
    for (const device of devices) {
      await postBatch(device);
      expect(await storedOf(device)).toEqual({ events: 6, movements: 6, on_hand: 995 });
    }
  });

  test('is kept byte for byte, so the chain can be proved from the table', async () => {
    const device = await aDevice(5);
    await postBatch(device, { from: 1, to: 2 });
    const last = makeBatch(device, { from: 2, to: 6 });
    await postBatch(device, { from: 2, to: 6 });
    const rows = await queryRows(
      centre.pool,
      z.object({ body: z.instanceof(Buffer), prev_hash: z.string(), head_hash: z.string() }),
      `SELECT body, prev_hash, head_hash FROM batch_evidence WHERE till_id = $1 ORDER BY last_seq`,
      [device.till],
    );
    expect(rows.at(-1)?.body).toEqual(Buffer.from(last.body));
    for (const row of rows) {
      let hash = row.prev_hash;
      for (const line of gunzipSync(row.body).toString('utf8').split('\n').slice(0, -1)) {
        hash = hashLine(hash, `${line},"prev":"${hash}"}`);
      }
      expect(hash).toBe(row.head_hash);
    }
  });

  test('cannot be changed or deleted any more', async () => {
    const device = await aDevice();
    await postBatch(device);
    const change = `UPDATE batch_evidence SET body = '' WHERE till_id = $1`;
    await expect(centre.pool.query(change, [device.till])).rejects.toThrow(/never changes/);
    const removal = 'DELETE FROM batch_evidence WHERE till_id = $1';
    await expect(centre.pool.query(removal, [device.till])).rejects.toThrow(/never changes/);
  });
});

describe('a batch that does not follow', () => {
  test('with a gap is told which events are missing, and nothing is stored', async () => {
    const device = await aDevice();
    await postBatch(device, { from: 1, to: 1 });
    const { status, answer } = await postBatch(device, { from: 3, to: 4 });
    expect(status).toBe(409);
    expect(answer).toMatchObject({ verdict: 'gap', ackedSeq: 1 });
    expect(await storedOf(device)).toMatchObject({ events: 1 });
  });

  test('in the wrong order goes in when its turn comes', async () => {
    const device = await aDevice();
    expect((await postBatch(device, { from: 3, to: 4 })).answer?.verdict).toBe('gap');
    expect((await postBatch(device, { from: 1, to: 2 })).answer?.verdict).toBe('accept');
    expect((await postBatch(device, { from: 3, to: 4 })).answer?.verdict).toBe('accept');
  });

  test('of another past is a fork: kept as evidence, alerted, and the true past goes on', async () => {
    const device = await aDevice();
    const copy = device.clone(2);
    await postBatch(device);
    copy.sell(4, 7);
    const { status, answer } = await postBatch(copy, { from: 2 });
    expect(status).toBe(409);
    expect(answer).toMatchObject({ verdict: 'fork', atSeq: 3 });
    expect(await storedOf(device)).toEqual({ events: 4, movements: 4, on_hand: 997 });
    await postBatch(copy, { from: 2 });
    const kept = await queryRows(
      centre.pool,
      z.object({ evidence: z.number(), alerts: z.number(), state: z.string() }),
      `SELECT (SELECT count(*) FROM refused_evidence WHERE till_id = $1) AS evidence,
         (SELECT count(*) FROM alert WHERE till_id = $1 AND kind = 'fork') AS alerts,
         (SELECT state FROM till WHERE id = $1) AS state`,
      [device.till],
    );
    expect(kept).toEqual([{ evidence: 1, alerts: 1, state: 'forked' }]);
    device.sell(1);
    expect((await postBatch(device, { from: 5 })).answer?.verdict).toBe('accept');
  });

  test('that forks right behind the head is named at the head', async () => {
    const device = await aDevice();
    await postBatch(device);
    const copy = device.clone(3);
    copy.sell(1, 9);
    copy.sell(1);
    const { answer } = await postBatch(copy, { from: 5 });
    expect(answer).toMatchObject({ verdict: 'fork', atSeq: 4 });
  });
});

describe('a batch that is not what it says', () => {
  test('signed by another key is not authentic', async () => {
    const device = await aDevice();
    const { status, answer } = await postBatch(device, { key: newKey().privateKey });
    expect([status, answer?.verdict]).toEqual([401, 'not-authentic']);
    expect(await storedOf(device)).toMatchObject({ events: 0 });
  });

  test('of a till nobody knows is told so', async () => {
    const device = await aDevice();
    const headers = { [batchHeaderNames.till]: '01980000-0000-7000-8000-00000000dead' };
    const { status, answer } = await postBatch(device, { headers });
    expect([status, answer?.verdict]).toEqual([401, 'unknown-till']);
  });

  test('of a revoked till is refused in words', async () => {
    const device = await aDevice();
    await centre.pool.query(`UPDATE till SET state = 'revoked' WHERE id = $1`, [device.till]);
    const { status, answer } = await postBatch(device);
    expect([status, answer?.verdict]).toEqual([403, 'revoked']);
  });

  test.each([2, 99])('in protocol %i is told that it is unknown', async (protocol) => {
    const device = await aDevice();
    const headers = { [batchHeaderNames.protocol]: String(protocol) };
    const { status, answer } = await postBatch(device, { headers });
    expect([status, answer?.verdict]).toEqual([426, 'unknown-protocol']);
  });

  const lines = (device: TestDevice) => gunzipSync(makeBatch(device).body).toString('utf8');
  const packed = (text: string) => new Uint8Array(gzipSync(text));
  test.each<[string, (device: TestDevice) => Uint8Array<ArrayBuffer>]>([
    ['junk', () => packed(randomBytes(400).toString('latin1'))],
    ['no JSON', () => packed('hello\nhello\nhello\nhello\n')],
    ['bytes that are not UTF-8', () => new Uint8Array(gzipSync(Buffer.from([0xff, 0xfe, 0x0a])))],
    ['nothing', () => packed('')],
    ['a line too few', (device) => packed(lines(device).split('\n').slice(0, 3).join('\n'))],
    ['a line too many', (device) => packed(`${lines(device)}{}\n`)],
    [
      'an edited amount',
      (device) => packed(lines(device).replace('"units":1000,', '"units":999,')),
    ],
    ['one byte more', (device) => packed(lines(device).replace('{"v":1', '{ "v":1'))],
    [
      'events in another order',
      (device) => {
        const [first = '', second = '', ...rest] = lines(device).split('\n');
        return packed([second, first, ...rest].join('\n'));
      },
    ],
    [
      'another till inside',
      (device) =>
        packed(lines(device).replaceAll(device.till, '01980000-0000-7000-8000-00000000beef')),
    ],
    ['bad gzip', () => new Uint8Array(Buffer.from('this is no gzip stream'))],
    ['a truncated gzip stream', (device) => makeBatch(device).body.slice(0, -12)],
  ])('with %s is malformed and stores nothing', async (_name, bodyOf) => {
    const device = await aDevice();
    const { status, answer } = await postBatch(device, { body: bodyOf(device) });
    expect([status, answer?.verdict]).toEqual([400, 'malformed']);
    expect(await storedOf(device)).toMatchObject({ events: 0, movements: 0 });
  });

  test.each([
    ['first-seq that is no number', { [batchHeaderNames.firstSeq]: 'one' }],
    ['last-seq beyond counting', { [batchHeaderNames.lastSeq]: '9007199254740993' }],
    ['hash of another shape', { [batchHeaderNames.headHash]: 'ABC' }],
    ['signature that is no base64', { [batchHeaderNames.signature]: '?' }],
    ['no till', { [batchHeaderNames.till]: undefined }],
  ])('with a %s is malformed', async (_name, headers) => {
    const device = await aDevice();
    const { status, answer } = await postBatch(device, { headers });
    expect([status, answer?.verdict]).toEqual([400, 'malformed']);
  });

  test('with more than 500 events is malformed', async () => {
    const device = await aDevice();
    device.sell(500);
    const { status, answer } = await postBatch(device);
    expect([status, answer?.verdict]).toEqual([400, 'malformed']);
  });

  test.each([
    ['content type', { 'content-type': 'application/json' }],
    ['encoding', { 'content-encoding': 'br' }],
    ['missing encoding', { 'content-encoding': undefined }],
  ])('with the wrong %s is told so', async (_name, headers) => {
    const device = await aDevice();
    const { status, json } = await postBatch(device, { headers });
    expect(status).toBe(415);
    expect(json).toMatchObject({ type: 'wrong-content-type' });
  });

  test('of more bytes than a batch may have is too large', async () => {
    const device = await aDevice();
    const body = new Uint8Array(randomBytes(limits.batchCompressedBytesMax + 1));
    const { status, json } = await postBatch(device, { body });
    expect([status, json]).toMatchObject([413, { type: 'too-large' }]);
  });

  test('that does not say how large it is is stopped at the bound', async () => {
    const device = await aDevice();
    const { headers } = makeBatch(device);
    const url = new URL(device.url);
    const socket = connect(Number(url.port), url.hostname);
    const given = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(`POST /v1/sync/batches HTTP/1.1\r\nhost: x\r\n${given.join('')}`);
    socket.write('transfer-encoding: chunked\r\n\r\n');
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`;
    const status = await new Promise<string>((resolve) => {
      const pump = setInterval(() => socket.write(chunk), 1);
      socket.on('data', (data) => {
        clearInterval(pump);
        resolve(data.toString('latin1').split('\r\n')[0] ?? '');
      });
      socket.on('error', () => undefined);
    });
    socket.destroy();
    expect(status).toBe('HTTP/1.1 413 Payload Too Large');
  });

  test('that is a gzip bomb is stopped while it inflates', async () => {
    const device = await aDevice();
    const body = new Uint8Array(gzipSync(Buffer.alloc(200 * 1024 * 1024), { level: 9 }));
    expect(body.length).toBeLessThan(limits.batchCompressedBytesMax);
    const before = process.memoryUsage.rss();
    const { status, json } = await postBatch(device, { body });
    expect([status, json]).toMatchObject([413, { type: 'too-large' }]);
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 1024 * 1024);
  });

  test('cut off in the middle leaves the centre well and the till as it was', async () => {
    const device = await aDevice();
    const { headers, body } = makeBatch(device);
    const url = new URL(device.url);
    const socket = connect(Number(url.port), url.hostname);
    const given = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.write(
      `POST /v1/sync/batches HTTP/1.1\r\nhost: x\r\ncontent-length: ${body.length}\r\n${given.join('')}\r\n`,
    );
    socket.write(body.slice(0, 100));
    await new Promise((resolve) => socket.write('', resolve));
    socket.destroy();
    expect((await postBatch(device)).answer?.verdict).toBe('accept');
  });
});

describe('facts nobody can interpret', () => {
  const forged = (change: (data: Record<string, unknown>) => void) => {
    const sale: { type: string; data: Record<string, unknown> } = JSON.parse(
      JSON.stringify(aSale()),
    );
    change(sale.data);
    return sale;
  };
  type Fields = Record<string, unknown>;
  const firstOf = (fields: Fields, name: string) => (fields[name] as Fields[])[0] ?? {};
  const line = (data: Fields) => firstOf(data, 'lines');
  const pick = (data: Fields) => firstOf(line(data), 'picks');
  test.each<[string, { type: string; data: unknown; at?: string }]>([
    ['an unknown type', { type: 'SaleImagined.v1', data: {} }],
    ['a newer version', { type: 'SaleCompleted.v2', data: { lines: [] } }],
    ['no data', { type: 'SaleCompleted.v1', data: null }],
    ['a zero quantity', forged((data) => Object.assign(line(data), { quantity: 0 }))],
    ['a negative quantity', forged((data) => Object.assign(pick(data), { units: -5 }))],
    ['half a tablet', forged((data) => Object.assign(pick(data), { units: 0.5 }))],
    ['an enormous quantity', forged((data) => Object.assign(pick(data), { units: 1e18 }))],
    ['a lot with U+0000', forged((data) => Object.assign(pick(data), { lot: 'A\u0000B' }))],
    ['half a character', forged((data) => Object.assign(pick(data), { lot: 'A\ud800' }))],
    [
      'an expiry in year 0',
      forged((data) => Object.assign(pick(data), { expiresOn: '0000-01-01' })),
    ],
    ['a day before the calendar', { ...aSale(), at: '0000-01-01T00:00:00+14:00' }],
    ['a day after the calendar', { ...aSale(), at: '9999-12-31T23:59:59-12:00' }],
    [
      'more money than there is',
      {
        type: 'OpeningStockDeclared.v1',
        data: {
          lines: [
            {
              drug: 'DEMO-1',
              lot: 'B',
              expiresOn: '2027-01-01',
              units: 10_000_000,
              unitCostVnd: 1e9,
            },
          ],
        },
      },
    ],
  ])('are parked (%s) and hold up nothing behind them', async (_name, entry) => {
    const device = await newDevice(centre);
    device.append(anOpening(10));
    device.append(entry);
    device.sell(1);
    const { status, answer } = await postBatch(device);
    expect(status).toBe(200);
    expect(answer).toMatchObject({ verdict: 'accept', parkedEvents: 1, receipt: { ackedSeq: 3 } });
    expect(await storedOf(device)).toEqual({ events: 3, movements: 2, on_hand: 9 });
    const parked = await queryRows(
      centre.pool,
      z.object({ seq: z.number(), line: z.string(), count: z.number() }),
      `SELECT seq, line, (SELECT parked_events FROM till WHERE id = $1) AS count
       FROM parked_event WHERE till_id = $1`,
      [device.till],
    );
    expect(parked).toEqual([{ seq: 2, line: device.events[1]?.line, count: 1 }]);
  });

  test('are parked even when only PostgreSQL knows why', async () => {
    await centre.pool.query(
      `ALTER TABLE movement ADD CONSTRAINT no_poison CHECK (lot <> 'POISON') NOT VALID`,
    );
    const [poisoned, healthy] = await Promise.all([newDevice(centre), newDevice(centre)]);
    poisoned.append(anOpening(10));
    poisoned.append(aSale({ lot: 'POISON' }));
    poisoned.sell(2);
    healthy.append(anOpening(10));
    const [bad, good] = await Promise.all([postBatch(poisoned), postBatch(healthy)]);
    expect(good.answer).toMatchObject({ verdict: 'accept', parkedEvents: 0 });
    expect(bad.answer).toMatchObject({ verdict: 'accept', parkedEvents: 1 });
    expect(await storedOf(poisoned)).toEqual({ events: 4, movements: 3, on_hand: 8 });
    await centre.pool.query('ALTER TABLE movement DROP CONSTRAINT no_poison');
  });
});

describe('odd facts', () => {
  async function alertsOf(device: TestDevice) {
    const rows = await queryRows(
      centre.pool,
      z.object({ kind: z.string() }),
      'SELECT kind FROM alert WHERE facility_id = $1 ORDER BY kind',
      [device.enrolment.facility.id],
    );
    return rows.map((row) => row.kind);
  }

  test('of an unknown drug, an expired lot and stock below zero are stored and alerted', async () => {
    const device = await newDevice(centre);
    const sale = aSale({ lot: 'OLD', units: 3 });
    const text = JSON.stringify(sale.data).replace('2027-06-30', '2026-11-22');
    device.append({ type: sale.type, data: JSON.parse(text.replace('DEMO-1', 'NEVER-HEARD')) });
    device.append({ type: sale.type, data: JSON.parse(text.replace('DEMO-1', 'NEVER-HEARD')) });
    expect((await postBatch(device)).answer).toMatchObject({ verdict: 'accept', parkedEvents: 0 });
    expect(await alertsOf(device)).toEqual([
      'expired-lot-sold',
      'expired-lot-sold',
      'negative-stock',
      'unknown-drug',
    ]);
    expect(await storedOf(device)).toMatchObject({ on_hand: -6 });
  });

  test.each([
    ['ahead', '2036-11-22T11:00:00+07:00', ['clock-ahead', 'expired-lot-sold']],
    ['behind', '2016-11-22T11:00:00+07:00', ['back-dated']],
  ])('of a clock ten years %s lose nothing and block nothing', async (_name, at, alerts) => {
    const device = await newDevice(centre);
    device.append(anOpening(10));
    await postBatch(device);
    for (let count = 0; count < 5; count += 1) device.append({ ...aSale({ units: 1 }), at });
    expect((await postBatch(device, { from: 2 })).answer).toMatchObject({
      verdict: 'accept',
      parkedEvents: 0,
    });
    expect(await storedOf(device)).toEqual({ events: 6, movements: 6, on_hand: 5 });
    expect([...new Set(await alertsOf(device))]).toEqual(alerts);
  });

  test('a backlog of several batches from days without a line is not back-dated', async () => {
    const device = await newDevice(centre);
    device.append({ ...anOpening(10), at: '2026-11-14T08:00:00+07:00' });
    for (const day of [14, 15, 16, 17, 18, 19, 20, 21]) {
      device.append({ ...aSale({ units: 1 }), at: `2026-11-${day}T11:00:00+07:00` });
    }
    for (let from = 1; from <= 9; from += 1) await postBatch(device, { from, to: from });
    expect(await storedOf(device)).toEqual({ events: 9, movements: 9, on_hand: 2 });
    expect(await alertsOf(device)).toEqual([]);
  });

  test('above the declared price are alerted once a day and drug', async () => {
    const device = await newDevice(centre);
    await centre.pool.query(
      `INSERT INTO drug VALUES ('CAPPED', 'Capped', '{}', 'capped', 400, true, now())`,
    );
    device.append(anOpening(10));
    const data = JSON.parse(JSON.stringify(aSale().data).replace('DEMO-1', 'CAPPED'));
    device.append({ type: 'SaleCompleted.v1', data });
    device.append({ type: 'SaleCompleted.v1', data });
    await postBatch(device);
    expect(await alertsOf(device)).toEqual(['negative-stock', 'price-above-ceiling']);
  });
});
