import { removeOldBackups } from './backup-folder.ts';
import { type BackupSource, takeBaseBackup } from './base-backup.ts';

export type BackedUp = {
  readonly folder: string;
  readonly finishedAt: string;
  readonly bytes: number;
  readonly files: number;
  readonly removedBases: number;
};

/** Takes a base and lets go of what is older than the bases to be kept. */
export async function backUp(source: BackupSource): Promise<BackedUp> {
  const { folder, manifest } = await takeBaseBackup(source);
  const removed = removeOldBackups(source.backupDir);
  const { finishedAt, bytes, files } = manifest;
  return { folder, finishedAt, bytes, files: files.length, removedBases: removed.bases };
}
