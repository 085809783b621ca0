import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { productionDeps } from '../../../desktop/main/production-deps.ts';
import { createTill } from '../../../desktop/main/till.ts';
import { backUp } from '../../../server/backup/back-up.ts';
import { listBackups } from '../../../server/backup/backup-folder.ts';
import { damagedFiles } from '../../../server/backup/base-backup.ts';
import { restoreCentre } from '../../../server/backup/restore.ts';
import { verifyBackup } from '../../../server/backup/verify.ts';
import { publishDrugs, publishFacility } from '../../../server/catalogue/publish.ts';
import { inTransaction } from '../../../server/db/pool.ts';
import { rebuild } from '../../../server/ingest/rebuild.ts';
import { type Centre, startCentre } from '../../../server/start-centre.ts';
import type { TillAnswer, TillCallName, TillRequest } from '../../../shared/contract/till-api.ts';
import { Instant } from '../../../shared/model/calendar.ts';
import { aDrug } from '../../support/builders.ts';
import { issueTestCode, registerTestFacility } from '../../support/test-centre.ts';

/**
 * The disaster, as it would come: a centre with tills at work, a base, more work, a moment, more
 * work, and the database is gone. It is restored to the moment, and the tills bring back the rest.
 */
const drillTimeoutMs = 180_000;
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const root = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-drill-'));
const dataDir = path.join(root, 'centre');
const backupDir = path.join(root, 'backups');
const ends: (() => Promise<unknown>)[] = [];

afterAll(async () => {
  for (const end of ends.reverse()) await end();
  rmSync(root, { recursive: true, force: true });
});

function start(port = 0): Promise<Centre> {
  return startCentre({ port, host: '127.0.0.1', dataDir, backupDir, hasJobs: false });
}

type Shop = Awaited<ReturnType<typeof openShop>>;

/** A facility with a real till on a real disk: stock, a price, and whatever it sells. */
async function openShop(centre: Centre, name: string) {
  const facility = await registerTestFacility(centre, { name });
  await inTransaction(centre.pool, (transaction) => publishFacility(transaction, facility));
  const folder = path.join(root, name);
  mkdirSync(folder);
  const host = 'counter-host';
  const till = createTill(
    productionDeps({ dataDir: folder, programVersion: '0.0.0', host, log: silent }),
  );
  ends.push(till.close);
  const ask = async <Name extends TillCallName>(
    call: Name,
    input: TillRequest<Name>,
  ): Promise<TillAnswer<Name>> => {
    const reply = await till.invoke(call, input);
    if (!reply.ok) throw new Error(`${call}: ${JSON.stringify(reply.error)}`);
    // Safe: the dispatcher's handlers are typed by the contract.
    return reply.value as TillAnswer<Name>;
  };
  await ask('setup.enrol', { centreUrl: centre.url, code: await issueTestCode(centre, facility) });
  await ask('sync.now', {});
  const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: '2099-06-30', units: 1_000 };
  await ask('stock.declareOpening', { commandId: crypto.randomUUID(), lines: [lot] });
  const price = { drug: 'DEMO-1', unit: 'viên', priceVnd: 500 };
  await ask('prices.set', { commandId: crypto.randomUUID(), ...price });
  const sell = async (count: number) => {
    for (let sale = 0; sale < count; sale += 1) {
      await ask('sales.complete', {
        commandId: crypto.randomUUID(),
        lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 2 }],
        payment: { method: 'cash', tenderedVnd: 1_000 },
        shownTotalVnd: 1_000,
      });
    }
    await ask('sync.now', {});
  };
  const status = () => ask('sync.status', {});
  const knows = async (code: string) => (await ask('drugs.get', { code })) !== null;
  return { facility, till, ask, sell, status, knows };
}

function publish(centre: Centre, code: string): Promise<number> {
  const drug = aDrug({ code, name: `Thuốc ${code}` });
  return inTransaction(centre.pool, (transaction) =>
    publishDrugs(transaction, { drugs: [drug] }, Date.now()),
  );
}

/** By the database's clock: everything so far is before it, the rest behind. */
async function presentMoment({ pool }: Centre): Promise<Instant> {
  const answer = await pool.query(
    `SELECT to_char(clock_timestamp(), 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"') AS moment`,
  );
  return z.object({ moment: Instant }).parse(answer.rows[0]).moment;
}

async function headsOf({ pool }: Centre): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query('SELECT facility_id, acked_seq FROM till');
  const Row = z.object({ facility_id: z.string(), acked_seq: z.number() });
  return new Map(
    z
      .array(Row)
      .parse(rows)
      .map((row) => [row.facility_id, row.acked_seq]),
  );
}

async function countOf({ pool }: Centre, sql: string): Promise<number> {
  const answer = await pool.query(`SELECT count(*) AS count FROM ${sql}`);
  return z.object({ count: z.number() }).parse(answer.rows[0]).count;
}

