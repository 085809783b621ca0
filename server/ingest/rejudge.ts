/**
 * Judges parked events again (protocol.md §2). What can be applied now is applied exactly once: under
 * the lock of its till, with its first day of receipt, and followed by the roll-ups like any batch.
 * Movements of one till only add up, so the later place in time changes nothing.
 */
import { z } from 'zod';
import { assert } from '../../shared/base/assert.ts';
import type { ParkedReason } from '../../shared/rules/clinic.ts';
import { publishNotice } from '../catalogue/publish.ts';
import { type ConsoleTopic, notifyConsole } from '../db/notices.ts';
import { inTransaction, type Pool, queryRow, queryRows, type Transaction } from '../db/pool.ts';
import { admitEvent } from './admit-event.ts';
import { DataFault } from './data-fault.ts';
import type { DerivedEvent, DerivedFact } from './derive-event.ts';
import { documentRows, insertDocumentRows } from './document-rows.ts';
import { createDrugFacts } from './drug-facts.ts';
import { lookUpForeignCodes } from './foreign-codes.ts';
import { ownProducts } from './own-products.ts';
import { exceededAlerts, lockPrescriptions } from './prescriptions-sold.ts';
import {
  type AlertRow,
  alertContext,
  eventAlerts,
  insertAlerts,
  overdrawnAlert,
} from './raise-alerts.ts';
import { createRecallFinder } from './recalls-by-drug.ts';
import { sealedEvents } from './sealed-events.ts';
import { storable } from './storable.ts';
import type { TillSource } from './till-source.ts';
import {
  copyMovements,
  insertMapped,
  insertTransfers,
  type MovementRow,
  movementRows,
  upsertStock,
} from './write-movements.ts';

export type RejudgeDeps = {
  readonly pool: Pool;
  readonly nowMs: () => number;
  readonly newId: () => string;
};
/** What made somebody look again. */
export type RejudgeCause = 'start' | 'catalogue' | 'mapping' | 'asked' | 'rebuild';
export type Rejudged = { readonly judged: number; readonly released: number };

const TillRow = z.object({ id: z.string(), facility_id: z.string(), province: z.string() });
const IdRow = z.object({ id: z.string() });
const ParkedRow = z.object({
  seq: z.number(),
  reason: z.string(),
  parked_at: z.date(),
});
type Parked = z.output<typeof ParkedRow>;
const nothing: Rejudged = { judged: 0, released: 0 };
/** A row of no till is damage, and found by the checks (ingest/check-areas.ts). */
const hasTill = 'EXISTS (SELECT 1 FROM till WHERE till.id = parked_event.till_id)';
/** A till with more than this waits for several rounds. */
const eventsPerRound = 500;

/** Every till that has something waiting, or only those with one of `reasons`. */
export async function rejudgeAll(
  deps: RejudgeDeps,
  cause: RejudgeCause,
  reasons: readonly ParkedReason[] | null = null,
): Promise<Rejudged> {
  const tills = await queryRows(
    deps.pool,
    IdRow,
    `SELECT DISTINCT till_id AS id FROM parked_event
     WHERE resolved_at IS NULL AND ($1::text[] IS NULL OR reason = ANY($1))
       AND ${hasTill} ORDER BY till_id`,
    [reasons],
  );
  return rejudgeTills(deps, tills, cause);
}

/** Everything that waits of one facility. */
export async function rejudgeFacility(
  deps: RejudgeDeps,
  facilityId: string,
  cause: RejudgeCause,
): Promise<Rejudged> {
  const tills = await queryRows(
    deps.pool,
    IdRow,
    `SELECT DISTINCT till_id AS id FROM parked_event
     WHERE resolved_at IS NULL AND facility_id = $1 AND ${hasTill} ORDER BY till_id`,
    [facilityId],
  );
  return rejudgeTills(deps, tills, cause);
}

async function rejudgeTills(
  deps: RejudgeDeps,
  tills: readonly { readonly id: string }[],
  cause: RejudgeCause,
): Promise<Rejudged> {
  let total = nothing;
  for (const { id } of tills) {
    for (let afterSeq: number | undefined = 0; afterSeq !== undefined; ) {
      const round: Round = await rejudgeRound(deps, { tillId: id, afterSeq, cause });
      total = {
        judged: total.judged + round.judged,
        released: total.released + round.released,
      };
      afterSeq = round.nextAfterSeq;
    }
  }
  return total;
}

