/** The centre in a process of its own: the real program (server/main.ts) on a database of the test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import pg from 'pg';
import { type Pool, typeParsers } from '../../server/db/pool.ts';
import type { FaultControl } from './fault-library.ts';

const program = path.resolve(import.meta.dirname, '../../server/main.ts');

export type RunningCentre = {
  /** Its address; undefined when it ended before it answered. */
  readonly url: string | undefined;
  readonly processId: number;
  /** Settles when it is gone; @returns what it wrote and how it ended. */
  readonly ended: Promise<{
    readonly exitCode: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly words: string;
  }>;
  readonly askToEnd: () => void;
};

export async function startCentreProgram(parts: {
  readonly dataDir: string;
  /** The embedded database of `dataDir` when absent. */
  readonly databaseUrl?: string;
  /** Any free one when absent. */
  readonly port?: number;
  readonly control?: FaultControl;
  readonly compileCache?: string;
}): Promise<RunningCentre> {
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: parts.dataDir,
      PORT: String(parts.port ?? 0),
      HOST: '127.0.0.1',
      LOG_LEVEL: 'error',
      ...(parts.databaseUrl === undefined ? {} : { DATABASE_URL: parts.databaseUrl }),
      ...(parts.compileCache === undefined ? {} : { NODE_COMPILE_CACHE: parts.compileCache }),
      ...parts.control?.environment,
    },
  });
  let words = '';
  const answers = Promise.withResolvers<string | undefined>();
  const read = (chunk: Buffer): void => {
    words += chunk.toString('utf8');
    const found = /answers on (http:\/\/\S+)/.exec(words)?.[1];
    if (found !== undefined) answers.resolve(found);
  };
  child.stdout.on('data', read);
  child.stderr.on('data', read);
  const ended = once(child, 'close').then(() => {
    answers.resolve(undefined);
    return { exitCode: child.exitCode, signal: child.signalCode, words };
  });
  return {
    url: await answers.promise,
    processId: child.pid ?? 0,
    ended,
    askToEnd: () => child.kill('SIGTERM'),
  };
}

/** The embedded database's first process, and where it listens. */
export function postmasterOf(dataDir: string): {
  readonly processId: number;
  readonly port: number;
} {
  const file = path.join(dataDir, 'postgres/cluster/postmaster.pid');
  const [processId = 0, , , port = 0] = readFileSync(file, 'utf8').split('\n').map(Number);
  return { processId, port };
}

/** Looks into the embedded database of a running centre, past the centre. */
export async function withDatabaseOf(
  dataDir: string,
  work: (pool: Pool) => Promise<void>,
): Promise<void> {
  const password = readFileSync(path.join(dataDir, 'postgres-password'), 'utf8').trim();
  const { port } = postmasterOf(dataDir);
  const connectionString = `postgres://centre:${password}@127.0.0.1:${port}/mang_thuoc`;
  const pool = new pg.Pool({ connectionString, types: typeParsers, max: 4 });
  try {
    await work(pool);
  } finally {
    await pool.end();
  }
}
