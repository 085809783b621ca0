import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { publishDrugs, publishFacility } from '../../../server/catalogue/publish.ts';
import { inTransaction } from '../../../server/db/pool.ts';
import { randomOf } from '../../../server/twin/random.ts';
import { verifyExportFile } from '../../../server/verify/read-export.ts';
import { consoleStreams } from '../../../shared/contract/console-api.ts';
import type { Facility } from '../../../shared/model/facility.ts';
import { compareReports } from '../../../shared/sync/verify-export.ts';
import { aDrug } from '../../support/builders.ts';
import {
  aForgedShop,
  continueJournal,
  fileLines,
  hashAt,
  tillExport,
} from '../../support/forgery/forged-shop.ts';
import { openRealTill, type RealTill, stockUp } from '../../support/real-till.ts';
import { issueTestCode, registerTestFacility } from '../../support/test-centre.ts';
import { addressOf, startTestConsole, type TestConsole } from '../../support/test-console.ts';

let running: TestConsole;
let till: RealTill;
let facility: Facility;
let folder: string;

beforeAll(async () => {
  running = await startTestConsole();
  folder = mkdtempSync(path.join(tmpdir(), 'journal-export-'));
  const { centre } = running;
  await inTransaction(centre.pool, (transaction) =>
    publishDrugs(transaction, { drugs: [aDrug()] }, running.clock.nowMs),
  );
  facility = await registerTestFacility(centre, { province: '96' });
  await inTransaction(centre.pool, (transaction) => publishFacility(transaction, facility));
  till = openRealTill();
  await till.ask('setup.enrol', {
    centreUrl: centre.url,
    code: await issueTestCode(centre, facility),
  });
  await till.ask('sync.now', {});
  await stockUp(till);
  await till.sell(5);
  await till.ask('sync.now', {});
  till.line.isDown = true;
  await till.sell(3);
});
afterAll(async () => {
  await till.close();
  await running.close();
  rmSync(folder, { recursive: true, force: true });
});

