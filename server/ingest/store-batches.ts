/**
 * The ingest transaction (protocol.md §2): lock the tills' heads, judge every batch, store its
 * evidence byte for byte, derive movements, stock and alerts, move the heads. Everything commits
 * together or nothing does, so one event has one effect whatever happens.
 *
 * No deadlocks: tills are locked in the order of their ids, and a facility's rows are only written
 * under the lock of its one writing till.
 */
import { z } from 'zod';
import { assert, present } from '../../shared/base/assert.ts';
import { limits } from '../../shared/base/limits.ts';
import type { HashHex } from '../../shared/events/envelope.ts';
import type { ChainHead } from '../../shared/events/seal.ts';
import { businessDateOf, instantOfMs } from '../../shared/model/calendar.ts';
import { judgeBatch, type Verdict } from '../../shared/sync/judge-batch.ts';
import { inTransaction, queryRows, type Transaction } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import { admitBatch, parkedDocuments } from './admit-event.ts';
import type { BatchOutcome } from './batch-outcome.ts';
import type { DerivedEvent, ParkedFact } from './derive-event.ts';
import { type DocumentRow, documentRows, insertDocumentRows } from './document-rows.ts';
import type { DrugFacts, KnownDrugs } from './drug-facts.ts';
import { ownProducts } from './own-products.ts';
import { exceededAlerts, lockPrescriptions } from './prescriptions-sold.ts';
import {
  type AlertRow,
  alertContext,
  eventAlerts,
  forkAlert,
  insertAlerts,
  overdrawnAlert,
  parkedAlert,
} from './raise-alerts.ts';
import { createRecallFinder, type RecallsByDrug } from './recalls-by-drug.ts';
import { storable } from './storable.ts';
import { storedHashes } from './stored-hashes.ts';
import type { VerifiedBatch } from './verify-batch.ts';
import {
  copyMovements,
  insertMapped,
  insertTransfers,
  type MovementRow,
  movementRows,
  upsertStock,
} from './write-movements.ts';

export type StoreDeps = Pick<CentreDeps, 'pool' | 'nowMs' | 'newId'> & {
  readonly drugFacts: DrugFacts;
};

const TillRow = z.object({
  id: z.string(),
  facility_id: z.string(),
  province: z.string(),
  state: z.enum(['active', 'revoked', 'forked']),
  acked_seq: z.number(),
  acked_hash: z.string(),
  acked_event_at: z.date().nullable(),
  caught_up_at: z.date().nullable(),
  parked_events: z.number(),
});

/** A till under lock, with its head as it moves through the batches of this transaction. */
export type LockedTill = {
  readonly id: string;
  readonly facilityId: string;
  readonly province: string;
  readonly isRevoked: boolean;
  head: ChainHead;
  /** What its clock said at the newest event that could be read. */
  headAtMs: number | null;
  /** It had nothing left to send then: what comes now happened after this moment. */
  readonly caughtUpAtMs: number | null;
  parkedEvents: number;
  /** Documents that wait in the clinic, with their numbers. */
  readonly parkedDocuments: Map<string, number>;
  clockSkewMs: number;
  protocol: number;
  isForked: boolean;
  hasNews: boolean;
  /** Hashes accepted in this transaction, which the evidence table does not hold yet. */
  readonly newHashes: Map<number, HashHex>;
};

/** What the accepted batches of one transaction add up to, written in a few statements. */
type Gathered = {
  readonly evidence: EvidenceRow[];
  readonly refused: VerifiedBatch[];
  readonly movements: MovementRow[];
  readonly documents: DocumentRow[];
  readonly parked: ParkedRow[];
  readonly alerts: AlertRow[];
  readonly pending: PendingRow[];
};
type EvidenceRow = { readonly batch: VerifiedBatch; readonly newFromSeq: number };
type ParkedRow = {
  readonly till: LockedTill;
  readonly event: DerivedEvent;
  readonly fact: ParkedFact;
};
type PendingRow = {
  readonly till: string;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly firstDay: string;
  readonly lastDay: string;
};

/** What the catalogue and the recalls say of the drugs of a batch. */
type Known = {
  readonly drugs: KnownDrugs;
  readonly recallsByDrug: RecallsByDrug;
  readonly ownProducts: ReadonlySet<string>;
};

