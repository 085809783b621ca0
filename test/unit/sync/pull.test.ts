import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countDrugs, drugOfCode } from '../../../desktop/main/db/catalogue.ts';
import { getSetting } from '../../../desktop/main/db/sync-state.ts';
import { unreadChanges } from '../../../desktop/main/db/unread-changes.ts';
import { sha256Hex } from '../../../desktop/main/sync/sha256.ts';
import { limits } from '../../../shared/base/limits.ts';
import { type FeedChange, feedText } from '../../../shared/sync/feed.ts';
import { aDrug, aFacility } from '../../support/builders.ts';
import { answerJson, CentreDouble } from '../../support/centre-double.ts';
import { settled } from '../../support/manual-time.ts';
import { SyncTill } from '../../support/sync-till.ts';

let centre: CentreDouble;
let till: SyncTill;

beforeEach(() => {
  centre = new CentreDouble();
  till = new SyncTill(centre.wire);
});
afterEach(() => till.close());

function drugChange(position: number, code = `DRUG-${position}`): FeedChange {
  return { position, kind: 'drug', key: code, value: aDrug({ code, name: `Thuốc ${code}` }) };
}

function drugChanges(count: number): FeedChange[] {
  return Array.from({ length: count }, (_, index) => drugChange(index + 1));
}

function pulls(): readonly string[] {
  return centre.paths.filter((path) => path.includes('/feed') || path.includes('/snapshot'));
}

const cursor = () => getSetting(till.db, 'feedCursor');

describe('a centre that was put back in time', () => {
  const anotherEpoch = '01980000-0000-7000-8000-00000000e0c2';

  test('is noticed by its epoch although its positions have gone on', async () => {
    centre.changes = drugChanges(5);
    centre.snapshotPosition = 3;
    await till.enrol();
    centre.epoch = anotherEpoch;
    centre.changes = [drugChange(1), drugChange(4, 'OTHER-4'), drugChange(9, 'OTHER-9')];
    centre.snapshotPosition = 4;
    await till.sync.now();
    expect(drugOfCode(till.db, 'DRUG-5')).toBeUndefined();
    expect(drugOfCode(till.db, 'OTHER-9')?.code).toBe('OTHER-9');
    expect([countDrugs(till.db), cursor()]).toEqual([3, 9]);
    expect(getSetting(till.db, 'feedEpoch')).toBe(anotherEpoch);
    expect(till.sync.status().problem).toBeNull();
  });

  test('is noticed by a feed that ends before the cursor, in the same epoch', async () => {
    centre.changes = drugChanges(5);
    await till.enrol();
    centre.changes = drugChanges(2);
    await till.sync.now();
    expect([countDrugs(till.db), cursor()]).toEqual([2, 2]);
  });

  test('is asked what it has of the journal, though nothing waits to be sent', async () => {
    centre.changes = drugChanges(2);
    await till.enrol();
    till.declareStock();
    till.sell(3);
    await settled();
    centre.forgetAfter(2);
    centre.epoch = anotherEpoch;
    for (const stream of centre.streams) stream.news();
    await settled();
    expect(centre.head.seq).toBe(4);
    expect(till.sync.status()).toMatchObject({ state: 'agreed', ackedSeq: 4 });
  });

  test('costs one snapshot a round where two centres answer in turn', async () => {
    centre.changes = drugChanges(4);
    centre.snapshotPosition = 2;
    await till.enrol();
    const before = pulls().length;
    Object.defineProperty(centre, 'epoch', { get: () => crypto.randomUUID() });
    await till.sync.now();
    expect(pulls().length - before).toBeLessThan(6);
  });
});

