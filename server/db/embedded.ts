/**
 * The database that needs no set-up: PostgreSQL from npm, started by the centre in its DATA_DIR.
 *
 * <DATA_DIR>/postgres-password   0600, random; the only way in besides being that user
 * <DATA_DIR>/postgres/cluster    the data, with checksums; every commit waits for fsync
 * <DATA_DIR>/postgres/binaries-… only where the programs in node_modules cannot be used
 * <DATA_DIR>/postgres-place      only where the database had to be kept elsewhere: says where
 *
 * It listens on loopback only, on a free port. It runs in a session of its own, so Ctrl-C reaches
 * the centre alone and the centre stops it last. When the centre is killed, a one-line watchdog
 * stops it; when the watchdog is killed too, the next start finds it and stops it. Two centres on
 * one DATA_DIR: the second says so and ends, because the first holds an advisory lock.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import { assert } from '../../shared/base/assert.ts';
import { CannotStart } from '../cannot-start.ts';
import {
  type Binaries,
  databaseEnvironment,
  prepareBinaries,
  runProgram,
} from './postgres-binaries.ts';
import { closedFolderAbove, findRunAs, type RunAs } from './run-as.ts';

export type EmbeddedDatabase = {
  readonly databaseUrl: string;
  readonly processId: () => number | undefined;
  /** Folder with the cluster in it. */
  readonly directory: string;
  readonly cluster: string;
  readonly passwordFile: string;
  /** Finishes what is running, writes a checkpoint and ends. */
  readonly stop: () => Promise<void>;
};

export type EmbeddedOptions = {
  readonly dataDir: string;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  /** One sentence at a time for whoever watches the start. */
  readonly report: (sentence: string) => void;
  /** For tests: nothing in it needs to survive, so nothing waits for the disk. */
  readonly isThrowAway?: boolean;
  /** Where the log of every change is kept, segment by segment (server/backup/archive.ts). */
  readonly archiveDir?: string | undefined;
  /** Replaying a long log before the first answer takes its time. */
  readonly startTimeoutMs?: number;
};

/** Where a database lives and who runs it. */
export type Place = {
  readonly directory: string;
  readonly cluster: string;
  readonly passwordFile: string;
  readonly password: string;
  readonly runAs: RunAs | undefined;
  readonly binaries: Binaries;
};

const databaseName = 'mang_thuoc';
const userName = 'centre';
/** Held on the database `postgres` for as long as a centre lives. */
const ownerLock = 460_003;
const startTimeoutMs = 120_000;
const stopTimeoutSeconds = 60;
const takeOverTimeoutMs = 20_000;
const startTriesMax = 8;
const fallbackRoot = '/var/lib/mang-thuoc';

/** Starts the embedded database, making it first where there is none. */
export async function startEmbeddedDatabase(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const place = await preparePlace(options);
  if (options.archiveDir !== undefined) prepareArchive(options.archiveDir, place.runAs);
  if (!existsSync(path.join(place.cluster, 'PG_VERSION'))) await createCluster(place, options);
  await endOrphan(place, options);
  const port = await freePort();
  const owner = await startOwned(place, port, options);
  await createDatabase(place, port);
  return owner;
}

/** A database that somebody runs in this folder, for a program beside the centre. */
export async function findRunningDatabase(
  dataDir: string,
): Promise<{ readonly place: Place; readonly databaseUrl: string } | undefined> {
  if (!existsSync(path.join(dataDir, 'postgres-password'))) return undefined;
  const place = await preparePlace({ dataDir, report: () => undefined });
  const running = livingPostmaster(place.cluster);
  if (running === undefined) return undefined;
  return { place, databaseUrl: databaseUrl(place, running.port, databaseName) };
}

/** Makes the folder of the log enterable and writable for the database's user. */
function prepareArchive(archiveDir: string, runAs: RunAs | undefined): void {
  mkdirSync(archiveDir, { recursive: true, mode: 0o700 });
  if (runAs === undefined) return;
  const closed = openFoldersAbove(archiveDir, { runAs, own: path.dirname(archiveDir) });
  if (closed !== undefined) {
    throw new CannotStart(
      `PostgreSQL does not run as root, and its user may not enter ${closed}: choose a BACKUP_DIR that everybody may pass through.`,
    );
  }
  chownSync(archiveDir, runAs.uid, runAs.gid);
}

