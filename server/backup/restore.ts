/**
 * Restores a centre's embedded database to a moment (PostgreSQL 18, §25.3.5): a base, then the log
 * up to the moment. The database begins a new timeline there, by which the centre's next start knows
 * that it went back in time and begins a new epoch (server/db/epoch.ts).
 *
 * Nothing is deleted: what stood in the data folder is set aside as `cluster.before-<moment>`, and
 * the end of its log, which the archive may not have yet, is used.
 */
import { chmodSync, chownSync, cpSync, existsSync, readdirSync, renameSync } from 'node:fs';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import { limits } from '../../shared/base/limits.ts';
import { type Instant, instantOfMs, msOfInstant } from '../../shared/model/calendar.ts';
import { CannotStart } from '../cannot-start.ts';
import {
  livingPostmaster,
  type Place,
  preparePlace,
  startEmbeddedDatabase,
} from '../db/embedded.ts';
import { type BaseBackup, listBackups, logFolder } from './backup-folder.ts';
import { damagedFiles } from './base-backup.ts';

export type RestoreOptions = {
  readonly backupDir: string;
  readonly dataDir: string;
  /** The end of the log when absent. */
  readonly until?: Instant | undefined;
  readonly nowMs: () => number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly report: (sentence: string) => void;
  /** Off for a trial: its new timeline must not enter the archive of the real one. */
  readonly isArchiving: boolean;
};

export type Restored = {
  readonly base: BaseBackup;
  /** Where the former database was set aside, if there was one. */
  readonly formerCluster: string | undefined;
};

/** Restores into `dataDir`; the centre is started there afterwards as ever. */
export async function restoreCentre(options: RestoreOptions): Promise<Restored> {
  const base = chooseBase(options);
  const damaged = await damagedFiles(base);
  if (damaged.length > 0) {
    throw new CannotStart(
      `The backup ${base.folder} is damaged (${damaged.length} files, first ${damaged[0]}): take an older one out of the way and try again, or choose a moment before it.`,
    );
  }
  const place = await preparePlace(options);
  if (livingPostmaster(place.cluster) !== undefined) {
    throw new CannotStart(`A centre is running on ${options.dataDir}: stop it first.`);
  }
  options.report(`Restoring from the backup of ${base.manifest.finishedAt} …`);
  const formerCluster = setAside(place, options.nowMs());
  await layCluster({ base, place, formerCluster }, options);
  await recover(options);
  return { base, formerCluster };
}

/** The newest base that was finished before the wanted moment. */
function chooseBase({ backupDir, until }: RestoreOptions): BaseBackup {
  const backups = listBackups(backupDir);
  const base = backups.findLast(
    ({ manifest }) => until === undefined || msOfInstant(manifest.finishedAt) <= msOfInstant(until),
  );
  if (base !== undefined) return base;
  const [first] = backups;
  throw new CannotStart(
    first === undefined
      ? `There is no backup in ${backupDir}.`
      : `The oldest backup in ${backupDir} was finished at ${first.manifest.finishedAt}: choose that moment or a later one.`,
  );
}

function setAside(place: Place, nowMs: number): string | undefined {
  if (!existsSync(place.cluster)) return undefined;
  const stamp = instantOfMs(nowMs).slice(0, 19).replaceAll(/[-:]/g, '');
  const former = `${place.cluster}.before-${stamp}`;
  renameSync(place.cluster, former);
  return former;
}

async function layCluster(
  from: {
    readonly base: BaseBackup;
    readonly place: Place;
    readonly formerCluster: string | undefined;
  },
  { backupDir, until }: RestoreOptions,
): Promise<void> {
  const { base, place, formerCluster } = from;
  const draft = `${place.cluster}.new`;
  await rm(draft, { recursive: true, force: true });
  await cp(path.join(base.folder, 'cluster'), draft, { recursive: true });
  const logDir = path.join(draft, 'pg_wal');
  await mkdir(logDir, { recursive: true });
  if (formerCluster !== undefined) keepUnarchivedLog(formerCluster, logDir);
  const archive = logFolder(backupDir);
  const settingsFile = path.join(draft, 'postgresql.auto.conf');
  const settings = (await readFile(settingsFile, 'utf8'))
    .split('\n')
    // Of an earlier restore: this one may have another end, or none.
    .filter((line) => line !== '' && !/^(restore_command|recovery_target)/.test(line));
  await writeFile(
    settingsFile,
    [
      ...settings,
      `restore_command = ${quoted(restoreCommand(archive))}`,
      `recovery_target_action = 'promote'`,
      ...(until === undefined ? [] : [`recovery_target_time = ${quoted(until.replace('T', ' '))}`]),
      '',
    ].join('\n'),
  );
  await writeFile(path.join(draft, 'recovery.signal'), '');
  const password = await readFile(path.join(base.folder, 'postgres-password'));
  await writeFile(place.passwordFile, password, { mode: 0o600 });
  giveTo(place, draft);
  renameSync(draft, place.cluster);
}

/** Whole segments of the former database, for those that never reached the archive. */
function keepUnarchivedLog(formerCluster: string, logDir: string): void {
  const formerLog = path.join(formerCluster, 'pg_wal');
  if (!existsSync(formerLog)) return;
  for (const name of readdirSync(formerLog)) {
    if (/^[0-9A-F]{24}$|\.history$/.test(name)) {
      cpSync(path.join(formerLog, name), path.join(logDir, name));
    }
  }
}

function restoreCommand(archive: string): string {
  return process.platform === 'win32' ? `copy "${archive}\\%f" "%p"` : `cp "${archive}/%f" "%p"`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

function giveTo({ runAs }: Place, folder: string): void {
  chmodSync(folder, 0o700);
  if (runAs === undefined) return;
  chownSync(folder, runAs.uid, runAs.gid);
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    chownSync(path.join(folder, name), runAs.uid, runAs.gid);
  }
}

/** Replays the log, ends recovery and stops in order: the next start is one like any other. */
async function recover(options: RestoreOptions): Promise<void> {
  const { dataDir, log, report, backupDir, isArchiving } = options;
  try {
    const database = await startEmbeddedDatabase({
      dataDir,
      log,
      report,
      startTimeoutMs: limits.restoreTimeoutMs,
      ...(isArchiving ? { archiveDir: logFolder(backupDir) } : {}),
    });
    await database.stop();
  } catch (error) {
    const detail = error instanceof Error ? error.message : '';
    if (!detail.includes('before configured recovery target was reached')) throw error;
    throw new CannotStart(
      `The log ends before ${options.until}: choose an earlier moment, or leave it out to restore all there is.`,
      { cause: error },
    );
  }
}
