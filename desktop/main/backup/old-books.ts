/**
 * What old books hold and nobody else: the events behind the last one that the centre acknowledged.
 * Read from a copy, shown as it was sealed, and never written anywhere: a person enters it again from
 * the paper slips, as new facts of this till.
 */
import { mkdirSync } from 'node:fs';
import { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import { ok, type Result } from '../../../shared/base/result.ts';
import type { UnreportedSale, UnreportedTail } from '../../../shared/contract/till-backup-api.ts';
import { HashHex } from '../../../shared/events/envelope.ts';
import type { ChainHead } from '../../../shared/events/seal.ts';
import { instantOfMs } from '../../../shared/model/calendar.ts';
import { DatabaseFaulted } from '../db/database-fault.ts';
import { chainHead, hashOfSeq } from '../db/event-log.ts';
import type { SaleEvent } from '../db/old-sales.ts';
import { readEvent } from '../db/read-event.ts';
import { getSetting, type TillIdentity } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import { drugName } from '../sync/drug-name.ts';
import { type Refused, refusedBackup, withOldBooks } from './open-aside.ts';

/** One page of what `file` holds beyond what is known here or at the centre. */
export async function readOldBooks(
  { db, deps }: { readonly db: TillDb; readonly deps: Pick<TillDeps, 'dataDir' | 'nowMs'> },
  { file, afterSeq }: { readonly file: string; readonly afterSeq?: number | undefined },
): Promise<Result<UnreportedTail, Refused>> {
  mkdirSync(deps.dataDir, { recursive: true });
  const aside = { under: deps.dataDir, openedAt: instantOfMs(deps.nowMs()) };
  return withOldBooks(file, aside, async (books) => {
    const identity = getSetting(books, 'identity');
    if (identity === null) return refusedBackup('not-enrolled');
    const known = knownOf(db, books, identity);
    return known.ok ? ok(tailOf({ books, identity, knownSeq: known.value, afterSeq })) : known;
  });
}

/** @returns the number of the last event of `books` that is not lost. */
function knownOf(db: TillDb, books: TillDb, { tillId }: TillIdentity): Result<number, Refused> {
  if (getSetting(db, 'identity')?.tillId === tillId) return ok(lastCommonSeq(db, books));
  const reported = reportedHeadOf(db, tillId);
  if (reported === undefined) return refusedBackup('other-till');
  const head = chainHead(books);
  if (head.seq < reported.seq && hasArrived(db, books, tillId)) return ok(head.seq);
  if (hashOfSeq(books, reported.seq) === reported.hash) return ok(reported.seq);
  // Two pasts under that name: what the centre signed for in this one is all it has of it.
  return ok(getSetting(books, 'ackedHead').seq);
}

/**
 * Books from before the last report, of the past that the centre knows: their last sale is among those
 * that it handed over, under the same hash, which covers everything before.
 */
function hasArrived(db: TillDb, books: TillDb, till: string): boolean {
  const last = books.one(
    SealedRow,
    'SELECT seq, hash FROM event WHERE seq = (SELECT max(seq) FROM sale)',
  );
  if (last === undefined) return true;
  const known = db.one(
    SealedRow,
    'SELECT seq, hash FROM old_sale WHERE till = ? AND seq = ?',
    till,
    last.seq,
  );
  return known?.hash === last.hash;
}

/** Equal hashes mean that everything before is equal, too: found by halving. */
function lastCommonSeq(db: TillDb, books: TillDb): number {
  let low = 0;
  let high = Math.min(chainHead(db).seq, chainHead(books).seq);
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (hashOfSeq(db, middle) === hashOfSeq(books, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

const SealedRow = z.object({ seq: z.int(), hash: HashHex });
const LineRow = z.object({ seq: z.int(), line: z.string() });

/** A recovery stands at the very beginning of a journal; it names the old head. */
function reportedHeadOf(db: TillDb, oldTill: string): ChainHead | undefined {
  const first = db.one(LineRow, 'SELECT seq, line FROM event WHERE seq = 1');
  if (first === undefined) return undefined;
  const event = eventIn(first);
  if (event.type !== 'TillRecovered.v1' || event.data.oldTill !== oldTill) return undefined;
  return { seq: event.data.oldSeq, hash: event.data.oldHash };
}

function tailOf(tail: {
  readonly books: TillDb;
  readonly identity: TillIdentity;
  readonly knownSeq: number;
  readonly afterSeq: number | undefined;
}): UnreportedTail {
  const { books, identity, knownSeq } = tail;
  const lastSeq = chainHead(books).seq;
  const after = Math.max(knownSeq, tail.afterSeq ?? 0);
  const rows = books.all(
    LineRow,
    'SELECT seq, line FROM event WHERE seq > ? ORDER BY seq LIMIT ?',
    after,
    limits.unreportedEventsPage,
  );
  const sales: UnreportedSale[] = [];
  const others: UnreportedTail['others'][number][] = [];
  for (const row of rows) {
    const event = eventIn(row);
    if (event.type === 'SaleCompleted.v1') sales.push(saleOf(event, books));
    else others.push({ seq: event.seq, type: event.type, at: event.at });
  }
  const next = after + rows.length;
  return {
    shortCode: identity.shortCode,
    knownSeq,
    lastSeq,
    sales,
    others,
    ...sumsBehind(books, knownSeq),
    nextAfterSeq: next < lastSeq ? next : null,
  };
}

const SumRow = z.object({ salesCount: z.int(), salesVnd: z.int() });

/** Voided ones left out: nothing of them is to be entered again. */
function sumsBehind(books: TillDb, seq: number): z.infer<typeof SumRow> {
  const sums = books.one(
    SumRow,
    `SELECT count(*) AS salesCount, coalesce(sum(total_vnd), 0) AS salesVnd FROM sale
     WHERE seq > ? AND id NOT IN (SELECT sale_id FROM void)`,
    seq,
  );
  return sums ?? { salesCount: 0, salesVnd: 0 };
}

function saleOf({ id, seq, at, data }: SaleEvent, books: TillDb): UnreportedSale {
  const voided = books.one(
    z.object({ seq: z.int() }),
    'SELECT seq FROM void WHERE sale_id = ?',
    id,
  );
  return {
    seq,
    slip: data.slip,
    at,
    totalVnd: data.totalVnd,
    isVoided: voided !== undefined,
    lines: data.lines.map(({ drug, quantity, unit, amountVnd, picks }) => ({
      name: drugName(books, drug),
      quantity,
      unit: unit.name,
      amountVnd,
      lots: picks,
    })),
  };
}

function eventIn({ seq, line }: z.infer<typeof LineRow>) {
  const event = readEvent(seq, line);
  if (!event.ok) throw new DatabaseFaulted(event.error);
  return event.value;
}
