import { createServer } from 'node:http';
import { assert } from '../../shared/base/assert.ts';
import { createApp } from '../app.ts';
import type { CentreDeps } from '../deps.ts';
import { createIngest } from '../ingest/create-ingest.ts';
import type { Centre } from '../start-centre.ts';

/**
 * The same centre on the same database, only its clock stands in the past: reports of last month
 * are received last month. It listens on loopback for as long as the past is told.
 */
export type PastCentre = {
  readonly url: string;
  readonly deps: CentreDeps;
  /** One 64-bit integer, in milliseconds; who tells the past moves it. */
  readonly clock: SharedArrayBuffer;
  readonly close: () => Promise<void>;
};

export async function openPastCentre(centre: Centre, startMs: number): Promise<PastCentre> {
  const clock = new SharedArrayBuffer(8);
  const hand = new BigInt64Array(clock);
  Atomics.store(hand, 0, BigInt(startMs));
  const nowMs = () => Number(Atomics.load(hand, 0));
  const { rollUp } = centre;
  const deps: CentreDeps = {
    ...centre.deps,
    nowMs,
    ingest: createIngest({ ...centre.deps, nowMs, rollUp }),
  };
  const server = createServer(createApp(deps));
  // A connection that closes between two reports would cost a retry each time.
  server.keepAliveTimeout = 10 * 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  assert(address !== null && typeof address === 'object', 'A TCP server has a port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    deps,
    clock,
    close: async () => {
      await deps.ingest.idle();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}
