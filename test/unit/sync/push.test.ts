import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { getSetting, lastReceipt, mustCatchUp } from '../../../desktop/main/db/sync-state.ts';
import { limits } from '../../../shared/base/limits.ts';
import { answerJson, CentreDouble, type Mishap } from '../../support/centre-double.ts';
import { settled } from '../../support/manual-time.ts';
import { SyncTill } from '../../support/sync-till.ts';

let centre: CentreDouble;
let till: SyncTill;

beforeEach(async () => {
  centre = new CentreDouble();
  till = new SyncTill(centre.wire);
  await till.enrol();
});
afterEach(() => till.close());

function batchesSent(): number {
  return centre.paths.filter((path) => path.endsWith('/v1/sync/batches')).length;
}

describe('the journal reaches the centre', () => {
  test('a commit wakes the upload, and the receipt of its head is kept', async () => {
    till.declareStock();
    till.sell();
    await settled();
    expect(centre.head.seq).toBe(2);
    expect(till.ackedSeq).toBe(2);
    expect(lastReceipt(till.db)).toMatchObject({ ackedSeq: 2, ackedHash: centre.head.hash });
  });

  test('one upload is in flight, however many sales are made meanwhile', async () => {
    till.declareStock();
    till.sell(30);
    expect(batchesSent()).toBe(1);
    await settled();
    expect(centre.head.seq).toBe(31);
    expect(batchesSent()).toBe(2);
  });

  test('1,200 events go in batches of at most 500', async () => {
    centre.batchMishaps.push('lost-request');
    till.declareStock(10_000);
    await settled();
    till.sell(1_199);
    till.time.advance(limits.retryDelayMsMax);
    await till.sync.now();
    expect(centre.head.seq).toBe(1_200);
    expect(Math.max(...centre.batchSizes)).toBeLessThanOrEqual(limits.batchEventsMax);
  });

  test.each(['lost-request', 'lost-answer'] as const)(
    'a %s leaves one effect after the next try',
    async (mishap) => {
      centre.batchMishaps.push(mishap);
      till.declareStock();
      await settled();
      expect(till.ackedSeq).toBe(0);
      expect(till.sync.status()).toMatchObject({ state: 'offline', pendingEvents: 1 });
      till.sell();
      till.time.advance(limits.retryDelayMsMax);
      await settled();
      expect(centre.events.map((event) => event.envelope.seq)).toEqual([1, 2]);
      expect(till.sync.status()).toMatchObject({ state: 'agreed', agreedEvents: 2 });
    },
  );

  test('a crash before the acknowledgement was stored is a duplicate after the restart', async () => {
    centre.batchMishaps.push('lost-answer');
    till.declareStock();
    await settled();
    await till.restart();
    await till.sync.now();
    expect(centre.events).toHaveLength(1);
    expect(till.sync.status()).toMatchObject({ state: 'agreed', agreedEvents: 1 });
  });

  test('an answer of a captive portal loses nothing and is named', async () => {
    const portal = {
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: Buffer.from('<html>WiFi</html>'),
    };
    centre.batchMishaps.push(portal);
    till.declareStock();
    await settled();
    expect(till.sync.status()).toMatchObject({
      state: 'problem',
      problem: { type: 'unexpected-answer' },
      pendingEvents: 1,
    });
    till.time.advance(limits.retryDelayMsMax);
    await settled();
    expect(till.sync.status()).toMatchObject({ state: 'agreed', problem: null });
  });
});

describe('the delay after a failure', () => {
  test('grows with full jitter up to its bound, and a commit does not cut it short', async () => {
    centre.batchMishaps.push(...Array<'lost-request'>(40).fill('lost-request'));
    till.random = 0.999_999;
    till.declareStock();
    await settled();
    const delays: number[] = [];
    for (let failure = 0; failure < 12; failure += 1) {
      const delayMs = till.time.delaysMs[0] ?? 0;
      delays.push(Math.round(delayMs / 1_000));
      const before = batchesSent();
      till.sell();
      await settled();
      expect(batchesSent()).toBe(before);
      till.time.advance(delayMs);
      await settled();
      expect(batchesSent()).toBe(before + 1);
    }
    expect(delays.slice(0, 8)).toEqual([2, 4, 8, 16, 32, 64, 128, 256]);
    expect(Math.max(...delays)).toBeLessThanOrEqual(limits.retryDelayMsMax / 1_000);
    till.random = 0;
    till.time.advance(limits.retryDelayMsMax);
    await settled();
    expect(till.time.delaysMs[0]).toBe(limits.retryDelayMsMin);
  });

  test('is at least what the centre asked for', async () => {
    till.random = 0;
    centre.batchMishaps.push({
      ...answerJson(429, {}),
      headers: { 'content-type': 'application/json', 'retry-after': '90' },
    });
    till.declareStock();
    await settled();
    till.time.advance(89_000);
    await settled();
    expect(batchesSent()).toBe(1);
    till.time.advance(1_000);
    await settled();
    expect(till.sync.status().state).toBe('agreed');
  });

  test('ends by hand at once', async () => {
    centre.batchMishaps.push('lost-request');
    till.declareStock();
    await settled();
    await till.sync.now();
    expect(till.sync.status().state).toBe('agreed');
  });

  test('ends when another request shows that the line works again', async () => {
    centre.batchMishaps.push('lost-request');
    till.declareStock();
    await settled();
    for (const stream of centre.streams) stream.news();
    await settled();
    expect(till.sync.status().state).toBe('agreed');
  });
});

