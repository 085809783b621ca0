/**
 * The centre as a program: environment, log, signals, exit code. Environment: PORT (4700), HOST
 * (all), DATA_DIR (./data), DATABASE_URL (the embedded PostgreSQL when absent), LOG (`stderr`, or a
 * file), BACKUP_DIR (no backups when absent), UPDATES_DIR
 * (./data/updates: signed programs for tills), LOG_LEVEL (info), TRUSTED_PROXIES (0).
 */
import path from 'node:path';
import type { Logger } from 'pino';
import { z } from 'zod';
import { ensureFirstAccount } from './accounts/accounts.ts';
import { CannotStart } from './cannot-start.ts';
import { openLog } from './log.ts';
import { type Centre, startCentre } from './start-centre.ts';

const Environment = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(4_700),
  HOST: z.string().min(1).optional(),
  DATA_DIR: z.string().min(1).default('data'),
  DATABASE_URL: z.string().min(1).optional(),
  BACKUP_DIR: z.string().min(1).optional(),
  UPDATES_DIR: z.string().min(1).optional(),
  LOG: z.string().min(1).optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
});

/** What a program does with its running centre. @returns what ends it, before the centre. */
export type WithCentre = (
  centre: Centre,
  log: Pick<Logger, 'error' | 'info'>,
) => Promise<() => Promise<void>>;

/** Runs until it is asked to end: by a signal, or by the parent that started it and is gone. */
export async function runCentre(withCentre?: WithCentre): Promise<void> {
  try {
    await run(withCentre);
  } catch (error) {
    // One sentence for what a person can change; everything about a bug.
    say(error instanceof CannotStart ? error.message : traceOf(error));
    process.exitCode = 1;
  }
}

async function run(withCentre: WithCentre | undefined): Promise<void> {
  const environment = readEnvironment();
  const dataDir = path.resolve(environment.DATA_DIR);
  const logFile = environment.LOG ?? path.join(dataDir, 'centre.log');
  const log = openLog({ file: logFile, level: environment.LOG_LEVEL });
  const report = (sentence: string) => void process.stdout.write(`${sentence}\n`);
  const centre = await startCentre({
    port: environment.PORT,
    ...(environment.HOST === undefined ? {} : { host: environment.HOST }),
    databaseUrl: environment.DATABASE_URL,
    dataDir,
    backupDir: backupDirOf(environment),
    log,
    report,
    trustedProxies: environment.TRUSTED_PROXIES,
    updatesDir: path.resolve(environment.UPDATES_DIR ?? path.join(dataDir, 'updates')),
  });
  let endExtension = async (): Promise<void> => {};
  onceAskedToEnd(async (cause) => {
    report('Stopping …');
    log.info({ cause }, 'stopping');
    await endExtension();
    await centre.close();
    log.flush();
  });
  if (withCentre === undefined) await sayFirstPassword(centre);
  report(`The centre answers on ${centre.url} (log: ${logFile}).`);
  if (withCentre !== undefined) endExtension = await withCentre(centre, log);
}

/** A PostgreSQL of one's own has backups of its own: what would be ignored is said. */
function backupDirOf(environment: z.output<typeof Environment>): string | undefined {
  const { BACKUP_DIR, DATABASE_URL } = environment;
  if (BACKUP_DIR === undefined) return undefined;
  if (DATABASE_URL === undefined) return path.resolve(BACKUP_DIR);
  throw new CannotStart(
    'BACKUP_DIR is for the embedded database; the PostgreSQL of DATABASE_URL is backed up by its own tools (server/backup/README.md). Leave BACKUP_DIR out.',
  );
}

/** A centre that nobody can sign in to yet gets one account; its password is shown here only. */
export async function sayFirstPassword({ pool, deps }: Centre): Promise<void> {
  const first = await ensureFirstAccount(pool, { newId: deps.newId, nowMs: deps.nowMs() });
  if (first === null) return;
  process.stdout.write(`First sign-in: ${first.name} / ${first.password}\n`);
}

function onceAskedToEnd(end: (cause: string) => Promise<void>): void {
  let isEnding = false;
  const ask = (cause: string) => {
    // Asked twice by a person: somebody does not want to wait.
    if (isEnding && cause === 'SIGINT') process.exit(130);
    if (isEnding) return;
    isEnding = true;
    end(cause).then(
      // The channel to a parent would keep the process alive.
      () => process.channel?.unref(),
      (error: unknown) => {
        say(traceOf(error));
        process.exit(1);
      },
    );
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  if (process.channel !== undefined) process.once('disconnect', () => ask('disconnect'));
}

function readEnvironment(): z.output<typeof Environment> {
  const given = Object.entries(process.env).filter(([, value]) => value !== '');
  const environment = Environment.safeParse(Object.fromEntries(given));
  if (environment.success) return environment.data;
  const issue = environment.error.issues[0];
  throw new CannotStart(
    `${issue?.path.join('.') ?? 'environment'}: ${issue?.message ?? 'invalid'}`,
  );
}

function say(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
}

function traceOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
