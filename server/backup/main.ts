/**
 * `npm run centre-backup -- <command>`: backups of a centre on its embedded PostgreSQL.
 *
 *   now                      takes a base while the centre works, or of one that stands still
 *   list                     says what can be restored
 *   verify                   restores the newest base and all of the log into a folder of its own,
 *                            proves what came out of it and removes it again
 *   restore [--to <moment>]  restores DATA_DIR, to a moment like 2026-11-22T14:30:00+07:00 or to the
 *                            end of the log; the centre must be stopped
 *
 * DATA_DIR (data) and BACKUP_DIR name the folders. Exit code 0 when it was done, 1 with a sentence.
 */
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import { z } from 'zod';
import { Instant } from '../../shared/model/calendar.ts';
import { CannotStart } from '../cannot-start.ts';
import { findRunningDatabase, startEmbeddedDatabase } from '../db/embedded.ts';
import { backUp } from './back-up.ts';
import { listBackups, logFolder } from './backup-folder.ts';
import { restoreCentre } from './restore.ts';
import { verifyBackup } from './verify.ts';

const Settings = z.object({
  DATA_DIR: z.string().min(1).default('data'),
  BACKUP_DIR: z.string({ error: 'Set BACKUP_DIR to the folder of the backups.' }).min(1),
});
type Folders = { readonly dataDir: string; readonly backupDir: string };

const log = pino({ level: 'silent' });
const megabyte = 1024 * 1024;

try {
  await run();
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { to: { type: 'string' } },
  });
  const [command = 'now'] = positionals;
  const settings = Settings.safeParse(process.env);
  if (!settings.success) throw new CannotStart(z.prettifyError(settings.error));
  const folders = {
    dataDir: path.resolve(settings.data.DATA_DIR),
    backupDir: path.resolve(settings.data.BACKUP_DIR),
  };
  switch (command) {
    case 'now':
      return now(folders);
    case 'list':
      return list(folders);
    case 'verify':
      return verify(folders);
    case 'restore':
      return restore(folders, values.to);
    default:
      throw new CannotStart(`${command}: the commands are now, list, verify and restore.`);
  }
}

async function now({ dataDir, backupDir }: Folders): Promise<void> {
  const running = await findRunningDatabase(dataDir);
  if (running !== undefined) {
    const { cluster, passwordFile } = running.place;
    return tell(
      await backUp({ databaseUrl: running.databaseUrl, cluster, passwordFile, backupDir }),
    );
  }
  const archiveDir = logFolder(backupDir);
  const database = await startEmbeddedDatabase({ dataDir, log, report: say, archiveDir });
  try {
    await tell(await backUp({ ...database, backupDir }));
  } finally {
    await database.stop();
  }
}

async function tell(done: Awaited<ReturnType<typeof backUp>>): Promise<void> {
  say(
    `Backed up to ${done.folder}: ${done.files} files, ${Math.ceil(done.bytes / megabyte)} MB, restorable from ${done.finishedAt} on.`,
  );
}

async function list({ backupDir }: Folders): Promise<void> {
  const backups = listBackups(backupDir);
  if (backups.length === 0) say(`There is no backup in ${backupDir}.`);
  for (const { folder, manifest } of backups) {
    const size = Math.ceil(manifest.bytes / megabyte);
    say(`${manifest.finishedAt}  ${size} MB  ${folder}`);
  }
}

async function verify({ backupDir }: Folders): Promise<void> {
  const proved = await verifyBackup({ backupDir, nowMs: Date.now, log, report: say });
  say(
    `The backup of ${proved.finishedAt} restores: ${proved.tills} tills, ${proved.events} events, every head proved by its evidence, every derived row as the evidence gives it.`,
  );
}

async function restore(folders: Folders, to: string | undefined): Promise<void> {
  const until = to === undefined ? undefined : Instant.safeParse(to);
  if (until?.success === false) {
    throw new CannotStart(`--to ${to}: a moment looks like 2026-11-22T14:30:00+07:00.`);
  }
  const restored = await restoreCentre({
    ...folders,
    until: until?.data,
    nowMs: Date.now,
    log,
    report: say,
    isArchiving: true,
  });
  say(`Restored ${folders.dataDir}. Start the centre: the tills will send again what it lost.`);
  if (restored.formerCluster !== undefined) {
    say(`What stood there before is kept in ${restored.formerCluster}.`);
  }
}

function say(sentence: string): void {
  process.stdout.write(`${sentence}\n`);
}