describe('a receipt counts only when it is proved', () => {
  type Receipt = { ackedSeq: number; ackedHash: string; signature: string; till: string };
  const falsify = (change: (receipt: Receipt) => void) => {
    centre.batchMishaps.push((_request, answer) => {
      const body = JSON.parse(Buffer.from(answer.body).toString());
      change(body.receipt);
      return answerJson(200, body);
    });
  };
  test.each([
    ['another signature', (receipt: Receipt) => (receipt.signature = centre.sign('other'))],
    ['another head than was signed', (receipt: Receipt) => (receipt.ackedSeq = 2)],
    ['no signature at all', (receipt: Receipt) => (receipt.signature = '')],
    ['another till', (receipt: Receipt) => (receipt.till = '01980000-0000-7000-8000-0000000000ff')],
  ])('one with %s is refused and the events stay pending', async (_name, change) => {
    falsify(change);
    till.declareStock();
    await settled();
    expect(till.ackedSeq).toBe(0);
    expect(lastReceipt(till.db)).toBeUndefined();
    expect(till.sync.status()).toMatchObject({
      state: 'problem',
      problem: { type: 'unexpected-answer' },
    });
  });
});

describe('the centre knows something else', () => {
  test('after a restore of the centre the till goes on from what is left there', async () => {
    till.declareStock();
    till.sell(5);
    await settled();
    centre.forgetAfter(3);
    till.sell();
    await settled();
    expect(centre.head.seq).toBe(7);
    expect(till.sync.status()).toMatchObject({ state: 'agreed', agreedEvents: 7, ackedSeq: 7 });
  });

  test('what it lost is found by the comparison when nothing is left to send', async () => {
    till.declareStock();
    till.sell(5);
    await settled();
    centre.forgetAfter(3);
    await till.sync.now();
    expect(centre.head.seq).toBe(6);
    expect(till.sync.status().state).toBe('agreed');
  });

  test('is shown the receipt that says how much it lost', async () => {
    till.declareStock();
    till.sell(5);
    await settled();
    centre.forgetAfter(3);
    await till.sync.now();
    expect(centre.presented).toEqual([6]);
    expect(till.sync.status()).toMatchObject({ state: 'agreed', ackedSeq: 6 });
  });

  test('that forgot the whole till takes it back by its own signature, then everything', async () => {
    till.declareStock();
    till.sell(5);
    await settled();
    centre.forgetAfter(0);
    centre.isForgetful = true;
    await till.sync.now();
    expect(centre.readmissions).toBe(1);
    expect(centre.head.seq).toBe(6);
    expect(till.sync.status()).toMatchObject({ state: 'agreed', ackedSeq: 6 });
  });

  test('another journal under the same name stops the upload, and only that', async () => {
    const other = await aCopyOf(till);
    till.declareStock();
    await settled();
    other.declareStock(7);
    await settled();
    expect(other.sync.status()).toMatchObject({ state: 'problem', problem: { type: 'fork' } });
    expect(centre.events).toHaveLength(1);
    const before = batchesSent();
    other.sell();
    other.time.advance(limits.stoppedRetryDelayMs - 1);
    await settled();
    expect(batchesSent()).toBe(before);
    other.time.advance(1);
    await settled();
    expect(batchesSent()).toBe(before + 1);
    expect(other.sync.status().pendingEvents).toBe(2);
    await other.close();
  });

  test('books that are only an older copy catch up by themselves, and then sell on', async () => {
    till.declareStock();
    till.sell(3);
    await settled();
    const older = await aCopyOf(till);
    till.sell(4);
    await settled();
    await older.sync.now();
    expect(getSetting(older.db, 'restored')).toMatchObject({
      ...{ file: null, events: 4, gainedEvents: 4, caughtUpAt: expect.any(String) },
    });
    expect(older.sync.status()).toMatchObject({ state: 'agreed', lastSeq: 8, problem: null });
    older.sell(1);
    await settled();
    expect(centre.head.seq).toBe(9);
    expect(older.sync.status()).toMatchObject({ state: 'agreed', ackedSeq: 9 });
    await older.close();
  });

  test('so do books that lost all they had', async () => {
    till.declareStock();
    till.sell(3);
    await settled();
    const empty = new SyncTill(centre.wire);
    empty.storedKey = till.storedKey;
    await empty.enrol();
    expect(empty.sync.status()).toMatchObject({ state: 'agreed', lastSeq: 4, problem: null });
    await empty.close();
  });

  test('an older copy that hears of it in the middle of a cut line records nothing before it has caught up', async () => {
    till.declareStock();
    await settled();
    const older = await aCopyOf(till);
    till.sell(2);
    await settled();
    centre.lineFailsAt = '/v1/sync/journal';
    await older.sync.now();
    expect(mustCatchUp(older.db)).toBe(true);
    expect(older.sync.status()).toMatchObject({ state: 'offline', lastSeq: 1 });
    centre.lineFailsAt = undefined;
    await older.restart();
    expect(mustCatchUp(older.db)).toBe(true);
    await older.sync.now();
    expect(older.sync.status()).toMatchObject({ state: 'agreed', lastSeq: 3 });
    await older.close();
  });

  test('of two machines from one disk the one behind catches up, and the second of two sales under one number is the fork', async () => {
    till.declareStock();
    await settled();
    const twin = await aCopyOf(till);
    till.sell();
    await settled();
    await twin.sync.now();
    expect(twin.sync.status()).toMatchObject({ state: 'agreed', lastSeq: 2 });
    twin.sell(1, 5_000);
    till.sell(1);
    await settled();
    const problems = [till, twin].map(({ sync }) => sync.status().problem?.type ?? null);
    expect(problems.toSorted()).toEqual(['fork', null]);
    expect([till, twin].flatMap(({ sync }) => sync.status().problem?.detail ?? [])).toEqual([
      'the centre has another event 3 of this till',
    ]);
    await twin.close();
  });

  test.each([1, 2, 150])(
    'the first of two events under number %i is shown to the centre at once',
    async (parting) => {
      till.declareStock();
      till.sell(parting - 1);
      await settled();
      const second = await aCopyOf(till);
      till.sell(200 - parting);
      await settled();
      second.sell(30, 5_000);
      centre.paths.length = 0;
      await second.sync.now();
      const detail = `the centre has another event ${parting + 1} of this till`;
      expect(second.sync.status().problem).toEqual({ type: 'fork', detail });
      expect(centre.forks.at(-1)).toBe(parting + 1);
      expect(centre.paths.filter((path) => path.includes('/hashes')).length).toBeLessThanOrEqual(5);
      await second.close();
    },
  );

  test('books that were told of a receipt they cannot have are searched from the first event', async () => {
    till.declareStock();
    till.sell(120);
    await settled();
    const second = await aCopyOf(till);
    // What the second believes acknowledged lies behind the event from which the two differ.
    centre.forgetAfter(40);
    await till.sync.now();
    centre.forgetAfter(40);
    const third = new SyncTill(centre.wire);
    third.storedKey = till.storedKey;
    await third.enrol();
    third.sell(100, 5_000);
    await settled();
    centre.paths.length = 0;
    await second.sync.now();
    expect(second.sync.status().problem?.detail).toBe(
      'the centre has another event 41 of this till',
    );
    expect(centre.forks.at(-1)).toBe(41);
    expect(centre.paths.filter((path) => path.includes('/hashes')).length).toBeLessThanOrEqual(3);
    await second.close();
    await third.close();
  });

  test('a till stopped by a fork asks again by hand, and at news from the centre once a minute', async () => {
    till.declareStock();
    await settled();
    const second = await aCopyOf(till);
    till.sell();
    await settled();
    second.sell(1, 5_000);
    await settled();
    expect(second.sync.status().problem?.type).toBe('fork');
    const asked = async (run: () => void) => {
      const before = batchesSent();
      run();
      await settled();
      return batchesSent() > before;
    };
    const tellNews = () => {
      for (const stream of centre.streams) stream.news();
    };
    expect(await asked(() => void second.sync.now())).toBe(true);
    expect(await asked(tellNews)).toBe(false);
    second.time.advance(limits.stoppedNudgeAfterMs);
    expect(await asked(() => second.sell())).toBe(false);
    expect(await asked(tellNews)).toBe(true);
    // What stood in the way is gone: the news is enough.
    centre.forgetAfter(1);
    second.time.advance(limits.stoppedNudgeAfterMs);
    expect(await asked(tellNews)).toBe(true);
    expect(second.sync.status()).toMatchObject({ state: 'agreed', problem: null });
    await second.close();
  });

  test.each([
    ['revoked', 403],
    ['not-authentic', 401],
    ['unknown-protocol', 426],
  ])('%s stops the upload with its name until somebody acts', async (verdict, status) => {
    const serverTime = '2026-11-22T14:32:05+07:00';
    centre.batchMishaps.push(answerJson(status, { verdict, detail: 'why', serverTime }));
    till.declareStock();
    await settled();
    expect(till.sync.status()).toMatchObject({
      state: 'problem',
      problem: { type: verdict, detail: 'why' },
      pendingEvents: 1,
    });
    await till.sync.now();
    expect(till.sync.status()).toMatchObject({ state: 'agreed', problem: null });
  });

  test('the same as a problem document means the same', async () => {
    centre.batchMishaps.push(answerJson(403, { type: 'revoked', status: 403, detail: 'why' }));
    till.declareStock();
    await settled();
    expect(till.sync.status().problem).toEqual({ type: 'revoked', detail: 'why' });
  });

  test('a problem is still shown after a restart', async () => {
    const serverTime = '2026-11-22T14:32:05+07:00';
    const revoked = answerJson(403, { verdict: 'revoked', detail: 'why', serverTime });
    centre.batchMishaps.push(revoked);
    till.declareStock();
    await settled();
    await till.restart();
    expect(till.sync.status()).toMatchObject({ state: 'problem', problem: { type: 'revoked' } });
  });
});

