import type Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { derivedTables } from '../../../desktop/main/db/apply-event.ts';
import { rebuild, tableDigest } from '../../../desktop/main/db/rebuild.ts';
import { TillDb } from '../../../desktop/main/db/till-db.ts';
import { openRawDatabase, tamper } from '../../support/raw-sqlite.ts';
import { aTestTill, openTestTill } from '../../support/test-till.ts';
import { newTestId } from '../../support/till-parts.ts';

/** Tables that hold what cannot be derived: the journal, the catalogue, this installation's state. */
const keptTables = new Set([
  'event',
  'command_answer',
  'drug',
  'drug_entry',
  'drug_key',
  'setting',
  'recall',
  'receipt',
  'unread_change',
  'migration',
  'staff_pin',
  // Unfinished work and who asked for a name on the slip: no journal says it.
  'open_sale',
  'learnt_barcode',
  'sale_customer',
  'audit_entry',
  'print_job',
  'paper_print',
  'old_dispensing',
  // The centre's answer, asked for again at any time.
  'prescription_check',
  // Sealed by the till whose place this one took: a flipped byte is found when it is read.
  'old_sale',
  'old_sale_return',
]);

const TableRow = z.object({ name: z.string() });
const ColumnRow = z.object({ name: z.string(), type: z.string() });

function tablesOf(sqlite: Database.Database): readonly string[] {
  return z
    .array(TableRow)
    .parse(
      sqlite
        .prepare(
          `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
             AND name NOT LIKE 'drug_search%' ORDER BY name`,
        )
        .all(),
    )
    .map(({ name }) => name);
}

function columnsOf(sqlite: Database.Database, table: string) {
  return z.array(ColumnRow).parse(sqlite.pragma(`table_info(${table})`));
}

async function aTradedTill() {
  const opened = await aTestTill();
  const { ask } = opened;
  const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2027-06-30' };
  await ask('stock.declareOpening', {
    commandId: newTestId(),
    lines: [{ ...lot, units: 100, unitCostVnd: 300 }],
  });
  await ask('stock.receive', {
    commandId: newTestId(),
    supplierName: 'Công ty Dược',
    invoiceNumber: 'HD1',
    lines: [{ ...lot, lot: 'A2', unit: 'viên', quantity: 50, unitCostVnd: 310 }],
  });
  await ask('prices.set', {
    commandId: newTestId(),
    drug: 'DEMO-1',
    unit: 'viên',
    priceVnd: 500,
  });
  const sales = [];
  for (let sale = 0; sale < 3; sale += 1) {
    sales.push(
      await ask('sales.complete', {
        commandId: newTestId(),
        lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 2 }],
        payment: { method: 'cash', tenderedVnd: 1_000 },
        shownTotalVnd: 1_000,
      }),
    );
  }
  const [first] = sales;
  if (first === undefined) throw new Error('Something was sold');
  await ask('sales.void', { commandId: newTestId(), saleId: first.id, reason: 'khách đổi ý' });
  return opened;
}

function isEmpty(sqlite: Database.Database, table: string): boolean {
  return sqlite.prepare(`SELECT 1 FROM "${table}" LIMIT 1`).get() === undefined;
}

/** Where nothing was recorded, a row out of nowhere is what damage looks like. */
function plant(sqlite: Database.Database, table: string): number {
  const values = columnsOf(sqlite, table).map(({ type }) => (type === 'INTEGER' ? '1' : "'x'"));
  return sqlite.prepare(`INSERT INTO "${table}" VALUES (${values.join(', ')})`).run().changes;
}

