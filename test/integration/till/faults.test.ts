import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { loadMigrations } from '../../../desktop/main/db/migrate.ts';
import { openDatabase } from '../../../desktop/main/db/open-database.ts';
import type { TillDb } from '../../../desktop/main/db/till-db.ts';
import type { TillProblem } from '../../../shared/contract/till-api.ts';
import { settled } from '../../support/manual-time.ts';
import { tamper } from '../../support/raw-sqlite.ts';
import {
  aTemporaryFolder,
  aTestTill,
  aTestTillOver,
  openTestTill,
  type TestTill,
} from '../../support/test-till.ts';
import { newTestId, openedAt, prepareDatabase, withDatabase } from '../../support/till-parts.ts';

describe('a database that must not be used', () => {
  test.each<[what: string, spoil: (file: string) => void, code: string]>([
    ['truncated in the middle', (file) => truncateSync(file, halfOf(file)), 'database-damaged'],
    ['truncated to nothing', (file) => truncateSync(file, 0), 'database-damaged'],
    ['truncated inside its header', (file) => truncateSync(file, 50), 'database-damaged'],
    [
      'overwritten with text',
      (file) => writeFileSync(file, 'hello '.repeat(5_000)),
      'database-damaged',
    ],
    ['with a page of zeros', zeroPage, 'database-damaged'],
    ['of a later program', addMigration, 'database-newer'],
    ['migrated by other files', changeChecksum, 'database-foreign'],
    ['of another program', makeForeign, 'database-foreign'],
  ])('%s is told, and stays byte for byte what it is', async (_what, spoil, code) => {
    const { dataDir, till } = await aSoldTill();
    await till.close();
    const file = path.join(dataDir, 'till.db');
    spoil(file);
    const before = readFileSync(file);
    const { ask, refusal, till: faulted } = openTestTill(dataDir);
    expect((await ask('status.get', {})).fault).toBe(code);
    expect((await ask('sync.status', {})).problem?.type).toBe('database-damaged');
    expect(await refusal('sales.complete', aSale())).toMatchObject({ type: 'Fault', code });
    expect(await refusal('drugs.search', { text: 'para' })).toMatchObject({ type: 'Fault', code });
    expect(faulted.fault()?.code).toBe(code);
    await faulted.close();
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  test('missing beside its log is told, not begun anew', async () => {
    const { dataDir, till } = await aSoldTill();
    await till.close();
    rmSync(path.join(dataDir, 'till.db'));
    writeFileSync(path.join(dataDir, 'till.db-wal'), 'what was not yet moved');
    expect(openTestTill(dataDir).till.fault()?.code).toBe('database-damaged');
    expect(existsSync(path.join(dataDir, 'till.db'))).toBe(false);
  });

  test('held by another program is refused, and free when that one ends', async () => {
    const first = await aSoldTill();
    const second = openTestTill(first.dataDir);
    expect(second.till.fault()?.code).toBe('database-in-use');
    expect(await second.refusal('sales.complete', aSale())).toMatchObject({
      code: 'database-in-use',
    });
    await first.ask('sales.complete', aSale());
    await first.till.close();
    expect(openTestTill(first.dataDir).till.fault()).toBeNull();
  });

  test('in a folder that is a file is told', async () => {
    const folder = aTemporaryFolder();
    const file = path.join(folder, 'file');
    writeFileSync(file, '');
    expect(openTestTill(path.join(file, 'till')).till.fault()?.code).toBe('database-unreachable');
  });
});

describe('a database that cannot be written', () => {
  // Root may write anything, so an ordinary account tries: in a process of its own.
  test.skipIf(process.getuid?.() !== 0)('is told at the start', async () => {
    const { dataDir, till } = await aSoldTill();
    await till.close();
    const file = path.join(dataDir, 'till.db');
    for (const name of readdirSync(dataDir)) chownSync(path.join(dataDir, name), 65_534, 65_534);
    chownSync(dataDir, 65_534, 65_534);
    chmodSync(file, 0o444);
    expect(faultSeenByNobody(dataDir)).toBe('database-read-only');
    chmodSync(file, 0o600);
    expect(faultSeenByNobody(dataDir)).toBe('none');
  });
});

describe('while the till runs', () => {
  test('a full disk refuses the sale, records nothing, and is over when there is room', async () => {
    const { shop, db } = await anOpenTill();
    await stock(shop);
    setRoom(db, 3);
    let sold = 0;
    let problem: TillProblem | undefined;
    while (problem === undefined) {
      const reply = await shop.till.invoke('sales.complete', aSale());
      if (reply.ok) sold += 1;
      else problem = reply.error;
    }
    expect(problem).toMatchObject({ type: 'Fault', code: 'disk-full' });
    const { rows } = await shop.ask('sales.list', { limit: 500 });
    expect([rows.length, (await shop.ask('sync.status', {})).lastSeq]).toEqual([sold, sold + 2]);
    setRoom(db, 10_000);
    expect(await shop.ask('sales.complete', aSale())).toMatchObject({ slip: `A1-${sold + 1}` });
    expect(await shop.ask('journal.rebuild', {})).toMatchObject({
      events: sold + 3,
      hadDifferences: false,
    });
  });

  test('a till that starts while nothing can be written answers questions', async () => {
    const dataDir = aTemporaryFolder();
    prepareDatabase(dataDir);
    const opened = openDatabase({ dataDir, openedAt });
    if (!opened.ok) throw new Error(opened.error.code);
    opened.value.pragma('query_only = ON');
    const shop = aTestTillOver(opened.value, dataDir);
    await settled();
    shop.time.advance(60 * 60_000);
    await settled();
    expect((await shop.ask('drugs.search', { text: 'para' })).length).toBe(1);
    expect((await shop.ask('sync.status', {})).lastSeq).toBe(0);
    opened.value.pragma('query_only = OFF');
    await stock(shop);
    expect(await shop.ask('sales.complete', aSale())).toMatchObject({ slip: 'A1-1' });
  });

  test('a command repeated on a disk that can only be read gets its first answer', async () => {
    const { shop, db } = await anOpenTill();
    await stock(shop);
    const command = aSale();
    const first = await shop.ask('sales.complete', command);
    db.pragma('query_only = ON');
    expect(await shop.ask('sales.complete', command)).toEqual(first);
  });

  test('a command that met a file not to be written succeeds under the same commandId', async () => {
    const { shop, db } = await anOpenTill();
    await stock(shop);
    const command = aSale();
    db.pragma('query_only = ON');
    expect(await shop.refusal('sales.complete', command)).toMatchObject({
      type: 'Fault',
      code: 'database-read-only',
    });
    expect((await shop.ask('sales.list', {})).rows).toEqual([]);
    db.pragma('query_only = OFF');
    expect(await shop.ask('sales.complete', command)).toMatchObject({ slip: 'A1-1' });
  });
});

describe('a large database', () => {
  test('that was closed in order is checked while the till works', async () => {
    const { dataDir, till } = await aSoldTill();
    await till.close();
    spoilTable(dataDir, 'sale_by_day');
    const opened = openDatabase({ dataDir, openedAt, checkedAtStartBytesMax: 0 });
    if (!opened.ok) throw new Error(opened.error.code);
    const shop = aTestTillOver(opened.value, dataDir);
    expect((await shop.ask('status.get', {})).fault).toBeNull();
    shop.time.advance(10 * 60_000);
    expect((await shop.ask('status.get', {})).fault).toBe('database-damaged');
    expect(await shop.refusal('sales.complete', aSale())).toMatchObject({
      code: 'database-damaged',
    });
  });

  test('that is shorter than its header says is checked at the start', async () => {
    const { dataDir, till } = await aSoldTill();
    await till.close();
    const file = path.join(dataDir, 'till.db');
    truncateSync(file, statSync(file).size - 4_096);
    const opened = openDatabase({ dataDir, openedAt, checkedAtStartBytesMax: 0 });
    expect(opened).toMatchObject({ ok: false, error: { code: 'database-damaged' } });
  });

  test('that was not closed in order is checked at the start', async () => {
    const { dataDir, ask } = await aSoldTill();
    await ask('sales.complete', aSale());
    const copy = aTemporaryFolder();
    for (const name of ['till.db', 'till.db-wal']) {
      cpSync(path.join(dataDir, name), path.join(copy, name));
    }
    spoilTable(copy, 'drug_by_name', { isLogKept: true });
    const opened = openDatabase({ dataDir: copy, openedAt, checkedAtStartBytesMax: 0 });
    expect(opened).toMatchObject({ ok: false, error: { code: 'database-damaged' } });
  });
});

describe('opening', () => {
  test('makes the folder, applies every migration once and leaves nothing behind', () => {
    const dataDir = path.join(aTemporaryFolder(), 'new', 'till');
    withDatabase(dataDir, () => undefined);
    withDatabase(dataDir, (db) => db.execute('SELECT * FROM migration'));
    expect(readdirSync(dataDir).sort()).toEqual(['till.db', 'till.lock']);
  });

  test('starts over when the first start was cut off before the database was whole', () => {
    const dataDir = aTemporaryFolder();
    writeFileSync(path.join(dataDir, 'till.db.new'), 'half a data');
    const opened = openDatabase({ dataDir, openedAt });
    expect(opened.ok).toBe(true);
    if (opened.ok) opened.value.close();
  });

  test('leaves the database as it was when a migration fails', () => {
    const dataDir = aTemporaryFolder();
    withDatabase(dataDir, () => undefined);
    const broken = {
      number: loadMigrations().length + 1,
      name: 'broken.sql',
      checksum: 'x',
      sql: 'CREATE TABLE half (a); SELECT * FROM no_such_table;',
    };
    const migrations = [...loadMigrations(), broken];
    expect(() => openDatabase({ dataDir, openedAt, migrations })).toThrow(/no such table/);
    tamper(dataDir, (sqlite) => {
      const tables = "SELECT count(*) FROM sqlite_schema WHERE name = 'half'";
      expect(sqlite.prepare(tables).pluck().get()).toBe(0);
    });
    withDatabase(dataDir, () => undefined);
  });
});

function halfOf(file: string): number {
  return Math.floor(statSync(file).size / 2);
}

function zeroPage(file: string): void {
  const bytes = readFileSync(file);
  bytes.fill(0, 4_096 * 3, 4_096 * 4);
  writeFileSync(file, bytes);
}

/** Overwrites the first page of an index or table, as a bad sector would. */
function spoilTable(dataDir: string, name: string, { isLogKept = false } = {}): void {
  const file = path.join(dataDir, 'till.db');
  const log = isLogKept ? readFileSync(`${file}-wal`) : undefined;
  let page = 0;
  tamper(dataDir, (sqlite) => {
    const sql = 'SELECT rootpage FROM sqlite_schema WHERE name = ?';
    page = z.int().parse(sqlite.prepare(sql).pluck().get(name));
  });
  if (log !== undefined) writeFileSync(`${file}-wal`, log);
  const bytes = readFileSync(file);
  bytes.fill(0xff, (page - 1) * 4_096, page * 4_096);
  writeFileSync(file, bytes);
}

function addMigration(file: string): void {
  tamper(path.dirname(file), (sqlite) =>
    sqlite.exec(
      "INSERT INTO migration SELECT max(number) + 1, 'future.sql', 'x', '' FROM migration",
    ),
  );
}

function changeChecksum(file: string): void {
  tamper(path.dirname(file), (sqlite) => sqlite.exec("UPDATE migration SET checksum = 'x'"));
}

function makeForeign(file: string): void {
  tamper(path.dirname(file), (sqlite) => sqlite.pragma('application_id = 7'));
}

function faultSeenByNobody(dataDir: string): string {
  const module = path.resolve('desktop/main/db/open-database.ts');
  const script = `
    import { openDatabase } from ${JSON.stringify(module)};
    const opened = openDatabase({ dataDir: ${JSON.stringify(dataDir)}, openedAt: '${openedAt}' });
    process.stdout.write(opened.ok ? 'none' : opened.error.code);
    if (opened.ok) opened.value.close();`;
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    uid: 65_534,
    gid: 65_534,
    encoding: 'utf8',
  });
  return child.stdout === '' ? child.stderr : child.stdout;
}