describe('a batch the centre cannot read', () => {
  test('is halved until one event is named; everything before it is reported', async () => {
    centre.batchMishaps.push('lost-request');
    till.declareStock();
    await settled();
    till.sell(99);
    centre.unreadableSeq = 41;
    await till.sync.now();
    expect(centre.head.seq).toBe(40);
    expect(till.sync.status()).toMatchObject({
      state: 'problem',
      ackedSeq: 40,
      problem: { type: 'malformed', detail: expect.stringMatching(/^event 41 /) },
    });
    centre.unreadableSeq = undefined;
    await till.sync.now();
    expect(till.sync.status()).toMatchObject({ state: 'agreed', ackedSeq: 100 });
  });

  test('that is too large for a proxy is halved as well', async () => {
    centre.batchMishaps.push('lost-request');
    till.declareStock();
    await settled();
    till.sell(9);
    centre.batchMishaps.push(answerJson(413, { type: 'too-large', status: 413, detail: '' }));
    await till.sync.now();
    expect(till.sync.status()).toMatchObject({ state: 'agreed', ackedSeq: 10 });
  });

  test('a line that fails under a large batch gets a smaller one', async () => {
    centre.batchMishaps.push('lost-request');
    till.declareStock();
    await settled();
    till.sell(99);
    centre.batchMishaps.push('lost-request');
    await till.sync.now();
    await settled();
    expect(centre.batchSizes[0]).toBe(50);
    expect(till.ackedSeq).toBe(100);
  });
});

