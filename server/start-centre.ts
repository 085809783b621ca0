/**
 * Puts the centre together: database, key, ingest, routes, jobs. The program, the tests, the
 * demonstration and the simulation all start it here; a simulation gives its own clock.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import path from 'node:path';
import { type Logger, pino } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { assert } from '../shared/base/assert.ts';
import { createAccountAuthentication } from './accounts/authenticate-account.ts';
import { loadCentreKey } from './accounts/centre-key.ts';
import { createApp } from './app.ts';
import { backUp } from './backup/back-up.ts';
import { logFolder } from './backup/backup-folder.ts';
import { CannotStart } from './cannot-start.ts';
import { createCatalogueImports } from './catalogue/catalogue-imports.ts';
import { type EmbeddedDatabase, startEmbeddedDatabase } from './db/embedded.ts';
import { ensureEpoch } from './db/epoch.ts';
import { migrate } from './db/migrate.ts';
import { openNotices } from './db/notices.ts';
import { ensurePartitions } from './db/partitions.ts';
import { createPool, type Pool } from './db/pool.ts';
import type { CentreDeps } from './deps.ts';
import { createEventStreams } from './http/event-streams.ts';
import { type Clinic, startClinic } from './ingest/clinic.ts';
import { createIngest } from './ingest/create-ingest.ts';
import { type RollUp, startRollUp } from './ingest/roll-up.ts';
import { startJobs } from './jobs/schedule.ts';

export type CentreOptions = {
  /** 0 takes a free port. */
  readonly port: number;
  /** Address to listen on; every one of the machine when absent. */
  readonly host?: string;
  /** A PostgreSQL of one's own; the embedded one in `dataDir` when absent. */
  readonly databaseUrl?: string | undefined;
  readonly dataDir: string;
  /** Where the embedded database is backed up, every night and change by change. */
  readonly backupDir?: string | undefined;
  readonly nowMs?: () => number;
  readonly newId?: () => string;
  readonly log?: Logger;
  /** Told one sentence at a time what the start is doing. */
  readonly report?: (sentence: string) => void;
  readonly trustedProxies?: number;
  readonly consoleDir?: string;
  /** Signed programs for tills; below the data folder unless told. */
  readonly updatesDir?: string;
  /** Partitions ahead and shortages by the clock; off where a test or simulation calls them. */
  readonly hasJobs?: boolean;
};

export type Centre = {
  readonly url: string;
  readonly port: number;
  readonly pool: Pool;
  readonly deps: CentreDeps;
  readonly rollUp: RollUp;
  readonly clinic: Clinic;
  /** The embedded database, where this centre started one. */
  readonly database: EmbeddedDatabase | undefined;
  /** Finishes what is under way, tells the streams to come back later, stops the database. */
  readonly close: () => Promise<void>;
};

const connectionsMax = 16;
const closeTimeoutMs = 10_000;
const projectDir = path.resolve(import.meta.dirname, '..');