type Round = Rejudged & { readonly nextAfterSeq: number | undefined };
type RoundOf = {
  readonly tillId: string;
  readonly afterSeq: number;
  readonly cause: RejudgeCause;
};

/** Together; where the database refuses the data of one, one by one, so that each has its verdict. */
async function rejudgeRound(deps: RejudgeDeps, round: RoundOf): Promise<Round> {
  try {
    return await inTransaction(deps.pool, (transaction) =>
      judgeSome(transaction, deps, { ...round, limit: eventsPerRound }),
    );
  } catch (error) {
    if (!DataFault.safeParse(error).success) throw error;
    return rejudgeOneByOne(deps, round);
  }
}

async function rejudgeOneByOne(deps: RejudgeDeps, round: RoundOf): Promise<Round> {
  let { afterSeq } = round;
  let total = nothing;
  for (let event = 0; event < eventsPerRound; event += 1) {
    const one = { ...round, afterSeq, limit: 1 };
    const judged = await inTransaction(deps.pool, async (transaction) => {
      await transaction.query('SAVEPOINT one_event');
      try {
        return await judgeSome(transaction, deps, one);
      } catch (error) {
        const fault = DataFault.safeParse(error);
        if (!fault.success) throw error;
        await transaction.query('ROLLBACK TO SAVEPOINT one_event');
        return refuse(transaction, deps, one, `${fault.data.code}: ${fault.data.message}`);
      }
    });
    total = { judged: total.judged + judged.judged, released: total.released + judged.released };
    if (judged.nextAfterSeq === undefined) return { ...total, nextAfterSeq: undefined };
    afterSeq = judged.nextAfterSeq;
  }
  return { ...total, nextAfterSeq: afterSeq };
}

async function judgeSome(
  transaction: Transaction,
  deps: RejudgeDeps,
  round: RoundOf & { readonly limit: number },
): Promise<Round> {
  const till = await lockTill(transaction, round.tillId);
  const rows = await parkedRows(transaction, round);
  const last = rows.at(-1);
  if (last === undefined) return { ...nothing, nextAfterSeq: undefined };
  const nowMs = deps.nowMs();
  const judged = await judgeRows(transaction, till, rows, nowMs);
  const released = judged.filter(({ event }) => event.outcome.ok);
  await applyReleased(transaction, deps, { till, released, nowMs });
  await noteVerdicts(transaction, { till, judged, nowMs, cause: round.cause });
  const nextAfterSeq = rows.length < round.limit ? undefined : last.seq;
  return { judged: rows.length, released: released.length, nextAfterSeq };
}

async function lockTill(transaction: Transaction, tillId: string): Promise<TillSource> {
  const till = await queryRow(
    transaction,
    TillRow,
    `SELECT till.id, till.facility_id, facility.province
     FROM till JOIN facility ON facility.id = till.facility_id
     WHERE till.id = $1 FOR UPDATE OF till`,
    [tillId],
  );
  assert(till !== undefined, 'A parked event has a till');
  return { id: till.id, facilityId: till.facility_id, province: till.province };
}

function parkedRows(
  transaction: Transaction,
  { tillId, afterSeq, limit }: RoundOf & { readonly limit: number },
): Promise<readonly Parked[]> {
  return queryRows(
    transaction,
    ParkedRow,
    `SELECT seq, reason, parked_at FROM parked_event
     WHERE till_id = $1 AND seq > $2 AND resolved_at IS NULL ORDER BY seq LIMIT $3`,
    [tillId, afterSeq, limit],
  );
}

type Judged = { readonly row: Parked; readonly event: DerivedEvent };

/** In the order of the journal, so that what waits for a released document is released with it. */
async function judgeRows(
  transaction: Transaction,
  till: TillSource,
  rows: readonly Parked[],
  nowMs: number,
): Promise<readonly Judged[]> {
  // From the evidence, never from the clinic's own copy: what is applied here is proved.
  const seqs = rows.map((row) => row.seq);
  const proved = await sealedEvents(transaction, till.id, seqs);
  const sealed = rows.flatMap((row) => {
    const event = proved.get(row.seq);
    return event === undefined ? [] : [{ ...event, row }];
  });
  const alone = sealed.flatMap((event) => {
    const { outcome } = admitEvent(event, { foreignCodes: new Map(), parked: new Map() });
    return outcome.ok ? [] : (outcome.error.codes ?? []);
  });
  const codes = new Set(alone);
  const foreignCodes = await lookUpForeignCodes(transaction, till.facilityId, { codes, nowMs });
  const first = rows[0];
  const parked = await earlierDocuments(transaction, till, first?.seq ?? 0);
  return sealed.map(({ row, envelope, line }) => ({
    row,
    event: admitEvent({ envelope, line }, { foreignCodes, parked }),
  }));
}

