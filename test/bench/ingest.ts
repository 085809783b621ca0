/**
 * Verified ingest: signed batches of 80 sales from many tills, over HTTP, into a durable embedded
 * PostgreSQL, until the roll-ups have followed. Client and centre share the machine's cores. The
 * floor is a COPY of the same rows into an unlogged table without an index. Measured for everyday
 * baskets, and for the most that batches can touch: every line another product.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { z } from 'zod';
import { issueEnrolmentCode } from '../../server/accounts/enrolment.ts';
import { publishDrugs } from '../../server/catalogue/publish.ts';
import { inTransaction, type Pool, queryRow } from '../../server/db/pool.ts';
import { insertFacilities } from '../../server/facilities/facility-table.ts';
import { type Centre, startCentre } from '../../server/start-centre.ts';
import { present } from '../../shared/base/assert.ts';
import { provinces63 } from '../../shared/model/area.ts';
import { aDrug, aFacility } from '../support/builders.ts';
import { type Figure, figure, figureOverFloor, type Measure, percentile } from './figure.ts';
import { benchDrugCode, benchDrugs, type ClientReport, type Demand } from './ingest-client.ts';

export const measure: Measure = async ({ isQuick }) => {
  const size = { tills: 126, batchesPerTill: isQuick ? 2 : 12 };
  const everyday = await measureDemand('everyday', size);
  return isQuick ? everyday : [...everyday, ...(await measureDemand('flat', size))];
};

type Size = { readonly tills: number; readonly batchesPerTill: number };

async function measureDemand(demand: Demand, size: Size): Promise<readonly Figure[]> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'centre-bench-'));
  const centre = await startCentre({ port: 0, host: '127.0.0.1', dataDir, hasJobs: false });
  try {
    return await measureIngest(centre, demand, size);
  } finally {
    await centre.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function measureIngest(
  centre: Centre,
  demand: Demand,
  { tills, batchesPerTill }: Size,
): Promise<readonly Figure[]> {
  const codes = await prepareCountry(centre, tills);
  const client = startClient({ url: centre.url, codes, batchesPerTill, demand });
  await client.ready;
  const startedMs = performance.now();
  client.start();
  const report = await client.report;
  const ackedMs = performance.now() - startedMs;
  await centre.rollUp.drain();
  const followedMs = performance.now() - startedMs;
  const stored = await countSaleLines(centre.pool);
  if (stored !== report.lines) throw new Error(`${stored} lines stored of ${report.lines} sent`);
  const floor = await copyFloor(centre.pool);
  const linesPerSecond = (elapsedMs: number) => (report.lines / elapsedMs) * 1_000;
  const name = demand === 'everyday' ? 'ingest' : 'ingest-flat';
  return [
    figureOverFloor(`${name}.lines`, {
      value: linesPerSecond(followedMs),
      floor,
      unit: 'sale lines/s',
    }),
    figure(`${name}.acknowledged`, linesPerSecond(ackedMs), 'sale lines/s'),
    figure(`${name}.batch-p95`, percentile(report.batchMs, 95), 'ms'),
    figure(`${name}.roll-up-lag`, followedMs - ackedMs, 'ms'),
  ];
}

async function prepareCountry({ deps, pool }: Centre, tills: number): Promise<readonly string[]> {
  const drugs = Array.from({ length: benchDrugs }, (_, index) =>
    aDrug({ code: benchDrugCode(index) }),
  );
  await inTransaction(pool, (transaction) => publishDrugs(transaction, { drugs }, deps.nowMs()));
  const facilities = Array.from({ length: tills }, (_, index) =>
    aFacility({
      id: deps.newId(),
      code: `BENCH-${index}`,
      province: present(provinces63[index % provinces63.length], 'There are provinces').code,
    }),
  );
  await insertFacilities(pool, facilities, deps.nowMs());
  const codes: string[] = [];
  for (const facility of facilities) {
    const issued = await issueEnrolmentCode(pool, deps, { facility, issuedBy: 'bench' });
    if (!issued.ok) throw new Error(issued.error.detail);
    codes.push(issued.value.code);
  }
  return codes;
}

/** The tills, in a thread of their own: enrolled and with every batch made before the clock runs. */
function startClient(workerData: {
  readonly url: string;
  readonly codes: readonly string[];
  readonly batchesPerTill: number;
  readonly demand: Demand;
}) {
  const worker = new Worker(new URL('./ingest-client.ts', import.meta.url), { workerData });
  const ready = Promise.withResolvers<void>();
  const report = Promise.withResolvers<ClientReport>();
  worker.on('message', (message: 'ready' | ClientReport) => {
    if (message === 'ready') ready.resolve();
    else report.resolve(message);
  });
  worker.on('error', (error) => {
    ready.reject(error);
    report.reject(error);
  });
  return {
    ready: ready.promise,
    report: report.promise,
    start: () => worker.postMessage('start'),
  };
}

async function countSaleLines(pool: Pool): Promise<number> {
  const row = await queryRow(
    pool,
    z.object({ lines: z.number() }),
    'SELECT count(*) AS lines FROM movement WHERE kind = 3',
  );
  return row?.lines ?? 0;
}

/** Lines per second of the fastest way in: no log, no index, no check. */
async function copyFloor(pool: Pool): Promise<number> {
  return inTransaction(pool, async (transaction) => {
    const pieces: Buffer[] = [];
    const out = transaction.query(copyTo('COPY (SELECT * FROM movement) TO STDOUT'));
    for await (const piece of out) pieces.push(Buffer.from(piece));
    const bytes = Buffer.concat(pieces);
    const lines = bytes.toString('latin1').split('\n').length - 1;
    await transaction.query('CREATE UNLOGGED TABLE copy_floor (LIKE movement)');
    const startedMs = performance.now();
    const chunks = function* () {
      for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
    };
    await pipeline(
      Readable.from(chunks()),
      transaction.query(copyFrom('COPY copy_floor FROM STDIN')),
    );
    return (lines / (performance.now() - startedMs)) * 1_000;
  });
}
