import { expect, test } from 'vitest';
import {
  backupName,
  momentOfBackup,
  outdatedBackups,
} from '../../../desktop/main/backup/rotation.ts';

const dayMs = 86_400_000;

const till = { shortCode: 'A1', tillId: '0198f111-0000-7000-8000-9c21f0b7a4e3' };
const neighbour = { shortCode: 'A1', tillId: '0198f222-0000-7000-8000-9c21f0b7a4e4' };

function nameOf(ms: number, whose = till): string {
  return backupName(whose, new Date(ms + 7 * 3_600_000).toISOString());
}

test('a name says its moment, and no other file is a backup', () => {
  const name = backupName(till, '2026-11-22T14:32:05+07:00');
  expect(name).toBe('till-A1-9c21f0b7a4e3-20261122T143205.db.zst');
  expect(momentOfBackup(name)).toBe('2026-11-22T14:32:05+07:00');
  expect(outdatedBackups(['photo.jpg', 'till.db', `${name}.new`])).toEqual([]);
});

test('of two years with two backups a day, seven days, four weeks and twelve months stay', () => {
  const endMs = Date.parse('2026-11-22T20:30:00+07:00');
  const names = Array.from({ length: 1_460 }, (_, index) => nameOf(endMs - (index * dayMs) / 2));
  const outdated = new Set(outdatedBackups(names));
  const kept = names.filter((name) => !outdated.has(name));
  // Seven days, three weeks before them, eleven months before those.
  expect(kept).toHaveLength(21);
  expect(kept.slice(0, 7)).toEqual(names.filter((_, index) => index % 2 === 0).slice(0, 7));
  expect(new Set(kept.map((name) => momentOfBackup(name)?.slice(0, 7))).size).toBe(12);
});

test('what was kept once is kept by the next rotation too', () => {
  const endMs = Date.parse('2026-11-22T20:30:00+07:00');
  const names = Array.from({ length: 60 }, (_, index) => nameOf(endMs - index * dayMs));
  const outdated = new Set(outdatedBackups(names));
  const kept = names.filter((name) => !outdated.has(name));
  expect(outdatedBackups(kept)).toEqual([]);
});

test('a till removes no backup of another one on the same stick', () => {
  const nowMs = Date.parse('2026-11-22T20:30:00+07:00');
  const [older, newer, neighbours] = [
    nameOf(nowMs - 3_600_000),
    nameOf(nowMs),
    nameOf(nowMs - 7_200_000, neighbour),
  ];
  expect(outdatedBackups([older, newer, neighbours])).toEqual([older]);
});
