/**
 * Imports of a national register: upload → read in the background → a person looks at what was
 * read and what was not → publish. One runs at a time in the whole centre, whichever process took
 * the upload; the process that works holds an advisory lock named after the import for as long as
 * it lives, so that a later start knows which unfinished imports nobody works on any more.
 */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import { z } from 'zod';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { CatalogueImport } from '../../shared/contract/console-api.ts';
import { type Actor, recordAudit } from '../accounts/audit.ts';
import { notifyConsole } from '../db/notices.ts';
import { inTransaction, type Pool, type Queryable, queryRows } from '../db/pool.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import {
  changeState,
  countDifferences,
  findImport,
  forgetStagedDrugs,
  insertImport,
  isImportRunning,
} from './import-rows.ts';
import { readFileName, saveUpload } from './import-upload.ts';
import { publishImport } from './publish-import.ts';
import { readImport } from './read-import.ts';

export type ImportDeps = {
  readonly pool: Pool;
  readonly nowMs: () => number;
  readonly newId: () => string;
  readonly log: Pick<Logger, 'error'>;
  /** Uploaded files stand here while they are read. */
  readonly uploadDir: string;
};

type Answer = Promise<Result<CatalogueImport, ProblemFacts>>;

export type CatalogueImports = {
  readonly start: (upload: {
    readonly body: Readable;
    readonly fileNameHeader: string | undefined;
    readonly declaredBytes: number | null;
    readonly actor: Actor;
  }) => Answer;
  readonly publish: (request: { readonly id: string; readonly actor: Actor }) => Answer;
  readonly cancel: (request: { readonly id: string; readonly actor: Actor }) => Answer;
  /** At start: what a process that is gone left unfinished is said to have failed. */
  readonly recover: () => Promise<void>;
  /** Stops what runs here, without a trace in the catalogue, and waits for it. */
  readonly close: () => Promise<void>;
};

const interrupted = {
  reading: 'Máy chủ dừng khi đang đọc tệp. Danh mục không thay đổi; hãy nhập lại tệp.',
  publishing: 'Máy chủ dừng khi đang phát hành. Danh mục không thay đổi; hãy nhập lại tệp.',
} as const;
const broken = {
  reading: 'Máy chủ gặp lỗi khi đọc tệp. Danh mục không thay đổi; hãy nhập lại tệp.',
  publishing: 'Máy chủ gặp lỗi khi phát hành. Danh mục không thay đổi; hãy nhập lại tệp.',
} as const;
type Stage = keyof typeof broken;

const busy: ProblemFacts = {
  type: 'conflict',
  detail: 'Another import is being read or published: wait for it or cancel it',
};
const unknown: ProblemFacts = { type: 'not-found', detail: 'No such import' };

export function createCatalogueImports(deps: ImportDeps): CatalogueImports {
  const jobs = new Jobs(deps);
  return {
    start: (upload) => startImport(deps, jobs, upload),
    publish: (request) => startPublication(deps, jobs, request),
    cancel: async (request) => {
      const cancelled = await cancelImport(deps, request);
      if (cancelled.ok) jobs.abort(request.id);
      return cancelled;
    },
    recover: () => recover(deps),
    close: () => jobs.close(),
  };
}

async function startImport(
  deps: ImportDeps,
  jobs: Jobs,
  upload: Parameters<CatalogueImports['start']>[0],
): Answer {
  const fileName = readFileName(upload.fileNameHeader);
  if (!fileName.ok) return fileName;
  // Asked before a large file travels; the row's unique index decides when two come at once.
  if (await isImportRunning(deps.pool)) return err(busy);
  const id = deps.newId();
  const file = path.join(deps.uploadDir, `${id}.upload`);
  const saved = await saveUpload(upload.body, file, upload.declaredBytes);
  if (!saved.ok) return saved;
  const started = await inTransaction(deps.pool, async (transaction) => {
    const row = await insertImport(transaction, {
      id,
      fileName: fileName.value,
      sizeBytes: saved.value,
      startedBy: upload.actor.account,
      nowMs: deps.nowMs(),
    });
    if (row !== undefined) {
      await record(deps, transaction, { ...upload, action: 'import-started', row });
    }
    return row;
  });
  if (started === undefined) {
    await rm(file, { force: true });
    return err(busy);
  }
  const source = { id, file, fileName: fileName.value, sizeBytes: saved.value };
  await jobs.run(id, 'reading', async (signal) => {
    try {
      await readImport(deps.pool, source, { nowMs: deps.nowMs, signal });
    } finally {
      await rm(file, { force: true });
    }
  });
  return ok(started);
}