// Where it lives ------------------------------------------------------------------------------------

export async function preparePlace(
  options: Pick<EmbeddedOptions, 'dataDir' | 'report'>,
): Promise<Place> {
  mkdirSync(options.dataDir, { recursive: true });
  const dataDir = realpathSync(options.dataDir);
  const runAs = findRunAs();
  const directory = chooseDirectory(dataDir, runAs, options);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if (runAs !== undefined) chownSync(directory, runAs.uid, runAs.gid);
  const binaries = await prepareBinaries({ directory, runAs });
  const passwordFile = path.join(dataDir, 'postgres-password');
  const password = readOrMakePassword(passwordFile);
  const cluster = path.join(directory, 'cluster');
  return { directory, cluster, passwordFile, password, runAs, binaries };
}

function chooseDirectory(
  dataDir: string,
  runAs: RunAs | undefined,
  options: Pick<EmbeddedOptions, 'report'>,
): string {
  const pointer = path.join(dataDir, 'postgres-place');
  if (existsSync(pointer)) {
    const chosen = readFileSync(pointer, 'utf8').trim();
    if (existsSync(chosen)) return chosen;
    throw new CannotStart(
      `The database of ${dataDir} was kept in ${chosen}, and that folder is gone. Bring it back, or delete ${pointer} to begin with an empty database.`,
    );
  }
  const wanted = path.join(dataDir, 'postgres');
  if (runAs === undefined) return wanted;
  const closed = openFoldersAbove(wanted, { runAs, own: dataDir });
  if (closed === undefined) return wanted;
  const elsewhere = path.join(fallbackRoot, randomBytes(4).toString('hex'));
  mkdirSync(fallbackRoot, { recursive: true, mode: 0o755 });
  mkdirSync(elsewhere, { mode: 0o700 });
  writeFileSync(pointer, `${elsewhere}\n`);
  writeFileSync(path.join(elsewhere, 'data-dir'), `${dataDir}\n`);
  options.report(
    `PostgreSQL does not run as root, and its user may not enter ${closed}: the database is kept in ${elsewhere}.`,
  );
  return elsewhere;
}

/**
 * Lets the database's user pass through folders that are ours. Passing through is not reading: what
 * is in a folder keeps its own permissions.
 * @returns the first folder that stays closed, or undefined.
 */
function openFoldersAbove(
  wanted: string,
  { runAs, own }: { readonly runAs: RunAs; readonly own: string },
): string | undefined {
  let closed = closedFolderAbove(wanted, runAs);
  while (closed !== undefined && isOursToOpen(closed, own)) {
    chmodSync(closed, statSync(closed).mode | 0o011);
    closed = closedFolderAbove(wanted, runAs);
  }
  return closed;
}

/** DATA_DIR or BACKUP_DIR itself, and what was made for a while in the folder for temporary files. */
function isOursToOpen(folder: string, own: string): boolean {
  const isTemporary = folder.startsWith(`${realpathSync(tmpdir())}${path.sep}`);
  return (folder === own || isTemporary) && statSync(folder).uid === process.getuid?.();
}

