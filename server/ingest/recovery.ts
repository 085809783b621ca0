/** What a new machine needs of the one it replaces, and a restored one of its own (protocol.md §5). */
import { z } from 'zod';
import { assert } from '../../shared/base/assert.ts';
import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import type { RouteAnswer, RouteInput } from '../../shared/contract/route.ts';
import type { EnrolmentAnswer, syncApi } from '../../shared/contract/sync-api.ts';
import { type HashHex, zeroHash } from '../../shared/events/envelope.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { receiptText, sealedLineOf } from '../../shared/sync/batch.ts';
import type { TillCaller } from '../accounts/till-authentication.ts';
import { type Queryable, queryRow, queryRows } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';
import { inSnapshot } from '../queries/rows.ts';
import { hashLine, inflate } from './verify-batch.ts';

type Page = RouteAnswer<typeof syncApi.journal>;

const TillRow = z.object({
  id: z.string(),
  short_code: z.string(),
  acked_seq: z.number(),
  acked_hash: z.string(),
  last_batch_at: z.date().nullable(),
  was_forked: z.boolean(),
});
const HeadRow = z.object({ acked_seq: z.number(), acked_hash: z.string() });
const EvidenceRow = z.object({
  first_seq: z.number(),
  last_seq: z.number(),
  new_from_seq: z.number(),
  prev_hash: z.string(),
  head_hash: z.string(),
  body: z.instanceof(Buffer),
});

/** The till whose place another takes: its name and the last thing that was acknowledged. */
export async function replacedTill(
  database: Queryable,
  id: string,
): Promise<EnrolmentAnswer['recovers']> {
  const row = await queryRow(
    database,
    TillRow,
    `SELECT id, short_code, acked_seq, acked_hash, last_batch_at,
       EXISTS (SELECT 1 FROM refused_evidence AS refused
         WHERE refused.till_id = till.id AND refused.verdict = 'fork') AS was_forked
     FROM till WHERE id = $1`,
    [id],
  );
  if (row === undefined) return null;
  return {
    till: row.id,
    shortCode: row.short_code,
    ackedSeq: row.acked_seq,
    ackedHash: row.acked_hash,
    lastReportedAt: row.last_batch_at === null ? null : instantOfMs(row.last_batch_at.getTime()),
    wasForked: row.was_forked,
  };
}

/**
 * One page of a journal as it was sealed, out of the evidence: for the till that wrote it, or for
 * one that took its place. The receipt over the last event of the page proves all of them.
 */
export async function readJournalPage(
  deps: CentreDeps,
  caller: TillCaller,
  { till, after }: RouteInput<typeof syncApi.journal>['query'],
): Promise<Result<Page, ProblemFacts>> {
  return inSnapshot(deps.pool, async (database) => {
    const head = await headFor(database, { caller: caller.tillId, till });
    if (head === undefined || after > head.acked_seq) {
      return err({ type: 'not-found', detail: 'No such events of this till or its predecessors' });
    }
    const read = await readLines(database, { till, after });
    const isAtHead = read.lastSeq === head.acked_seq;
    assert(!isAtHead || read.hash === head.acked_hash, 'The evidence ends in the head');
    const facts = {
      till,
      ackedSeq: read.lastSeq,
      ackedHash: read.hash,
      serverTime: instantOfMs(deps.nowMs()),
    };
    return ok({
      after,
      prevHash: read.prevHash,
      body: read.body,
      hasMore: !isAtHead,
      receipt: { ...facts, signature: deps.centreKey.sign(receiptText(facts)) },
    });
  });
}

/** The asked till's head, when the caller is that till or stands in its place. */
function headFor(
  database: Queryable,
  { caller, till }: { readonly caller: string; readonly till: string },
) {
  return queryRow(
    database,
    HeadRow,
    `WITH RECURSIVE place AS (
       SELECT id, replaces FROM till WHERE id = $1
       UNION SELECT older.id, older.replaces FROM till AS older
         JOIN place ON place.replaces = older.id)
     SELECT till.acked_seq, till.acked_hash FROM till JOIN place USING (id) WHERE till.id = $2`,
    [caller, till],
  );
}

type Lines = {
  readonly body: string;
  readonly prevHash: HashHex;
  readonly lastSeq: number;
  readonly hash: HashHex;
};

/** Wire lines behind `after`: as many as one batch may hold. */
async function readLines(
  database: Queryable,
  { till, after }: { readonly till: string; readonly after: number },
): Promise<Lines> {
  const rows = await queryRows(database, EvidenceRow, evidenceSql, [
    till,
    after,
    limits.batchEventsMax,
    limits.batchInflatedBytesMax,
  ]);
  const lines: string[] = [];
  let bytes = 0;
  let prevHash = zeroHash;
  let hash = zeroHash;
  for (const row of rows) {
    let walked = row.prev_hash;
    const body = await inflate(row.body);
    assert(body.ok, 'Evidence can be read again');
    for (const [index, wireLine] of body.value.split('\n').slice(0, -1).entries()) {
      const seq = row.first_seq + index;
      const before = walked;
      walked = hashLine(before, sealedLineOf(wireLine, before));
      if (seq < row.new_from_seq || seq !== after + lines.length + 1) continue;
      bytes += Buffer.byteLength(wireLine) + 1;
      const isFull = lines.length === limits.batchEventsMax || bytes > limits.batchBytesMax;
      if (isFull && lines.length > 0) return pageOf();
      if (lines.length === 0) prevHash = before;
      lines.push(wireLine);
      hash = walked;
    }
  }
  return lines.length === 0 ? emptyPage() : pageOf();

  function pageOf(): Lines {
    const body = lines.map((line) => `${line}\n`).join('');
    return { body, prevHash, lastSeq: after + lines.length, hash };
  }
  /** Nothing behind `after`: the head itself, whose hash the last batch names. */
  async function emptyPage(): Promise<Lines> {
    const last = await queryRow(database, HeadRow, headSql, [till]);
    const headHash = last?.acked_hash ?? zeroHash;
    return { body: '', prevHash: headHash, lastSeq: after, hash: headHash };
  }
}

/** Batches behind a seq in order: enough for one page, whatever their size. */
const evidenceSql = `
  SELECT first_seq, last_seq, new_from_seq, prev_hash, head_hash, body FROM (
    SELECT *, coalesce(sum(length(body)) OVER (ORDER BY last_seq
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS bytes_before
    FROM (
      SELECT first_seq, last_seq, new_from_seq, prev_hash, head_hash, body FROM batch_evidence
      WHERE till_id = $1 AND last_seq > $2 ORDER BY last_seq LIMIT $3
    ) AS following
  ) AS measured
  WHERE bytes_before < $4 ORDER BY last_seq`;
const headSql = 'SELECT acked_seq, acked_hash FROM till WHERE id = $1';