export type StoredBatches = {
  readonly outcomes: readonly BatchOutcome[];
  /** Alerts that nobody had seen before. */
  readonly newAlerts: number;
};

/** Stores batches together; all of them or, when it throws, none. */
export async function storeBatches(
  deps: StoreDeps,
  batches: readonly VerifiedBatch[],
): Promise<StoredBatches> {
  return inTransaction(deps.pool, async (transaction) => {
    const tills = await lockTills(transaction, batches);
    const receivedAtMs = deps.nowMs();
    const gathered: Gathered = {
      evidence: [],
      refused: [],
      movements: [],
      documents: [],
      parked: [],
      alerts: [],
      pending: [],
    };
    await deps.drugFacts.forDrugs(transaction, drugsOf(...batches));
    const recalls = createRecallFinder();
    await recalls.forDrugs(transaction, drugsOf(...batches));
    const outcomes: BatchOutcome[] = [];
    for (const received of batches) {
      const till = present(tills.get(received.header.till), 'A verified batch has a till');
      const verdict = await judge(transaction, till, received);
      const news = { till, batch: received, receivedAtMs };
      const batch = hasNews(verdict) ? await admitBatch(transaction, news) : received;
      const named = drugsOf(batch);
      const drugs = await deps.drugFacts.forDrugs(transaction, named);
      const recallsByDrug = await recalls.forDrugs(transaction, named);
      const documents = documentsOf(till, batch);
      gathered.documents.push(...(hasNews(verdict) ? documents : []));
      const ownNews = { drugs: named, news: gathered.documents };
      const ownCodes = await ownProducts(transaction, till.facilityId, ownNews);
      const known = { drugs, recallsByDrug, ownProducts: ownCodes };
      outcomes.push(gather(gathered, { till, batch, verdict, receivedAtMs, known }));
    }
    const newAlerts = await write(transaction, deps, { tills, gathered, receivedAtMs });
    return { outcomes, newAlerts };
  });
}

async function lockTills(
  transaction: Transaction,
  batches: readonly VerifiedBatch[],
): Promise<ReadonlyMap<string, LockedTill>> {
  const ids = [...new Set(batches.map((batch) => batch.header.till))];
  const rows = await queryRows(
    transaction,
    TillRow,
    `SELECT till.id, till.facility_id, facility.province, till.state, till.acked_seq,
       till.acked_hash, till.acked_event_at, till.caught_up_at, till.parked_events
     FROM till JOIN facility ON facility.id = till.facility_id
     WHERE till.id = ANY($1::uuid[]) ORDER BY till.id FOR UPDATE OF till`,
    [ids],
  );
  const withParked = rows.filter((row) => row.parked_events > 0).map((row) => row.id);
  const parked = await parkedDocuments(transaction, withParked);
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        facilityId: row.facility_id,
        province: row.province,
        isRevoked: row.state === 'revoked',
        head: { seq: row.acked_seq, hash: row.acked_hash },
        headAtMs: row.acked_event_at?.getTime() ?? null,
        caughtUpAtMs: row.caught_up_at?.getTime() ?? null,
        parkedEvents: 0,
        parkedDocuments: parked.get(row.id) ?? new Map<string, number>(),
        clockSkewMs: 0,
        protocol: 0,
        isForked: row.state === 'forked',
        hasNews: false,
        newHashes: new Map(),
      },
    ]),
  );
}

function hasNews({ type }: Verdict | { readonly type: 'revoked' }): boolean {
  return type === 'accept' || type === 'overlap';
}

/** Of what is new in a batch. */
function documentsOf(till: LockedTill, { events }: VerifiedBatch): readonly DocumentRow[] {
  return events.flatMap(({ seq, outcome }) =>
    seq > till.head.seq && outcome.ok ? documentRows(till, outcome.value) : [],
  );
}

function drugsOf(...batches: readonly VerifiedBatch[]): ReadonlySet<string> {
  const drugs = new Set<string>();
  for (const { events } of batches) {
    for (const { outcome } of events) {
      if (!outcome.ok) continue;
      for (const movement of outcome.value.movements) drugs.add(movement.drug);
      if (outcome.value.event.type === 'PriceSet.v1') drugs.add(outcome.value.event.data.drug);
    }
  }
  return drugs;
}

