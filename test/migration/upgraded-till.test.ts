/**
 * A shop's books through every upgrade: what a till of an older schema held is put into tables of that
 * schema, the program of today opens it, and nothing of it may be lost, doubled or changed.
 */
import path from 'node:path';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { derivedTables } from '../../desktop/main/db/apply-event.ts';
import { loadMigrations } from '../../desktop/main/db/migrate.ts';
import { openDatabase } from '../../desktop/main/db/open-database.ts';
import { rebuild, tableDigest } from '../../desktop/main/db/rebuild.ts';
import type { TillDb } from '../../desktop/main/db/till-db.ts';
import { verifyJournal } from '../../desktop/main/db/verify-journal.ts';
import { aTemporaryFolder, aTestTill, openTestTill, type TestTill } from '../support/test-till.ts';
import { newTestId, openedAt, withDatabase } from '../support/till-parts.ts';

const migrations = loadMigrations();
const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2099-06-30' };

type Shop = { readonly till: TestTill; readonly sold: Awaited<ReturnType<typeof sell>>[] };

/** What a till of each schema could do; a later one can do all of it. */
const deeds: readonly { readonly since: number; readonly act: (shop: Shop) => Promise<unknown> }[] =
  [
    { since: 1, act: openShop },
    { since: 1, act: async ({ till, sold }) => sold.push(await sell(till, 4)) },
    { since: 1, act: async ({ till, sold }) => sold.push(await sell(till, 6, 'vietqr')) },
    { since: 1, act: async ({ till, sold }) => sold.push(await sell(till, 2, 'vietqr')) },
    {
      since: 1,
      act: ({ till, sold }) =>
        till.ask('sales.void', {
          commandId: newTestId(),
          saleId: sold[2]?.id ?? '',
          reason: 'nhầm',
        }),
    },
    {
      since: 3,
      act: ({ till }) =>
        till.ask('stock.quarantine', {
          commandId: newTestId(),
          reason: 'damaged',
          lines: [{ ...lot, units: 7 }],
        }),
    },
    {
      since: 4,
      act: ({ till, sold }) =>
        till.ask('sales.return', {
          commandId: newTestId(),
          saleId: sold[0]?.id ?? '',
          reason: 'dị ứng',
          lines: [{ ...lot, saleLine: 0, units: 3 }],
        }),
    },
    { since: 6, act: workAShift },
  ];

async function openShop({ till }: Shop): Promise<void> {
  await till.ask('stock.declareOpening', {
    commandId: newTestId(),
    lines: [{ ...lot, units: 500 }],
  });
  const price = { drug: lot.drug, unit: 'viên', priceVnd: 500 };
  await till.ask('prices.set', { commandId: newTestId(), ...price });
}

async function sell(till: TestTill, quantity: number, method: 'cash' | 'vietqr' = 'cash') {
  const input = {
    commandId: newTestId(),
    lines: [{ drug: lot.drug, unit: 'viên', quantity }],
    payment: { method, tenderedVnd: quantity * 500 },
    shownTotalVnd: quantity * 500,
  };
  return { input, ...(await till.ask('sales.complete', input)) };
}

async function workAShift({ till, sold }: Shop): Promise<void> {
  await till.ask('shifts.open', { commandId: newTestId(), openingCashVnd: 100_000 });
  sold.push(await sell(till, 5));
  await till.ask('shifts.close', { commandId: newTestId(), countedCashVnd: 102_500 });
}

const older = migrations.slice(0, -1).map(({ number, name }) => [name, number] as const);