function readOrMakePassword(file: string): string {
  if (!existsSync(file)) {
    writeFileSync(`${file}.new`, randomBytes(24).toString('base64url'), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
  return readFileSync(file, 'utf8').trim();
}

/** Made beside its final name and renamed when complete: a power cut leaves a whole one or none. */
async function createCluster(place: Place, options: EmbeddedOptions): Promise<void> {
  options.report('Preparing the database …');
  const unfinished = `${place.cluster}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  const passwordFile = path.join(place.directory, 'password.new');
  writeFileSync(passwordFile, `${place.password}\n`, { mode: 0o600 });
  if (place.runAs !== undefined) chownSync(passwordFile, place.runAs.uid, place.runAs.gid);
  const made = await runProgram(
    place.binaries.initdb,
    [
      `--pgdata=${unfinished}`,
      `--username=${userName}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      '--no-instructions',
      ...(options.isThrowAway === true ? ['--no-sync'] : []),
    ],
    { cwd: place.directory, runAs: place.runAs },
  );
  rmSync(passwordFile, { force: true });
  if (made.code !== 0) throw new CannotStart(`PostgreSQL could not be prepared: ${made.output}`);
  renameSync(unfinished, place.cluster);
  syncDirectory(place.directory);
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r');
  // Windows cannot sync a folder and does not need to.
  if (process.platform !== 'win32') fsyncSync(handle);
  closeSync(handle);
}

// One owner -------------------------------------------------------------------------------------------

/** Stops a database that a killed centre left behind; refuses when its centre lives. */
async function endOrphan(place: Place, options: EmbeddedOptions): Promise<void> {
  const deadlineMs = performance.now() + takeOverTimeoutMs;
  while (livingPostmaster(place.cluster) !== undefined) {
    const orphan = livingPostmaster(place.cluster);
    const state = await ownerStateOf(place, orphan?.port ?? 0);
    if (state === 'owned') {
      throw new CannotStart(
        `Another centre is already running on this data folder (its PostgreSQL is process ${orphan?.processId}). Stop it first, or choose another DATA_DIR.`,
      );
    }
    if (state === 'free') {
      options.report('Stopping a database that an earlier run left behind …');
      await stopPostmaster(place);
    }
    if (performance.now() > deadlineMs) {
      throw new CannotStart(
        `PostgreSQL process ${orphan?.processId} holds the data folder and does not answer.`,
      );
    }
    await delay(100);
  }
  rmSync(path.join(place.cluster, 'postmaster.pid'), { force: true });
}

/**
 * The postmaster of this cluster, if one lives. After a power cut the file names a process that is
 * gone, or, in a container that numbers from 1 again, somebody else entirely: where /proc tells, a
 * postmaster is recognised by standing in its cluster.
 */
export function livingPostmaster(cluster: string) {
  const file = path.join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const [processId, , , port] = readFileSync(file, 'utf8').split('\n').map(Number);
  if (processId === undefined || !Number.isInteger(processId) || processId <= 1) return undefined;
  if (!isAlive(processId)) return undefined;
  const workingDir = `/proc/${processId}/cwd`;
  if (existsSync('/proc/self/cwd')) {
    try {
      if (readlinkSync(workingDir) !== cluster) return undefined;
    } catch (error) {
      const { code } = z.object({ code: z.string() }).parse(error);
      // Gone meanwhile, or another user's and so not ours.
      if (['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(code)) return undefined;
      throw error;
    }
  }
  return { processId, port: port ?? 0 };
}

function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return z.object({ code: z.string() }).parse(error).code === 'EPERM';
  }
}

