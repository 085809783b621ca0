import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { publishDrugs, publishFacility } from '../../../server/catalogue/publish.ts';
import { inTransaction, queryRows } from '../../../server/db/pool.ts';
import { type Random, randomOf } from '../../../server/twin/random.ts';
import type { TillAnswer } from '../../../shared/contract/till-api.ts';
import type { Facility } from '../../../shared/model/facility.ts';
import { joinFrames, type QrFrame, readFrame } from '../../../shared/sync/qr-frames.ts';
import { aDrug } from '../../support/builders.ts';
import { openRealTill, type RealTill, stockUp } from '../../support/real-till.ts';
import { issueTestCode, registerTestFacility } from '../../support/test-centre.ts';
import {
  type ConsoleUser,
  startTestConsole,
  type TestConsole,
} from '../../support/test-console.ts';

const seed = process.env['CARRIER_SEED'] ?? 'carriers';
let running: TestConsole;
let official: ConsoleUser;
const tills: RealTill[] = [];

beforeAll(async () => {
  running = await startTestConsole();
  await inTransaction(running.centre.pool, (transaction) =>
    publishDrugs(transaction, { drugs: [aDrug()] }, running.clock.nowMs),
  );
  official = await running.userOf({ kind: 'area', scheme: '63', code: '96' });
});
afterAll(async () => {
  for (const till of tills) await till.close();
  await running.close();
});

/** A shop that has agreed with the centre once, and whose cable then went. */
async function aShopWithoutLine(): Promise<{ till: RealTill; facility: Facility }> {
  const { centre } = running;
  const facility = await registerTestFacility(centre, { province: '96' });
  await inTransaction(centre.pool, (transaction) => publishFacility(transaction, facility));
  const till = openRealTill();
  tills.push(till);
  const code = await issueTestCode(centre, facility);
  await till.ask('setup.enrol', { centreUrl: centre.url, code });
  await till.ask('sync.now', {});
  await stockUp(till);
  await till.ask('sync.now', {});
  till.line.isDown = true;
  return { till, facility };
}

const CentreState = z.object({ acked_seq: z.number(), movements: z.number(), units: z.number() });

async function centreHolds(facility: Facility) {
  const [row] = await queryRows(
    running.centre.pool,
    CentreState,
    `SELECT till.acked_seq,
       (SELECT count(*)::integer FROM movement WHERE till_id = till.id) AS movements,
       (SELECT coalesce(sum(on_hand_units), 0)::integer FROM facility_stock
        WHERE facility_id = till.facility_id) AS units
     FROM till WHERE facility_id = $1`,
    [facility.id],
  );
  return row;
}

async function carriersOf(facility: Facility): Promise<readonly string[]> {
  const rows = await queryRows(
    running.centre.pool,
    z.object({ carrier: z.string() }),
    `SELECT DISTINCT carrier FROM batch_evidence
     WHERE till_id IN (SELECT id FROM till WHERE facility_id = $1) ORDER BY carrier`,
    [facility.id],
  );
  return rows.map((row) => row.carrier);
}

/** A camera over a row of frames: begins anywhere, misses some, sees others twice. */
function filmed(frames: readonly string[], random: Random): Buffer {
  const seen: QrFrame[] = [];
  for (let look = random.between(0, 50); ; look += 1) {
    const frame = readFrame(frames[look % frames.length] ?? '');
    if (frame === undefined) throw new Error('Every frame can be read');
    if (random.isTrue(0.7)) seen.push(frame);
    const joined = joinFrames(seen);
    if (joined.ok) return Buffer.from(joined.value);
  }
}

type Exported = TillAnswer<'carry.export'>;
type Carrying = (exported: Exported, random: Random) => Promise<string | undefined>;

/** Each way to the centre. @returns the answer file, where one comes back. */
function waysOf(till: RealTill, relay: RealTill): Readonly<Record<string, Carrying>> {
  const upload = async (file: string, carrier: 'file' | 'qr') => {
    const { status, answer } = await official.call('carry', { body: { file, carrier } });
    expect(status).toBe(200);
    return answer.answerFile;
  };
  return {
    file: ({ file }) => upload(file, 'file'),
    qr: ({ frames }, random) => upload(filmed(frames, random).toString('base64'), 'qr'),
    relay: async ({ file }) => {
      const passed = await relay.ask('carry.import', { file });
      return passed.kind === 'relayed' ? passed.answerFile : undefined;
    },
    https: async () => {
      till.line.isDown = false;
      await till.ask('sync.now', {});
      till.line.isDown = true;
      return undefined;
    },
  };
}

