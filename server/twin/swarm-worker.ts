/**
 * A thread with all the tills of the demonstration country in it. It grows their journals and
 * uploads them over HTTP like any till, so the centre's own thread only receives.
 *
 * First the past is told: every report in the order of time, many in flight, the centre's clock for
 * them (shared memory) moving along. Then, if wanted, the present: what has happened meanwhile is
 * reported as it happens.
 */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { Agent } from 'node:http';
import { setPriority } from 'node:os';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { present } from '../../shared/base/assert.ts';
import type { ChainHead } from '../../shared/events/seal.ts';
import type { Drug } from '../../shared/model/drug.ts';
import { compareTill } from './compare-till.ts';
import { marketOf } from './market.ts';
import { postBatch } from './post-batch.ts';
import { type ReportHabit, reportTimes } from './report-times.ts';
import { shopFacts } from './shop-days.ts';
import type { ShopPlan } from './shop-plan.ts';
import { openJournal, type TillJournal } from './till-journal.ts';
import { demonstrationKey } from './till-keys.ts';

export type GrownTill = {
  readonly plan: ShopPlan;
  readonly habit: ReportHabit;
  readonly tillId: string;
  readonly slipPrefix: string;
  readonly acked: ChainHead;
};

export type SwarmWork = {
  readonly seed: string;
  readonly drugs: readonly Drug[];
  readonly tills: readonly GrownTill[];
  /** Raw Ed25519 key, base64. */
  readonly centrePublicKey: string;
  /** The past centre's clock: one 64-bit integer, in milliseconds. */
  readonly clock: SharedArrayBuffer;
  /** True when nobody waits for it: it leaves the processor to others. */
  readonly isBackground: boolean;
};

export type SwarmOrder =
  | { readonly type: 'tell-past'; readonly url: string; readonly nowMs: number }
  | { readonly type: 'live'; readonly url: string };

export type SwarmNews =
  | {
      readonly type: 'progress';
      readonly reports: number;
      readonly reportsTotal: number;
      readonly events: number;
    }
  | { readonly type: 'told'; readonly events: number; readonly strangers: number }
  | { readonly type: 'failed'; readonly detail: string };

type SwarmTill = {
  readonly grown: GrownTill;
  journal: TillJournal | 'stranger' | undefined;
  /** Settles when everything sent so far is acknowledged: one upload in flight per till. */
  sent: Promise<void>;
  nextReportMs: number;
  /** When it compares its stock with the centre's next. */
  nextCompareMs: number;
};
/** Uploads that are not acknowledged yet, with the moment they report. */
type UnderWay = Map<Promise<void>, number>;
type Swarm = {
  readonly work: SwarmWork;
  readonly tills: readonly SwarmTill[];
  readonly journalOf: (till: SwarmTill) => TillJournal | undefined;
  readonly publicKey: KeyObject;
  readonly agent: Agent;
};

const uploadsMax = 64;
/**
 * Reports under way at once are of about the same hour: the centre's clock must not run ahead of one
 * that is still coming, or it would look written afterwards.
 */
const spreadMsMax = 6 * 3_600_000;
const livePauseMs = 4_000;
const comparisonsPerRound = 40;
const compareEveryMs = 30 * 60_000;

const port = parentPort;
if (port !== null) {
  // Safe: only swarm.ts starts this thread, with this type.
  const swarm = openSwarm(workerData as SwarmWork);
  const tell = (news: SwarmNews) => port.postMessage(news);
  port.on('message', (order: SwarmOrder) => {
    const work = order.type === 'live' ? live(swarm, order.url) : tellPast(swarm, order, tell);
    work.catch((error: unknown) =>
      tell({ type: 'failed', detail: error instanceof Error ? error.message : String(error) }),
    );
  });
}

function openSwarm(work: SwarmWork): Swarm {
  // On Linux this holds for the thread alone.
  if (work.isBackground && process.platform === 'linux') setPriority(10);
  const market = marketOf(work.drugs, work.seed);
  const journalOf = (till: SwarmTill): TillJournal | undefined => {
    const { plan, tillId, slipPrefix, acked } = till.grown;
    till.journal ??= openJournal({
      tillId,
      privateKey: demonstrationKey(work.seed, plan.facilityCode),
      facts: shopFacts(plan, { market, slipPrefix }),
      acked,
    });
    return till.journal === 'stranger' ? undefined : till.journal;
  };
  return {
    work,
    tills: work.tills.map((grown) => ({
      grown,
      journal: undefined,
      sent: Promise.resolve(),
      nextReportMs: 0,
      nextCompareMs: 0,
    })),
    journalOf,
    publicKey: createPublicKey({
      key: {
        kty: 'OKP',
        crv: 'Ed25519',
        x: Buffer.from(work.centrePublicKey, 'base64').toString('base64url'),
      },
      format: 'jwk',
    }),
    agent: new Agent({ keepAlive: true, maxSockets: uploadsMax }),
  };
}

