/**
 * Every write call of the centre's scripted day – each message to the database, each answer, each
 * piece of an uploaded file –: the centre is killed there with SIGKILL, started again on the same
 * database, and examined. A till whose visit was cut off goes on with it at the next start.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { createAccount } from '../../server/accounts/accounts.ts';
import { issueEnrolmentCode } from '../../server/accounts/enrolment.ts';
import { publishDrugs } from '../../server/catalogue/publish.ts';
import { migrate } from '../../server/db/migrate.ts';
import { inTransaction, type Pool, queryRow, typeParsers } from '../../server/db/pool.ts';
import { insertFacilities } from '../../server/facilities/facility-table.ts';
import { aDrug, aFacility } from '../support/builders.ts';
import { runAt, withDatabase } from '../support/postgres.ts';
import { type Check, checkDerived, checkImports, checkVisit } from './centre-check.ts';
import { type CentreVisit, newVisit, visit } from './centre-day.ts';
import { type RunningCentre, startCentreProgram } from './centre-program.ts';
import { type FaultControl, openFaultControl } from './fault-library.ts';
import { takePoints } from './take.ts';
import type { CrashReport, PointOptions } from './till-points.ts';

type Point = { readonly when: 'start' | 'day'; readonly atCall: number; readonly isTorn: boolean };
type Lane = {
  readonly pool: Pool;
  readonly postgresUrl: string;
  readonly databaseUrl: string;
  readonly name: string;
  readonly dataDir: string;
  readonly folder: string;
  readonly library: string;
  readonly cookie: string;
  /** Visits that were cut off and go on at the next start. */
  readonly cutOff: CentreVisit[];
  /** Every visit that was ever begun. */
  readonly visits: CentreVisit[];
  readonly check: Check;
  readonly callsAtStart: number;
  readonly callsOfDay: number;
};
type Sum = { points: number; checks: number; readonly violations: string[] };

const password = 'mật-khẩu-thử-nghiệm';
/** How much of the database's work is looked over between two kills. */
const derivedCheckEvery = 20;

/** @param postgresUrl of a server on which databases may be made. */
export async function killCentreEverywhere(
  { postgresUrl, library }: { readonly postgresUrl: string; readonly library: string },
  options: PointOptions,
): Promise<CrashReport> {
  const sum: Sum = { points: 0, checks: 0, violations: [] };
  const lanes = await Promise.all(
    Array.from({ length: options.lanes }, (_, number) =>
      openLane(
        { postgresUrl, library, folder: path.join(options.folder, `centre-${number}`) },
        sum,
      ),
    ),
  );
  const [first] = lanes;
  if (first === undefined) throw new Error('Crash points need a lane');
  const taken = takePoints(pointsOf(first), options.take, nameOf);
  const waiting = [...taken.points];
  const planned = waiting.length;
  const work = async (lane: Lane): Promise<void> => {
    for (let point = waiting.shift(); point !== undefined; point = waiting.shift()) {
      taken.begin(point);
      if (await killAt(lane, point)) sum.points += 1;
      if (sum.points % derivedCheckEvery === 0) await checkDerived(lane.pool, lane.check);
    }
    await finish(lane);
  };
  try {
    await Promise.all(lanes.map(work));
  } finally {
    for (const lane of lanes) await closeLane(lane);
  }
  // The order of background work differs a little from life to life, never by much.
  const missed = planned - sum.points;
  if (missed > planned / 4) sum.violations.push(`${missed} of ${planned} points were missed`);
  const acknowledged = lanes
    .flatMap(({ visits }) => visits)
    .reduce((all, seen) => all + seen.acknowledged, 0);
  const calls = first.callsAtStart + first.callsOfDay;
  return { what: 'centre, kill -9', calls, acknowledged, ...sum };
}