async function aSoldTill(): Promise<TestTill> {
  const shop = await aTestTill();
  await stock(shop);
  await shop.ask('sales.complete', aSale());
  return shop;
}

/** A till whose connection the test holds too, to take away what it needs. */
async function anOpenTill(): Promise<{ readonly shop: TestTill; readonly db: TillDb }> {
  const dataDir = aTemporaryFolder();
  prepareDatabase(dataDir);
  const opened = openDatabase({ dataDir, openedAt });
  if (!opened.ok) throw new Error(opened.error.code);
  const shop = aTestTillOver(opened.value, dataDir);
  return { shop, db: opened.value };
}

/** SQLite itself refuses to grow the file further than this, as it does when the disk is full. */
function setRoom(db: TillDb, pages: number): void {
  const [{ page_count }] = z
    .tuple([z.object({ page_count: z.int() })])
    .parse(db.pragma('page_count'));
  db.pragma(`max_page_count = ${page_count + pages}`);
}

async function stock({ ask }: TestTill): Promise<void> {
  const line = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2027-06-30', units: 1_000_000 };
  await ask('stock.declareOpening', { commandId: newTestId(), lines: [line] });
  const price = { drug: 'DEMO-1', unit: 'viên', priceVnd: 500 };
  await ask('prices.set', { commandId: newTestId(), ...price });
}

function aSale() {
  return {
    commandId: newTestId(),
    lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 1 }],
    payment: { method: 'cash' as const, tenderedVnd: 500 },
    shownTotalVnd: 500,
  };
}