const DocumentRow = z.object({ document: z.string(), seq: z.number() });

/** What still waits before the first event of this round. */
async function earlierDocuments(
  transaction: Transaction,
  till: TillSource,
  beforeSeq: number,
): Promise<Map<string, number>> {
  const rows = await queryRows(
    transaction,
    DocumentRow,
    `SELECT document, seq FROM parked_event
     WHERE till_id = $1 AND seq < $2 AND resolved_at IS NULL`,
    [till.id, beforeSeq],
  );
  return new Map(rows.map((row) => [row.document, row.seq]));
}

async function applyReleased(
  transaction: Transaction,
  deps: RejudgeDeps,
  {
    till,
    released,
    nowMs,
  }: { readonly till: TillSource; readonly released: readonly Judged[]; readonly nowMs: number },
): Promise<void> {
  const facts = released.flatMap(({ row, event }) =>
    event.outcome.ok ? [{ row, fact: event.outcome.value }] : [],
  );
  if (facts.length === 0) return;
  const all: MovementRow[] = [];
  const documents = facts.flatMap(({ fact }) => documentRows(till, fact));
  await lockPrescriptions(transaction, documents);
  for (const { row, fact } of facts) {
    const movements = movementRows(till, fact);
    await copyMovements(transaction, movements, row.parked_at.toISOString());
    await insertMapped(transaction, movements);
    await insertTransfers(transaction, movements);
    await followRollUps(transaction, till, fact, row.parked_at);
    all.push(...movements);
  }
  await insertDocumentRows(transaction, documents);
  const exceeded = await exceededAlerts(transaction, documents, new Map([[till.id, till]]));
  const overdrawn = await upsertStock(transaction, all);
  const named = drugsOf(facts);
  const drugs = await createDrugFacts().forDrugs(transaction, named);
  const recallsByDrug = await createRecallFinder().forDrugs(transaction, named);
  const own = await ownProducts(transaction, till.facilityId, { drugs: named, news: [] });
  const alerts: AlertRow[] = [...exceeded, ...overdrawn.map((lot) => overdrawnAlert(lot, nowMs))];
  for (const { row, fact } of facts) {
    const context = alertContext({
      receivedAtMs: row.parked_at.getTime(),
      // What the till knew when it wrote this is not kept: nothing is called back-dated now.
      caughtUpAtMs: null,
      drugs,
      recallsByDrug,
      ownProducts: own,
    });
    alerts.push(...eventAlerts(till, fact, context, null));
  }
  await insertAlerts(transaction, deps, alerts, new Date(nowMs).toISOString());
}

function drugsOf(facts: readonly { readonly fact: DerivedFact }[]): ReadonlySet<string> {
  const drugs = facts.flatMap(({ fact }) => [
    ...fact.movements.map((movement) => movement.drug),
    ...(fact.event.type === 'PriceSet.v1' ? [fact.event.data.drug] : []),
  ]);
  return new Set(drugs);
}

/**
 * The batch this event came with may not be added up yet: then the roll-ups meet its movements there,
 * and a row of its own would count them twice. Locking that row makes the worker pass over it.
 */
async function followRollUps(
  transaction: Transaction,
  till: TillSource,
  { event, day, movements }: DerivedFact,
  receivedAt: Date,
): Promise<void> {
  if (movements.length === 0) return;
  const waiting = await queryRows(
    transaction,
    z.object({ id: z.number() }),
    `SELECT id FROM rollup_pending
     WHERE till_id = $1 AND $2 BETWEEN first_seq AND last_seq FOR UPDATE`,
    [till.id, event.seq],
  );
  if (waiting.length > 0) {
    await transaction.query(
      `UPDATE rollup_pending SET first_day = least(first_day, $2::date),
         last_day = greatest(last_day, $2::date) WHERE id = ANY($1::bigint[])`,
      [waiting.map((row) => row.id), day],
    );
    return;
  }
  await transaction.query(
    `INSERT INTO rollup_pending (till_id, first_seq, last_seq, first_day, last_day, received_at)
     VALUES ($1, $2, $2, $3, $3, $4)`,
    [till.id, event.seq, day, receivedAt],
  );
}

