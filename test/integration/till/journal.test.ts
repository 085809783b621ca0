import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { derivedTables } from '../../../desktop/main/db/apply-event.ts';
import { chainHead, eventsAfter, hashOfSeq } from '../../../desktop/main/db/event-log.ts';
import { rebuild, tableDigest } from '../../../desktop/main/db/rebuild.ts';
import { verifyJournal } from '../../../desktop/main/db/verify-journal.ts';
import { tamper, tamperWithJournal } from '../../support/raw-sqlite.ts';
import { aTestTill, openTestTill, type TestTill } from '../../support/test-till.ts';
import { newTestId, withDatabase } from '../../support/till-parts.ts';

describe('a stored event', () => {
  test.each([
    ['is never updated', 'UPDATE event SET line = line'],
    ['is never updated under another number', 'UPDATE event SET seq = 99 WHERE seq = 3'],
    ['is never deleted', 'DELETE FROM event WHERE seq = 3'],
    [
      'is never replaced by its number',
      'INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 1',
    ],
    [
      'is never replaced by its id',
      `INSERT OR REPLACE INTO event
       SELECT 4, id, type, at, json_set(line, '$.seq', 4), hash FROM event WHERE seq = 3`,
    ],
    [
      'never leaves a gap behind it',
      `INSERT INTO event SELECT 9, 'x', type, at, json_set(line, '$.seq', 9), hash FROM event
       WHERE seq = 3`,
    ],
    [
      'always carries the hash of the one before',
      `INSERT INTO event SELECT 4, 'x', type, at, json_set(line, '$.seq', 4), hash FROM event
       WHERE seq = 3`,
    ],
  ])('%s', async (_fact, sql) => {
    const { dataDir, till } = await aSoldTill();
    await till.close();
    withDatabase(dataDir, (db) => {
      const before = eventsAfter(db, 0);
      expect(() => db.execute(sql)).toThrow(/I1|I2|I3/);
      expect(eventsAfter(db, 0)).toEqual(before);
    });
  });

  test('is chained to the one before by the bytes of its line', async () => {
    const { dataDir, till } = await aSoldTill();
    await till.close();
    const events = withDatabase(dataDir, (db) => eventsAfter(db, 0));
    let prev = '0'.repeat(64);
    for (const [index, event] of events.entries()) {
      const { seq, prev: named } = JSON.parse(event.line) as { seq: number; prev: string };
      expect([seq, named]).toEqual([index + 1, prev]);
      const bytes = Buffer.concat([Buffer.from(prev, 'hex'), Buffer.from(event.line, 'utf8')]);
      prev = createHash('sha256').update(bytes).digest('hex');
      expect(event.hash).toBe(prev);
    }
    expect(events).toHaveLength(3);
  });
});

describe('reading the journal', () => {
  test('is bounded by events and by bytes, and always gives at least one', async () => {
    const { dataDir, till } = await aSoldTill();
    await till.close();
    withDatabase(dataDir, (db) => {
      const seqs = (bounds: { eventsMax?: number; bytesMax?: number }, after = 0) =>
        eventsAfter(db, after, bounds).map(({ seq }) => seq);
      expect(seqs({ eventsMax: 2 })).toEqual([1, 2]);
      expect(seqs({ bytesMax: 1 })).toEqual([1]);
      expect(seqs({}, 1)).toEqual([2, 3]);
      expect(seqs({}, 3)).toEqual([]);
    });
  });

  test('knows the head and every hash', async () => {
    const { dataDir, till } = await aSoldTill();
    await till.close();
    withDatabase(dataDir, (db) => {
      const head = chainHead(db);
      expect(head.seq).toBe(3);
      expect(hashOfSeq(db, 3)).toBe(head.hash);
      expect(hashOfSeq(db, 0)).toBe('0'.repeat(64));
      expect(hashOfSeq(db, 4)).toBeUndefined();
    });
  });
});

