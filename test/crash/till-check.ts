/** What must be true of a till's folder after a crash, whenever it came. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { hashOfSeq } from '../../desktop/main/db/event-log.ts';
import { rebuild } from '../../desktop/main/db/rebuild.ts';
import { verifyJournal } from '../../desktop/main/db/verify-journal.ts';
import { jsonLog, productionDeps } from '../../desktop/main/production-deps.ts';
import { createTill, type Till } from '../../desktop/main/till.ts';
import type { TillReply } from '../../shared/contract/till-api.ts';
import { withDatabase } from '../support/till-parts.ts';
import { day, onHandAtTheEnd, salesAtTheEnd } from './till-day.ts';
import { type Answers, lifeOf, type TillLane } from './till-lane.ts';

export type Found = {
  readonly checks: number;
  /** In words; empty when everything held. */
  readonly violations: readonly string[];
};

export type Ending = {
  /** In which life of the day it ended. */
  readonly life: number;
  /** What was answered before the end; undefined: the life is not played on. */
  readonly answers: Answers | undefined;
  /** What the journal holds when everything is played. */
  readonly eventsAtEnd: number;
};

const Listed = z.object({ rows: z.array(z.object({ slip: z.string() })) });
const Stocked = z.object({
  rows: z.array(z.object({ drug: z.string(), onHandUnits: z.number() })),
});
const Synced = z.object({
  state: z.string(),
  pendingEvents: z.number(),
  lastSeq: z.number(),
  problem: z.unknown(),
});

/**
 * Opens the folder with the real till, asks again for everything that was answered, plays the rest
 * of the life, and compares journal, tables and centre.
 */
export async function examineTill(lane: TillLane, ending: Ending): Promise<Found> {
  const violations: string[] = [];
  let checks = 0;
  const check = (holds: boolean, otherwise: () => string): void => {
    checks += 1;
    if (!holds) violations.push(otherwise());
  };
  try {
    await playOn({ lane, ending, check });
    if (violations.length === 0) checkFolder({ lane, ending, check });
  } catch (error) {
    violations.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  return { checks, violations };
}

async function playOn(examination: Examination): Promise<void> {
  const { lane, ending, check } = examination;
  const deps = productionDeps({
    dataDir: lane.dataDir,
    programVersion: '0.0.0-test',
    host: 'counter-host',
    log: jsonLog('silent'),
  });
  const till = createTill({
    ...deps,
    timers: { ...deps.timers, schedule: () => () => undefined },
    centreWire: lane.centre.wire,
  });
  try {
    check(till.fault() === null, () => `the till does not open: ${till.fault()?.detail}`);
    if (till.fault() !== null) return;
    await goOn(till, examination);
    await compareWithCentre(till, examination);
    if (ending.life === 0) return;
    const next = await till.invoke('sales.complete', oneMoreSale);
    check(next.ok, () => `the next sale is refused: ${JSON.stringify(next)}`);
  } finally {
    await till.close();
  }
}

function checkFolder({ lane, check }: Examination): void {
  withDatabase(lane.dataDir, (db) => {
    const head = verifyJournal(db);
    check(head.ok, () => `the journal does not verify: ${JSON.stringify(head)}`);
    const again = rebuild(db);
    const differing = again.ok ? again.value.differingTables : ['all'];
    check(differing.length === 0, () => `tables differ from the journal: ${differing.join(', ')}`);
    const isWithUs = lane.centre.events.every(
      ({ envelope, hash }) => hashOfSeq(db, envelope.seq) === hash,
    );
    check(isWithUs, () => 'the centre holds an event that the till does not have');
  });
}

const oneMoreSale = {
  commandId: '01980000-0000-7000-b000-000000000001',
  lines: [{ drug: 'DEMO-1', unit: 'viên', quantity: 1 }],
  payment: { method: 'cash', tenderedVnd: 500 },
  shownTotalVnd: 500,
};

type Check = (holds: boolean, otherwise: () => string) => void;
type Examination = { readonly lane: TillLane; readonly ending: Ending; readonly check: Check };

/** Every step again: answered ones must give the same answer, the others succeed now. */
async function goOn(till: Till, { lane, ending, check }: Examination): Promise<void> {
  const { life, answers } = ending;
  if (answers === undefined) return;
  const replies: TillReply[] = [];
  for (const [index, step] of lifeOf(life).steps.entries()) {
    if (step.name === 'rest') {
      replies.push({ ok: true, value: null });
      continue;
    }
    const before = answers[index];
    const reply = await till.invoke(step.name, step.input(lane.knownAfter(life, replies)));
    replies.push(reply);
    const isEnrolled = !reply.ok && reply.error.type === 'AlreadyEnrolled';
    if (before !== undefined && step.commandId !== undefined) {
      check(
        isDeepStrictEqual(reply, before),
        () => `${step.name} was answered ${JSON.stringify(before)}, now ${JSON.stringify(reply)}`,
      );
    } else if (step.name === 'setup.enrol') {
      const mustBe = before !== undefined;
      check(isEnrolled || (reply.ok && !mustBe), () => `enrolment: ${JSON.stringify(reply)}`);
    } else {
      check(reply.ok, () => `${step.name} is refused: ${JSON.stringify(reply)}`);
    }
  }
}

async function compareWithCentre(till: Till, { lane, ending, check }: Examination): Promise<void> {
  const { centre } = lane;
  const { life, eventsAtEnd } = ending;
  const sales = await ask(till, 'sales.list', { limit: 500 }, Listed);
  const slips = sales.rows.map(({ slip }) => slip);
  check(new Set(slips).size === slips.length, () => `a slip is there twice: ${slips.join(' ')}`);
  if (life === day.length - 1) {
    check(slips.length === salesAtTheEnd, () => `${slips.length} sales at the end of the day`);
    const stock = await ask(till, 'stock.list', {}, Stocked);
    for (const { drug, onHandUnits } of stock.rows) {
      const expected = onHandAtTheEnd.get(drug);
      check(onHandUnits === expected, () => `${onHandUnits} of ${drug} instead of ${expected}`);
    }
    check(stock.rows.length === onHandAtTheEnd.size, () => `${stock.rows.length} lots in stock`);
  }
  const status = await ask(till, 'sync.now', {}, Synced);
  check(status.lastSeq === eventsAtEnd, () => `${status.lastSeq} events instead of ${eventsAtEnd}`);
  const isDrained = status.pendingEvents === 0 && centre.events.length === eventsAtEnd;
  check(isDrained, () => `${status.pendingEvents} events stay with the till`);
  check(status.state === 'agreed', () => `sync ends in ${JSON.stringify(status)}`);
}

async function ask<Schema extends z.ZodType>(
  till: Till,
  name: string,
  input: unknown,
  schema: Schema,
): Promise<z.output<Schema>> {
  const reply = await till.invoke(name, input);
  if (!reply.ok) throw new Error(`${name}: ${JSON.stringify(reply.error)}`);
  return schema.parse(reply.value);
}
