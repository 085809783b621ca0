import { Worker } from 'node:worker_threads';
import type { SwarmNews, SwarmOrder, SwarmWork } from './swarm-worker.ts';

export type Told = { readonly events: number; readonly strangers: number };

/** The tills of the demonstration country, in a thread of their own. */
export type Swarm = {
  /** Uploads everything that happened until `nowMs` to the centre at `url`. */
  readonly tellPast: (order: {
    readonly url: string;
    readonly nowMs: number;
  }) => Promise<Told | 'closed'>;
  /** From now on reports as it happens. */
  readonly live: (url: string) => void;
  readonly close: () => Promise<void>;
};

export function openSwarm(
  work: SwarmWork,
  on: {
    readonly progress: (progress: Extract<SwarmNews, { type: 'progress' }>) => void;
    /** The thread or the live country has ended on its own. */
    readonly failed: (detail: string) => void;
  },
): Swarm {
  const worker = new Worker(new URL('./swarm-worker.ts', import.meta.url), { workerData: work });
  // A country that nobody waits for keeps no program alive.
  worker.unref();
  const told = Promise.withResolvers<Told | 'closed'>();
  told.promise.catch(() => {});
  let isClosed = false;
  const fail = (detail: string) => {
    if (isClosed) return;
    told.reject(new Error(detail));
    on.failed(detail);
  };
  worker.on('message', (news: SwarmNews) => {
    if (news.type === 'progress') on.progress(news);
    else if (news.type === 'told') told.resolve(news);
    else fail(news.detail);
  });
  worker.on('error', (error) => fail(error.message));
  worker.on('exit', () => fail('the thread of the demonstration tills has ended'));
  const give = (order: SwarmOrder) => worker.postMessage(order);
  return {
    tellPast: ({ url, nowMs }) => {
      give({ type: 'tell-past', url, nowMs });
      return told.promise;
    },
    live: (url) => give({ type: 'live', url }),
    close: async () => {
      isClosed = true;
      told.resolve('closed');
      await worker.terminate();
    },
  };
}