describe('a new till', () => {
  test('begins with the snapshot and goes on with the feed behind it', async () => {
    centre.changes = drugChanges(5);
    centre.snapshotPosition = 3;
    await till.enrol();
    expect(countDrugs(till.db)).toBe(5);
    expect(cursor()).toBe(5);
    expect(pulls().slice(0, 2)).toEqual(['GET /v1/sync/snapshot', 'GET /v1/sync/feed?after=3']);
    expect(till.sync.status()).toMatchObject({ cataloguePosition: 5, catalogueDrugs: 5 });
  });

  test('reads every page of the feed', async () => {
    centre.changes = drugChanges(140);
    centre.pageSize = 7;
    await till.enrol();
    expect(countDrugs(till.db)).toBe(140);
    expect(cursor()).toBe(140);
  });

  test('does without a snapshot where the centre has none', async () => {
    centre.changes = drugChanges(2);
    centre.hasSnapshot = false;
    await till.enrol();
    expect(countDrugs(till.db)).toBe(2);
  });

  test.each([
    ['digest', (head: Record<string, unknown>) => ({ ...head, digest: '0'.repeat(64) })],
    ['signature', (head: Record<string, unknown>) => ({ ...head, signature: 'AAAA' })],
    ['count', (head: Record<string, unknown>) => ({ ...head, count: 99 })],
    ['position', (head: Record<string, unknown>) => ({ ...head, position: 99 })],
    ['head', () => ({ hello: 'world' })],
  ])('refuses a snapshot with a wrong %s and takes the right one later', async (_name, change) => {
    centre.changes = drugChanges(3);
    centre.snapshotPosition = 3;
    centre.snapshotText = (text) => {
      const lineEnd = text.indexOf('\n');
      return JSON.stringify(change(JSON.parse(text.slice(0, lineEnd)))) + text.slice(lineEnd);
    };
    await till.enrol();
    expect(cursor()).toBe(0);
    expect(countDrugs(till.db)).toBe(0);
    expect(till.sync.status()).toMatchObject({
      state: 'problem',
      problem: { type: 'unexpected-answer' },
    });
    centre.snapshotText = (text) => text;
    await till.sync.now();
    expect(till.sync.status()).toMatchObject({ problem: null, catalogueDrugs: 3 });
  });
});

