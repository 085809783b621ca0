/**
 * Opens a till's database so that it keeps its promises or says in one word why it cannot.
 *
 * till.db       everything (WAL: `till.db-wal`, `till.db-shm` beside it belong to it)
 * till.lock     an empty SQLite file whose lock is held while the program runs: the operating system
 *               lets go of it when the program dies, however it dies
 * till.db.new   a database on its way to its first start; never holds a fact
 * till.restore  a backup is to take the place of what stands here (finish-restore.ts)
 *
 * A new database is made under another name and moved into place whole. So an existing file of no
 * bytes, or a missing one beside its WAL, is a loss to be told, never a fresh start.
 */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import { checkStructure } from './check-structure.ts';
import { type DatabaseFault, DatabaseFaulted, databaseFaultOf } from './database-fault.ts';
import { finishRestore } from './finish-restore.ts';
import { loadMigrations, type Migration, migrate } from './migrate.ts';
import { syncFolder } from './sync-folder.ts';
import { TillDb } from './till-db.ts';
import { verifyHead } from './verify-journal.ts';

/** Marks the file as ours in its header: "MTHP". */
const applicationId = 0x4d544850;
const busyTimeoutMs = 2_000;
/**
 * The write-ahead log is emptied between sales (checkpoint-when-idle.ts). Only a till that never
 * rests reaches this bound, 16 MiB, and pays for a checkpoint inside a commit.
 */
const checkpointPagesMax = 4_096;
const cacheKib = 32_768;
/** Up to this size a check of everything takes less than the blink of an eye. */
const checkedAtStartBytesMax = 32 * 2 ** 20;
/** sqlite.org/fileformat2.html §1.3. */
const headerBytes = 100;

export type OpenOptions = {
  readonly dataDir: string;
  /** Written into the migration history. */
  readonly openedAt: string;
  readonly migrations?: readonly Migration[];
  /** Larger files that were closed in order are checked while the till works. */
  readonly checkedAtStartBytesMax?: number;
};

/** @returns the open database, migrated and checked, or the reason why it must not be used. */
export function openDatabase(options: OpenOptions): Result<TillDb, DatabaseFault> {
  let lock: Database.Database | undefined;
  let db: TillDb | undefined;
  try {
    mkdirSync(options.dataDir, { recursive: true });
    const held = takeLock(options.dataDir);
    lock = held;
    finishRestore(options.dataDir);
    const migrations = options.migrations ?? loadMigrations();
    const file = path.join(options.dataDir, 'till.db');
    if (isAbsent(file)) createDatabase(file, migrations, options.openedAt);
    const mustCheckNow = isSuspect(file, options.checkedAtStartBytesMax ?? checkedAtStartBytesMax);
    db = connect(file, () => held.close());
    prepareDatabase(db, { migrations, openedAt: options.openedAt, mustCheckNow });
    return ok(db);
  } catch (error) {
    if (db?.isOpen === true) db.close();
    else lock?.close();
    const fault = databaseFaultOf(error);
    if (fault === undefined) throw error;
    return err(fault);
  }
}

/** A database in memory with the schema of a till, to replay a journal aside; never durable. */
export function openScratch(migrations: readonly Migration[] = loadMigrations()): TillDb {
  const db = new TillDb(new Database(':memory:'));
  db.pragma('foreign_keys = ON');
  const migrated = migrate(db, migrations, '1970-01-01T00:00:00Z');
  if (!migrated.ok) throw new DatabaseFaulted(migrated.error);
  return db;
}

function takeLock(dataDir: string): Database.Database {
  const lock = new Database(path.join(dataDir, 'till.lock'), { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    const isHeld = error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
    if (!isHeld) throw error;
    const detail = `another program holds ${path.join(dataDir, 'till.db')}`;
    throw new DatabaseFaulted({ code: 'database-in-use', detail });
  }
}

function isAbsent(file: string): boolean {
  const size = statSync(file, { throwIfNoEntry: false })?.size;
  if (size !== undefined) {
    refuseStump(size);
    refuseWriteProtected(file);
    return false;
  }
  if (existsSync(`${file}-wal`)) {
    throw new DatabaseFaulted({
      code: 'database-damaged',
      detail: 'till.db is missing beside its till.db-wal',
    });
  }
  return true;
}

/** SQLite would take a file that ends inside its header for a new one and begin again. */
function refuseStump(size: number): void {
  if (size >= headerBytes) return;
  const detail = `till.db holds ${size} bytes, less than its header`;
  throw new DatabaseFaulted({ code: 'database-damaged', detail });
}

/** Before SQLite sees it: it would leave a log as write-protected as the file behind. */
function refuseWriteProtected(file: string): void {
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
  } catch (error) {
    const detail = error instanceof Error ? error.message : 'till.db cannot be written';
    throw new DatabaseFaulted({ code: 'database-read-only', detail });
  }
}

