/**
 * A backup is the till's whole database, copied while it works (SQLite's online backup) and compressed.
 * The device key is not in it: it stays in the key store of the computer. A copy counts only after it
 * was restored into a folder of its own, opened as a till would open it, and its journal proved to be
 * a beginning of the till's own (failures F20).
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { createZstdCompress, createZstdDecompress, constants as zlib } from 'node:zlib';
import { limits } from '../../../shared/base/limits.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { ChainHead } from '../../../shared/events/seal.ts';
import { checkStructure } from '../db/check-structure.ts';
import { type DatabaseFault, databaseFaultOf } from '../db/database-fault.ts';
import { openDatabase } from '../db/open-database.ts';
import { syncFolder } from '../db/sync-folder.ts';
import type { TillDb } from '../db/till-db.ts';
import { chainStart, verifySlice } from '../db/verify-journal.ts';
import { outdatedBackups } from './rotation.ts';

export type ProvedBackup = {
  readonly file: string;
  readonly bytes: number;
  readonly head: ChainHead;
};

/** Copies `db` to `file` and proves the copy. Nothing stands under that name unless it was proved. */
export async function makeBackup(
  db: TillDb,
  { file, openedAt }: { readonly file: string; readonly openedAt: string },
): Promise<Result<ProvedBackup, DatabaseFault>> {
  const folder = path.dirname(file);
  mkdirSync(folder, { recursive: true });
  const work = mkdtempSync(path.join(folder, '.work-'));
  try {
    const plain = path.join(work, 'copy.db');
    await db.backUpTo(plain);
    const draft = path.join(work, 'copy.zst');
    await pipeline(createReadStream(plain), compressor(), createWriteStream(draft));
    await rm(plain);
    await syncFile(draft);
    const head = await proveBackup(draft, { work, openedAt });
    if (!head.ok) return head;
    await rename(draft, file);
    syncFolder(folder);
    return ok({ file, bytes: (await stat(file)).size, head: head.value });
  } catch (error) {
    const fault = databaseFaultOf(error);
    if (fault === undefined) throw error;
    return err(fault);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** With a checksum over everything: a flipped byte where no proof looks would go unseen. */
function compressor() {
  return createZstdCompress({ params: { [zlib.ZSTD_c_checksumFlag]: 1 } });
}

/** Unpacks a backup into `dataDir` as the database of a till that was closed in order. */
export async function unpackBackup(file: string, dataDir: string): Promise<void> {
  mkdirSync(dataDir, { recursive: true });
  const target = path.join(dataDir, 'till.db');
  await pipeline(
    createReadStream(file),
    createZstdDecompress(),
    createWriteStream(target, { mode: 0o600 }),
  );
  await syncFile(target);
  syncFolder(dataDir);
}

/**
 * Restores a backup into a folder of its own, opens it as a till would and proves every event.
 * @returns the head of its journal.
 */
export async function proveBackup(
  file: string,
  { work, openedAt }: { readonly work: string; readonly openedAt: string },
): Promise<Result<ChainHead, DatabaseFault>> {
  const dataDir = mkdtempSync(path.join(work, 'restored-'));
  try {
    await unpackBackup(file, dataDir);
    const opened = openDatabase({ dataDir, openedAt });
    if (!opened.ok) return opened;
    try {
      return await proveSlowly(opened.value);
    } finally {
      opened.value.close();
    }
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'the backup cannot be unpacked';
    return err(databaseFaultOf(error) ?? { code: 'database-damaged', detail });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Slice by slice, so that nobody at the counter waits for it. */
export async function proveSlowly(db: TillDb): Promise<Result<ChainHead, DatabaseFault>> {
  const fault = checkStructure(db);
  if (fault !== undefined) return err(fault);
  let proved = chainStart;
  for (;;) {
    const slice = verifySlice(db, proved);
    if (!slice.ok || slice.value.seq === proved.seq) return slice;
    proved = slice.value;
    await nextTurn();
  }
}

/** Copies a proved backup into another folder, reads it back, and removes what is outdated there. */
export async function copyBackup(file: string, folder: string): Promise<void> {
  if (!existsSync(folder)) throw new Error(`${folder} is not there`);
  const target = path.join(folder, path.basename(file));
  const draft = `${target}.new`;
  await pipeline(createReadStream(file), createWriteStream(draft));
  await syncFile(draft);
  if ((await sha256Of(draft)) !== (await sha256Of(file))) {
    await rm(draft, { force: true });
    throw new Error(`${folder}: what was written cannot be read back`);
  }
  await rename(draft, target);
  await rotate(folder);
}

/** Removes outdated backups of a folder. */
export async function rotate(folder: string): Promise<void> {
  const names = (await readdir(folder)).slice(0, limits.backupFilesMax);
  for (const name of outdatedBackups(names)) await rm(path.join(folder, name), { force: true });
}

async function sha256Of(file: string): Promise<string> {
  const digest = createHash('sha256');
  await pipeline(createReadStream(file), digest);
  return digest.digest('hex');
}

async function syncFile(file: string): Promise<void> {
  const handle = await open(file, 'r+');
  await handle.sync().finally(() => handle.close());
}
