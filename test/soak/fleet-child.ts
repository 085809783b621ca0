/**
 * Many real tills in one process: real SQLite, real HTTP, real clocks. They sell until they are told
 * to stop, and report what a watchdog wants to know.
 */
import process from 'node:process';
import { jsonLog, productionDeps, realTimers } from '../../desktop/main/production-deps.ts';
import { createTill, type Till } from '../../desktop/main/till.ts';
import { type Random, randomOf } from '../../server/twin/random.ts';
import type {
  TillAnswer,
  TillCallName,
  TillReply,
  TillRequest,
} from '../../shared/contract/till-api.ts';

export type FleetWork = {
  readonly seed: string;
  readonly centreUrl: string;
  readonly tills: readonly { readonly code: string; readonly dataDir: string }[];
  /** Mean pause between two sales of one till, in milliseconds. */
  readonly sellEveryMs: number;
};
export type FleetOrder =
  | { readonly type: 'open'; readonly work: FleetWork }
  | { readonly type: 'report' }
  | { readonly type: 'stop-selling' }
  | { readonly type: 'sync' }
  | { readonly type: 'rebuild' }
  | { readonly type: 'close' };
export type TillReport = {
  readonly tillId: string;
  readonly lastSeq: number;
  readonly ackedSeq: number;
  readonly state: string;
  readonly problem: string | null;
  /** Sales that were answered to a person. */
  readonly sales: number;
};
export type FleetNews =
  | { readonly type: 'opened' }
  | {
      readonly type: 'report';
      readonly tills: readonly TillReport[];
      /** What was refused or went wrong at a counter, in words. */
      readonly refusals: readonly string[];
    }
  | { readonly type: 'rebuilt'; readonly differing: number }
  | { readonly type: 'done' };

type Counter = {
  readonly till: Till;
  tillId: string;
  sales: number;
  lastSaleId: string | undefined;
};
type Fleet = {
  readonly work: FleetWork;
  readonly random: Random;
  readonly counters: readonly Counter[];
  readonly refusals: string[];
  isSelling: boolean;
};

const expiresOn = '2030-06-30';
let fleet: Fleet | undefined;

process.on('message', (order: FleetOrder) => {
  carryOut(order).then(tell, (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  });
});

function tell(news: FleetNews): void {
  process.send?.(news);
}

async function carryOut(order: FleetOrder): Promise<FleetNews> {
  if (order.type === 'open') {
    fleet = await openFleet(order.work);
    for (const counter of fleet.counters) sellNext(fleet, counter);
    return { type: 'opened' };
  }
  if (fleet === undefined) throw new Error('The fleet is not open');
  switch (order.type) {
    case 'report':
      return report(fleet);
    case 'stop-selling':
      fleet.isSelling = false;
      return { type: 'done' };
    case 'sync':
      await Promise.all(fleet.counters.map(({ till }) => till.invoke('sync.now', {})));
      return { type: 'done' };
    case 'rebuild':
      return { type: 'rebuilt', differing: await rebuildAll(fleet) };
    case 'close':
      await Promise.all(fleet.counters.map(({ till }) => till.close()));
      setImmediate(() => process.disconnect());
      return { type: 'done' };
  }
}

async function openFleet(work: FleetWork): Promise<Fleet> {
  const log = jsonLog('error');
  const schedule = sharedSchedule();
  const counters: Counter[] = [];
  const refusals: string[] = [];
  for (const { code, dataDir } of work.tills) {
    const deps = productionDeps({
      dataDir,
      programVersion: '0.0.0-soak',
      host: 'counter-host',
      log,
    });
    const till = createTill({ ...deps, timers: { ...deps.timers, schedule } });
    const counter = { till, tillId: '', sales: 0, lastSaleId: undefined };
    counters.push(counter);
    await stockUp(counter, { code, centreUrl: work.centreUrl });
  }
  const random = randomOf(work.seed);
  return { work, random, counters, refusals, isSelling: true };
}

/** One clock for all tills of this process: planning a time is dear, and they are all the same. */
function sharedSchedule(): (expression: string, run: () => void) => () => void {
  const timers = realTimers();
  const runsByExpression = new Map<string, Set<() => void>>();
  return (expression, run) => {
    let runs = runsByExpression.get(expression);
    if (runs === undefined) {
      const all = new Set<() => void>();
      runs = all;
      runsByExpression.set(expression, all);
      timers.schedule(expression, () => {
        for (const each of all) each();
      });
    }
    runs.add(run);
    return () => runs.delete(run);
  };
}