function pointsOf({ callsAtStart, callsOfDay }: Lane): Point[] {
  const points = (when: Point['when'], calls: number) =>
    Array.from({ length: calls }, (_, index) => index + 1).flatMap((atCall) =>
      [false, true].map((isTorn): Point => ({ when, atCall, isTorn })),
    );
  return [...points('start', callsAtStart), ...points('day', callsOfDay)];
}

function nameOf({ when, atCall, isTorn }: Point): string {
  return `${when}, ${isTorn ? 'half way through' : 'before'} call ${atCall}`;
}

/** A database with one drug and one regulator, and one whole visit to count its calls. */
async function openLane(
  parts: { readonly postgresUrl: string; readonly library: string; readonly folder: string },
  sum: Sum,
): Promise<Lane> {
  const { postgresUrl, library, folder } = parts;
  const name = `crash_${randomBytes(6).toString('hex')}`;
  await runAt(postgresUrl, `CREATE DATABASE ${name}`);
  const databaseUrl = withDatabase(postgresUrl, name);
  // Told apart from the centre's own connections by its name.
  const pool = new pg.Pool({ connectionString: databaseUrl, types: typeParsers, max: 4 });
  await migrate(pool);
  await inTransaction(pool, (transaction) =>
    publishDrugs(transaction, { drugs: [aDrug()] }, Date.now()),
  );
  const account = { id: uuidv7(), name: 'crash', displayName: 'Crash', password };
  await createAccount(pool, { ...account, scope: { kind: 'nation' }, nowMs: Date.now() });
  const dataDir = path.join(folder, 'data');
  mkdirSync(dataDir, { recursive: true });
  const check: Check = (holds, otherwise) => {
    sum.checks += 1;
    if (!holds) sum.violations.push(otherwise());
  };
  const shared = { pool, postgresUrl, databaseUrl, name, dataDir, folder, library, check };
  const empty: Lane = {
    ...shared,
    cookie: '',
    cutOff: [],
    visits: [],
    callsAtStart: 0,
    callsOfDay: 0,
  };
  const control = controlOf(empty);
  const centre = await start(empty, control);
  if (centre.url === undefined) throw new Error((await centre.ended).words);
  const callsAtStart = control.calls();
  const cookie = await signIn(centre.url);
  const lane = { ...empty, cookie, callsAtStart };
  let callsOfDay = 0;
  // The first visit also makes what later ones find made: the second one counts.
  for (const _ of ['first', 'second']) {
    const before = control.calls();
    const found = await visit(centre.url, await beginVisit(lane), cookie);
    if (found === undefined || found.length > 0) {
      throw new Error(`The undisturbed day stops: ${found?.join(' ')}`);
    }
    callsOfDay = control.calls() - before;
  }
  await end(lane, centre);
  control.close();
  return { ...lane, callsOfDay };
}

async function closeLane({ pool, postgresUrl, name }: Lane): Promise<void> {
  await pool.end();
  await runAt(postgresUrl, `DROP DATABASE ${name} WITH (FORCE)`);
}

/** @returns whether the point was reached: the centre died there. */
async function killAt(lane: Lane, { when, atCall, isTorn }: Point): Promise<boolean> {
  const control = controlOf(lane);
  try {
    if (when === 'start') control.set({ type: 'kill', atCall, isTorn });
    const centre = await start(lane, control);
    if (centre.url === undefined) return await checkDeath(lane, centre);
    control.set({ type: 'none' });
    await resume(lane, centre.url);
    if (when === 'start') return await endAfterPoint(lane, centre);
    const seen = await beginVisit(lane);
    control.set({ type: 'kill', atCall: control.calls() + atCall, isTorn });
    const found = await visit(centre.url, seen, lane.cookie);
    lane.check(found === undefined || found.length === 0, () => (found ?? []).join('; '));
    if (found !== undefined) {
      control.set({ type: 'none' });
      return await endAfterPoint(lane, centre);
    }
    lane.cutOff.push(seen);
    return await checkDeath(lane, centre);
  } finally {
    control.close();
  }
}

