/** The soak: see run.ts. */
import { type ChildProcess, fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { issueEnrolmentCode } from '../../server/accounts/enrolment.ts';
import { publishDrugs } from '../../server/catalogue/publish.ts';
import { inTransaction, type Pool, queryRows } from '../../server/db/pool.ts';
import { insertFacilities } from '../../server/facilities/facility-table.ts';
import { type Random, randomOf } from '../../server/twin/random.ts';
import { present } from '../../shared/base/assert.ts';
import { provinces63 } from '../../shared/model/area.ts';
import { checkDerived } from '../crash/centre-check.ts';
import { type RunningCentre, startCentreProgram, withDatabaseOf } from '../crash/centre-program.ts';
import { makeSimulationFolder } from '../simulation/simulation-folder.ts';
import { aDrug, aFacility } from '../support/builders.ts';
import { type FaultyLine, openFaultyLine } from './faulty-line.ts';
import type { FleetNews, FleetOrder, FleetWork, TillReport } from './fleet-child.ts';
import { createQueueWatch, growthOf, type Sample, sampleProcess } from './watchdog.ts';

export type SoakOptions = {
  readonly minutes: number;
  readonly tills: number;
  readonly seed: string;
};
export type Verdict = {
  /** Events that the tills wrote. */
  readonly events: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly checks: number;
  readonly violations: readonly string[];
};

const processes = 2;
const sellEveryMs = 6_000;
const lookEveryMs = 5_000;
/** The longest pause a till chooses by itself is five minutes; after few failures far less. */
const stuckMsMax = 240_000;
/** From the end of the faults until everything is at rest. */
const restMsMax = 420_000;
const outageEveryMs = 45_000;
const outageMsMax = 8_000;
const killEveryMs = 90_000;
/** Restarts come in the first part, so that the rest shows how a process that stays grows. */
const killsUntil = 0.5;

type Soak = {
  readonly options: SoakOptions;
  readonly random: Random;
  readonly say: (line: string) => void;
  readonly dataDir: string;
  readonly port: number;
  readonly line: FaultyLine;
  readonly fleets: readonly Fleet[];
  readonly watch: ReturnType<typeof createQueueWatch>;
  readonly samples: Map<string, Sample[]>;
  readonly violations: string[];
  centre: RunningCentre;
  kills: number;
  checks: number;
  isOver: boolean;
};
type Fleet = {
  readonly child: ChildProcess;
  readonly ask: (order: FleetOrder) => Promise<FleetNews>;
};

export async function soak(options: SoakOptions, say: (line: string) => void): Promise<Verdict> {
  const folder = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-soak-'));
  const tillFolder = makeSimulationFolder();
  try {
    return await soakIn({ folder, tillFolder }, options, say);
  } finally {
    rmSync(folder, { recursive: true, force: true });
    rmSync(tillFolder, { recursive: true, force: true });
  }
}

async function soakIn(
  { folder, tillFolder }: { readonly folder: string; readonly tillFolder: string },
  options: SoakOptions,
  say: (line: string) => void,
): Promise<Verdict> {
  const dataDir = path.join(folder, 'data');
  mkdirSync(dataDir);
  const random = randomOf(`soak ${options.seed}`);
  const port = await freePort();
  const centre = await startCentreProgram({ dataDir, port });
  if (centre.url === undefined) throw new Error((await centre.ended).words);
  const line = await openFaultyLine({ centrePort: port, random: random.fork('line') });
  const fleets: Fleet[] = [];
  const current: Soak = {
    options,
    random,
    say,
    dataDir,
    port,
    line,
    fleets,
    watch: createQueueWatch(stuckMsMax),
    samples: new Map(),
    violations: [],
    centre,
    kills: 0,
    checks: 0,
    isOver: false,
  };
  try {
    const codes = await issueCodes(dataDir, options.tills);
    fleets.push(...(await openFleets(current, { codes, tillFolder })));
    say(`${options.tills} tills are selling, every ${sellEveryMs / 1_000} s each`);
    await disturb(current);
    return await comeToRest(current);
  } finally {
    current.isOver = true;
    for (const { child } of fleets) child.kill('SIGKILL');
    current.centre.askToEnd();
    await current.centre.ended;
    await line.close();
  }
}

/** Kept over restarts, so that the line need not know of them. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

async function issueCodes(dataDir: string, tills: number): Promise<readonly string[]> {
  const codes: string[] = [];
  await withDatabaseOf(dataDir, async (pool) => {
    await inTransaction(pool, (transaction) =>
      publishDrugs(transaction, { drugs: [aDrug()] }, Date.now()),
    );
    for (let number = 0; number < tills; number += 1) {
      const province = present(provinces63[number % provinces63.length], 'There are provinces');
      const facility = aFacility({
        id: uuidv7(),
        code: `SOAK-${number}`,
        province: province.code,
      });
      await insertFacilities(pool, [facility], Date.now());
      const deps = { newId: () => uuidv7(), nowMs: Date.now, randomBytes };
      const issued = await issueEnrolmentCode(pool, deps, { facility, issuedBy: 'soak' });
      if (!issued.ok) throw new Error(issued.error.detail);
      codes.push(issued.value.code);
    }
  });
  return codes;
}

async function openFleets(
  { options, line }: Soak,
  { codes, tillFolder }: { readonly codes: readonly string[]; readonly tillFolder: string },
): Promise<readonly Fleet[]> {
  const opened = Array.from({ length: Math.min(processes, codes.length) }, (_, number) => {
    const tills = codes
      .map((code, index) => ({ code, dataDir: path.join(tillFolder, `till-${index}`) }))
      .filter((_till, index) => index % processes === number);
    const seed = `soak ${options.seed} fleet ${number}`;
    const centreUrl = `http://127.0.0.1:${line.port}`;
    return openFleet({ seed, centreUrl, tills, sellEveryMs });
  });
  return Promise.all(opened);
}

async function openFleet(work: FleetWork): Promise<Fleet> {
  const child = fork(path.join(import.meta.dirname, 'fleet-child.ts'));
  // One question at a time; the answers come in the order of the questions.
  const waiting: PromiseWithResolvers<FleetNews>[] = [];
  child.on('message', (news: FleetNews) => waiting.shift()?.resolve(news));
  child.once('exit', (code, signal) => {
    for (const each of waiting) each.reject(new Error(`A fleet ended: ${code ?? signal}`));
  });
  const ask = (order: FleetOrder): Promise<FleetNews> => {
    const answer = Promise.withResolvers<FleetNews>();
    waiting.push(answer);
    child.send(order);
    return answer.promise;
  };
  await ask({ type: 'open', work });
  return { child, ask };
}

/** Outages and kills by the clock, and the watchdog beside them. */
async function disturb(current: Soak): Promise<void> {
  const { options, random, line, watch } = current;
  const startedMs = performance.now();
  const endsMs = startedMs + options.minutes * 60_000;
  let nextOutageMs = startedMs + outageEveryMs / 2;
  let nextKillMs = startedMs + killEveryMs / 2;
  let nextLineMs = startedMs + 30_000;
  while (performance.now() < endsMs) {
    await delay(Math.min(lookEveryMs, endsMs - performance.now()));
    const nowMs = performance.now();
    if (nowMs >= nextOutageMs) {
      line.setDown(true);
      await delay(random.between(1_000, outageMsMax));
      line.setDown(false);
      watch.excuse(performance.now());
      nextOutageMs = performance.now() + outageEveryMs;
    }
    const isEarly = nowMs < startedMs + (endsMs - startedMs) * killsUntil;
    if (nowMs >= nextKillMs && isEarly) {
      await killCentre(current);
      watch.excuse(performance.now());
      nextKillMs = performance.now() + killEveryMs;
    }
    const tills = await look(current);
    if (performance.now() >= nextLineMs) {
      nextLineMs += 30_000;
      sayState(current, tills, startedMs);
    }
  }
}

async function killCentre(current: Soak): Promise<void> {
  const { centre, dataDir, port } = current;
  process.kill(centre.processId, 'SIGKILL');
  await centre.ended;
  current.kills += 1;
  // Its successor has another memory.
  current.samples.delete('centre');
  current.centre = await startCentreProgram({ dataDir, port });
  if (current.centre.url === undefined) throw new Error((await current.centre.ended).words);
}

async function look(current: Soak): Promise<readonly TillReport[]> {
  const { fleets, samples, violations, watch, centre } = current;
  const atMs = performance.now();
  const tills = await reportAll(current);
  violations.push(...watch.look(tills, atMs));
  current.checks += tills.length;
  const watched = [
    ['centre', centre.processId] as const,
    ...fleets.map(({ child }, number) => [`fleet ${number}`, child.pid ?? 0] as const),
  ];
  for (const [name, processId] of watched) {
    const sample = sampleProcess(processId, atMs);
    if (sample === undefined) continue;
    const known = samples.get(name) ?? [];
    samples.set(name, known);
    known.push(sample);
  }
  return tills;
}

async function reportAll({ fleets, violations }: Soak): Promise<readonly TillReport[]> {
  const reports = await Promise.all(fleets.map(({ ask }) => ask({ type: 'report' })));
  return reports.flatMap((report) => {
    if (report.type !== 'report') throw new Error(`A fleet answers ${report.type}`);
    violations.push(...report.refusals.map((refusal) => `a counter was refused: ${refusal}`));
    return report.tills;
  });
}

function sayState(current: Soak, tills: readonly TillReport[], startedMs: number): void {
  const seconds = Math.round((performance.now() - startedMs) / 1_000);
  const pending = tills.reduce((sum, { lastSeq, ackedSeq }) => sum + lastSeq - ackedSeq, 0);
  const events = tills.reduce((sum, { lastSeq }) => sum + lastSeq, 0);
  const memory = [...current.samples].map(([name, samples]) => {
    const last = samples.at(-1);
    return `${name} ${last?.residentMb} MB ${last?.handles} handles`;
  });
  current.say(`${seconds} s: ${events} events, ${pending} on their way; ${memory.join(', ')}`);
}

/** Faults off: every queue drains, both sides agree, and the sums add up. */
async function comeToRest(current: Soak): Promise<Verdict> {
  const { fleets, line, violations, samples, kills } = current;
  await Promise.all(fleets.map(({ ask }) => ask({ type: 'stop-selling' })));
  line.calm();
  const startedMs = performance.now();
  let tills = await reportAll(current);
  const isAtRest = (till: TillReport) => till.state === 'agreed' && till.ackedSeq === till.lastSeq;
  while (!tills.every(isAtRest) && performance.now() - startedMs < restMsMax) {
    await delay(1_000);
    tills = await reportAll(current);
  }
  current.say(
    `At rest after ${Math.round((performance.now() - startedMs) / 1_000)} s without faults`,
  );
  const restless = tills.filter((till) => !isAtRest(till));
  current.checks += tills.length;
  violations.push(
    ...restless.map(
      ({ tillId, lastSeq, ackedSeq, state, problem }) =>
        `till ${tillId} does not come to rest: ${ackedSeq} of ${lastSeq}, ${state} ${problem}`,
    ),
  );
  for (const [name, taken] of samples) {
    current.checks += 2;
    violations.push(...growthOf(name, taken));
  }
  await compareBothSides(current, tills);
  const events = tills.reduce((sum, { lastSeq }) => sum + lastSeq, 0);
  current.checks += 1;
  if (events < current.options.minutes * current.options.tills) {
    violations.push(`only ${events} events: the soak did next to nothing`);
  }
  await Promise.all(fleets.map(({ ask }) => ask({ type: 'close' })));
  return { events, faults: { ...line.faults, kills }, checks: current.checks, violations };
}

const TillRow = z.object({ id: z.string(), acked_seq: z.number(), sales: z.number() });

async function compareBothSides(current: Soak, tills: readonly TillReport[]): Promise<void> {
  const check = (holds: boolean, otherwise: () => string): void => {
    current.checks += 1;
    if (!holds) current.violations.push(otherwise());
  };
  for (const { ask } of current.fleets) {
    const rebuilt = await ask({ type: 'rebuild' });
    const differing = rebuilt.type === 'rebuilt' ? rebuilt.differing : 1;
    check(differing === 0, () => `${differing} tills differ from their own journals`);
  }
  await withDatabaseOf(current.dataDir, async (pool) => {
    const stored = new Map((await storedTills(pool)).map((row) => [row.id, row]));
    for (const { tillId, lastSeq, sales } of tills) {
      const row = stored.get(tillId);
      const isEqual = row?.acked_seq === lastSeq && row.sales === sales;
      const seen = JSON.stringify(row);
      check(isEqual, () => `till ${tillId}: ${lastSeq} events, ${sales} sales, centre ${seen}`);
    }
    await checkDerived(pool, check);
  });
}

function storedTills(pool: Pool): Promise<readonly z.output<typeof TillRow>[]> {
  return queryRows(
    pool,
    TillRow,
    `SELECT id, acked_seq, (SELECT count(DISTINCT seq) FROM movement
       WHERE movement.till_id = till.id AND kind = 3) AS sales FROM till`,
  );
}