async function judge(
  transaction: Transaction,
  till: LockedTill,
  batch: VerifiedBatch,
): Promise<Verdict | { readonly type: 'revoked' }> {
  if (till.isRevoked) return { type: 'revoked' };
  const { header, hashes } = batch;
  const hashOfSeq = (seq: number) => hashes[seq - header.firstSeq];
  const judged = { ...header, hashOfSeq };
  const lastCommon = Math.min(till.head.seq, header.lastSeq);
  const isAtHead = lastCommon === till.head.seq && hashOfSeq(lastCommon) === till.head.hash;
  const isBehind = header.firstSeq <= till.head.seq;
  // Old hashes are recomputed from the evidence, and only where the head alone cannot tell.
  const stored =
    isBehind && !isAtHead
      ? await storedHashes(transaction, {
          till: till.id,
          firstSeq: header.firstSeq,
          lastSeq: lastCommon,
        })
      : new Map<number, HashHex>();
  return judgeBatch(till.head, judged, (seq) => till.newHashes.get(seq) ?? stored.get(seq));
}

function gather(
  gathered: Gathered,
  judged: {
    readonly till: LockedTill;
    readonly batch: VerifiedBatch;
    readonly verdict: Verdict | { readonly type: 'revoked' };
    readonly receivedAtMs: number;
    readonly known: Known;
  },
): BatchOutcome {
  const { till, batch, verdict, receivedAtMs } = judged;
  switch (verdict.type) {
    case 'revoked':
    case 'unknown-protocol':
      return { verdict: verdict.type, receivedAtMs };
    case 'gap':
      return { verdict: 'gap', head: till.head, receivedAtMs };
    case 'fork':
      gathered.refused.push(batch);
      gathered.alerts.push(forkAlert(till, batch.header, verdict.atSeq));
      till.isForked = true;
      till.hasNews = true;
      return { verdict: 'fork', atSeq: verdict.atSeq, receivedAtMs };
    case 'duplicate':
      return { verdict: 'duplicate', head: till.head, parkedEvents: 0, receivedAtMs };
    case 'accept':
    case 'overlap': {
      const parkedEvents = gatherNews(gathered, judged);
      return { verdict: verdict.type, head: till.head, parkedEvents, receivedAtMs };
    }
  }
}

/** Takes in what is new in a batch. @returns how many of its events were parked. */
function gatherNews(
  gathered: Gathered,
  judged: {
    readonly till: LockedTill;
    readonly batch: VerifiedBatch;
    readonly receivedAtMs: number;
    readonly known: Known;
  },
): number {
  const { till, batch, receivedAtMs, known } = judged;
  const newFromSeq = till.head.seq + 1;
  const news = batch.events.filter((event) => event.seq >= newFromSeq);
  assert(news[0]?.seq === newFromSeq, 'The journal is continued without a gap');
  const bounds = { receivedAtMs, caughtUpAtMs: till.caughtUpAtMs };
  const context = alertContext({ ...bounds, ...known });
  const parkedBefore = gathered.parked.length;
  const days: string[] = [];
  let previousOn = till.headAtMs === null ? null : businessDateOf(instantOfMs(till.headAtMs));
  for (const event of news) {
    if (!event.outcome.ok) {
      const fact = event.outcome.error;
      gathered.parked.push({ till, event, fact });
      gathered.alerts.push(parkedAlert(till, event, fact.type));
      continue;
    }
    const fact = event.outcome.value;
    if (fact.movements.length > 0) days.push(fact.day);
    gathered.movements.push(...movementRows(till, fact));
    gathered.alerts.push(...eventAlerts(till, fact, context, previousOn));
    previousOn = fact.day;
    till.headAtMs = fact.atMs;
  }
  gathered.evidence.push({ batch, newFromSeq });
  for (const { seq } of news) {
    till.newHashes.set(
      seq,
      present(batch.hashes[seq - batch.header.firstSeq], 'Every event is hashed'),
    );
  }
  const { lastSeq, headHash, protocol } = batch.header;
  if (days.length > 0) {
    days.sort();
    gathered.pending.push({
      till: till.id,
      firstSeq: newFromSeq,
      lastSeq,
      firstDay: present(days[0], 'There is a day'),
      lastDay: present(days.at(-1), 'There is a day'),
    });
  }
  const parkedEvents = gathered.parked.length - parkedBefore;
  till.head = { seq: lastSeq, hash: headHash };
  till.clockSkewMs = clockSkewOf(news, bounds);
  till.parkedEvents += parkedEvents;
  till.protocol = protocol;
  till.hasNews = true;
  return parkedEvents;
}