describe('what changes at the centre', () => {
  beforeEach(async () => {
    centre.changes = drugChanges(3);
    centre.snapshotPosition = 3;
    await till.enrol();
    await settled();
  });
  const hearNews = async () => {
    for (const stream of centre.streams) stream.news();
    await settled();
  };

  test('reaches the till as soon as the stream tells of it', async () => {
    centre.changes.push(drugChange(4));
    await hearNews();
    expect(drugOfCode(till.db, 'DRUG-4')?.name).toBe('Thuốc DRUG-4');
    expect(till.news).toContain('catalogue');
  });

  test('is polled for where no stream can be held, spread over minutes', async () => {
    centre.changes.push(drugChange(4));
    const before = pulls().length;
    till.time.schedules[0]?.run();
    expect(till.time.delaysMs).toEqual([limits.pollSpreadMs / 2]);
    expect(pulls().length).toBe(before);
    till.time.advance(limits.pollSpreadMs);
    await settled();
    expect(cursor()).toBe(4);
  });

  test('a tombstone takes the drug out', async () => {
    centre.changes.push({ position: 4, kind: 'drug', key: 'DRUG-2', value: null });
    await hearNews();
    expect(drugOfCode(till.db, 'DRUG-2')).toBeUndefined();
    expect(countDrugs(till.db)).toBe(2);
  });

  test('the facility changes with its licence', async () => {
    const licence = { ...aFacility().licence, status: 'suspended' as const };
    const value = aFacility({ licence });
    centre.changes.push({ position: 4, kind: 'facility', key: value.id, value });
    await hearNews();
    expect(getSetting(till.db, 'facility')?.licence.status).toBe('suspended');
    expect(till.news).toContain('facility');
  });

  test('an unknown kind or a newer shape delays nobody and is remembered', async () => {
    centre.changes.push({ position: 4, kind: 'recall', key: 'R1', value: { lot: 'A1' } });
    centre.changes.push({ position: 5, kind: 'drug', key: 'DRUG-5', value: { shape: 'newer' } });
    centre.changes.push(drugChange(6));
    await hearNews();
    expect(cursor()).toBe(6);
    expect(drugOfCode(till.db, 'DRUG-6')).toBeDefined();
    expect(unreadChanges(till.db, 0)).toEqual([
      { position: 4, kind: 'recall', key: 'R1', value: { lot: 'A1' } },
      { position: 5, kind: 'drug', key: 'DRUG-5', value: { shape: 'newer' } },
    ]);
    expect(till.sync.status().problem).toBeNull();
  });

  test('what an older program could not read is read by the one that can', async () => {
    const { kind, key, value } = drugChange(4);
    till.db.run(
      'INSERT INTO unread_change (kind, key, position, value, detail) VALUES (?, ?, 4, ?, ?)',
      kind,
      key,
      JSON.stringify(value),
      'as by a program that did not know it',
    );
    await till.restart();
    expect(drugOfCode(till.db, 'DRUG-4')).toBeDefined();
    expect(unreadChanges(till.db, 0)).toEqual([]);
  });

  test('a page is applied with its cursor or not at all', async () => {
    centre.changes.push(drugChange(4), drugChange(5), drugChange(6));
    till.db.execute(
      `CREATE TRIGGER power_cut BEFORE INSERT ON drug WHEN NEW.code = 'DRUG-5'
       BEGIN SELECT RAISE(ABORT, 'power cut'); END`,
    );
    await hearNews();
    expect(cursor()).toBe(3);
    expect(drugOfCode(till.db, 'DRUG-4')).toBeUndefined();
    till.db.execute('DROP TRIGGER power_cut');
    await till.restart();
    await till.sync.now();
    expect(cursor()).toBe(6);
    expect(countDrugs(till.db)).toBe(6);
  });

  describe('a page is refused', () => {
    const page = (parts: {
      after?: number;
      next: number;
      hasMore?: boolean;
      changes?: unknown;
    }) => {
      const { after = 3, next, hasMore = false } = parts;
      const changes = JSON.stringify(parts.changes ?? []);
      const digest = sha256Hex(changes);
      const { epoch } = centre;
      const signature = centre.sign(feedText({ epoch, after, next, digest }));
      return { epoch, after, next, hasMore, changes, digest, signature };
    };
    const refusals: readonly (readonly [string, () => unknown])[] = [
      ['when its cursor does not move on', () => page({ next: 3, hasMore: true })],
      ['when its cursor goes back', () => page({ next: 2 })],
      ['when it answers another question', () => page({ after: 1, next: 4 })],
      ['when a change lies outside it', () => page({ next: 4, changes: [drugChange(9)] })],
      ['when its digest differs', () => ({ ...page({ next: 4 }), digest: '0'.repeat(64) })],
      ['when its text was changed', () => ({ ...page({ next: 4 }), changes: '[ ]' })],
      ['when somebody else signed it', () => ({ ...page({ next: 4 }), signature: 'AAAA' })],
      ['when it is no list of changes', () => page({ next: 4, changes: { a: 1 } })],
    ];
    test.each(refusals)('%s', async (_name, body) => {
      centre.mishaps.push(answerJson(200, body()));
      const before = pulls().length;
      await hearNews();
      expect(pulls().length).toBe(before + 1);
      expect(cursor()).toBe(3);
      expect(till.sync.status()).toMatchObject({
        state: 'problem',
        problem: { type: 'unexpected-answer' },
      });
    });
  });
});

describe('a stream that breaks', () => {
  test('is opened again after a spread delay, and what was missed is pulled', async () => {
    await till.enrol();
    const [first] = centre.streams;
    centre.streams.clear();
    centre.changes.push(drugChange(1));
    first?.ended();
    await settled();
    expect(centre.streams.size).toBe(0);
    till.time.advance(limits.streamReopenSpreadMs);
    await settled();
    expect(centre.streams.size).toBe(1);
    expect(countDrugs(till.db)).toBe(1);
  });

  test('tells that the cable is out before anything is sold', async () => {
    await till.enrol();
    const [first] = centre.streams;
    centre.isDown = true;
    first?.ended();
    till.time.advance(0);
    await settled();
    till.time.advance(limits.streamReopenSpreadMs);
    await settled();
    expect(till.sync.status().state).toBe('offline');
    centre.isDown = false;
    till.time.advance(limits.retryDelayMsMax);
    await settled();
    expect(till.sync.status()).toMatchObject({ state: 'agreed', offlineSince: null });
  });
});
