/**
 * A till's own backup put back (protocol.md §5). It is proved aside, told in its own books that it was
 * restored – so no crash can make it forget –, and only then announced and put in place
 * (db/finish-restore.ts). It records nothing before it has caught up with the centre
 * (sync/catch-up.ts): the centre may know events that the backup does not.
 *
 * Only on the computer that holds the device key: a copy elsewhere would be a second machine under
 * one name (failures F21). There the way is a recovery code.
 */
import {
  closeSync,
  fsyncSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import { ok, type Result } from '../../../shared/base/result.ts';
import type { Restored } from '../../../shared/contract/till-backup-api.ts';
import { Instant, instantOfMs } from '../../../shared/model/calendar.ts';
import { DatabaseFaulted } from '../db/database-fault.ts';
import { chainHead } from '../db/event-log.ts';
import { restoredName } from '../db/finish-restore.ts';
import { openDatabase } from '../db/open-database.ts';
import { restoredIn } from '../db/restored-books.ts';
import { syncFolder } from '../db/sync-folder.ts';
import { getSetting, setSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import { loadDeviceKey } from '../sync/device-key.ts';
import { type Refused, refusedBackup, withOldBooks, workPrefix } from './open-aside.ts';
import { momentOfBackup } from './rotation.ts';

export type RestoreDeps = Pick<TillDeps, 'dataDir' | 'keyStore' | 'nowMs'>;

/** Proves `file` and lays it ready beside the books of `dataDir`; nothing counts yet. */
export async function prepareRestore(
  file: string,
  { dataDir, keyStore, nowMs }: RestoreDeps,
): Promise<Result<Restored, Refused>> {
  for (const name of readdirSync(dataDir).filter((entry) => entry.startsWith(workPrefix))) {
    rmSync(path.join(dataDir, name), { recursive: true, force: true });
  }
  const at = instantOfMs(nowMs());
  return withOldBooks(file, { under: dataDir, openedAt: at }, async (books, folder) => {
    const identity = getSetting(books, 'identity');
    if (identity === null) return refusedBackup('not-enrolled');
    const key = loadDeviceKey(keyStore);
    if (!key.ok || key.value.publicKey !== identity.publicKey) {
      const detail = key.ok ? 'another device key' : key.error.detail;
      return refusedBackup('other-machine', `${identity.shortCode}: ${detail}`);
    }
    const restored = restoredIn(books, { file: path.basename(file), at });
    books.immediately(() => {
      setSetting(books, 'restored', restored);
      setSetting(books, 'backup', backupStateOf(books, file));
      setSetting(books, 'problem', null);
    });
    // Closing the last connection moves the log into the file and removes it.
    books.close();
    layReady(path.join(folder, 'till.db'), dataDir);
    return ok(restored);
  });
}

/**
 * Lays empty books ready beside those of `dataDir`; nothing counts yet.
 * @param formerCentreUrl where those reported to, so that nobody has to type it again.
 * @returns the moment.
 */
export function prepareEmptyBooks(
  { dataDir, nowMs }: Omit<RestoreDeps, 'keyStore'>,
  formerCentreUrl: string | null,
): Instant {
  const at = instantOfMs(nowMs());
  const folder = mkdtempSync(path.join(dataDir, workPrefix));
  try {
    const opened = openDatabase({ dataDir: folder, openedAt: at });
    if (!opened.ok) throw new DatabaseFaulted(opened.error);
    setSetting(opened.value, 'formerCentreUrl', formerCentreUrl);
    opened.value.close();
    layReady(path.join(folder, 'till.db'), dataDir);
    return at;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function layReady(books: string, dataDir: string): void {
  syncFile(books);
  renameSync(books, path.join(dataDir, restoredName));
  syncFolder(dataDir);
}

/**
 * A backup was made before it could be written down in itself. The one that was just opened and proved
 * is the last that these books know of, as old as its name says.
 */
function backupStateOf(books: TillDb, file: string) {
  const before = getSetting(books, 'backup');
  const moment = Instant.safeParse(momentOfBackup(path.basename(file)));
  if (!moment.success) return before;
  const [lastVerifiedAt, events] = [moment.data, chainHead(books).seq];
  const bytes = statSync(file).size;
  return { ...before, lastVerifiedAt, events, file: path.basename(file), bytes, failure: null };
}

function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