describe(`a shop's days by every carrier, seed ${seed}`, () => {
  test('in any order, twice, old files last: every event has one effect', async () => {
    const { till, facility } = await aShopWithoutLine();
    const { till: relay } = await aShopWithoutLine();
    relay.line.isDown = false;
    const ways = waysOf(till, relay);
    const random = randomOf(seed);
    const exports: Exported[] = [];
    const answers: string[] = [];
    const counts = { days: 8, carried: 0, answered: 0, sales: 0 };
    for (let day = 1; day <= counts.days; day += 1) {
      const sales = random.between(1, 6);
      await till.sell(sales);
      counts.sales += sales;
      exports.push(await till.ask('carry.export', {}));
      for (let trip = 0; trip < 3; trip += 1) {
        const way = ways[random.pick(Object.keys(ways))];
        const answer = await way?.(random.pick(exports), random.fork(`${day}/${trip}`));
        counts.carried += 1;
        if (answer !== undefined) answers.push(answer);
        if (answers.length > 0 && random.isTrue(0.6)) {
          await till.ask('carry.import', { file: random.pick(answers) });
          counts.answered += 1;
        }
      }
    }
    // The last day by all of them, twice; then every old answer once more.
    const last = await till.ask('carry.export', { afterSeq: 0 });
    for (const name of ['qr', 'file', 'relay', 'https', 'file', 'qr', 'https', 'relay']) {
      const answer = await ways[name]?.(last, random);
      counts.carried += 1;
      if (answer !== undefined) answers.push(answer);
    }
    for (const file of [...answers].reverse()) await till.ask('carry.import', { file });
    counts.answered += answers.length;
    process.stdout.write(`carriers: ${JSON.stringify(counts)}, seed ${seed}\n`);
    const events = 2 + counts.sales;
    expect(await centreHolds(facility)).toEqual({
      acked_seq: events,
      movements: 1 + counts.sales,
      units: 10_000 - 2 * counts.sales,
    });
    const status = await till.ask('sync.status', {});
    expect(status).toMatchObject({ ackedSeq: events, pendingEvents: 0, problem: null });
    till.line.isDown = false;
    await till.ask('sync.now', {});
    expect(await till.ask('sync.status', {})).toMatchObject({ state: 'agreed' });
    expect(counts.carried).toBeGreaterThanOrEqual(30);
    expect(counts.answered).toBeGreaterThanOrEqual(15);
    expect((await carriersOf(facility)).length).toBeGreaterThanOrEqual(3);
  });

  test('what is new at the centre comes back with the answer', async () => {
    const { till } = await aShopWithoutLine();
    const code = `NEW-${seed}`.toUpperCase();
    const drug = aDrug({ code, name: 'Thuốc vừa cấp phép' });
    await inTransaction(running.centre.pool, (transaction) =>
      publishDrugs(transaction, { drugs: [drug] }, running.clock.nowMs),
    );
    const { file } = await till.ask('carry.export', {});
    const { answer } = await official.call('carry', { body: { file, carrier: 'file' } });
    expect(await till.ask('drugs.get', { code })).toBeNull();
    const taken = await till.ask('carry.import', { file: answer.answerFile });
    expect(taken).toMatchObject({ kind: 'answers', refused: null });
    expect(await till.ask('drugs.get', { code })).toMatchObject({ name: drug.name });
    const again = await till.ask('carry.import', { file: answer.answerFile });
    expect(again).toMatchObject({ kind: 'answers', newlyAcked: 0, changes: 0 });
  });

  test('a long tail goes in several files; one too early says what must come first', async () => {
    const { till, facility } = await aShopWithoutLine();
    await till.sell(4);
    const first = await till.ask('carry.export', {});
    expect(first).toMatchObject({ firstSeq: 3, lastSeq: 6, events: 4, eventsLeft: 0 });
    const later = await till.ask('carry.export', { afterSeq: 4 });
    expect(later).toMatchObject({ firstSeq: 5, lastSeq: 6, events: 2 });
    const early = await official.call('carry', { body: { file: later.file, carrier: 'file' } });
    expect(early.answer).toMatchObject({ newEvents: 0, refused: ['gap'] });
    const told = await till.ask('carry.import', { file: early.answer.answerFile });
    expect(told).toMatchObject({ newlyAcked: 0, refused: { verdict: 'gap', detail: '3' } });
    await official.call('carry', { body: { file: first.file, carrier: 'file' } });
    expect(await centreHolds(facility)).toMatchObject({ acked_seq: 6 });
  });
});

