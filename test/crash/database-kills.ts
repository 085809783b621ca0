/**
 * The embedded PostgreSQL is killed with all its processes, again and again, in the middle of ingest:
 * the centre must say "later" meanwhile, bring it back by itself, and have everything it acknowledged.
 * Every other time the centre is killed with it and started again.
 */
import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { issueEnrolmentCode } from '../../server/accounts/enrolment.ts';
import { publishDrugs } from '../../server/catalogue/publish.ts';
import { inTransaction, type Pool, queryRow } from '../../server/db/pool.ts';
import { insertFacilities } from '../../server/facilities/facility-table.ts';
import { present } from '../../shared/base/assert.ts';
import { aDrug, aFacility } from '../support/builders.ts';
import { anOpening, enrolDevice, postBatch, type TestDevice } from '../support/test-device.ts';
import { type Check, checkDerived } from './centre-check.ts';
import { isCutOff } from './centre-day.ts';
import {
  postmasterOf,
  type RunningCentre,
  startCentreProgram,
  withDatabaseOf,
} from './centre-program.ts';
import { type Take, takePoints } from './take.ts';
import type { CrashReport } from './till-points.ts';

const sellers = 4;
const salesPerBatch = 5;
/** Of one recovery, on a machine that may be busy. */
const recoveryMsMax = 90_000;

type Seller = { device: TestDevice; acked: number };
type Story = {
  centre: RunningCentre;
  readonly dataDir: string;
  readonly sellers: Seller[];
  readonly check: Check;
  acknowledgements: number;
  isCentreDown: boolean;
  isOver: boolean;
};

export async function killDatabaseRepeatedly(options: {
  readonly folder: string;
  readonly rounds: number;
  readonly take: Take;
}): Promise<CrashReport> {
  const sum = { points: 0, checks: 0, violations: [] as string[] };
  const dataDir = path.join(options.folder, 'database-kills');
  mkdirSync(dataDir, { recursive: true });
  const check: Check = (holds, otherwise) => {
    sum.checks += 1;
    if (!holds) sum.violations.push(otherwise());
  };
  const story: Story = {
    centre: await startCentreProgram({ dataDir }),
    dataDir,
    sellers: [],
    check,
    acknowledgements: 0,
    isCentreDown: false,
    isOver: false,
  };
  try {
    await withDatabaseOf(dataDir, async (pool) => {
      story.sellers.push(...(await openSellers(pool, urlOf(story))));
    });
    const selling = Promise.all(story.sellers.map((seller) => sellOn(story, seller)));
    const all = Array.from({ length: options.rounds }, (_, index) => index + 1);
    const taken = takePoints(all, options.take, (round) => `round ${round}`);
    for (const round of taken.points) {
      taken.begin(round);
      // Another number of acknowledgements each time: the blow falls at another place of the work.
      await untilAcknowledged(story, 1 + ((round * 5) % 7));
      killDatabase(dataDir);
      if (round % 2 === 0) await restartCentre(story);
      await untilAcknowledged(story, sellers);
      sum.points += 1;
    }
    story.isOver = true;
    await selling;
    await withDatabaseOf(dataDir, (pool) => compare(pool, story));
  } finally {
    story.isOver = true;
    story.centre.askToEnd();
    const { exitCode, words } = await story.centre.ended;
    check(exitCode === 0, () => `the centre does not end in order: ${words}`);
  }
  const { acknowledgements } = story;
  const what = 'centre, embedded PostgreSQL killed';
  return { what, calls: 0, acknowledged: acknowledgements, ...sum };
}

async function restartCentre(story: Story): Promise<void> {
  story.isCentreDown = true;
  process.kill(story.centre.processId, 'SIGKILL');
  await story.centre.ended;
  story.centre = await startCentreProgram({ dataDir: story.dataDir });
  const { url } = story.centre;
  if (url === undefined) throw new Error((await story.centre.ended).words);
  for (const seller of story.sellers) seller.device = seller.device.movedTo(url);
  story.isCentreDown = false;
}

