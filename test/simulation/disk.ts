/**
 * The disk under the tills of one process. Their databases are real SQLite files; what stands
 * between is a watch over the library that opens them:
 *
 * faults   while a disk is full, broken or write-protected, statements that write fail in the middle
 *          of their transaction as SQLite makes them fail
 * loss     when the power goes, what SQLite had not synced is gone. In WAL mode every commit is
 *          synced when `synchronous` is FULL or EXTRA; with less, only a checkpoint syncs the log
 *          (sqlite.org/pragma.html#pragma_synchronous). The watch reads that mode from the product's
 *          own connection and cuts the log of a crashed till back to what was certain.
 */
import { copyFileSync, existsSync, mkdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import type { Random } from '../../server/twin/random.ts';

export type DiskFault = 'full' | 'no-room-for-pages' | 'write-protected' | 'broken';

export type Disk = {
  /** From now on, until `mend`, some or all writes under this folder fail. */
  readonly damage: (folder: string, fault: DiskFault, random: Random) => void;
  readonly mend: (folder: string) => void;
  /** The write-ahead log as it is, to tell afterwards what one command wrote. */
  readonly log: (folder: string) => Buffer;
  /**
   * What a power cut leaves of a folder. With `before`, the log breaks off in the middle of what was
   * written since it was like that; never before what SQLite had synced.
   */
  readonly copyAfterPowerCut: (from: string, to: string, random: Random, before?: Buffer) => void;
  readonly faultCount: () => number;
};

type Connection = InstanceType<typeof Database>;
type Watched = {
  readonly connection: Connection;
};
type Damage = { readonly fault: DiskFault; readonly random: Random };

const fullSync = 2;
const sqliteFaults = {
  full: ['SQLITE_FULL', 'database or disk is full'],
  broken: ['SQLITE_IOERR_WRITE', 'disk I/O error'],
} as const;

/** Watches every database this process opens from now on. Call it once. */
export function watchDisk(): Disk {
  const watchedByFolder = new Map<string, Watched>();
  const damageByFolder = new Map<string, Damage>();
  let faults = 0;

  const folderOf = (connection: Connection) => path.dirname(connection.name);
  const beforeWrite = (connection: Connection) => {
    const damage = damageByFolder.get(folderOf(connection));
    if (damage === undefined || !connection.name.endsWith('till.db')) return;
    const { fault, random } = damage;
    if ((fault !== 'full' && fault !== 'broken') || !random.isTrue(0.4)) return;
    faults += 1;
    const [code, message] = sqliteFaults[fault];
    throw new Database.SqliteError(message, code);
  };
  watchStatements(beforeWrite);
  watchPragmas((connection, text) => {
    if (!connection.name.endsWith('till.db')) return;
    if (text.startsWith('synchronous')) {
      watchedByFolder.set(folderOf(connection), { connection });
      const damage = damageByFolder.get(folderOf(connection));
      if (damage !== undefined) limitConnection(connection, damage.fault);
    }
  });
  const connectionOf = (folder: string) => {
    const connection = watchedByFolder.get(folder)?.connection;
    return connection?.open === true ? connection : undefined;
  };
  return {
    damage: (folder, fault, random) => {
      damageByFolder.set(folder, { fault, random });
      const connection = connectionOf(folder);
      if (connection !== undefined) limitConnection(connection, fault);
    },
    mend: (folder) => {
      damageByFolder.delete(folder);
      const connection = connectionOf(folder);
      if (connection !== undefined) limitConnection(connection, undefined);
    },
    log: logOf,
    copyAfterPowerCut: (from, to, random, before) => {
      const isSynced = isEachCommitSynced(watchedByFolder.get(from)?.connection);
      copyDatabase(from, to);
      const log = path.join(to, 'till.db-wal');
      if (!existsSync(log)) return;
      const { size } = statSync(log);
      // What a checkpoint moved stands in the database; all else in the log may be gone.
      const certain = isSynced ? firstDifference(before, readFileSync(log)) : 0;
      if (certain < size) truncateSync(log, random.between(certain, size - 1));
    },
    faultCount: () => faults,
  };
}

/** The files of a database as they stand; a copy of a running one is what an image of the disk is. */
export function copyDatabase(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  for (const name of ['till.db', 'till.db-wal']) {
    const file = path.join(from, name);
    if (existsSync(file)) copyFileSync(file, path.join(to, name));
  }
}

function logOf(folder: string): Buffer {
  const log = path.join(folder, 'till.db-wal');
  return existsSync(log) ? readFileSync(log) : Buffer.alloc(0);
}

/** Where two states of a log part: SQLite writes it from its beginning again after a checkpoint. */
function firstDifference(before: Buffer | undefined, after: Buffer): number {
  if (before === undefined) return after.length;
  const at = after.findIndex((byte, index) => byte !== before[index]);
  return at === -1 ? after.length : at;
}

function isEachCommitSynced(connection: Connection | undefined): boolean {
  if (connection?.open !== true) return true;
  return Number(connection.pragma('synchronous', { simple: true })) >= fullSync;
}

/** Two faults that SQLite itself finds: no new page may be taken, or nothing may be written. */
function limitConnection(connection: Connection, fault: DiskFault | undefined): void {
  connection.pragma(`query_only = ${fault === 'write-protected' ? 'ON' : 'OFF'}`);
  const pages = Number(connection.pragma('page_count', { simple: true }));
  const limit = fault === 'no-room-for-pages' ? pages : 1_073_741_823;
  connection.pragma(`max_page_count = ${limit}`);
}

function watchStatements(beforeWrite: (connection: Connection) => void): void {
  const { prototype } = Database;
  const { prepare } = prototype;
  prototype.prepare = function watched(this: Connection, source: string) {
    const statement = prepare.call(this, source);
    if (statement.readonly) return statement;
    // Safe: what the product gives is handed on as it came.
    const run = statement.run.bind(statement) as (...parameters: unknown[]) => unknown;
    Object.defineProperty(statement, 'run', {
      value: (...parameters: unknown[]) => {
        beforeWrite(this);
        return run(...parameters);
      },
    });
    return statement;
  } as typeof prepare;
}

function watchPragmas(after: (connection: Connection, text: string) => void): void {
  const { prototype } = Database;
  const { pragma } = prototype;
  prototype.pragma = function watched(
    this: Connection,
    text: string,
    options?: Database.PragmaOptions,
  ) {
    const answer = pragma.call(this, text, options);
    if (text.includes('=')) after(this, text);
    return answer;
  };
}