/** One other value of the same type, as a flipped bit would leave it. */
function flip(sqlite: Database.Database, table: string, column: string, type: string): number {
  sqlite.pragma('foreign_keys = OFF');
  sqlite.pragma('ignore_check_constraints = ON');
  if (isEmpty(sqlite, table)) return plant(sqlite, table);
  const other =
    type === 'INTEGER' ? `coalesce("${column}", 0) + 1000003` : `coalesce("${column}", '') || 'x'`;
  const isWithoutRowid = /WITHOUT ROWID/i.test(
    z
      .object({ sql: z.string() })
      .parse(sqlite.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').get(table)).sql,
  );
  const keys = z
    .array(z.object({ name: z.string(), pk: z.int() }))
    .parse(sqlite.pragma(`table_info(${table})`))
    .filter(({ pk }) => pk > 0)
    .map(({ name }) => `"${name}"`)
    .join(', ');
  const one = isWithoutRowid
    ? `(${keys}) = (SELECT ${keys} FROM "${table}" ORDER BY ${keys} LIMIT 1)`
    : `rowid = (SELECT min(rowid) FROM "${table}")`;
  return sqlite.prepare(`UPDATE "${table}" SET "${column}" = ${other} WHERE ${one}`).run().changes;
}

describe('every table of the till', () => {
  test('is either derived or kept: a new one must say which', async () => {
    const { dataDir, till } = await aTradedTill();
    await till.close();
    tamper(dataDir, (sqlite) => {
      const derived = new Set<string>(derivedTables);
      const unknown = tablesOf(sqlite).filter(
        (table) => !derived.has(table) && !keptTables.has(table),
      );
      expect(unknown).toEqual([]);
    });
  });
});

describe('a flipped byte in a derived table', () => {
  test('is found in every column of every table, repaired and told', async () => {
    const { dataDir, till } = await aTradedTill();
    await till.close();
    const sqlite = openRawDatabase(dataDir);
    const db = new TillDb(sqlite);
    const digests = () => derivedTables.map((name) => tableDigest(db, name));
    const before = digests();
    expect(rebuild(db)).toMatchObject({ ok: true, value: { differingTables: [] } });
    const flips: string[] = [];
    const missed: string[] = [];
    for (const table of derivedTables) {
      for (const { name, type } of columnsOf(sqlite, table)) {
        expect(flip(sqlite, table, name, type), `${table}.${name}`).toBe(1);
        sqlite.pragma('foreign_keys = ON');
        sqlite.pragma('ignore_check_constraints = OFF');
        const rebuilt = rebuild(db);
        flips.push(`${table}.${name}`);
        const isFound = rebuilt.ok && rebuilt.value.differingTables.join() === table;
        const isRight = digests().join() === before.join();
        if (!isFound || !isRight) missed.push(`${table}.${name}`);
      }
    }
    db.close();
    process.stdout.write(
      `till: ${flips.length} columns of ${derivedTables.length} tables flipped\n`,
    );
    expect(missed).toEqual([]);
    expect(flips.length).toBeGreaterThan(30);
  });

  test('is found while the till stands idle, repaired and shown', async () => {
    const { dataDir, till } = await aTradedTill();
    await till.close();
    tamper(dataDir, (sqlite) => {
      sqlite.exec("UPDATE stock SET on_hand_units = on_hand_units + 1 WHERE lot = 'A2'");
      sqlite.exec('UPDATE sale SET total_vnd = total_vnd + 1 WHERE seq = 5');
    });
    const opened = openTestTill(dataDir);
    expect(await opened.ask('journal.proof', {})).toMatchObject({ provedAt: null, repairs: [] });
    opened.time.advance(60_000);
    expect(await opened.ask('journal.proof', {})).toMatchObject({
      events: 7,
      repairs: [
        {
          tables: [
            { table: 'stock', rows: 1 },
            { table: 'sale', rows: 1 },
          ],
        },
      ],
    });
    const { rows } = await opened.ask('stock.list', {});
    expect(rows.map((row) => row.onHandUnits)).toEqual([96, 50]);
    expect((await opened.ask('status.get', {})).fault).toBeNull();
  });

  test('does not stand in the way of a sale between two steps of a rebuild', async () => {
    const { ask, time } = await aTradedTill();
    for (let sale = 0; sale < 520; sale += 1) {
      await ask('prices.set', {
        commandId: newTestId(),
        drug: 'DEMO-1',
        unit: 'viên',
        priceVnd: 500 + (sale % 2),
      });
    }
    const rebuilding = ask('journal.rebuild', {});
    const { running } = await ask('journal.proof', {});
    expect(running).toMatchObject({ doneEvents: 500, events: 527 });
    await ask('sales.complete', {
      commandId: newTestId(),
      lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 2 }],
      payment: { method: 'cash', tenderedVnd: 2_000 },
      shownTotalVnd: 1_002,
    });
    time.advance(1_000);
    expect(await rebuilding).toEqual({ events: 528, movements: 7, hadDifferences: false });
    expect((await ask('journal.proof', {})).running).toBeNull();
  });
});