async function startPublication(
  deps: ImportDeps,
  jobs: Jobs,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Answer {
  if (await isImportRunning(deps.pool)) return err(busy);
  const publishing = await inTransaction(deps.pool, async (transaction) => {
    // The catalogue may have changed since the file was read.
    await countDifferences(transaction, id);
    const change = { from: ['ready'], to: 'publishing', nowMs: deps.nowMs() } as const;
    return changeState(transaction, id, change);
  });
  if (publishing === undefined)
    return whyNot(deps, id, 'Only an import that was read can be published');
  await jobs.run(id, 'publishing', (signal) =>
    publishImport(deps.pool, { id, actor }, { nowMs: deps.nowMs, signal }),
  );
  return ok(publishing);
}

function cancelImport(
  deps: ImportDeps,
  { id, actor }: { readonly id: string; readonly actor: Actor },
): Answer {
  return inTransaction(deps.pool, async (transaction) => {
    const cancelled = await changeState(transaction, id, {
      from: ['reading', 'ready'],
      to: 'cancelled',
      nowMs: deps.nowMs(),
    });
    if (cancelled === undefined) {
      return whyNot(deps, id, 'An import that is being published, or is over, cannot be cancelled');
    }
    await forgetStagedDrugs(transaction, id);
    await record(deps, transaction, { actor, action: 'import-cancelled', row: cancelled });
    return ok(cancelled);
  });
}

async function whyNot(deps: ImportDeps, id: string, detail: string): Answer {
  const known = await findImport(deps.pool, id);
  return err(known === undefined ? unknown : { type: 'conflict', detail });
}

async function record(
  deps: ImportDeps,
  database: Queryable,
  entry: {
    readonly actor: Actor;
    readonly action: 'import-started' | 'import-cancelled';
    readonly row: CatalogueImport;
  },
): Promise<void> {
  await recordAudit(database, {
    actor: entry.actor,
    action: entry.action,
    subject: entry.row.fileName,
    detail: { import: entry.row.id, sizeBytes: entry.row.sizeBytes },
    nowMs: deps.nowMs(),
  });
  await notifyConsole(database, ['catalogue']);
}

async function recover(deps: ImportDeps): Promise<void> {
  const unfinished = await queryRows(
    deps.pool,
    z.object({ id: z.uuid(), state: z.enum(['reading', 'publishing']) }),
    `SELECT id, state FROM catalogue_import WHERE state IN ('reading', 'publishing')`,
  );
  for (const { id, state } of unfinished) {
    await inTransaction(deps.pool, async (transaction) => {
      const { rows } = await transaction.query(
        'SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS "isFree"',
        [id],
      );
      if (rows[0]?.isFree === true) await fail(deps, transaction, id, interrupted[state]);
    });
    await rm(path.join(deps.uploadDir, `${id}.upload`), { force: true });
  }
}

async function fail(
  deps: ImportDeps,
  database: Queryable,
  id: string,
  failure: string,
): Promise<void> {
  await changeState(database, id, {
    from: ['reading', 'publishing'],
    to: 'failed',
    nowMs: deps.nowMs(),
    failure,
  });
  await forgetStagedDrugs(database, id);
  await notifyConsole(database, ['catalogue']);
}

/** Owns the work that runs in this process. */
class Jobs {
  private readonly deps: ImportDeps;
  private readonly running = new Map<string, { abort: AbortController; done: Promise<void> }>();

  constructor(deps: ImportDeps) {
    this.deps = deps;
  }

  /** Begins the work and comes back at once; resolves when the work is safely begun. */
  async run(id: string, stage: Stage, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const unlock = await this.lock(id, stage);
    const abort = new AbortController();
    const done = this.finish(id, stage, work, abort.signal).then(unlock);
    this.running.set(id, { abort, done });
  }

  abort(id: string): void {
    this.running.get(id)?.abort.abort();
  }

  async close(): Promise<void> {
    for (const { abort } of this.running.values()) abort.abort();
    await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  /** A connection of its own holds the lock; without one the import has failed before it began. */
  private async lock(id: string, stage: Stage): Promise<() => void> {
    try {
      const client = await this.deps.pool.connect();
      // It idles while the work goes on elsewhere: its loss is told here and nowhere else.
      client.on('error', (error) =>
        this.deps.log.error({ err: error, import: id }, 'the lock of an import was lost'),
      );
      await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [id]);
      return () => {
        this.running.delete(id);
        // Closing the connection lets the lock go, whatever state it is in.
        client.release(true);
      };
    } catch (error) {
      await fail(this.deps, this.deps.pool, id, broken[stage]);
      throw error;
    }
  }

  /** Says how the work ended and never throws; a cancelled import keeps its state. */
  private async finish(
    id: string,
    stage: Stage,
    work: (signal: AbortSignal) => Promise<void>,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await work(signal);
    } catch (error) {
      if (!signal.aborted) this.deps.log.error({ err: error, import: id }, 'an import failed');
      const sentences = signal.aborted ? interrupted : broken;
      await this.sayFailed(id, sentences[stage]);
    }
  }

  private async sayFailed(id: string, sentence: string): Promise<void> {
    try {
      await fail(this.deps, this.deps.pool, id, sentence);
    } catch (error) {
      // The database is away: the next start finds an import that nobody works on.
      this.deps.log.error({ err: error, import: id }, 'an import could not be said to have failed');
    }
  }
}