/**
 * The script came to its end before the point. Work in the background may still have met it, while the
 * kill was being taken back. @returns whether it did.
 */
async function endAfterPoint(lane: Lane, centre: RunningCentre): Promise<boolean> {
  centre.askToEnd();
  const { exitCode, signal, words } = await centre.ended;
  if (signal === 'SIGKILL') return await checkDeath(lane, centre);
  lane.check(exitCode === 0, () => `the centre does not end in order: ${words}`);
  return false;
}

/** Dead by the kill and by nothing else; what it had acknowledged stands in the database. */
async function checkDeath(lane: Lane, centre: RunningCentre): Promise<boolean> {
  const { signal, words } = await centre.ended;
  lane.check(signal === 'SIGKILL', () => `the centre ended by itself: ${words}`);
  await untilDatabaseIsQuiet(lane.pool);
  for (const seen of lane.cutOff) await checkVisit(lane.pool, seen, lane.check);
  return signal === 'SIGKILL';
}

/** What a dead centre had sent to the database is still carried out or taken back. */
async function untilDatabaseIsQuiet(pool: Pool): Promise<void> {
  for (;;) {
    const busy = await queryRow(
      pool,
      z.object({ count: z.number() }),
      `SELECT count(*) FROM pg_stat_activity
       WHERE datname = current_database() AND application_name LIKE 'mang-thuoc%'`,
    );
    if (busy?.count === 0) return;
    await delay(5);
  }
}

/** Lets every visit that was cut off come to its end. */
async function resume(lane: Lane, url: string): Promise<void> {
  for (const seen of lane.cutOff.splice(0)) {
    const found = await visit(url, seen, lane.cookie);
    lane.check(found?.length === 0, () => `after the crash: ${found?.join('; ') ?? 'it is gone'}`);
    lane.check(seen.ackedSeq === seen.events.length, () => `only ${seen.ackedSeq} acknowledged`);
    await checkVisit(lane.pool, seen, lane.check);
  }
  await checkImports(lane.pool, lane.check);
}

/** A last life without faults: everything is taken up, and all that is derived adds up. */
async function finish(lane: Lane): Promise<void> {
  const control = controlOf(lane);
  const centre = await start(lane, control);
  if (centre.url === undefined) throw new Error((await centre.ended).words);
  await resume(lane, centre.url);
  await end(lane, centre);
  control.close();
  for (const seen of lane.visits) await checkVisit(lane.pool, seen, lane.check);
  await checkDerived(lane.pool, lane.check);
}

async function end(lane: Lane, centre: RunningCentre): Promise<void> {
  centre.askToEnd();
  const { exitCode, words } = await centre.ended;
  lane.check(exitCode === 0, () => `the centre does not end in order: ${words}`);
}

async function beginVisit(lane: Lane): Promise<CentreVisit> {
  const facility = aFacility({ id: uuidv7(), code: `CRASH-${lane.visits.length}` });
  await insertFacilities(lane.pool, [facility], Date.now());
  const deps = { newId: () => uuidv7(), nowMs: Date.now, randomBytes };
  const issued = await issueEnrolmentCode(lane.pool, deps, { facility, issuedBy: 'crash' });
  if (!issued.ok) throw new Error(issued.error.detail);
  const seen = newVisit(facility.id, issued.value.code);
  lane.visits.push(seen);
  return seen;
}

function start(lane: Lane, control: FaultControl): Promise<RunningCentre> {
  const { dataDir, databaseUrl, folder } = lane;
  const compileCache = path.join(folder, '..', 'compile-cache');
  return startCentreProgram({ dataDir, databaseUrl, control, compileCache });
}

function controlOf({ library, folder, dataDir }: Lane): FaultControl {
  const file = path.join(folder, 'control');
  return openFaultControl({ library, file, watched: dataDir, hasSockets: true });
}

async function signIn(url: string): Promise<string> {
  const response = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'crash', password }),
  });
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}
