import path from 'node:path';
import type { BackupStatus } from '../../../shared/contract/till-api.ts';
import { type Instant, instantOfMs, msOfInstant } from '../../../shared/model/calendar.ts';
import { databaseFaultOf } from '../db/database-fault.ts';
import { hashOfSeq } from '../db/event-log.ts';
import { getSetting, setSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import { copyBackup, makeBackup, rotate } from './backup-file.ts';
import { backupName } from './rotation.ts';

/** The till's backups: made by the clock, some minutes after a start when one is due, and by hand. */
export type Backups = {
  readonly status: () => BackupStatus;
  /** Makes and proves one now; a second call joins the first. */
  readonly run: () => Promise<BackupStatus>;
  readonly setSecondFolder: (folder: string | null) => void;
  readonly close: () => Promise<void>;
};

export type BackupParts = {
  readonly db: TillDb;
  readonly deps: Pick<TillDeps, 'backupDir' | 'nowMs' | 'timers' | 'log'>;
  readonly tell: () => void;
};

/** Noon and evening; a computer that is off then makes one after it was started. */
const dailyExpression = '30 12,20 * * *';
const dueAfterMs = 20 * 3_600_000;
const firstLookMs = 5 * 60_000;

export function createBackups({ db, deps, tell }: BackupParts): Backups {
  const { backupDir, nowMs, timers, log } = deps;
  let running: Promise<BackupStatus> | undefined;
  /** What went wrong on a disk on which not even that could be written down. */
  let unkept: BackupState['failure'] = null;

  const status = (): BackupStatus => ({
    ...getSetting(db, 'backup'),
    ...(unkept === null ? {} : { failure: unkept }),
    folder: backupDir ?? null,
    isRunning: running !== undefined,
  });
  const make = async (): Promise<BackupStatus> => {
    try {
      const outcome = await backUpOnce({ db, deps });
      // Meanwhile another folder may have been chosen.
      const { second } = getSetting(db, 'backup');
      const isSameFolder = second?.folder === outcome.second?.folder;
      unkept = outcome.failure;
      setSetting(db, 'backup', isSameFolder ? outcome : { ...outcome, second });
      unkept = null;
      if (outcome.failure !== null) log.error({ ...outcome.failure }, 'The backup failed');
    } catch (error) {
      // A disk in trouble must not end the program that sells.
      const fault = databaseFaultOf(error);
      if (fault === undefined) throw error;
      unkept ??= { at: instantOfMs(nowMs()), detail: describe(fault) };
      log.error({ ...fault }, 'The backup could not be written down');
    } finally {
      running = undefined;
    }
    tell();
    return status();
  };
  const run = (): Promise<BackupStatus> => {
    if (backupDir === undefined || getSetting(db, 'identity') === null) {
      return Promise.resolve(status());
    }
    running ??= make();
    tell();
    return running;
  };
  const runIfDue = (): void => {
    const { lastVerifiedAt } = status();
    const isDue = lastVerifiedAt === null || nowMs() - msOfInstant(lastVerifiedAt) > dueAfterMs;
    if (isDue) void run();
  };
  const stops =
    backupDir === undefined
      ? []
      : [timers.schedule(dailyExpression, () => void run()), timers.after(firstLookMs, runIfDue)];
  return {
    status,
    run,
    setSecondFolder: (folder) => {
      setSetting(db, 'backup', {
        ...getSetting(db, 'backup'),
        second: folder === null ? null : { folder, copiedAt: null, failure: null },
      });
      tell();
    },
    close: async () => {
      for (const stop of stops) stop();
      await running;
    },
  };
}

type BackupState = ReturnType<typeof getSetting<'backup'>>;

/** One backup, its proof, its rotation and its copy. A failure is part of the outcome. */
async function backUpOnce({ db, deps }: Pick<BackupParts, 'db' | 'deps'>): Promise<BackupState> {
  const before = getSetting(db, 'backup');
  const at = instantOfMs(deps.nowMs());
  const till = getSetting(db, 'identity') ?? { shortCode: 'XX', tillId: '0'.repeat(12) };
  const file = path.join(deps.backupDir ?? '', backupName(till, at));
  try {
    const made = await makeBackup(db, { file, openedAt: at });
    if (!made.ok) return { ...before, failure: { at, detail: describe(made.error) } };
    const { head, bytes } = made.value;
    if (hashOfSeq(db, head.seq) !== head.hash) {
      const detail = `the copy ends in another event ${head.seq} than this till`;
      return { ...before, failure: { at, detail } };
    }
    await rotate(path.dirname(file));
    return {
      lastVerifiedAt: at,
      events: head.seq,
      file: path.basename(file),
      bytes,
      failure: null,
      second: await copyTo(before.second, file, at),
    };
  } catch (error) {
    return { ...before, failure: { at, detail: messageOf(error) } };
  }
}

async function copyTo(
  second: BackupState['second'],
  file: string,
  at: Instant,
): Promise<BackupState['second']> {
  if (second === null) return null;
  try {
    await copyBackup(file, second.folder);
    return { folder: second.folder, copiedAt: at, failure: null };
  } catch (error) {
    return { ...second, failure: messageOf(error) };
  }
}

function describe({ code, detail }: { readonly code: string; readonly detail: string }): string {
  return `${code}: ${detail}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'unknown';
}
