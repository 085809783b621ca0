/**
 * The backup folder of a centre on its embedded PostgreSQL. Whoever reads it reads everything, the
 * centre's signing key too: guard it like the data folder, and keep it on another disk.
 *
 * <BACKUP_DIR>/wal/…                   the log of every change since the oldest base (basic_archive)
 * <BACKUP_DIR>/base/<moment>/cluster   one base: the data folder as it was copied while work went on
 * <BACKUP_DIR>/base/<moment>/backup.json            what the copy holds, with a hash for every file
 * <BACKUP_DIR>/base/<moment>/postgres-password      opens the restored database
 * <BACKUP_DIR>/base/<moment>.new       a copy that was not finished; never used
 *
 * A base and the log after it restore any moment from the end of the base to the end of the log.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { limits } from '../../shared/base/limits.ts';
import { Instant } from '../../shared/model/calendar.ts';

export const BackupManifest = z.object({
  version: z.literal(1),
  /** From here on the base can be restored; PostgreSQL's clock. */
  finishedAt: Instant,
  /** The first segment of the log that it needs, e.g. `000000010000000000000003`. */
  firstSegment: z.string().regex(/^[0-9A-F]{24}$/),
  bytes: z.int().min(0),
  files: z
    .array(
      z.object({
        path: z.string().min(1),
        bytes: z.int().min(0),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(limits.centreBackupFilesMax),
});
export type BackupManifest = z.infer<typeof BackupManifest>;

export type BaseBackup = { readonly folder: string; readonly manifest: BackupManifest };

export function logFolder(backupDir: string): string {
  return path.join(backupDir, 'wal');
}

export function baseFolder(backupDir: string): string {
  return path.join(backupDir, 'base');
}

/** Finished bases, oldest first. A folder without a readable manifest is none. */
export function listBackups(backupDir: string): readonly BaseBackup[] {
  const root = baseFolder(backupDir);
  if (!existsSync(root)) return [];
  return readdirSync(root)
    .filter((name) => /^\d{8}T\d{6}Z$/.test(name))
    .sort()
    .flatMap((name) => {
      const folder = path.join(root, name);
      const file = path.join(folder, 'backup.json');
      if (!existsSync(file)) return [];
      return [{ folder, manifest: BackupManifest.parse(JSON.parse(readFileSync(file, 'utf8'))) }];
    });
}

/**
 * Keeps the newest bases and the log since the oldest of them.
 * @returns how many bases and segments were removed.
 */
export function removeOldBackups(
  backupDir: string,
  kept: number = limits.centreBackupsKept,
): { readonly bases: number; readonly segments: number } {
  const backups = listBackups(backupDir);
  const old = backups.slice(0, Math.max(0, backups.length - kept));
  for (const { folder } of old) rmSync(folder, { recursive: true, force: true });
  const first = backups[old.length]?.manifest.firstSegment;
  if (first === undefined) return { bases: old.length, segments: 0 };
  const segments = readdirSync(logFolder(backupDir)).filter(
    // The timeline comes first in the name and says nothing about age; history files are kept.
    (name) => /^[0-9A-F]{24}(\.|$)/.test(name) && name.slice(8, 24) < first.slice(8),
  );
  for (const name of segments) rmSync(path.join(logFolder(backupDir), name), { force: true });
  return { bases: old.length, segments: segments.length };
}