async function tellPast(
  swarm: Swarm,
  order: Extract<SwarmOrder, { type: 'tell-past' }>,
  tell: (news: SwarmNews) => void,
): Promise<void> {
  const clock = new BigInt64Array(swarm.work.clock);
  const habits = swarm.tills.map((till) => till.grown.habit);
  const times = reportTimes(habits, order.nowMs);
  const underWay: UnderWay = new Map();
  let events = 0;
  for (const [index, { till: number, atMs }] of times.entries()) {
    const till = present(swarm.tills[number], 'A report is of a till');
    while (isTooMuch(underWay, atMs)) await Promise.race(underWay.keys());
    Atomics.store(clock, 0, BigInt(atMs));
    events += report(swarm, { till, untilMs: atMs, url: order.url }, underWay);
    // Lets the uploads move on between two pieces of growing.
    await setImmediate();
    if (index % 40 === 0) {
      tell({ type: 'progress', reports: index, reportsTotal: times.length, events });
    }
  }
  await Promise.all(underWay.keys());
  const strangers = swarm.tills.filter((till) => till.journal === 'stranger').length;
  tell({ type: 'told', events, strangers });
}

function isTooMuch(underWay: UnderWay, atMs: number): boolean {
  if (underWay.size >= uploadsMax) return true;
  // A map keeps the order in which reports began, and so the order of their time.
  const [oldestMs] = underWay.values();
  return oldestMs !== undefined && atMs - oldestMs > spreadMsMax;
}

/** For as long as the thread lives. */
async function live(swarm: Swarm, url: string): Promise<never> {
  const underWay: UnderWay = new Map();
  for (;;) {
    const nowMs = Date.now();
    for (const till of swarm.tills) {
      if (till.grown.habit.silentFromMs !== null || nowMs < till.nextReportMs) continue;
      report(swarm, { till, untilMs: nowMs, url }, underWay);
      till.nextReportMs = nowMs + till.grown.habit.lagMs;
      if (underWay.size >= uploadsMax) await Promise.race(underWay.keys());
    }
    await Promise.all(underWay.keys());
    await compareSome(swarm, { url, nowMs });
    await setTimeout(livePauseMs);
  }
}

/** A real till compares after each upload; here a few at a time, and each of them now and then. */
async function compareSome(
  { tills, work, agent, journalOf }: Swarm,
  { url, nowMs }: { readonly url: string; readonly nowMs: number },
): Promise<void> {
  const due = tills.filter(
    ({ grown, nextCompareMs }) => grown.habit.silentFromMs === null && nextCompareMs <= nowMs,
  );
  const comparing = due.slice(0, comparisonsPerRound).map(async (till) => {
    const journal = journalOf(till);
    till.nextCompareMs = nowMs + compareEveryMs;
    if (journal === undefined) return;
    const { plan, tillId: id } = till.grown;
    const privateKey = demonstrationKey(work.seed, plan.facilityCode);
    await compareTill(journal.end(), { id, privateKey }, { url, agent });
  });
  await Promise.all(comparing);
}

/** Sends what a till has to say until a moment, behind what it is still sending. */
function report(
  swarm: Swarm,
  { till, untilMs, url }: { till: SwarmTill; untilMs: number; url: string },
  underWay: UnderWay,
): number {
  const journal = swarm.journalOf(till);
  if (journal === undefined || !journal.hasNews(untilMs)) return 0;
  const batches = journal.batchesUntil(untilMs);
  const upload = till.sent.then(async () => {
    for (const batch of batches) await postBatch(batch, { url, ...swarm });
  });
  till.sent = upload;
  const done = upload.finally(() => underWay.delete(done));
  underWay.set(done, untilMs);
  return batches.reduce((sum, { header }) => sum + header.lastSeq - header.firstSeq + 1, 0);
}
