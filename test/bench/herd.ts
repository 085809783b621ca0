/**
 * The herd: after an outage every till of a region comes back within one minute, each with a day's
 * batch, a comparison of stock, a question for reference data and an open stream. Tills and centre
 * share the machine's cores; each is a process, because a machine limits the open sockets of one. Being put off for a moment (429, 503 with Retry-After) is no error as
 * long as the till's own retry gets through within its minute.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { issueEnrolmentCode } from '../../server/accounts/enrolment.ts';
import { publishDrugs } from '../../server/catalogue/publish.ts';
import { inTransaction, queryRow } from '../../server/db/pool.ts';
import { insertFacilities } from '../../server/facilities/facility-table.ts';
import { type Centre, startCentre } from '../../server/start-centre.ts';
import { present } from '../../shared/base/assert.ts';
import { provinces63 } from '../../shared/model/area.ts';
import { aDrug, aFacility } from '../support/builders.ts';
import { type Figure, figure, type Measure, percentile } from './figure.ts';
import { type HerdReport, herdEventsPerTill } from './herd-client.ts';

const seed = 1;

export const measure: Measure = async ({ isQuick }) => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'centre-herd-'));
  const centre = await startCentre({ port: 0, host: '127.0.0.1', dataDir, hasJobs: false });
  try {
    const tills = isQuick ? 250 : 5_000;
    return await measureHerd(centre, { tills, windowMs: isQuick ? 3_000 : 60_000 });
  } finally {
    await centre.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
};

type Size = { readonly tills: number; readonly windowMs: number };

async function measureHerd(centre: Centre, size: Size): Promise<readonly Figure[]> {
  const codes = await prepareCountry(centre, size.tills);
  const herd = fork(path.join(import.meta.dirname, 'herd-client.ts'));
  const ended = once(herd, 'exit').then(([code]): never => {
    throw new Error(`The tills' process ended with ${code}`);
  });
  const nextMessage = async (): Promise<unknown> => {
    const [message] = await Promise.race([once(herd, 'message'), ended]);
    return message;
  };
  const work = { url: centre.url, codes, windowMs: size.windowMs, seed };
  herd.send(work);
  await nextMessage();
  const before = process.cpuUsage();
  herd.send('start');
  // Safe: the second message is the report.
  const report = (await nextMessage()) as HerdReport;
  const { user, system } = process.cpuUsage(before);
  ended.catch(() => undefined);
  herd.kill();
  await centre.rollUp.drain();
  const acked = await queryRow(
    centre.pool,
    z.object({ tills: z.number(), events: z.number() }),
    'SELECT count(*) AS tills, sum(acked_seq) AS events FROM till WHERE acked_seq > 0',
  );
  // Who gave up may still be stored; who was given a receipt must be, and every batch whole.
  const isKept = acked !== undefined && acked.tills >= report.uploadMs.length;
  if (!isKept || acked.events !== acked.tills * herdEventsPerTill) {
    throw new Error(`${JSON.stringify(acked)} stored, ${report.uploadMs.length} receipts given`);
  }
  return [
    figure('herd.tills', size.tills, 'tills'),
    figure('herd.upload-p50', percentile(report.uploadMs, 50), 'ms'),
    figure('herd.upload-p95', percentile(report.uploadMs, 95), 'ms'),
    figure('herd.upload-max', percentile(report.uploadMs, 100), 'ms'),
    figure('herd.visible-errors', report.visibleErrors.length, 'errors'),
    figure('herd.gave-up', report.gaveUp, 'tills'),
    figure('herd.put-off', report.putOff, 'answers'),
    figure('herd.broken-lines', report.brokenLines, 'requests'),
    // Of the centre's process; the database and the tills are others.
    figure('herd.cpu-per-till', (user + system) / 1_000 / size.tills, 'ms'),
    figure('herd.streams', report.streams, 'open streams'),
  ];
}

async function prepareCountry({ deps, pool }: Centre, tills: number): Promise<readonly string[]> {
  await inTransaction(pool, (transaction) =>
    publishDrugs(transaction, { drugs: [aDrug()] }, deps.nowMs()),
  );
  const facilities = Array.from({ length: tills }, (_, index) =>
    aFacility({
      id: deps.newId(),
      code: `HERD-${index}`,
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