/** A dead centre's lock goes with its connection, which may take the server a moment to notice. */
async function ownerStateOf(place: Place, port: number): Promise<'owned' | 'free' | 'busy'> {
  let state: 'owned' | 'free' | 'busy' = 'busy';
  for (let tries = 0; tries < 15 && state !== 'free'; tries += 1) {
    if (tries > 0) await delay(200);
    const client = clientFor(place, port, 'postgres');
    try {
      await client.connect();
      state = (await takeOwnerLock(client)) ? 'free' : 'owned';
    } catch (error) {
      // Starting, stopping or gone: only a server that answers can say whose it is.
      state = 'busy';
      if (livingPostmaster(place.cluster) === undefined) return state;
      if (isWrongPassword(error)) throw wrongPassword(place);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return state;
}

async function takeOwnerLock(client: pg.Client): Promise<boolean> {
  const answer = await client.query('SELECT pg_try_advisory_lock($1) AS taken', [ownerLock]);
  return z.object({ taken: z.boolean() }).parse(answer.rows[0]).taken;
}

function isWrongPassword(error: unknown): boolean {
  return z.object({ code: z.literal('28P01') }).safeParse(error).success;
}

function wrongPassword(place: Place): CannotStart {
  return new CannotStart(
    `The password file beside ${place.directory} does not open its database: bring back the file postgres-password that belongs to it.`,
  );
}

async function stopPostmaster(place: Place): Promise<void> {
  const stop = (mode: string) =>
    runProgram(
      place.binaries.pgCtl,
      ['stop', '-D', place.cluster, '-m', mode, '-w', '-t', String(stopTimeoutSeconds)],
      { cwd: place.directory, runAs: place.runAs },
    );
  if ((await stop('fast')).code === 0 || livingPostmaster(place.cluster) === undefined) return;
  // Recovery from the log at the next start loses nothing that was committed.
  await stop('immediate');
}

// Running ---------------------------------------------------------------------------------------------

/** Starts the server, holds the owner's lock, and starts it again should it ever die. */
async function startOwned(
  place: Place,
  port: number,
  options: EmbeddedOptions,
): Promise<EmbeddedDatabase> {
  let isStopping = false;
  let running = await startServer(place, port, options);
  let restarting: Promise<void> | undefined;
  watch();

  function watch(): void {
    running.child.once('exit', (code, signal) => {
      running.watchdog?.kill('SIGKILL');
      if (isStopping) return;
      options.log.error({ code, signal }, 'PostgreSQL ended unexpectedly; starting it again');
      restarting = restart();
    });
  }

  async function restart(): Promise<void> {
    for (let tries = 1; !isStopping; tries += 1) {
      try {
        await endOrphan(place, options);
        running = await startServer(place, port, options);
        watch();
        options.log.info({ tries }, 'PostgreSQL runs again');
        return;
      } catch (error) {
        options.log.error({ err: error, tries }, 'PostgreSQL does not start; trying again');
        await delay(Math.min(250 * tries, 5_000));
      }
    }
  }

  return {
    databaseUrl: databaseUrl(place, port, databaseName),
    directory: place.directory,
    cluster: place.cluster,
    passwordFile: place.passwordFile,
    processId: () => running.child.pid,
    stop: async () => {
      isStopping = true;
      await restarting;
      await running.guard.end().catch(() => undefined);
      running.watchdog?.kill('SIGKILL');
      if (running.child.exitCode === null && running.child.signalCode === null) {
        await stopPostmaster(place);
      }
    },
  };
}

type RunningServer = {
  readonly child: ChildProcess;
  readonly watchdog: ChildProcess | undefined;
  readonly guard: pg.Client;
};

async function startServer(
  place: Place,
  port: number,
  options: EmbeddedOptions,
): Promise<RunningServer> {
  for (let tries = 1; ; tries += 1) {
    const child = spawnServer(place, port, options);
    const guard = await connectGuard(place, port, child, options.startTimeoutMs);
    if (guard !== undefined) return { child, watchdog: spawnWatchdog(place, child), guard };
    // Processes of a killed server may hold its shared memory for a moment.
    if (tries === startTriesMax) {
      throw new CannotStart(`PostgreSQL does not start: ${lastWords(place)}`);
    }
    await delay(250 * tries);
  }
}

function spawnServer(place: Place, port: number, options: EmbeddedOptions): ChildProcess {
  const logFile = path.join(place.directory, 'postgres.log');
  if (existsSync(logFile) && statSync(logFile).size > 10 * 1024 * 1024) {
    renameSync(logFile, `${logFile}.old`);
  }
  const logHandle = openSync(logFile, 'a', 0o600);
  const settings = Object.entries(settingsOf(port, options));
  const child = spawn(
    place.binaries.postgres,
    ['-D', place.cluster, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      cwd: place.directory,
      env: databaseEnvironment,
      stdio: ['ignore', logHandle, logHandle],
      detached: true,
      ...place.runAs,
    },
  );
  closeSync(logHandle);
  child.unref();
  return child;
}

function settingsOf(port: number, options: EmbeddedOptions): Readonly<Record<string, string>> {
  const durable = options.isThrowAway === true ? 'off' : 'on';
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '256MB',
    // Fewer checkpoints: each one makes the next write of every page a full page in the log.
    max_wal_size: '2GB',
    checkpoint_timeout: '15min',
    fsync: durable,
    full_page_writes: durable,
    synchronous_commit: durable,
    // Its compile time is longer than the queries it would help.
    jit: 'off',
    timezone: 'UTC',
    // A failed statement's text may hold what people typed.
    log_min_error_statement: 'panic',
    max_wal_senders: '0',
    // A database that is being recovered answers when it is complete, not before.
    hot_standby: 'off',
    ...(options.isThrowAway === true ? { wal_level: 'minimal' } : archiveSettings(options)),
  };
}

/**
 * Each full segment of the log, and at least one in five minutes of work, is copied durably and never
 * overwritten by PostgreSQL's own archive module. What the last minutes before a disaster reported
 * stands in the tills' journals and comes again.
 */
function archiveSettings({ archiveDir }: EmbeddedOptions): Readonly<Record<string, string>> {
  if (archiveDir === undefined) return { wal_level: 'replica', archive_mode: 'off' };
  return {
    wal_level: 'replica',
    archive_mode: 'on',
    archive_library: 'basic_archive',
    'basic_archive.archive_directory': archiveDir,
    archive_timeout: '5min',
  };
}

/** @returns undefined when the server ended before it answered. */
async function connectGuard(
  place: Place,
  port: number,
  child: ChildProcess,
  timeoutMs = startTimeoutMs,
): Promise<pg.Client | undefined> {
  const deadlineMs = performance.now() + timeoutMs;
  for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 1.5, 500)) {
    await delay(pauseMs);
    if (child.exitCode !== null || child.signalCode !== null) return undefined;
    const client = clientFor(place, port, 'postgres');
    try {
      await client.connect();
      assert(await takeOwnerLock(client), 'A server just started has no other owner');
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (isWrongPassword(error)) throw wrongPassword(place);
      if (performance.now() > deadlineMs) {
        throw new CannotStart(`PostgreSQL does not answer: ${lastWords(place)}`, { cause: error });
      }
    }
  }
}