/**
 * Whether every page is checked before the till sells. A file that was closed in order and has the
 * length its header says is checked while the till works (prove-when-idle.ts): reading the 200 MiB of
 * a year would keep the shop waiting every morning.
 */
function isSuspect(file: string, bytesMax: number): boolean {
  const logBytes = statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
  const fileBytes = statSync(file).size;
  return logBytes > 0 || fileBytes <= bytesMax || fileBytes !== bytesByHeader(file);
}

function bytesByHeader(file: string): number {
  const header = Buffer.alloc(headerBytes);
  const descriptor = openSync(file, 'r');
  try {
    readSync(descriptor, header, 0, headerBytes, 0);
  } finally {
    closeSync(descriptor);
  }
  // Page size, where 1 stands for 65536, and the number of pages.
  const pageBytes = header.readUInt16BE(16) === 1 ? 65_536 : header.readUInt16BE(16);
  return pageBytes * header.readUInt32BE(28);
}

function createDatabase(file: string, migrations: readonly Migration[], openedAt: string): void {
  const draft = `${file}.new`;
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(draft + suffix, { force: true });
  const db = new TillDb(new Database(draft));
  try {
    configure(db);
    db.pragma(`application_id = ${applicationId}`);
    const migrated = migrate(db, migrations, openedAt);
    if (!migrated.ok) throw new DatabaseFaulted(migrated.error);
  } finally {
    // Closing the last connection moves the WAL into the file and removes it.
    db.close();
  }
  renameSync(draft, file);
  syncFolder(path.dirname(file));
}

function connect(file: string, onClose: () => void): TillDb {
  return new TillDb(new Database(file, { fileMustExist: true, timeout: busyTimeoutMs }), onClose);
}

function prepareDatabase(
  db: TillDb,
  options: {
    readonly migrations: readonly Migration[];
    readonly openedAt: string;
    readonly mustCheckNow: boolean;
  },
): void {
  const { migrations, openedAt, mustCheckNow } = options;
  const [header] = z
    .array(z.object({ application_id: z.int() }))
    .parse(db.pragma('application_id'));
  if (header?.application_id !== applicationId) {
    const detail = 'the file belongs to another program';
    throw new DatabaseFaulted({ code: 'database-foreign', detail });
  }
  configure(db);
  const damage = mustCheckNow ? checkStructure(db) : undefined;
  if (damage !== undefined) throw new DatabaseFaulted(damage);
  const migrated = migrate(db, migrations, openedAt);
  if (!migrated.ok) throw new DatabaseFaulted(migrated.error);
  refuseReadOnly(db, openedAt);
  const head = verifyHead(db);
  if (!head.ok) throw new DatabaseFaulted(head.error);
}

function configure(db: TillDb): void {
  db.pragma('journal_mode = WAL');
  // FULL, not NORMAL: a sale the customer paid for must survive a power cut.
  db.pragma('synchronous = FULL');
  // macOS: fsync alone does not reach the platter.
  db.pragma('fullfsync = ON');
  db.pragma('foreign_keys = ON');
  // Without this, REPLACE would delete without firing the triggers that guard the journal.
  db.pragma('recursive_triggers = ON');
  db.pragma('trusted_schema = OFF');
  // Finds a damaged page when it is read instead of acting on its content.
  db.pragma('cell_size_check = ON');
  db.pragma('temp_store = MEMORY');
  db.pragma(`cache_size = -${cacheKib}`);
  db.pragma(`wal_autocheckpoint = ${checkpointPagesMax}`);
}

/**
 * Opening succeeds on a file that cannot be written; the first sale must not be the one to learn it.
 * A full disk is no reason to stay closed: questions are answered, and selling begins when there is
 * room again.
 */
function refuseReadOnly(db: TillDb, openedAt: string): void {
  try {
    db.immediately(() =>
      db.run(
        `INSERT INTO setting (name, value) VALUES ('openedAt', json_quote(?))
         ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
        openedAt,
      ),
    );
  } catch (error) {
    if (databaseFaultOf(error)?.code !== 'disk-full') throw error;
  }
}