describe('stock is compared after each upload', () => {
  test('equal stock is agreed with the moment and the number of events', async () => {
    till.declareStock();
    till.sell(2);
    await settled();
    expect(till.sync.status()).toMatchObject({
      state: 'agreed',
      agreedEvents: 3,
      agreedAt: '2026-11-22T14:32:05+07:00',
      pendingEvents: 0,
    });
    expect(till.sync.agreement()).toMatchObject({ state: 'agreed', events: 3, differences: [] });
  });

  test('a difference is named by lot with the units of both sides', async () => {
    till.declareStock(100);
    await settled();
    centre.wrongUnits.set('DEMO-1|A1|2027-06-30', 5);
    till.sell();
    await settled();
    expect(till.sync.agreement()).toMatchObject({
      state: 'different',
      events: 2,
      differences: [{ drug: 'DEMO-1', lot: 'A1', tillUnits: 99, centreUnits: 104 }],
    });
    expect(till.sync.status()).toMatchObject({
      state: 'problem',
      problem: { type: 'different-stock' },
    });
    centre.wrongUnits.clear();
    till.time.schedules[0]?.run();
    till.time.advance(limits.pollSpreadMs);
    await settled();
    expect(till.sync.status()).toMatchObject({ state: 'agreed', problem: null });
  });

  test('asking while a comparison is under way brings one more, begun after the question', async () => {
    till.declareStock(100);
    await settled();
    let asked: Promise<void> | undefined;
    const compared: Mishap = ({ url }, answer) => {
      if (url.endsWith('/v1/sync/agreement') && asked === undefined) {
        centre.wrongUnits.set('DEMO-1|A1|2027-06-30', 5);
        asked = till.sync.now();
      }
      return answer;
    };
    // The feed is asked for side by side.
    centre.mishaps.push(compared, compared, compared);
    await till.sync.now();
    await asked;
    expect(asked).toBeDefined();
    expect(till.sync.agreement()).toMatchObject({ state: 'different' });
  });

  test('a difference is followed to the first event that differs', async () => {
    till.declareStock(1_000);
    till.sell(40);
    await settled();
    centre.wrongUnitsBySeq.set(18, 3);
    centre.wrongUnitsBySeq.set(30, -3);
    till.sell();
    await settled();
    expect(till.sync.agreement()).toMatchObject({
      state: 'agreed',
      first: null,
    });
    centre.wrongUnitsBySeq.delete(30);
    till.sell();
    await settled();
    expect(till.sync.agreement()).toMatchObject({
      state: 'different',
      events: 43,
      first: {
        seq: 18,
        slip: 'A1-18',
        type: 'SaleCompleted.v1',
        roundTrips: 3,
        lines: [{ drug: 'DEMO-1', lot: 'A1', tillUnits: -1, centreUnits: 2 }],
      },
    });
  });

  test('what waits at the centre is no difference, and is named', async () => {
    till.declareStock(100);
    till.sell(2);
    await settled();
    centre.waitingSeqs = [2];
    till.sell();
    await settled();
    expect(till.sync.agreement()).toMatchObject({
      state: 'waiting',
      events: 4,
      differences: [],
      waiting: [{ seq: 2, slip: 'A1-2', reason: 'UnknownEventType' }],
    });
    expect(till.sync.status()).toMatchObject({ state: 'agreed', agreedEvents: 3, problem: null });
    centre.waitingSeqs = [];
    till.time.schedules[0]?.run();
    till.time.advance(limits.pollSpreadMs);
    await settled();
    expect(till.sync.agreement()).toMatchObject({ state: 'agreed', waiting: [] });
  });

  test('a sale after the comparison makes it behind, never falsely agreed', async () => {
    till.declareStock();
    await settled();
    centre.batchMishaps.push('lost-request');
    till.sell();
    await settled();
    expect(till.sync.agreement()).toMatchObject({ state: 'behind', events: 1 });
    expect(till.sync.status()).toMatchObject({ state: 'offline', pendingSales: 1 });
  });

  test('nothing is compared twice without need', async () => {
    till.declareStock();
    await settled();
    const before = centre.paths.length;
    till.sync.wakePush();
    await settled();
    expect(centre.paths.length).toBe(before);
  });
});