describe('a bad file is refused in words, and nothing is lost', () => {
  const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64');
  const edited = (file: string, edit: (text: string) => string) =>
    base64(gzipSync(edit(gunzipSync(Buffer.from(file, 'base64')).toString())));

  test('at the centre, whatever it is', async () => {
    const { till, facility } = await aShopWithoutLine();
    await till.sell(2);
    const { file } = await till.ask('carry.export', {});
    const bytes = Buffer.from(file, 'base64');
    const sent = async (body: string) =>
      (await official.call('carry', { body: { file: body, carrier: 'file' } })).problem;
    expect(await sent(base64('xin chào'))).toBe('unreadable');
    expect(await sent(base64(gzipSync('{"kind":"photo"}\n')))).toBe('unreadable');
    expect(await sent(base64(bytes.subarray(0, bytes.length / 2)))).toBe('unreadable');
    const cut = { file: base64(bytes.subarray(0, -9)), carrier: 'file' };
    expect((await official.call('carry', { body: cut })).detail).toMatch(/^damaged: /);
    expect(await sent(edited(file, (text) => text.replace('"version":1', '"version":7')))).toBe(
      'unreadable',
    );
    expect(await sent(edited(file, (text) => text.slice(0, text.indexOf('\n') + 1)))).toBe(
      'unreadable',
    );
    expect(await sent(base64(gzipSync(Buffer.alloc(9 * 1024 * 1024))))).toBe('unreadable');
    expect(await sent('A'.repeat(1_000_000))).toBe('bad-request');
    const stranger = await running.userOf({ kind: 'area', scheme: '63', code: '01' });
    const elsewhere = await stranger.call('carry', { body: { file, carrier: 'file' } });
    expect(elsewhere.problem).toBe('forbidden');
    const nobody = await running.anonymous.call('carry', { body: { file, carrier: 'file' } });
    expect(nobody.status).toBe(401);
    expect(await centreHolds(facility)).toMatchObject({ acked_seq: 2 });
    const { answer } = await official.call('carry', { body: { file, carrier: 'file' } });
    expect(answer).toMatchObject({ newEvents: 2, refused: [], ackedSeq: 4 });
    const national = await running.userOf({ kind: 'nation' });
    const audit = await national.call('audit', { query: { text: facility.name } });
    expect(audit.answer.rows.map((row) => row.action)).toContain('batches-carried');
  });

  test('at the till: junk, cut, forged, of another till', async () => {
    const { till } = await aShopWithoutLine();
    const { till: other } = await aShopWithoutLine();
    const { file } = await till.ask('carry.export', {});
    const { answer } = await official.call('carry', { body: { file, carrier: 'file' } });
    const refused = async (at: RealTill, body: string) =>
      at.refusal('carry.import', { file: body });
    const because = (reason: string) => ({ type: 'CarrierRefused', reason });
    const { answerFile } = answer;
    const bytes = Buffer.from(answerFile, 'base64');
    expect(await refused(till, base64('junk'))).toEqual(because('not-a-carrier-file'));
    expect(await refused(till, base64(bytes.subarray(0, 200)))).toEqual(because('damaged'));
    expect(await refused(other, answerFile)).toEqual(because('other-till'));
    const newer = edited(answerFile, (text) => text.replace('"version":1', '"version":2'));
    expect(await refused(till, newer)).toEqual(because('unknown-version'));
    const changed = edited(answerFile, (text) => text.replace('"madeAt":"2', '"madeAt":"3'));
    expect(await refused(till, changed)).toEqual(because('damaged'));
    const forged = edited(answerFile, (text) =>
      text
        .replace(/"signature":"[^"]{80}/, `"signature":"${'A'.repeat(80)}`)
        .replace(/("kind":"end".*"signature":")[^"]{80}/, `$1${'A'.repeat(80)}`),
    );
    expect(await refused(till, forged)).toMatchObject({ type: 'CarrierRefused' });
    expect(await till.ask('sync.status', {})).toMatchObject({ ackedSeq: 2, problem: null });
    // Without a line the till cannot pass on what another one brought; it says so.
    expect(await refused(other, file)).toMatchObject({ type: 'CentreUnreachable' });
  });
});
