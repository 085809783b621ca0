import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { limits } from '../../../shared/base/limits.ts';
import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer } from '../../../shared/contract/till-api.ts';
import type { FoundBackup } from '../../../shared/contract/till-backup-api.ts';
import { Instant } from '../../../shared/model/calendar.ts';
import { momentOfAside } from '../db/finish-restore.ts';
import { getSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import { momentOfBackup, shortCodeOfBackup } from './rotation.ts';

/**
 * Backups of this computer, of the sticks that are plugged in and of a folder that somebody names.
 * @param parts `db` is absent where the books cannot be opened; they name the second folder.
 */
export async function lookForBackups({
  db,
  deps,
  folder,
}: {
  readonly db?: TillDb;
  readonly deps: Pick<TillDeps, 'dataDir' | 'backupDir' | 'removableFolders'>;
  readonly folder: string | undefined;
}): Promise<Result<TillAnswer<'backups.find'>, never>> {
  const second = db === undefined ? undefined : getSetting(db, 'backup').second?.folder;
  const own = [deps.backupDir, second].filter((place) => place !== undefined);
  const place = folder === undefined ? undefined : await folderOf(folder);
  const named = place === undefined ? [] : [place];
  const backups = await findBackups([...named, ...own, ...(deps.removableFolders?.() ?? [])]);
  const aside = await asideIn(deps.dataDir);
  return ok({
    backups: [...backups, ...aside],
    isFolderThere: folder === undefined || place !== undefined,
  });
}

/**
 * Backups in these folders and in the folders right inside them, the newest first. A folder that
 * cannot be read holds none.
 */
async function findBackups(folders: readonly string[]): Promise<readonly FoundBackup[]> {
  const found = new Map<string, FoundBackup>();
  for (const folder of new Set(folders.slice(0, limits.backupFoldersMax))) {
    const inside = await foldersIn(folder);
    for (const place of [folder, ...inside.slice(0, limits.backupFoldersMax)]) {
      for (const backup of await backupsIn(place)) found.set(backup.file, backup);
    }
  }
  return [...found.values()]
    .sort((a, b) => (a.madeAt < b.madeAt ? 1 : -1))
    .slice(0, limits.backupsShownMax);
}

/** A backup may be named itself: then the folder it lies in. */
async function folderOf(named: string): Promise<string | undefined> {
  try {
    return (await stat(named)).isDirectory() ? named : path.dirname(named);
  } catch {
    // Not there, or not to be read: for who looks for backups, the same.
    return undefined;
  }
}

/** Books that once stood here and gave way to others, the newest first. */
async function asideIn(dataDir: string): Promise<readonly FoundBackup[]> {
  const names = await readdir(dataDir).catch(() => []);
  const aside = names.filter((name) => momentOfAside(name) !== undefined).sort();
  return aside
    .reverse()
    .slice(0, limits.backupsShownMax)
    .flatMap((name) => {
      const madeAt = Instant.safeParse(momentOfAside(name));
      const file = path.join(dataDir, name);
      if (!madeAt.success) return [];
      return [{ file, folder: dataDir, name, shortCode: null, madeAt: madeAt.data, bytes: 0 }];
    });
}

async function foldersIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
      .map(({ name }) => path.join(folder, name));
  } catch {
    // An empty drive, or somebody else's folder.
    return [];
  }
}

async function backupsIn(folder: string): Promise<readonly FoundBackup[]> {
  const found: FoundBackup[] = [];
  const names = await readdir(folder).catch(() => []);
  for (const name of names.slice(0, limits.backupFilesMax)) {
    const moment = momentOfBackup(name);
    const shortCode = shortCodeOfBackup(name);
    if (moment === undefined || shortCode === undefined) continue;
    const madeAt = Instant.safeParse(moment);
    const file = path.join(folder, name);
    const bytes = (await stat(file).catch(() => undefined))?.size;
    if (bytes === undefined || !madeAt.success) continue;
    found.push({ file, folder, name, shortCode, madeAt: madeAt.data, bytes });
  }
  return found;
}
