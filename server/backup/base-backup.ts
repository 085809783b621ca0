import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { present } from '../../shared/base/assert.ts';
import { Instant } from '../../shared/model/calendar.ts';
import { runProgram } from '../db/postgres-binaries.ts';
import { type BackupManifest, type BaseBackup, baseFolder, logFolder } from './backup-folder.ts';

export type BackupSource = {
  readonly databaseUrl: string;
  /** The running server's data folder. */
  readonly cluster: string;
  readonly passwordFile: string;
  readonly backupDir: string;
};

type CopiedFile = BackupManifest['files'][number];

const copiesAtOnce = 8;
const pieceBytes = 1024 * 1024;
const StartRow = z.object({ segment: z.string() });
const StopRow = z.object({ labelfile: z.string(), spcmapfile: z.string() });
const MomentRow = z.object({ moment: Instant });

/**
 * Copies the data folder while the centre works (PostgreSQL 18, §25.3.3 "low level API"): pages that
 * change meanwhile are put right by the log at the restore. Durable and complete when it returns.
 */
export async function takeBaseBackup(source: BackupSource): Promise<BaseBackup> {
  const client = new pg.Client({
    connectionString: source.databaseUrl,
    application_name: 'mang-thuoc backup',
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await copyCluster(client, source);
  } finally {
    // Ending the session ends a backup that was not finished.
    await client.end();
  }
}

async function copyCluster(client: pg.Client, source: BackupSource): Promise<BaseBackup> {
  const started = await client.query(
    `SELECT pg_walfile_name(pg_backup_start('mang-thuoc', true)) AS segment`,
  );
  const firstSegment = StartRow.parse(started.rows[0]).segment;
  const now = await client.query(
    `SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"') AS name`,
  );
  const { name } = z.object({ name: z.string() }).parse(now.rows[0]);
  const folder = path.join(baseFolder(source.backupDir), name);
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  const cluster = path.join(draft, 'cluster');
  await mkdir(cluster, { recursive: true, mode: 0o700 });
  const files = await copyTree(source.cluster, cluster);
  // Waits until the log up to here is in the archive: without it the copy is worth nothing.
  const stopped = await client.query('SELECT labelfile, spcmapfile FROM pg_backup_stop(true)');
  const { labelfile, spcmapfile } = StopRow.parse(stopped.rows[0]);
  files.push(await writeWhole(cluster, 'backup_label', labelfile));
  if (spcmapfile.trim() !== '') {
    files.push(await writeWhole(cluster, 'tablespace_map', spcmapfile));
  }
  const ended = await client.query(
    `SELECT to_char(clock_timestamp() AT TIME ZONE 'Asia/Ho_Chi_Minh',
       'YYYY-MM-DD"T"HH24:MI:SS"+07:00"') AS moment`,
  );
  const manifest: BackupManifest = {
    version: 1,
    finishedAt: MomentRow.parse(ended.rows[0]).moment,
    firstSegment,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    files,
  };
  await copyFile(source.passwordFile, path.join(draft, 'postgres-password'));
  await writeWhole(draft, 'backup.json', JSON.stringify(manifest));
  await syncTree(draft);
  await rename(draft, folder);
  await syncEach([baseFolder(source.backupDir), logFolder(source.backupDir)]);
  return { folder, manifest };
}

/** Folders whose content PostgreSQL makes anew at every start (§25.3.3.3), and files of the running server. */
const leftOut = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
  'postmaster.pid',
  'postmaster.opts',
]);

