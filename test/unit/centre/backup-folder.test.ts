import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type BackupManifest,
  baseFolder,
  listBackups,
  logFolder,
  removeOldBackups,
} from '../../../server/backup/backup-folder.ts';
import { moment } from '../../support/builders.ts';

let backupDir: string;
beforeEach(() => {
  backupDir = mkdtempSync(path.join(tmpdir(), 'backups-'));
  mkdirSync(logFolder(backupDir));
});
afterEach(() => rmSync(backupDir, { recursive: true, force: true }));

function addBase(day: number, firstSegment: string): void {
  const folder = path.join(baseFolder(backupDir), `202611${day}T020000Z`);
  mkdirSync(folder, { recursive: true });
  const finishedAt = moment(`2026-11-${day}T09:00:00+07:00`);
  const manifest: BackupManifest = { version: 1, finishedAt, firstSegment, bytes: 0, files: [] };
  writeFileSync(path.join(folder, 'backup.json'), JSON.stringify(manifest));
}

test('the newest bases stay, and the log since the oldest of them on any timeline', () => {
  addBase(20, '000000010000000000000002');
  addBase(21, '000000010000000000000005');
  addBase(22, '000000020000000000000009');
  const segments = [
    '000000010000000000000002',
    '000000010000000000000004',
    '000000010000000000000005',
    '000000010000000000000005.00000028.backup',
    '000000020000000000000003',
    '000000020000000000000009',
    '00000002.history',
  ];
  for (const name of segments) writeFileSync(path.join(logFolder(backupDir), name), '');
  expect(removeOldBackups(backupDir, 2)).toEqual({ bases: 1, segments: 3 });
  expect(readdirSync(logFolder(backupDir)).sort()).toEqual([
    '000000010000000000000005',
    '000000010000000000000005.00000028.backup',
    '00000002.history',
    '000000020000000000000009',
  ]);
  expect(listBackups(backupDir).map(({ manifest }) => manifest.firstSegment)).toEqual([
    '000000010000000000000005',
    '000000020000000000000009',
  ]);
});

test('a base that was not finished is none', () => {
  mkdirSync(path.join(baseFolder(backupDir), '20261122T020000Z'), { recursive: true });
  mkdirSync(path.join(baseFolder(backupDir), '20261122T030000Z.new'), { recursive: true });
  expect(listBackups(backupDir)).toEqual([]);
  expect(removeOldBackups(backupDir)).toEqual({ bases: 0, segments: 0 });
});
