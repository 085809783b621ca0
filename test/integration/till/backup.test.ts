import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { proveBackup, unpackBackup } from '../../../desktop/main/backup/backup-file.ts';
import { chainHead } from '../../../desktop/main/db/event-log.ts';
import { aTemporaryFolder, aTestTill } from '../../support/test-till.ts';
import { openedAt, withDatabase } from '../../support/till-parts.ts';

async function aTillWithBackups() {
  const backupDir = path.join(aTemporaryFolder(), 'backups');
  const till = await aTestTill({ deps: { backupDir } });
  const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2099-06-30', units: 100 };
  await till.ask('stock.declareOpening', { commandId: crypto.randomUUID(), lines: [lot] });
  const price = { drug: 'DEMO-1', unit: 'viên', priceVnd: 500 };
  await till.ask('prices.set', { commandId: crypto.randomUUID(), ...price });
  return { ...till, backupDir };
}

describe('a backup', () => {
  test('is proved by restoring it, and opens as the till it was', async () => {
    const till = await aTillWithBackups();
    expect(await till.ask('backup.status', {})).toMatchObject({ lastVerifiedAt: null });
    const made = await till.ask('backup.run', {});
    expect(made).toMatchObject({ events: 2, failure: null, isRunning: false });
    expect(readdirSync(till.backupDir)).toEqual([made.file]);
    const dataDir = aTemporaryFolder();
    await unpackBackup(path.join(till.backupDir, made.file ?? ''), dataDir);
    const there = await till.ask('stock.list', {});
    expect(withDatabase(dataDir, (db) => chainHead(db).seq)).toBe(2);
    expect(there.rows).toHaveLength(1);
  });

  test('holds no private key', async () => {
    const till = await aTillWithBackups();
    writeFileSync(path.join(till.dataDir, 'device.key'), 'the-private-half');
    const made = await till.ask('backup.run', {});
    const dataDir = aTemporaryFolder();
    await unpackBackup(path.join(till.backupDir, made.file ?? ''), dataDir);
    expect(readdirSync(dataDir)).toEqual(['till.db']);
    expect(readFileSync(path.join(dataDir, 'till.db')).includes('the-private-half')).toBe(false);
  });

  test('that was damaged on its disk is found out', async () => {
    const till = await aTillWithBackups();
    const made = await till.ask('backup.run', {});
    const file = path.join(till.backupDir, made.file ?? '');
    const bytes = readFileSync(file);
    bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff;
    writeFileSync(file, bytes);
    const proved = await proveBackup(file, { work: aTemporaryFolder(), openedAt });
    expect(proved.ok).toBe(false);
  });

  test('that cannot be written says so, keeps the last good one and stops nothing', async () => {
    const till = await aTillWithBackups();
    const good = await till.ask('backup.run', {});
    rmSync(till.backupDir, { recursive: true });
    writeFileSync(till.backupDir, 'no folder');
    const failed = await till.ask('backup.run', {});
    expect(failed).toMatchObject({
      lastVerifiedAt: good.lastVerifiedAt,
      failure: { detail: expect.stringMatching(/EEXIST|ENOTDIR/) },
    });
    expect((await till.ask('stock.list', {})).rows).toHaveLength(1);
  });

  test('whose outcome cannot be written down ends nothing, and is made the next time', async () => {
    const till = await aTillWithBackups();
    const other = new Database(path.join(till.dataDir, 'till.db'));
    other.exec('BEGIN IMMEDIATE');
    const unkept = await till.ask('backup.run', {});
    expect(unkept).toMatchObject({
      lastVerifiedAt: null,
      isRunning: false,
      failure: { detail: expect.stringMatching(/^database-in-use/) },
    });
    other.exec('ROLLBACK');
    other.close();
    expect(await till.ask('backup.run', {})).toMatchObject({ failure: null, events: 2 });
  });

  test('goes to a second folder as well, and says when that is missing', async () => {
    const till = await aTillWithBackups();
    const stick = path.join(aTemporaryFolder(), 'stick');
    mkdirSync(stick);
    await till.ask('backup.setFolder', { folder: stick });
    const made = await till.ask('backup.run', {});
    expect(made.second).toMatchObject({ copiedAt: made.lastVerifiedAt, failure: null });
    expect(existsSync(path.join(stick, made.file ?? ''))).toBe(true);
    rmSync(stick, { recursive: true });
    till.time.advance(60_000);
    const without = await till.ask('backup.run', {});
    expect(without).toMatchObject({ failure: null, second: { copiedAt: made.lastVerifiedAt } });
    expect(without.second?.failure).toContain('is not there');
  });

  test('is made by the clock and some minutes after a start when one is due', async () => {
    const till = await aTillWithBackups();
    const daily = till.time.schedules.find(({ expression }) => expression === '30 12,20 * * *');
    daily?.run();
    await till.ask('backup.run', {});
    expect(readdirSync(till.backupDir)).toHaveLength(1);
    till.time.advance(6 * 60_000);
    expect((await till.ask('backup.status', {})).isRunning).toBe(false);
  });
});
