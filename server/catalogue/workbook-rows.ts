import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import type { WorkbookJob, WorkbookMessage } from './workbook-process.ts';

/** XML of about a million cells; a larger register comes as CSV. */
export const workbookUnpackedBytesMax = 100 * 1024 * 1024;
const heapMb = 640;
const processFile = path.join(import.meta.dirname, 'workbook-process.ts');

export type WorkbookItem = Exclude<WorkbookMessage, { readonly kind: 'done' }>;

type WorkbookBounds = { readonly unpackedBytesMax: number; readonly signal?: AbortSignal };

/** The sheets of a workbook, row by row; ends the reading process when nobody reads on. */
export async function* workbookItemsOf(
  bytes: Buffer,
  { unpackedBytesMax, signal }: WorkbookBounds,
): AsyncGenerator<WorkbookItem> {
  const reader = fork(processFile, [], {
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${heapMb}`],
    // Nothing of the centre's environment is needed, and what it prints when it dies is noise.
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const inbox = new Inbox(reader);
  const stop = () => inbox.fail(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    const job: WorkbookJob = { bytes, unpackedBytesMax };
    // A failed sending shows itself as the early end of the process.
    reader.send(job, () => {});
    for (;;) {
      const message = await inbox.next();
      if (message.kind === 'done') return;
      yield message;
      if (message.kind === 'damaged' || message.kind === 'too-large') return;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    reader.kill('SIGKILL');
  }
}

/** Owns the messages that have come from the reading process and were not read yet. */
class Inbox {
  private readonly waiting: WorkbookMessage[] = [];
  private failure: { readonly error: unknown } | null = null;
  private wake: () => void = () => {};

  constructor(reader: ChildProcess) {
    // Safe: the process sends only messages of this type.
    reader.on('message', (message) => this.put(message as WorkbookMessage));
    reader.on('error', (error) => this.fail(error));
    // "close" comes after the last message. The only way the reader dies is out of memory.
    reader.on('close', () => this.put({ kind: 'too-large' }));
  }

  async next(): Promise<WorkbookMessage> {
    for (;;) {
      const message = this.waiting.shift();
      if (message !== undefined) return message;
      if (this.failure !== null) throw this.failure.error;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }

  fail(error: unknown): void {
    this.failure ??= { error };
    this.wake();
  }

  private put(message: WorkbookMessage): void {
    this.waiting.push(message);
    this.wake();
  }
}
