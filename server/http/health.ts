import type { IRouter } from 'express';
import { z } from 'zod';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { queryRow } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';

/**
 * `/healthz`: whether this process can serve. The roll-ups' lag is told but does not make it ill:
 * acknowledgements never wait for them.
 */
export function mountHealth(router: IRouter, deps: CentreDeps): void {
  router.get('/healthz', async (_request, response) => {
    const now = deps.nowMs();
    const report = {
      status: 'ok',
      version: deps.programVersion,
      serverTime: instantOfMs(now),
      openStreams: deps.eventStreams.count(),
    };
    response.setHeader('Cache-Control', 'no-store');
    try {
      response.json({ ...report, database: 'ok', rollUp: await rollUpLag(deps, now) });
    } catch (error) {
      deps.log.warn({ err: error }, 'health check: the database does not answer');
      response.status(503).json({ ...report, status: 'unavailable', database: 'unavailable' });
    }
  });
}

async function rollUpLag(deps: CentreDeps, nowMs: number) {
  const row = await queryRow(
    deps.pool,
    z.object({ pending: z.number(), oldest: z.date().nullable() }),
    'SELECT count(*) AS pending, min(received_at) AS oldest FROM rollup_pending',
  );
  const oldestMs = row?.oldest?.getTime();
  return {
    pendingBatches: row?.pending ?? 0,
    lagMs: oldestMs === undefined ? 0 : Math.max(0, nowMs - oldestMs),
  };
}