/**
 * How wrong the till's clock is at least (protocol.md §7): its newest event cannot be later than
 * now, nor earlier than the moment at which it had nothing left to send. 0 where nothing shows.
 */
function clockSkewOf(
  news: readonly DerivedEvent[],
  bounds: { readonly receivedAtMs: number; readonly caughtUpAtMs: number | null },
): number {
  const last = news.findLast((event) => event.outcome.ok);
  if (last === undefined || !last.outcome.ok) return 0;
  const { atMs } = last.outcome.value;
  if (atMs > bounds.receivedAtMs) return atMs - bounds.receivedAtMs;
  const behindMs = atMs - (bounds.caughtUpAtMs ?? atMs);
  // A sale made while the till was asking looks a moment old.
  return behindMs < -limits.clockSkewMsShown ? behindMs : 0;
}

/** @returns how many alerts were new. */
async function write(
  transaction: Transaction,
  deps: StoreDeps,
  stored: {
    readonly tills: ReadonlyMap<string, LockedTill>;
    readonly gathered: Gathered;
    readonly receivedAtMs: number;
  },
): Promise<number> {
  const { gathered, receivedAtMs } = stored;
  const receivedAt = new Date(receivedAtMs).toISOString();
  const moved = [...stored.tills.values()].filter((till) => till.hasNews);
  if (moved.length === 0) return 0;
  await insertEvidence(transaction, gathered.evidence, receivedAt);
  await insertRefused(transaction, deps, gathered.refused, receivedAt);
  await copyMovements(transaction, gathered.movements, receivedAt);
  await insertMapped(transaction, gathered.movements);
  await insertTransfers(transaction, gathered.movements);
  await lockPrescriptions(transaction, gathered.documents);
  await insertDocumentRows(transaction, gathered.documents);
  const exceeded = await exceededAlerts(transaction, gathered.documents, stored.tills);
  const overdrawn = await upsertStock(transaction, gathered.movements);
  const alerts = [
    ...gathered.alerts,
    ...exceeded,
    ...overdrawn.map((lot) => overdrawnAlert(lot, receivedAtMs)),
  ];
  const newAlerts = await insertAlerts(transaction, deps, alerts, receivedAt);
  await insertParked(transaction, gathered.parked, receivedAt);
  await moveHeads(transaction, moved, gathered.pending, receivedAt);
  return newAlerts;
}

async function insertEvidence(
  transaction: Transaction,
  rows: readonly EvidenceRow[],
  receivedAt: string,
): Promise<void> {
  if (rows.length === 0) return;
  await transaction.query(
    `INSERT INTO batch_evidence (till_id, first_seq, last_seq, new_from_seq, prev_hash, head_hash,
       protocol, signature, body, carrier, received_at)
     SELECT given.*, $11::timestamptz FROM unnest($1::uuid[], $2::bigint[], $3::bigint[],
       $4::bigint[], $5::text[], $6::text[], $7::integer[], $8::text[], $9::bytea[], $10::text[])
       AS given`,
    [
      ...headerColumns(rows.map((row) => row.batch)).toSpliced(
        3,
        0,
        rows.map((row) => row.newFromSeq),
      ),
      rows.map((row) => row.batch.carrier ?? 'https'),
      receivedAt,
    ],
  );
}

/** Kept for the inspector; a till that forks again and again adds nothing after a while. */
const refusedPerTillMax = 50;