test.each(older)('the books of a till at %s come through the upgrade whole', async (_, version) => {
  const till = await aTestTill();
  const shop: Shop = { till, sold: [] };
  let acts = 0;
  for (const { since, act } of deeds) {
    if (since > version) continue;
    await act(shop);
    acts += 1;
  }
  expect(acts).toBeGreaterThanOrEqual(5);
  await till.till.close();

  const upgraded = olderCopyOf(till.dataDir, version);
  const was = withDatabase(till.dataDir, contentsOf);
  // Opening it is the upgrade.
  const is = withDatabase(upgraded, contentsOf);
  expect(is).toEqual(was);
  expect(was.events).toBeGreaterThanOrEqual(6);
  withDatabase(upgraded, (db) => {
    expect(verifyJournal(db)).toMatchObject({ ok: true });
    expect(rebuild(db)).toMatchObject({ ok: true, value: { differingTables: [] } });
  });

  const after = openTestTill(upgraded);
  expect(after.till.fault()).toBeNull();
  const [first, second] = shop.sold;
  if (first === undefined || second === undefined) throw new Error('Something was sold');
  // A command repeated over the upgrade has its first answer and no second effect.
  expect(await after.ask('sales.complete', first.input)).toMatchObject({ id: first.id });
  const sales = await after.ask('sales.list', { limit: 50 });
  expect(sales.rows.map(({ slip }) => slip)).toEqual(
    [...shop.sold].reverse().map(({ slip }) => slip),
  );
  const saleId = second.id;
  await after.ask('sales.void', { commandId: newTestId(), saleId, reason: 'khách đổi ý' });
  const next = await sell(after, 1);
  expect(new Set([...shop.sold, next].map(({ slip }) => slip)).size).toBe(shop.sold.length + 1);
  await after.till.close();
  withDatabase(upgraded, (db) => {
    expect(rebuild(db)).toMatchObject({ ok: true, value: { differingTables: [] } });
  });
});

test('what the copy of an older till holds really has the older shape', async () => {
  const till = await aTestTill();
  await openShop({ till, sold: [] });
  await till.till.close();
  const copy = new Database(path.join(olderCopyOf(till.dataDir, 1), 'till.db'), { readonly: true });
  const columns = copy.prepare("SELECT name FROM pragma_table_info('movement')").pluck().all();
  const events = copy.prepare('SELECT count(*) FROM event').pluck().get();
  copy.close();
  expect(columns).not.toContain('place');
  expect(events).toBe(2);
});

/** Everything that must come through: derived tables by digest, the others row by row. */
function contentsOf(db: TillDb) {
  const Count = z.object({ count: z.number() });
  const kept = ['event', 'command_answer', 'setting', 'receipt', 'drug', 'drug_entry', 'drug_key'];
  return {
    derived: derivedTables.map((table) => [table, tableDigest(db, table)]),
    kept: kept.map((table) => [table, db.all(z.unknown(), `SELECT * FROM ${table} ORDER BY 1, 2`)]),
    events: db.one(Count, 'SELECT count(*) AS count FROM event')?.count,
  };
}

/** Columns that an older schema had and a newer one says otherwise. */
const formerColumns: Readonly<Record<string, string>> = {
  'void.sale_seq': '(SELECT seq FROM now.sale WHERE id = row.sale_id)',
  'sale_return.sale_seq': '(SELECT seq FROM now.sale WHERE id = row.sale_id)',
};

/** A folder whose till is at that schema, with all that the till of today holds in `dataDir`. */
function olderCopyOf(dataDir: string, version: number): string {
  const folder = aTemporaryFolder();
  const made = openDatabase({
    dataDir: folder,
    openedAt,
    migrations: migrations.slice(0, version),
  });
  if (!made.ok) throw new Error(made.error.detail);
  made.value.close();
  const db = new Database(path.join(folder, 'till.db'));
  const names = z.array(z.string());
  const read = (sql: string, ...values: readonly string[]) =>
    names.parse(
      db
        .prepare(sql)
        .pluck()
        .all(...values),
    );
  try {
    db.exec(`ATTACH '${path.join(dataDir, 'till.db')}' AS now`);
    // The search index is made of the catalogue's names and holds nothing of the books.
    const tables = read(`SELECT name FROM main.sqlite_schema WHERE type = 'table'
      AND name NOT LIKE 'drug_search%' AND name NOT LIKE 'sqlite_%' AND name <> 'migration'
      ORDER BY name = 'event' DESC, rowid`);
    for (const table of tables) {
      const today = read('SELECT name FROM pragma_table_info(?, ?)', table, 'now');
      const wanted = read('SELECT name FROM pragma_table_info(?, ?)', table, 'main');
      const values = wanted.map((column) =>
        today.includes(column) ? `row.${column}` : formerColumns[`${table}.${column}`],
      );
      if (values.includes(undefined)) throw new Error(`Say what ${table} held: ${wanted.join()}`);
      if (table === 'setting') db.exec('DELETE FROM main.setting');
      db.exec(`INSERT INTO main.${table} (${wanted.join()})
        SELECT ${values.join()} FROM now.${table} AS row ORDER BY 1`);
    }
  } finally {
    db.close();
  }
  return folder;
}