/** Over the same bad line as everything else: tried until it works, as a person would. */
async function stockUp(
  counter: Counter,
  { code, centreUrl }: { readonly code: string; readonly centreUrl: string },
): Promise<void> {
  const { till } = counter;
  for (let tries = 0; ; tries += 1) {
    const reply = await till.invoke('setup.enrol', { centreUrl, code });
    if (reply.ok || reply.error.type === 'AlreadyEnrolled') break;
    if (tries === enrolmentTriesMax) throw new Error(`Enrolment: ${JSON.stringify(reply)}`);
  }
  while ((await ask(till, 'drugs.search', { text: 'para' })).length === 0) {
    await till.invoke('sync.now', {});
  }
  const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn, units: 1_000_000 };
  await ask(till, 'stock.declareOpening', { commandId: crypto.randomUUID(), lines: [lot] });
  const price = { drug: 'DEMO-1', unit: 'viên', priceVnd: 500 };
  await ask(till, 'prices.set', { commandId: crypto.randomUUID(), ...price });
  counter.tillId = (await ask(till, 'status.get', {})).till?.id ?? '';
}

const enrolmentTriesMax = 50;

function sellNext(current: Fleet, counter: Counter): void {
  const { random, work } = current;
  const pauseMs = -Math.log(1 - random.unit()) * work.sellEveryMs;
  setTimeout(() => {
    if (!current.isSelling) return;
    void sellOne(current, counter).finally(() => sellNext(current, counter));
  }, pauseMs);
}

/** Mostly sales, some of them voided again, now and then a delivery. */
async function sellOne({ random, refusals }: Fleet, counter: Counter): Promise<void> {
  const { till } = counter;
  const commandId = crypto.randomUUID();
  const chance = random.unit();
  if (chance < 0.03 && counter.lastSaleId !== undefined) {
    const saleId = counter.lastSaleId;
    counter.lastSaleId = undefined;
    noteRefusal(refusals, await till.invoke('sales.void', { commandId, saleId, reason: 'nhầm' }));
    return;
  }
  if (chance < 0.05) {
    const line = { drug: 'DEMO-1', lot: 'A1', expiresOn, unit: 'viên', quantity: 500 };
    const lines = [{ ...line, unitCostVnd: 300 }];
    const delivery = { commandId, supplierName: 'Công ty mẫu', invoiceNumber: 'HD-1', lines };
    noteRefusal(refusals, await till.invoke('stock.receive', delivery));
    return;
  }
  const quantity = random.between(1, 20);
  const totalVnd = quantity * 500;
  const reply = await till.invoke('sales.complete', {
    commandId,
    lines: [{ drug: 'DEMO-1', unit: 'viên', quantity }],
    payment: { method: 'cash', tenderedVnd: totalVnd },
    shownTotalVnd: totalVnd,
  });
  noteRefusal(refusals, reply);
  if (!reply.ok) return;
  counter.sales += 1;
  // Safe: the contract of this call.
  counter.lastSaleId = (reply.value as TillAnswer<'sales.complete'>).id;
}

function noteRefusal(refusals: string[], reply: TillReply): void {
  if (!reply.ok) refusals.push(JSON.stringify(reply.error));
}

async function report({ counters, refusals }: Fleet): Promise<FleetNews> {
  const tills: TillReport[] = [];
  for (const { till, tillId, sales } of counters) {
    const status = await ask(till, 'sync.status', {});
    const { lastSeq, ackedSeq, state } = status;
    const problem = status.problem === null ? null : JSON.stringify(status.problem);
    tills.push({ tillId, lastSeq, ackedSeq, state, problem, sales });
  }
  return { type: 'report', tills, refusals: refusals.splice(0) };
}

async function rebuildAll({ counters }: Fleet): Promise<number> {
  let differing = 0;
  for (const { till } of counters) {
    if ((await ask(till, 'journal.rebuild', {})).hadDifferences) differing += 1;
  }
  return differing;
}

async function ask<Name extends TillCallName>(
  till: Till,
  name: Name,
  input: TillRequest<Name>,
): Promise<TillAnswer<Name>> {
  const reply = await till.invoke(name, input);
  if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
  // Safe: the dispatcher's handlers are typed by the contract.
  return reply.value as TillAnswer<Name>;
}