/** Starts a centre and gives it back when it answers. */
export async function startCentre(options: CentreOptions): Promise<Centre> {
  const log = options.log ?? pino({ level: 'silent' });
  const report = options.report ?? (() => undefined);
  const undo: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    // The port first: when it is taken, nothing else was begun.
    const { server, serve } = await listen(options);
    undo.push(() => closeServer(server));
    const database = await openDatabase(options, log, report);
    if (database.embedded !== undefined) undo.push(database.embedded.stop);
    const pool = createPool({ databaseUrl: database.url, connectionsMax, log });
    undo.push(() => pool.end());
    const applied = await migrate(pool);
    if (applied.length > 0) report(`The database was brought up to date: ${applied.join(', ')}.`);
    const nowMs = options.nowMs ?? Date.now;
    await ensurePartitions(pool, nowMs());
    const newId = options.newId ?? (() => uuidv7());
    const { epoch, isNew } = await ensureEpoch(pool, { newId, nowMs });
    if (isNew && epoch.number > 1) {
      log.warn({ epoch }, 'The database has another history than before: a new epoch begins');
      report(restoredSentence);
    }
    const notices = await openNotices(database.url, log);
    undo.push(notices.close);
    const rollUp = startRollUp({ pool, log });
    undo.push(rollUp.stop);
    const ingest = createIngest({ pool, nowMs, newId, log, notices, rollUp });
    undo.push(ingest.idle);
    const clinic = startClinic({ pool, nowMs, newId, log, notices, rollUp });
    undo.push(clinic.stop);
    const uploadDir = path.join(options.dataDir, 'uploads');
    const catalogueImports = createCatalogueImports({ pool, nowMs, newId, log, uploadDir });
    await catalogueImports.recover();
    undo.push(catalogueImports.close);
    const eventStreams = createEventStreams();
    const deps: CentreDeps = {
      pool,
      nowMs,
      newId,
      randomBytes,
      log,
      centreKey: await loadCentreKey(pool),
      notices,
      eventStreams,
      ingest,
      clinic,
      catalogueImports,
      authenticateAccount: createAccountAuthentication({ pool, nowMs }),
      programVersion: readVersion(),
      trustedProxies: options.trustedProxies ?? 0,
      updatesDir: options.updatesDir ?? path.join(options.dataDir, 'updates'),
      consoleDir: options.consoleDir ?? path.join(projectDir, 'out', 'console'),
    };
    serve(createApp(deps));
    const backup = backupOf(options, database);
    if (options.hasJobs !== false) {
      undo.push(startJobs({ pool, nowMs, newId, log, rollUp, backup }).stop);
    }
    // First to go: what is under way still finds everything it needs.
    undo.push(async () => {
      eventStreams.closeAll();
      await closeServer(server);
    });
    const port = portOf(server);
    const url = `http://127.0.0.1:${port}`;
    return { url, port, pool, deps, rollUp, clinic, database: database.embedded, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The nightly base; only the embedded database is ours to copy. */
function backupOf(
  { backupDir }: CentreOptions,
  { embedded, url }: { readonly url: string; readonly embedded?: EmbeddedDatabase },
): (() => Promise<void>) | undefined {
  if (backupDir === undefined || embedded === undefined) return undefined;
  const { cluster, passwordFile } = embedded;
  return async () => {
    await backUp({ databaseUrl: url, cluster, passwordFile, backupDir });
  };
}

/** Said once, at the first start on a restored database. */
const restoredSentence =
  'This database was restored or has moved: tills will send again what it lost. What people did at the console after that moment (revoked tills, codes, catalogue, accounts) is to be done again.';

async function openDatabase(
  options: CentreOptions,
  log: Logger,
  report: (sentence: string) => void,
): Promise<{ readonly url: string; readonly embedded?: EmbeddedDatabase }> {
  if (options.databaseUrl !== undefined) return { url: options.databaseUrl };
  const { dataDir, backupDir } = options;
  const archiveDir = backupDir === undefined ? undefined : logFolder(backupDir);
  const embedded = await startEmbeddedDatabase({ dataDir, log, report, archiveDir });
  return { url: embedded.databaseUrl, embedded };
}

/** Answers 503 until `serve` gives it the application. */
async function listen(
  options: CentreOptions,
): Promise<{ readonly server: Server; readonly serve: (listener: RequestListener) => void }> {
  let serveRequest: RequestListener = (_request, response) => {
    response.writeHead(503, { 'Retry-After': '2', 'Content-Type': 'text/plain' });
    response.end('The centre is starting');
  };
  const server = createServer((request, response) => serveRequest(request, response));
  // A register of 256 MB over a slow line; headers never take long.
  server.requestTimeout = 15 * 60_000;
  server.headersTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(options.port, error)));
    server.listen({ port: options.port, ...(options.host && { host: options.host }) }, resolve);
  });
  return {
    server,
    serve: (listener) => {
      serveRequest = listener;
    },
  };
}

function cannotListen(port: number, error: Error): Error {
  const { code } = z.object({ code: z.string() }).catch({ code: '' }).parse(error);
  if (code === 'EADDRINUSE') {
    return new CannotStart(
      `Port ${port} is taken by another program (perhaps a centre that is already running): stop it, or set PORT to a free port.`,
      { cause: error },
    );
  }
  if (code === 'EACCES') {
    return new CannotStart(
      `This user may not listen on port ${port}: set PORT to one above 1023.`,
      {
        cause: error,
      },
    );
  }
  return error;
}

/** No new connections; those with a request under way get their answer, up to a bound. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), closeTimeoutMs);
  await closed;
  clearTimeout(timer);
}

function portOf(server: Server): number {
  const address = server.address();
  assert(address !== null && typeof address === 'object', 'A TCP server has a port');
  return address.port;
}

function readVersion(): string {
  const manifest = readFileSync(path.join(projectDir, 'package.json'), 'utf8');
  return z.object({ version: z.string() }).parse(JSON.parse(manifest)).version;
}