describe('rebuilding', () => {
  test('gives the same tables byte for byte', async () => {
    const { dataDir, till, ask } = await aSoldTill();
    expect(await ask('journal.rebuild', {})).toEqual({
      events: 3,
      movements: 2,
      hadDifferences: false,
    });
    await till.close();
    withDatabase(dataDir, (db) => {
      const digests = () => derivedTables.map((table) => tableDigest(db, table));
      const before = digests();
      expect(rebuild(db)).toMatchObject({ ok: true, value: { differingTables: [] } });
      expect(digests()).toEqual(before);
    });
  });

  test.each([
    ['stock', 'UPDATE stock SET on_hand_units = on_hand_units + 1'],
    ['stock', 'UPDATE stock SET unit_cost_vnd = 1'],
    ['movement', "UPDATE movement SET lot = 'A2' WHERE kind = 'sale'"],
    ['sale', 'UPDATE sale SET total_vnd = total_vnd + 1'],
    ['price', 'DELETE FROM price'],
  ])('finds a table %s that was changed, and puts it right', async (table, sql) => {
    const { dataDir, till } = await aSoldTill();
    await till.close();
    withDatabase(dataDir, (db) => {
      const before = derivedTables.map((name) => tableDigest(db, name));
      db.execute(sql);
      expect(rebuild(db)).toMatchObject({ ok: true, value: { differingTables: [table] } });
      expect(derivedTables.map((name) => tableDigest(db, name))).toEqual(before);
    });
  });

  test('of a damaged journal is refused and changes nothing', async () => {
    const { dataDir, till } = await aSoldTill();
    await till.close();
    tamperWithJournal(dataDir, damageFirstEvent);
    withDatabase(dataDir, (db) => {
      const before = derivedTables.map((name) => tableDigest(db, name));
      expect(rebuild(db)).toEqual({
        ok: false,
        error: { code: 'journal-damaged', detail: 'event 1: its hash differs' },
      });
      expect(derivedTables.map((name) => tableDigest(db, name))).toEqual(before);
    });
  });
});

describe('a damaged journal', () => {
  test.each([
    [
      'a changed byte',
      damageFirst('line', "replace(line, 'A1', 'A2')"),
      'event 1: its hash differs',
    ],
    ['a changed hash', damageFirst('hash', "replace(hash, '0', '1')"), 'event 1: its hash differs'],
    ['a changed column', damageFirst('at', "'2020-01-01'"), 'event 1: its columns differ'],
    [
      'a missing event',
      'PRAGMA foreign_keys = OFF; DELETE FROM event WHERE seq = 2',
      'event 2: it is missing',
    ],
  ])('with %s is found by the whole check', async (_what, sql, detail) => {
    const { dataDir, till } = await aSoldTill(5);
    await till.close();
    tamperWithJournal(dataDir, sql);
    withDatabase(dataDir, (db) => {
      const verdict = verifyJournal(db);
      expect(verdict.ok).toBe(false);
      expect(verdict.ok ? '' : verdict.error.detail).toContain(detail);
    });
  });

  test('at its head stops the till at the start, and deletes nothing', async () => {
    const { dataDir, till } = await aSoldTill();
    await till.close();
    tamperWithJournal(dataDir, "UPDATE event SET line = replace(line, '500', '501') WHERE seq = 3");
    const damaged = openTestTill(dataDir);
    expect((await damaged.ask('status.get', {})).fault).toBe('journal-damaged');
    expect(await damaged.refusal('sales.list', {})).toMatchObject({
      type: 'Fault',
      code: 'journal-damaged',
      detail: 'event 3: its hash differs',
    });
    tamper(dataDir, (sqlite) => {
      expect(sqlite.prepare('SELECT count(*) FROM event').pluck().get()).toBe(3);
    });
  });

  test('further back is found while the till works, and stops commands, not questions', async () => {
    const { dataDir, till } = await aSoldTill();
    await till.close();
    tamperWithJournal(dataDir, damageFirstEvent);
    const damaged = openTestTill(dataDir);
    expect((await damaged.ask('status.get', {})).fault).toBeNull();
    damaged.time.advance(60_000);
    expect((await damaged.ask('status.get', {})).fault).toBe('journal-damaged');
    expect(damaged.till.fault()?.detail).toBe('event 1: its hash differs');
    expect((await damaged.ask('sync.status', {})).problem?.type).toBe('database-damaged');
    expect((await damaged.ask('sales.list', {})).rows).toHaveLength(1);
    expect(await damaged.refusal('sales.complete', aSale())).toMatchObject({ type: 'Fault' });
  });
});

test('a whole journal is proved in the background without a word', async () => {
  const { till, time, ask } = await aSoldTill(300);
  time.advance(60_000);
  expect(till.fault()).toBeNull();
  expect((await ask('status.get', {})).fault).toBeNull();
});

const damageFirstEvent = damageFirst('line', "replace(line, 'A1', 'A2')");

function damageFirst(column: string, value: string): string {
  return `UPDATE event SET ${column} = ${value} WHERE seq = 1`;
}

/** Opening stock, a price and some sales of one tablet. */
async function aSoldTill(sales = 1): Promise<TestTill> {
  const shop = await aTestTill();
  const line = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2027-06-30', units: 1_000 };
  await shop.ask('stock.declareOpening', { commandId: newTestId(), lines: [line] });
  await shop.ask('prices.set', {
    commandId: newTestId(),
    drug: 'DEMO-1',
    unit: 'viên',
    priceVnd: 500,
  });
  for (let index = 0; index < sales; index += 1) await shop.ask('sales.complete', aSale());
  return shop;
}

function aSale() {
  return {
    commandId: newTestId(),
    lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 1 }],
    payment: { method: 'cash' as const, tenderedVnd: 500 },
    shownTotalVnd: 500,
  };
}