async function copyTree(from: string, to: string): Promise<CopiedFile[]> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const folders: string[] = [];
  const names: string[] = [];
  for (const entry of entries) {
    const name = path.relative(from, path.join(entry.parentPath, entry.name));
    const [top = '', ...rest] = name.split(path.sep);
    if (entry.isDirectory() && (rest.length === 0 || !leftOut.has(top))) folders.push(name);
    else if (entry.isFile() && !leftOut.has(top) && !isTemporary(name)) names.push(name);
  }
  await Promise.all(
    folders.map((name) => mkdir(path.join(to, name), { recursive: true, mode: 0o700 })),
  );
  const copied: CopiedFile[] = [];
  const waiting = names.values();
  await Promise.all(
    Array.from({ length: copiesAtOnce }, async () => {
      for (const name of waiting) {
        const file = await copyFile(path.join(from, name), path.join(to, name));
        if (file !== undefined) copied.push({ ...file, path: name.split(path.sep).join('/') });
      }
    }),
  );
  return copied.sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isTemporary(name: string): boolean {
  return path.basename(name).startsWith('pgsql_tmp') || /(^|[\\/])pgsql_tmp[\\/]/.test(name);
}

/** @returns undefined for a file that was removed meanwhile: the log knows. */
async function copyFile(from: string, to: string): Promise<Omit<CopiedFile, 'path'> | undefined> {
  const source = await openIfThere(from);
  if (source === undefined) return undefined;
  const target = await open(to, 'w', 0o600);
  try {
    const digest = createHash('sha256');
    const piece = Buffer.alloc(pieceBytes);
    let bytes = 0;
    for (;;) {
      const { bytesRead } = await source.read(piece, 0, piece.length, bytes);
      if (bytesRead === 0) break;
      digest.update(piece.subarray(0, bytesRead));
      await target.write(piece, 0, bytesRead, bytes);
      bytes += bytesRead;
    }
    return { bytes, sha256: digest.digest('hex') };
  } finally {
    await source.close();
    await target.close();
  }
}

async function openIfThere(file: string): Promise<FileHandle | undefined> {
  try {
    return await open(file, 'r');
  } catch (error) {
    if (z.object({ code: z.literal('ENOENT') }).safeParse(error).success) return undefined;
    throw error;
  }
}

async function writeWhole(folder: string, name: string, text: string): Promise<CopiedFile> {
  const handle = await open(path.join(folder, name), 'w', 0o600);
  try {
    await handle.writeFile(text);
  } finally {
    await handle.close();
  }
  const sha256 = createHash('sha256').update(text).digest('hex');
  return { path: name, bytes: Buffer.byteLength(text), sha256 };
}

/**
 * Makes a whole folder durable. Linux writes out a file system at once (syncfs, by coreutils); asking
 * for each of a thousand files takes ten times as long.
 */
async function syncTree(folder: string): Promise<void> {
  if (process.platform === 'linux') {
    const synced = await runProgram('sync', ['-f', folder], { cwd: folder, runAs: undefined });
    if (synced.code === 0) return;
  }
  const names = await readdir(folder, { recursive: true });
  await syncEach([folder, ...names.map((name) => path.join(folder, name))]);
}

/** Names are durable when their folder is; Windows syncs files, not folders, and needs no more. */
async function syncEach(paths: readonly string[]): Promise<void> {
  for (const name of paths) {
    const isFolder = (await stat(name)).isDirectory();
    if (isFolder && process.platform === 'win32') continue;
    const handle = await open(name, isFolder ? 'r' : 'r+');
    await handle.sync().finally(() => handle.close());
  }
}

/** Compares every file of a base with its manifest. @returns the paths that differ. */
export async function damagedFiles({ folder, manifest }: BaseBackup): Promise<readonly string[]> {
  const damaged: string[] = [];
  for (const file of manifest.files) {
    const source = await openIfThere(path.join(folder, 'cluster', file.path));
    if (source === undefined) {
      damaged.push(file.path);
      continue;
    }
    const digest = createHash('sha256');
    try {
      for await (const piece of source.createReadStream({ autoClose: false })) {
        digest.update(present(Buffer.from(piece), 'A stream of a file gives bytes'));
      }
    } finally {
      await source.close();
    }
    if (digest.digest('hex') !== file.sha256) damaged.push(file.path);
  }
  return damaged;
}