function saved(name: string, bytes: Uint8Array): string {
  const file = path.join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

async function tillFile(): Promise<string> {
  const exported = await till.ask('journal.export', {});
  expect(exported).toMatchObject({ events: 10, unreportedEvents: 3 });
  expect(exported.fileName).toMatch(/^so-96-\d{6}-A1-\d{4}-\d\d-\d\d\.so\.gz$/);
  return saved('till.so.gz', Buffer.from(exported.file, 'base64'));
}

const address = () =>
  addressOf(consoleStreams.facilityJournal.path, { params: { id: facility.id } });

async function centreFile(): Promise<string> {
  const inspector = await running.userOf({ kind: 'area', scheme: '63', code: '96' });
  const response = await inspector.fetch(address());
  expect(response.status).toBe(200);
  return saved('centre.so.gz', new Uint8Array(await response.arrayBuffer()));
}

async function reportOf(file: string) {
  const report = await verifyExportFile(file, running.centre.deps.centreKey.publicKeyBase64);
  if (!report.ok) throw new Error(JSON.stringify(report.error));
  return report.value;
}

describe('a journal export', () => {
  test('of a real till says what is receipted and what is only its own word', async () => {
    const report = await reportOf(await tillFile());
    expect(report).toMatchObject({ findings: [], isCentreKeyPinned: true });
    expect(report.tills).toMatchObject([
      {
        events: 10,
        receiptedSeq: 7,
        signedSeq: 10,
        isCertified: true,
        totals: { sales: 8, soldVnd: 8_000, lots: [{ lot: 'A1', onHandUnits: 9_984 }] },
      },
    ]);
  });

  test('of the real centre holds the same bytes, and both tell one past', async () => {
    const [own, centres] = [await reportOf(await tillFile()), await reportOf(await centreFile())];
    expect(centres).toMatchObject({ findings: [], tills: [{ events: 7, receiptedSeq: 7 }] });
    expect(centres.tills[0]?.signedSeq).toBe(7);
    expect(compareReports(own, centres)).toEqual({ findings: [], comparedTills: 1 });
  });

  test('leaves the centre only for accounts of its area, and the audit says who took it', async () => {
    const stranger = await running.userOf({ kind: 'area', scheme: '63', code: '01' });
    expect((await stranger.fetch(address())).status).toBe(404);
    expect((await running.anonymous.fetch(address())).status).toBe(401);
    await centreFile();
    const national = await running.userOf({ kind: 'nation' });
    const { answer } = await national.call('audit', { query: { text: facility.code } });
    expect(answer.rows.map((row) => row.action)).toContain('journal-exported');
  });

  test('is judged by one command: 0 whole, 1 forged, 2 unreadable, in two languages', async () => {
    const file = await tillFile();
    const whole = verify([file, '--against', await centreFile(), '--lots']);
    expect(whole).toMatchObject({ status: 0 });
    expect(whole.text).toContain('KHÔNG THẤY GIẢ MẠO');
    expect(whole.text).toContain('3 sự kiện sau biên nhận cuối (số 8 đến 10)');
    expect(whole.text).toContain('Hai tệp kể cùng một quá khứ');
    expect(whole.text).toContain('DEMO-1 · A1 · 2099-06-30 · 9.984');
    const text = gunzipSync(Buffer.from((await till.ask('journal.export', {})).file, 'base64'));
    const forged = text.toString().replace('"tenderedVnd":1000', '"tenderedVnd":9000');
    const found = verify([saved('forged.so.gz', gzipSync(forged)), '--lang', 'en']);
    expect(found).toMatchObject({ status: 1 });
    expect(found.text).toContain('THE JOURNAL CANNOT BE TRUSTED');
    expect(found.text).toContain('Changed after sealing: event 3.');
    const cut = verify([saved('cut.so.gz', gzipSync(text).subarray(0, 900))]);
    expect(cut).toMatchObject({ status: 2 });
    expect(cut.text).toContain('Tệp nén bị hỏng hoặc bị cắt');
    expect(verify([])).toMatchObject({ status: 2 });
    const short = verify([saved('short.so.gz', gzipSync(text.subarray(0, text.length - 700)))]);
    expect(short).toMatchObject({ status: 2 });
    expect(short.text).toContain('CHƯA KẾT LUẬN ĐƯỢC');
    const converted = text.toString().replaceAll('\n', '\r\n');
    const undone = verify([saved('converted.so', Buffer.from(converted)), '--lang', 'en']);
    expect(undone).toMatchObject({ status: 0 });
    expect(undone.text).toContain('these are the exact bytes of the export');
  });

  test('held by that command against the export of a clone is a fork, in either order', () => {
    const shop = aForgedShop('command', { events: 12, ackedSeqs: [6] });
    const head = { seq: 9, hash: hashAt(shop.events, 9) };
    const more = continueJournal({ till: shop.till, head }, 5, randomOf('clone'));
    const clone = { ...shop, events: [...shop.events.slice(0, 9), ...more] };
    const [one, another] = [shop, clone].map((each, index) => {
      const lines = fileLines(tillExport(each), each.deviceKey).map((line) => `${line}\n`);
      return saved(`past-${index}.so`, Buffer.from(lines.join('')));
    });
    for (const files of [
      [one, another],
      [another, one],
    ] as const) {
      const [own = '', other = ''] = files;
      const found = verify([own, '--against', other, '--lang', 'en']);
      expect(found).toMatchObject({ status: 1 });
      expect(found.text).toContain('The journal forks: from events 10 to');
    }
  });
});

function verify(args: readonly string[]): {
  readonly status: number | null;
  readonly text: string;
} {
  const main = path.resolve(import.meta.dirname, '../../../server/verify/main.ts');
  const run = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  return { status: run.status, text: run.stdout };
}