async function noteVerdicts(
  transaction: Transaction,
  noted: {
    readonly till: TillSource;
    readonly judged: readonly Judged[];
    readonly nowMs: number;
    readonly cause: RejudgeCause;
  },
): Promise<void> {
  const { till, judged, cause } = noted;
  const now = new Date(noted.nowMs);
  const released = judged.filter(({ event }) => event.outcome.ok).map(({ row }) => row.seq);
  const kept = judged.flatMap(({ row, event }) =>
    event.outcome.ok
      ? []
      : [{ seq: row.seq, reason: event.outcome.error.type, detail: event.outcome.error.detail }],
  );
  await transaction.query(
    `UPDATE parked_event SET reason = given.reason, detail = given.detail, judged_at = $5
     FROM unnest($2::bigint[], $3::text[], $4::text[]) AS given (seq, reason, detail)
     WHERE till_id = $1 AND parked_event.seq = given.seq`,
    [
      till.id,
      kept.map((row) => row.seq),
      kept.map((row) => row.reason),
      kept.map((row) => storable(row.detail)),
      now,
    ],
  );
  await keepVerdicts(transaction, {
    ...{ till: till.id, cause, now },
    verdicts: judged.map(({ row, event }) => ({
      seq: row.seq,
      before: row.reason,
      after: event.outcome.ok ? '' : event.outcome.error.type,
    })),
  });
  if (released.length === 0) return;
  const asked = await queryRows(
    transaction,
    z.object({ seq: z.number(), was_asked: z.boolean() }),
    `UPDATE parked_event SET resolved_at = $3, judged_at = $3, released_by = $4
     WHERE till_id = $1 AND seq = ANY($2::bigint[])
     RETURNING seq, asked_at IS NOT NULL AS was_asked`,
    [till.id, released, now, cause],
  );
  await transaction.query(
    'UPDATE till SET parked_events = greatest(0, parked_events - $2) WHERE id = $1',
    [till.id, released.length],
  );
  await transaction.query(
    'UPDATE alert SET resolved_at = $2 WHERE cause = ANY($1::text[]) AND resolved_at IS NULL',
    [released.map((seq) => `parked-event|${till.id}|${seq}`), now],
  );
  for (const { seq, was_asked: wasAsked } of asked) {
    if (wasAsked) await publishNotice(transaction, till, { key: `${till.id}/${seq}`, value: null });
  }
  const topics: readonly ConsoleTopic[] = ['alert', 'facility', 'movement'];
  await notifyConsole(transaction, topics);
}

/** For whoever asks later why a record waited so long, and what at last let it go. */
async function keepVerdicts(
  transaction: Transaction,
  kept: {
    readonly till: string;
    readonly cause: RejudgeCause;
    readonly now: Date;
    readonly verdicts: readonly {
      readonly seq: number;
      readonly before: string;
      readonly after: string;
    }[];
  },
): Promise<void> {
  const { till, cause, now, verdicts } = kept;
  await transaction.query(
    `INSERT INTO parked_verdict AS old
       (till_id, seq, cause, before_reason, after_reason, first_at, last_at)
     SELECT $1, given.seq, $5, given.before, given.after, $6, $6
     FROM unnest($2::bigint[], $3::text[], $4::text[]) AS given (seq, before, after)
     ON CONFLICT (till_id, seq, cause, before_reason, after_reason)
       DO UPDATE SET last_at = excluded.last_at, times = old.times + 1`,
    [
      till,
      verdicts.map((verdict) => verdict.seq),
      verdicts.map((verdict) => verdict.before),
      verdicts.map((verdict) => verdict.after),
      cause,
      now,
    ],
  );
}

async function refuse(
  transaction: Transaction,
  deps: RejudgeDeps,
  round: RoundOf & { readonly limit: number },
  detail: string,
): Promise<Round> {
  const [row] = await parkedRows(transaction, round);
  assert(row !== undefined, 'What the database refused is still parked');
  await transaction.query(
    `UPDATE parked_event SET reason = 'RefusedByDatabase', detail = $3, judged_at = $4
     WHERE till_id = $1 AND seq = $2`,
    [round.tillId, row.seq, storable(detail).slice(0, 300), new Date(deps.nowMs())],
  );
  await keepVerdicts(transaction, {
    ...{ till: round.tillId, cause: round.cause, now: new Date(deps.nowMs()) },
    verdicts: [{ seq: row.seq, before: row.reason, after: 'RefusedByDatabase' }],
  });
  return { judged: 1, released: 0, nextAfterSeq: row.seq };
}
