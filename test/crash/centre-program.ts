/** The centre in a process of its own: the real program (server/main.ts) on a database of the test. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import process from 'node:process';
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
  readonly control?: FaultControl;
  readonly compileCache?: string;
}): Promise<RunningCentre> {
  const child = spawn(process.execPath, [program], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: parts.dataDir,
      PORT: '0',
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
