import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { publishDrugs } from '../../../server/catalogue/publish.ts';
import { inTransaction } from '../../../server/db/pool.ts';
import type { CatalogueImport } from '../../../shared/contract/console-api.ts';
import { aDrug } from '../../support/builders.ts';
import { makeWorkbook } from '../../support/make-workbook.ts';
import {
  type ConsoleUser,
  startTestConsole,
  type TestConsole,
} from '../../support/test-console.ts';

let regulator: TestConsole;
let nation: ConsoleUser;

beforeAll(async () => {
  regulator = await startTestConsole();
  nation = await regulator.userOf({ kind: 'nation' });
});
afterAll(() => regulator.close());
beforeEach(async () => {
  await regulator.centre.pool.query('TRUNCATE drug, feed_change, catalogue_import CASCADE');
});

const header = 'Số đăng ký,Tên thuốc,Hoạt chất,Dạng bào chế,Quy cách';

function rowsOf(count: number, name = 'Thuốc'): string[] {
  return Array.from(
    { length: count },
    (_, index) =>
      `VD-${10_000 + index}-15,${name} ${index},Paracetamol 500mg,Viên nén,Hộp 10 vỉ x 10 viên`,
  );
}

function csv(lines: readonly string[]): Buffer {
  return Buffer.from(`${[header, ...lines].join('\r\n')}\r\n`);
}

async function upload(
  body: BodyInit,
  name = 'danh-muc.csv',
): Promise<{ status: number; problem: string | undefined; row: CatalogueImport }> {
  const response = await nation.fetch('/api/catalogue/imports', {
    method: 'POST',
    headers: { 'x-file-name': encodeURIComponent(name) },
    body,
  });
  const answer = (await response.json()) as CatalogueImport & { type?: string };
  return { status: response.status, problem: answer.type, row: answer };
}

/** Asks until the import has come to rest. */
async function settled(id: string): Promise<CatalogueImport> {
  for (;;) {
    const { answer } = await nation.call('catalogueImport', { params: { id } });
    if (answer.state !== 'reading' && answer.state !== 'publishing') return answer;
  }
}

async function imported(body: Buffer, name?: string): Promise<CatalogueImport> {
  const { row } = await upload(new Uint8Array(body), name);
  return settled(row.id);
}

async function published(id: string): Promise<CatalogueImport> {
  await nation.call('publishImport', { params: { id } });
  return settled(id);
}

async function count(table: string): Promise<number> {
  return (await regulator.centre.pool.query(`SELECT count(*) AS count FROM ${table}`)).rows[0]
    .count;
}

function uploadsLeft(): readonly string[] {
  const dir = path.join(regulator.dataDir, 'uploads');
  return existsSync(dir) ? readdirSync(dir) : [];
}

test('an import is read, shown with its differences, and published as a whole', async () => {
  const known = aDrug({ code: 'STAYS-1', name: 'Thuốc không có trong tệp' });
  await inTransaction(regulator.centre.pool, (transaction) =>
    publishDrugs(transaction, { drugs: [known] }, regulator.clock.nowMs),
  );
  const first = await imported(csv(rowsOf(1_200)));
  expect(first).toMatchObject({ state: 'ready', rows: 1_200, newDrugs: 1_200, unreadableRows: 0 });
  expect(await count('drug')).toBe(1);
  expect(await published(first.id)).toMatchObject({ state: 'published', publishedDrugs: 1_200 });
  expect(await count('drug')).toBe(1_201);
  expect(await count(`feed_change WHERE kind = 'drug'`)).toBe(1_201);

  const changed = await imported(csv([...rowsOf(2, 'Tên mới'), ...rowsOf(1_203).slice(2)]));
  expect(changed).toMatchObject({ newDrugs: 3, changedDrugs: 2, unchangedDrugs: 1_198 });
  expect(await published(changed.id)).toMatchObject({ publishedDrugs: 5 });
  expect(await count('drug')).toBe(1_204);
  expect(await count('catalogue_import_drug')).toBe(0);
  expect(uploadsLeft()).toEqual([]);
});

test('what could not be read is listed and downloadable, and nothing is lost', async () => {
  const broken = [
    ...rowsOf(3),
    'VD-90001-15,"Ngoặc không đóng,x,Viên nén,Hộp 1 vỉ',
    ',Không có số đăng ký,x,Viên nén,Hộp 1 vỉ',
    ...rowsOf(1),
    'VD-90002-15,Quy cách lạ,x,Viên nén,=cmd|gì đó',
  ];
  const row = await imported(csv(broken));
  expect([row.rows, row.unreadableRows]).toEqual([7, 3]);
  expect(row.newDrugs + row.changedDrugs + row.unchangedDrugs + row.unreadableRows).toBe(row.rows);
  const params = { id: row.id };
  const query = { severity: 'unreadable' };
  const { answer } = await nation.call('importIssues', { params, query });
  expect(answer.rows.map((issue) => [issue.rowNumber, issue.reason])).toEqual([
    [5, 'broken-quotes'],
    [6, 'registration-missing'],
    [7, 'duplicate-row'],
  ]);
  expect(answer.rows[0]?.sentenceVi).toContain('ngoặc kép');
  const file = await nation.fetch(`/api/catalogue/imports/${row.id}/issues.csv`);
  const lines = (await file.text()).trimEnd().split('\r\n');
  const all = (await nation.call('importIssues', { params })).answer.total;
  expect(lines).toHaveLength(1 + all);
  expect(all).toBe(row.unreadableRows + row.warnings);
});