/** Ends the server when this process is gone without having done so. */
function spawnWatchdog(place: Place, server: ChildProcess): ChildProcess | undefined {
  if (process.platform === 'win32' || !existsSync('/bin/sh')) return undefined;
  const watchdog = spawn('/bin/sh', ['-c', 'read _; kill -INT "$0"', String(server.pid)], {
    cwd: place.directory,
    env: databaseEnvironment,
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
    ...place.runAs,
  });
  watchdog.unref();
  // The pipe stays open for as long as this process lives, and closes however it dies.
  const pipe = z.object({ unref: z.function() }).loose().safeParse(watchdog.stdin);
  if (pipe.success) pipe.data.unref();
  return watchdog;
}

async function createDatabase(place: Place, port: number): Promise<void> {
  const client = clientFor(place, port, 'postgres');
  await client.connect();
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName]);
  if (found.rows.length === 0) await client.query(`CREATE DATABASE ${databaseName}`);
  await client.end();
}

function clientFor(place: Place, port: number, database: string): pg.Client {
  const client = new pg.Client({
    connectionString: databaseUrl(place, port, database),
    connectionTimeoutMillis: 5_000,
    application_name: 'mang-thuoc owner',
  });
  // A lost connection shows at the process's exit as well, and is dealt with there.
  client.on('error', () => undefined);
  return client;
}

function databaseUrl(place: Place, port: number, database: string): string {
  return `postgres://${userName}:${place.password}@127.0.0.1:${port}/${database}`;
}

function lastWords(place: Place): string {
  const lines = readFileSync(path.join(place.directory, 'postgres.log'), 'utf8').trim().split('\n');
  return lines.slice(-4).join(' / ');
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      assert(address !== null && typeof address === 'object', 'A TCP server has a port');
      probe.close(() => resolve(address.port));
    });
  });
}