describe('the clock and the end', () => {
  test('shows how wrong the clock of the till is', async () => {
    centre.nowMs = till.time.nowMs() - 10 * 365 * 86_400_000;
    till.declareStock();
    await settled();
    expect(till.sync.status()).toMatchObject({
      state: 'agreed',
      clockSkewMs: 10 * 365 * 86_400_000,
    });
  });

  test('offline since the last contact, also after a restart', async () => {
    till.declareStock();
    await settled();
    till.time.advance(3_600_000);
    centre.isDown = true;
    till.sell();
    await settled();
    await till.restart();
    await settled();
    expect(till.sync.status()).toMatchObject({
      state: 'offline',
      offlineSince: '2026-11-22T14:32:05+07:00',
    });
  });

  test('closing leaves no timer and no schedule behind', async () => {
    centre.batchMishaps.push('lost-request');
    till.declareStock();
    await settled();
    await till.sync.close();
    expect(till.time.delaysMs).toEqual([]);
    expect(till.time.schedules).toEqual([]);
    expect(getSetting(till.db, 'ackedHead').seq).toBe(0);
  });

  test('closing does not wait for a line that never answers', async () => {
    const deaf = new SyncTill({ ...centre.wire, send: () => new Promise(() => undefined) });
    const enrolling = deaf.sync.enrol({ centreUrl: 'https://centre.example', code: 'X' });
    await deaf.close();
    expect(await enrolling).toMatchObject({ ok: false, error: { type: 'CentreUnreachable' } });
  });
});

/** Another machine with the same disk, key and name. */
async function aCopyOf(original: SyncTill): Promise<SyncTill> {
  const copy = new SyncTill(centre.wire);
  await copy.takeDiskOf(original);
  return copy;
}