test('duplicate registration numbers are reported and both products kept', async () => {
  const lines = [
    'VD-1-15,Thuốc A,Paracetamol 500mg,Viên nén,Hộp 10 vỉ x 10 viên',
    'VD-1-15,Thuốc B,Ibuprofen 200mg,Viên nén,Hộp 10 vỉ x 10 viên',
  ];
  const row = await imported(csv(lines));
  expect([row.newDrugs, row.unreadableRows]).toEqual([2, 0]);
  const { answer } = await nation.call('importIssues', { params: { id: row.id } });
  expect(answer.rows.map((issue) => issue.reason)).toContain('registration-shared');
});

test.each([
  ['nothing in it', Buffer.alloc(0), 'danh-muc.csv'],
  ['a PDF by another name', Buffer.from('%PDF-1.7 …'), 'danh-muc.csv'],
  ['a damaged workbook', Buffer.from('PK\x03\x04 not a zip'), 'danh-muc.xlsx'],
  ['other columns', Buffer.from('a,b,c\n1,2,3\n'), 'danh-muc.csv'],
])(
  'a file with %s fails with a sentence and leaves the catalogue alone',
  async (_title, body, name) => {
    const row = await imported(body, name);
    expect(row.state).toBe('failed');
    expect(row.failure).toMatch(/^\p{Lu}.+\.$/u);
    expect((await nation.call('publishImport', { params: { id: row.id } })).problem).toBe(
      'conflict',
    );
    expect([await count('drug'), await count('catalogue_import_drug')]).toEqual([0, 0]);
  },
);

test('a workbook is read like a table', async () => {
  const sheet = [header.split(','), ...rowsOf(3).map((line) => line.split(','))];
  const row = await imported(Buffer.from(makeWorkbook({ Thuoc: sheet })), 'danh-muc.xlsx');
  expect(row).toMatchObject({ state: 'ready', newDrugs: 3 });
});

test.each([
  ['danh-muc.exe', 415, 'wrong-content-type'],
  ['', 400, 'bad-request'],
  ['../../etc/passwd', 415, 'wrong-content-type'],
])('the file name %j is refused', async (name, status, problem) => {
  const answer = await upload(new Uint8Array(csv(rowsOf(1))), name);
  expect([answer.status, answer.problem]).toEqual([status, problem]);
  expect(uploadsLeft()).toEqual([]);
});

test('an import that is ready can be cancelled and leaves nothing but its report', async () => {
  const row = await imported(csv(rowsOf(10)));
  const { answer } = await nation.call('cancelImport', { params: { id: row.id } });
  expect(answer.state).toBe('cancelled');
  expect(await count('catalogue_import_drug')).toBe(0);
  expect((await nation.call('publishImport', { params: { id: row.id } })).problem).toBe('conflict');
  expect((await nation.call('cancelImport', { params: { id: row.id } })).problem).toBe('conflict');
});

test('while one import is read a second is refused; the first can be stopped', async () => {
  const large = await upload(new Uint8Array(csv(rowsOf(30_000))));
  const second = await upload(new Uint8Array(csv(rowsOf(1))));
  expect([second.status, second.problem]).toEqual([409, 'conflict']);
  const { answer } = await nation.call('cancelImport', { params: { id: large.row.id } });
  expect(answer.state).toBe('cancelled');
  await regulator.centre.deps.catalogueImports.close();
  expect(await count('catalogue_import_drug')).toBe(0);
  expect(uploadsLeft()).toEqual([]);
});

test('what a restart interrupted has failed, with a sentence, and half of nothing is published', async () => {
  const row = await imported(csv(rowsOf(20)));
  // The import is ready a moment before its worker lets go of it.
  await regulator.centre.deps.catalogueImports.close();
  for (const state of ['reading', 'publishing']) {
    await regulator.centre.pool.query('UPDATE catalogue_import SET state = $1', [state]);
    await regulator.centre.deps.catalogueImports.recover();
    const { answer } = await nation.call('catalogueImport', { params: { id: row.id } });
    expect(answer.state).toBe('failed');
    expect(answer.failure).toContain('Danh mục không thay đổi');
  }
  expect([await count('drug'), await count('catalogue_import_drug')]).toEqual([0, 0]);
});

test('the demonstration entries stay unless the register names them', async () => {
  const demonstration = [
    aDrug({ code: 'DEMO-00001', registrationNumber: 'DEMO-00001' }),
    aDrug({ code: 'VD-10000-15', registrationNumber: 'VD-10000-15' }),
  ];
  await inTransaction(regulator.centre.pool, (transaction) =>
    publishDrugs(transaction, { drugs: demonstration }, regulator.clock.nowMs),
  );
  const row = await imported(csv(rowsOf(1)));
  await published(row.id);
  const { rows } = await regulator.centre.pool.query(
    'SELECT code, is_demonstration FROM drug ORDER BY code',
  );
  expect(rows).toEqual([
    { code: 'DEMO-00001', is_demonstration: true },
    { code: 'VD-10000-15', is_demonstration: false },
  ]);
});

test('the register of 1,854 drugs is taken as it is', async (context) => {
  const file = path.resolve(import.meta.dirname, '../../../../shared/data/drug-catalogue-1854.csv');
  if (!existsSync(file)) {
    context.skip('The register file drug-catalogue-1854.csv is not beside the project');
  }
  const row = await imported(readFileSync(file), 'drug-catalogue-1854.csv');
  expect([row.state, row.rows]).toEqual(['ready', 1_854]);
  expect(row.newDrugs + row.unreadableRows).toBe(1_854);
  expect(row.unreadableRows).toBeLessThan(5);
  expect((await published(row.id)).publishedDrugs).toBe(row.newDrugs);
  expect(await count('drug')).toBe(row.newDrugs);
  const again = await imported(readFileSync(file), 'drug-catalogue-1854.csv');
  expect(again).toMatchObject({ newDrugs: 0, changedDrugs: 0, unchangedDrugs: row.newDrugs });
});
