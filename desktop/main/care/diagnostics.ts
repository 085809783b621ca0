import { statfsSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import type { BackupStatus, SyncStatus } from '../../../shared/contract/till-api.ts';
import { instantOfMs } from '../../../shared/model/calendar.ts';
import { getSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';

export type DiagnosticsParts = {
  readonly db: TillDb;
  readonly deps: Pick<TillDeps, 'dataDir' | 'nowMs' | 'programVersion' | 'host' | 'recentLog'>;
  readonly sync: SyncStatus;
  readonly backup: BackupStatus;
  readonly faultCode: string | null;
};

/**
 * What support needs to know of a till, as a text that its owner can read first. Each line is chosen
 * here, so nothing gets in by itself: no customer, no staff, no price and no drug, and of a path only
 * what stands below the person's own folder.
 */
export function diagnosticsText(parts: DiagnosticsParts): string {
  const { db, deps, sync, backup, faultCode } = parts;
  const identity = getSetting(db, 'identity');
  const { failure, second } = backup;
  const report = {
    madeAt: instantOfMs(deps.nowMs()),
    program: {
      version: deps.programVersion,
      host: deps.host,
      ...pick(process.versions, ['electron', 'chrome', 'node']),
      sqlite: db.one(SqliteRow, 'SELECT sqlite_version() AS version')?.version,
    },
    computer: computer(),
    disk: disk(deps.dataDir),
    till: {
      id: identity?.tillId ?? null,
      shortCode: identity?.shortCode ?? null,
      facility: getSetting(db, 'facility')?.code ?? null,
      faultCode,
    },
    books: books(db, deps.dataDir),
    sync,
    backup: {
      ...pick(backup, ['lastVerifiedAt', 'events', 'bytes', 'isRunning']),
      failure,
      second: second && pick(second, ['copiedAt', 'failure']),
    },
    proof: getSetting(db, 'derivedProof'),
    log: deps.recentLog?.(limits.diagnosticsLogLines) ?? [],
  };
  return withoutOwnFolder(`${JSON.stringify(report, null, 2)}\n`);
}

const SqliteRow = z.object({ version: z.string() });
const CountRow = z.object({ name: z.string(), rows: z.int() });
const NameRow = z.object({ name: z.string() });

function computer() {
  const mebibytes = (bytes: number) => Math.round(bytes / 2 ** 20);
  return {
    system: `${os.type()} ${os.release()} ${process.arch}`,
    cores: os.cpus().length,
    memoryMiB: mebibytes(os.totalmem()),
    freeMiB: mebibytes(os.freemem()),
    programMiB: mebibytes(process.memoryUsage.rss()),
    programHours: Math.round(process.uptime() / 360) / 10,
  };
}

function disk(dataDir: string) {
  const { bsize, blocks, bavail } = statfsSync(dataDir);
  const mebibytes = (count: number) => Math.round((count * bsize) / 2 ** 20);
  return { totalMiB: mebibytes(blocks), freeMiB: mebibytes(bavail) };
}

/** How large the books are: rows by table and events by kind, and nothing of what stands in them. */
function books(db: TillDb, dataDir: string) {
  const bytesOf = (name: string) =>
    statSync(path.join(dataDir, name), { throwIfNoEntry: false })?.size ?? 0;
  const tables = db.all(
    NameRow,
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'
       AND name NOT LIKE '%\\_fts%' ESCAPE '\\' ORDER BY name`,
  );
  const rowsOf = ({ name }: { readonly name: string }) =>
    db.one(CountRow, `SELECT ? AS name, count(*) AS rows FROM "${name}"`, name)?.rows ?? 0;
  const events = db.all(
    CountRow,
    'SELECT type AS name, count(*) AS rows FROM event GROUP BY type ORDER BY type',
  );
  return {
    bytes: bytesOf('till.db'),
    logBytes: bytesOf('till.db-wal'),
    rows: Object.fromEntries(tables.map((table) => [table.name, rowsOf(table)])),
    events: Object.fromEntries(events.map(({ name, rows }) => [name, rows])),
  };
}

/** The folder of the person who is signed in to the computer carries their name. */
function withoutOwnFolder(text: string): string {
  const own = JSON.stringify(os.homedir()).slice(1, -1);
  return own.length > 1 ? text.replaceAll(own, '~') : text;
}

function pick<From extends object, Name extends string & keyof From>(
  from: From,
  names: readonly Name[],
): Partial<Pick<From, Name>> {
  // Safe: fromEntries of exactly these names.
  return Object.fromEntries(names.map((name) => [name, from[name]])) as Partial<Pick<From, Name>>;
}