/** Sells and reports until the story is over and everything is acknowledged. */
async function sellOn(story: Story, seller: Seller): Promise<void> {
  while (!story.isOver || seller.acked < seller.device.events.length) {
    if (!story.isOver && seller.acked === seller.device.events.length) {
      seller.device.sell(salesPerBatch);
    }
    const answered = await report(story, seller);
    if (!answered) await delay(50);
  }
}

async function report(story: Story, seller: Seller): Promise<boolean> {
  const { device } = seller;
  try {
    const { status, answer, json } = await postBatch(device, { from: seller.acked + 1 });
    if (answer !== undefined && 'receipt' in answer) {
      seller.acked = answer.receipt.ackedSeq;
      story.acknowledgements += 1;
      return true;
    }
    // 503 says "later"; anything else would be shown to a person.
    story.check(status === 503, () => `a batch was answered ${status} ${JSON.stringify(json)}`);
  } catch (error) {
    if (!isCutOff(error)) throw error;
    // A request to the killed centre may take its time to fail.
    const isExpected = story.isCentreDown || device.url !== story.centre.url;
    story.check(isExpected, () => 'a living centre broke the line');
  }
  return false;
}

async function untilAcknowledged(story: Story, more: number): Promise<void> {
  const goal = story.acknowledgements + more;
  const deadlineMs = performance.now() + recoveryMsMax;
  while (story.acknowledgements < goal) {
    if (performance.now() > deadlineMs) throw new Error('The centre does not come back');
    await delay(2);
  }
}

/** The postmaster and every process of it at once, as a power cut would. */
function killDatabase(dataDir: string): void {
  const postmaster = postmasterOf(dataDir).processId;
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === postmaster)
    .map(Number);
  for (const processId of [postmaster, ...children]) {
    try {
      process.kill(processId, 'SIGKILL');
    } catch (error) {
      // It ended between the look and the blow.
      if (z.object({ code: z.string() }).parse(error).code !== 'ESRCH') throw error;
    }
  }
}

function parentOf(processId: string): number | undefined {
  try {
    const status = readFileSync(`/proc/${processId}/status`, 'utf8');
    return Number(/^PPid:\s+(\d+)/m.exec(status)?.[1]);
  } catch {
    // It ended meanwhile.
    return undefined;
  }
}

async function openSellers(pool: Pool, url: string): Promise<readonly Seller[]> {
  await inTransaction(pool, (transaction) =>
    publishDrugs(transaction, { drugs: [aDrug()] }, Date.now()),
  );
  const opened: Seller[] = [];
  for (let number = 1; number <= sellers; number += 1) {
    const facility = aFacility({ id: uuidv7(), code: `KILL-${number}` });
    await insertFacilities(pool, [facility], Date.now());
    const deps = { newId: () => uuidv7(), nowMs: Date.now, randomBytes };
    const issued = await issueEnrolmentCode(pool, deps, { facility, issuedBy: 'crash' });
    if (!issued.ok) throw new Error(issued.error.detail);
    const device = await enrolDevice(url, issued.value.code);
    device.append(anOpening(1_000_000));
    opened.push({ device, acked: 0 });
  }
  return opened;
}

const StoredRow = z.object({
  acked_seq: z.number(),
  movements: z.number(),
  on_hand: z.number(),
});

async function compare(pool: Pool, { sellers: all, check }: Story): Promise<void> {
  for (const { device, acked } of all) {
    const stored = await queryRow(
      pool,
      StoredRow,
      `SELECT acked_seq, (SELECT count(*) FROM movement WHERE till_id = till.id) AS movements,
         (SELECT sum(on_hand_units) FROM facility_stock
          WHERE facility_stock.facility_id = till.facility_id) AS on_hand
       FROM till WHERE id = $1`,
      [device.till],
    );
    const events = device.events.length;
    const expected = { acked_seq: events, movements: events, on_hand: 1_000_000 - (events - 1) };
    const isEqual = JSON.stringify(stored) === JSON.stringify(expected) && acked === events;
    check(isEqual, () => `${JSON.stringify(stored)} instead of ${JSON.stringify(expected)}`);
  }
  await checkDerived(pool, check);
}

function urlOf(story: Story): string {
  return present(story.centre.url, 'The centre answers');
}
