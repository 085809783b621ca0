import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** One program of ours, running beside this one. */
export type Child = {
  readonly name: string;
  /** Settles when it has ended, however: with its last words. */
  readonly ended: Promise<{ readonly code: number | null; readonly lastWords: string }>;
  /** Asks it to end and waits; kills it when it does not. */
  readonly end: () => Promise<void>;
};

export type ChildEvents = {
  readonly line?: (text: string) => void;
  readonly message?: (message: unknown) => void;
};

const endTimeoutMs = 75_000;
const lastWordsLines = 6;
/** What a program wrote just before its end arrives a moment after it. */
const lastWordsMs = 100;

/**
 * In a group of its own, so that Ctrl-C reaches only this program, which ends the others in order.
 * When this program is killed, the closed channel tells them.
 */
export function startChild(
  name: string,
  command: { readonly file: string; readonly args: readonly string[] },
  options: {
    readonly env: NodeJS.ProcessEnv;
    readonly on?: ChildEvents;
    /** False for a program that does not know what to do with a channel (Electron). */
    readonly hasChannel?: boolean;
  },
): Child {
  const child = spawn(command.file, command.args, {
    env: options.env,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', ...(options.hasChannel === false ? [] : ['ipc' as const])],
  });
  const words: string[] = [];
  readLines(child.stdout, (text) => options.on?.line?.(text));
  readLines(child.stderr, (text) => {
    words.push(text);
    if (words.length > lastWordsLines) words.shift();
    process.stderr.write(`${text}\n`);
  });
  if (options.on?.message !== undefined) child.on('message', options.on.message);
  const ended = new Promise<Awaited<Child['ended']>>((resolve) => {
    child.once('error', (error) => resolve({ code: null, lastWords: error.message }));
    // Not `close`: it never comes once the channel was closed from this side.
    child.once('exit', (code) => {
      setTimeout(() => resolve({ code, lastWords: words.join('\n') }), lastWordsMs);
    });
  });
  return { name, ended, end: () => endChild(child, ended) };
}

async function endChild(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  const kill = setTimeout(() => child.kill('SIGKILL'), endTimeoutMs);
  kill.unref();
  child.kill('SIGTERM');
  // An open channel would keep a program alive that has nothing left to do.
  if (child.connected) child.disconnect();
  await ended;
  clearTimeout(kill);
}

function readLines(stream: NodeJS.ReadableStream | null, read: (text: string) => void): void {
  if (stream !== null) createInterface({ input: stream }).on('line', read);
}