test('a centre put back in time loses nothing that stands on a till', {
  timeout: drillTimeoutMs,
}, async () => {
  let centre = await start();
  const { port } = centre;
  await publish(centre, 'DEMO-1');
  const busy = await openShop(centre, 'busy');
  const quiet = await openShop(centre, 'quiet');
  await busy.sell(5);
  await quiet.sell(3);
  const { databaseUrl, cluster, passwordFile } = z
    .object({ databaseUrl: z.string(), cluster: z.string(), passwordFile: z.string() })
    .parse(centre.database);
  const base = await backUp({ databaseUrl, cluster, passwordFile, backupDir });
  expect(base.files).toBeGreaterThan(500);

  await busy.sell(4);
  await publish(centre, 'DEMO-BEFORE');
  const before = await headsOf(centre);
  const moment = await presentMoment(centre);

  await busy.sell(6);
  await quiet.sell(2);
  await publish(centre, 'DEMO-AFTER');
  const late = await openShop(centre, 'late');
  await late.sell(4);
  for (const shop of [busy, quiet, late]) await shop.ask('sync.now', {});
  expect(await busy.knows('DEMO-AFTER')).toBe(true);
  const heads = await lastHeads([busy, quiet, late]);

  await centre.close();
  rmSync(cluster, { recursive: true });
  const restored = await restoreCentre({
    ...{ backupDir, dataDir, until: moment, nowMs: Date.now, log: silent },
    report: () => undefined,
    isArchiving: true,
  });
  expect(restored.formerCluster).toBeUndefined();

  centre = await start(port);
  ends.push(async () => centre.close());
  expect(await headsOf(centre)).toEqual(before);
  const rebuilt = await rebuild(centre.deps, { replace: false });
  expect(rebuilt).toMatchObject({ movementDifferences: 0, stockDifferences: 0, tills: 2 });
  const { rows: epochs } = await centre.pool.query(
    'SELECT reason FROM centre_epoch ORDER BY number',
  );
  expect(epochs).toEqual([{ reason: 'new-database' }, { reason: 'database-history' }]);

  for (const shop of [busy, quiet, late]) await shop.ask('sync.now', {});
  await expect
    .poll(async () => [...(await headsOf(centre)).values()].sort(), { timeout: 30_000 })
    .toEqual([...heads].sort());
  for (const shop of [busy, quiet, late]) {
    await expect.poll(async () => (await shop.status()).state, { timeout: 30_000 }).toBe('agreed');
    await expect
      .poll(() => Promise.all(['DEMO-BEFORE', 'DEMO-AFTER'].map(shop.knows)), { timeout: 30_000 })
      .toEqual([true, false]);
  }
  expect(await countOf(centre, 'lost_acknowledgement')).toBe(2);
  expect(await countOf(centre, `audit WHERE action = 'till-readmitted'`)).toBe(1);
  expect(await rebuild(centre.deps, { replace: false })).toMatchObject({
    movementDifferences: 0,
    stockDifferences: 0,
    tills: 3,
    events: heads.reduce((sum, seq) => sum + seq, 0),
  });
  await provesItsBackups();
});

async function lastHeads(shops: readonly Shop[]): Promise<readonly number[]> {
  return Promise.all(shops.map(async (shop) => (await shop.status()).lastSeq));
}

/** A trial restore follows the log from the old base across the disaster into the new timeline. */
async function provesItsBackups(): Promise<void> {
  const proved = await verifyBackup({
    ...{ backupDir, nowMs: Date.now, log: silent },
    report: () => undefined,
  });
  expect(proved.tills).toBeGreaterThanOrEqual(2);
  const [base] = listBackups(backupDir);
  if (base === undefined) throw new Error('The base is kept');
  writeFileSync(path.join(base.folder, 'cluster', 'PG_VERSION'), '17\n');
  expect(await damagedFiles(base)).toEqual(['PG_VERSION']);
  const options = { dataDir: path.join(root, 'trial'), nowMs: Date.now, log: silent };
  const rest = { report: () => undefined, isArchiving: false, backupDir };
  await expect(restoreCentre({ ...options, ...rest })).rejects.toThrow(/is damaged \(1 files/);
}

describe('a restore says what it cannot do', () => {
  test('without a backup, and to a moment before the oldest', async () => {
    const empty = path.join(root, 'no-backups');
    const options = { dataDir: path.join(root, 'nowhere'), nowMs: Date.now, log: silent };
    const rest = { report: () => undefined, isArchiving: false };
    await expect(restoreCentre({ ...options, ...rest, backupDir: empty })).rejects.toThrow(
      /There is no backup/,
    );
    const until = Instant.parse('2020-01-01T00:00:00+07:00');
    await expect(restoreCentre({ ...options, ...rest, backupDir, until })).rejects.toThrow(
      /The oldest backup/,
    );
  });
});
