import { Worker } from 'node:worker_threads';
import type { WorkbookJob, WorkbookMessage } from './workbook-worker.ts';

/** XML of about a million cells; a larger register comes as CSV. */
export const workbookUnpackedBytesMax = 100 * 1024 * 1024;
const workerHeapMb = 640;

export type WorkbookItem =
  | { readonly kind: 'sheet'; readonly name: string }
  | { readonly kind: 'rows'; readonly firstRow: number; readonly rows: readonly string[][] }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'too-large' };

/** The sheets of a workbook, row by row; ends the worker when nobody reads on. */
export async function* workbookItemsOf(
  bytes: Buffer,
  {
    unpackedBytesMax,
    signal,
  }: { readonly unpackedBytesMax: number; readonly signal?: AbortSignal },
): AsyncGenerator<WorkbookItem> {
  const workerData: WorkbookJob = { bytes: new Uint8Array(bytes).buffer, unpackedBytesMax };
  const worker = new Worker(new URL('./workbook-worker.ts', import.meta.url), {
    workerData,
    transferList: [workerData.bytes],
    resourceLimits: { maxOldGenerationSizeMb: workerHeapMb },
  });
  const inbox = new Inbox(worker);
  const stop = () => inbox.fail(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for (;;) {
      const message = await inbox.next();
      if (message.kind === 'done') return;
      yield message;
      if (message.kind === 'damaged' || message.kind === 'too-large') return;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    await worker.terminate();
  }
}

/** Owns the messages that have come from the worker and were not read yet. */
class Inbox {
  private readonly waiting: WorkbookMessage[] = [];
  private failure: { readonly error: unknown } | null = null;
  private wake: () => void = () => {};

  constructor(worker: Worker) {
    worker.on('message', (message: WorkbookMessage) => this.put(message));
    worker.on('error', (error: unknown) => {
      if (isOutOfMemory(error)) this.put({ kind: 'too-large' });
      else this.fail(error);
    });
    worker.on('exit', () => this.fail(new Error('The workbook reader ended early')));
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

function isOutOfMemory(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error instanceof RangeError || ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
  );
}
