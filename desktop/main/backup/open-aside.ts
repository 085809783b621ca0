import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import path from 'node:path';
import { err, type Result } from '../../../shared/base/result.ts';
import type { BackupRefusal } from '../../../shared/contract/till-backup-api.ts';
import { type DatabaseFault, DatabaseFaulted } from '../db/database-fault.ts';
import { openDatabase } from '../db/open-database.ts';
import type { TillDb } from '../db/till-db.ts';
import { againstReceipts } from '../db/verify-journal.ts';
import { proveSlowly, unpackBackup } from './backup-file.ts';

export type Refused = {
  readonly type: 'BackupRefused';
  readonly reason: BackupRefusal;
  readonly detail: string;
};

export function refusedBackup(reason: BackupRefusal, detail = ''): Result<never, Refused> {
  return err({ type: 'BackupRefused', reason, detail: detail.slice(0, 300) });
}

/**
 * Old books in a folder of their own under `under`: the original, which may be the only one, is only
 * read. Every event of them is proved before `use` sees them; the folder is gone afterwards.
 * @param file a backup, a `till.db` (with the log beside it), or the folder of one.
 */
export async function withOldBooks<Answer, Problem>(
  file: string,
  { under, openedAt }: { readonly under: string; readonly openedAt: string },
  use: (books: TillDb, folder: string) => Promise<Result<Answer, Problem>>,
): Promise<Result<Answer, Problem | Refused>> {
  const found = booksAt(file);
  if (found === undefined) return refusedBackup('not-found', file);
  const folder = mkdtempSync(path.join(under, workPrefix));
  let books: TillDb | undefined;
  try {
    if (!(await copyBooks(found, folder))) return refusedBackup('damaged', 'it cannot be unpacked');
    const opened = openDatabase({ dataDir: folder, openedAt });
    if (!opened.ok) return refuseFault(opened.error);
    books = opened.value;
    const head = await proveSlowly(books);
    const proved = head.ok ? againstReceipts(books, head.value) : head;
    return proved.ok ? await use(books, folder) : refuseFault(proved.error);
  } finally {
    books?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Begins the names of folders that a crash may leave behind. */
export const workPrefix = '.restore-';

function booksAt(file: string): string | undefined {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (stat === undefined) return undefined;
  if (stat.isFile()) return file;
  const inside = path.join(file, 'till.db');
  return existsSync(inside) ? inside : undefined;
}

/** @returns whether it could be read as what its name says. */
async function copyBooks(file: string, folder: string): Promise<boolean> {
  if (file.endsWith('.zst')) {
    try {
      await unpackBackup(file, folder);
      return true;
    } catch (error) {
      if (isUnpackingError(error)) return false;
      throw error;
    }
  }
  await copyFile(file, path.join(folder, 'till.db'));
  if (existsSync(`${file}-wal`)) await copyFile(`${file}-wal`, path.join(folder, 'till.db-wal'));
  return true;
}

function isUnpackingError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('ZSTD_');
}

/** A disk that is full or gone is a fault to be told as such, not a bad backup. */
function refuseFault({ code, detail }: DatabaseFault): Result<never, Refused> {
  switch (code) {
    case 'database-newer':
      return refusedBackup('newer', detail);
    case 'database-damaged':
    case 'database-foreign':
    case 'journal-damaged':
      return refusedBackup('damaged', `${code}: ${detail}`);
    default:
      throw new DatabaseFaulted({ code, detail });
  }
}