async function insertRefused(
  transaction: Transaction,
  deps: StoreDeps,
  batches: readonly VerifiedBatch[],
  receivedAt: string,
): Promise<void> {
  if (batches.length === 0) return;
  await transaction.query(
    `INSERT INTO refused_evidence (id, till_id, first_seq, last_seq, prev_hash, head_hash,
       protocol, signature, body, verdict, received_at)
     SELECT given.*, 'fork', $10::timestamptz
     FROM unnest($9::uuid[], $1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::text[],
       $6::integer[], $7::text[], $8::bytea[]) AS given (id, till_id)
     WHERE $11 > (SELECT count(*) FROM refused_evidence AS old WHERE old.till_id = given.till_id)
     ON CONFLICT (till_id, head_hash, verdict) DO NOTHING`,
    [...headerColumns(batches), batches.map(() => deps.newId()), receivedAt, refusedPerTillMax],
  );
}

/** till, first_seq, last_seq, prev_hash, head_hash, protocol, signature, body. */
function headerColumns(batches: readonly VerifiedBatch[]): readonly unknown[] {
  const headers = batches.map((batch) => batch.header);
  return [
    headers.map((header) => header.till),
    headers.map((header) => header.firstSeq),
    headers.map((header) => header.lastSeq),
    headers.map((header) => header.prevHash),
    headers.map((header) => header.headHash),
    headers.map((header) => header.protocol),
    headers.map((header) => header.signature),
    batches.map((batch) => batch.compressed),
  ];
}

async function insertParked(
  transaction: Transaction,
  rows: readonly ParkedRow[],
  receivedAt: string,
): Promise<void> {
  if (rows.length === 0) return;
  await transaction.query(
    `INSERT INTO parked_event
       (till_id, seq, facility_id, type, reason, detail, line, document, parked_at)
     SELECT given.*, $9::timestamptz FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::text[],
       $5::text[], $6::text[], $7::text[], $8::uuid[]) AS given`,
    [
      rows.map((row) => row.till.id),
      rows.map((row) => row.event.seq),
      rows.map((row) => row.till.facilityId),
      rows.map((row) => row.event.type),
      rows.map((row) => row.fact.type),
      rows.map((row) => storable(row.fact.detail)),
      rows.map((row) => row.fact.line),
      rows.map((row) => row.event.id),
      receivedAt,
    ],
  );
}

async function moveHeads(
  transaction: Transaction,
  tills: readonly LockedTill[],
  pending: readonly PendingRow[],
  receivedAt: string,
): Promise<void> {
  await transaction.query(
    `WITH pending AS (
       INSERT INTO rollup_pending (till_id, first_seq, last_seq, first_day, last_day, received_at)
       SELECT given.*, $12::timestamptz
       FROM unnest($7::uuid[], $8::bigint[], $9::bigint[], $10::date[], $11::date[]) AS given)
     UPDATE till SET acked_seq = moved.seq, acked_hash = moved.hash,
       state = CASE WHEN moved.is_forked THEN 'forked' ELSE till.state END,
       protocol = CASE WHEN moved.seq > till.acked_seq THEN moved.protocol ELSE till.protocol END,
       acked_event_at = moved.at,
       last_batch_at = CASE WHEN moved.seq > till.acked_seq THEN $12 ELSE till.last_batch_at END,
       clock_skew_ms = CASE WHEN moved.seq > till.acked_seq THEN moved.skew ELSE till.clock_skew_ms END,
       last_contact_at = $12, parked_events = till.parked_events + moved.parked
     FROM unnest($1::uuid[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::boolean[],
       $13::integer[], $14::timestamptz[])
       AS moved (id, seq, hash, parked, skew, is_forked, protocol, at)
     WHERE till.id = moved.id`,
    [
      tills.map((till) => till.id),
      tills.map((till) => till.head.seq),
      tills.map((till) => till.head.hash),
      tills.map((till) => till.parkedEvents),
      tills.map((till) => till.clockSkewMs),
      tills.map((till) => till.isForked),
      pending.map((row) => row.till),
      pending.map((row) => row.firstSeq),
      pending.map((row) => row.lastSeq),
      pending.map((row) => row.firstDay),
      pending.map((row) => row.lastDay),
      receivedAt,
      tills.map((till) => till.protocol),
      tills.map((till) => (till.headAtMs === null ? null : new Date(till.headAtMs).toISOString())),
    ],
  );
}
