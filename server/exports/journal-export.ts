import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import { assert } from '../../shared/base/assert.ts';
import { businessDateOf, type Instant, instantOfMs } from '../../shared/model/calendar.ts';
import type { Facility } from '../../shared/model/facility.ts';
import { certificateText, receiptText, sealedLineOf } from '../../shared/sync/batch.ts';
import {
  countedText,
  type ExportLine,
  type ExportRefused,
  exportText,
  exportVersion,
} from '../../shared/sync/journal-export.ts';
import type { CentreKey } from '../accounts/centre-key.ts';
import { type Queryable, queryRows } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import { hashLine, inflate } from '../ingest/verify-batch.ts';

type ExportDeps = Pick<CentreDeps, 'pool' | 'centreKey' | 'nowMs'>;

const batchesPerPage = 100;

/**
 * The evidence of one facility as lines of a journal export (shared/sync/journal-export.ts): every
 * till it ever had, the exact bytes of every batch, what was refused, and the centre's own word over
 * each till's head at this moment.
 */
export async function* journalExportLines(
  deps: ExportDeps,
  facility: Facility,
): AsyncGenerator<string> {
  const digest = createHash('sha256');
  const exportedAt = instantOfMs(deps.nowMs());
  let lines = 0;
  const counted = (line: string): string => {
    const text = countedText(line);
    digest.update(text);
    lines += 1;
    return text;
  };
  const { id, code, name } = facility;
  yield counted(
    lineOf({
      kind: 'export',
      version: exportVersion,
      source: 'centre',
      exportedAt,
      facility: { id, code, name },
      centreKey: deps.centreKey.publicKeyBase64,
    }),
  );
  for (const till of await tillsOf(deps.pool, id)) {
    for await (const line of tillLines(deps, { till, facilityId: id, exportedAt })) {
      yield counted(line);
    }
  }
  const end = { lines, sha256: digest.digest('hex') };
  const signature = deps.centreKey.sign(exportText({ facilityId: id, exportedAt, ...end }));
  yield countedText(lineOf({ kind: 'end', ...end, signature }));
}

/** The same as a gzip stream for a download. */
export function gzipOf(lines: AsyncIterable<string>): NodeJS.ReadableStream {
  const packed = createGzip();
  void (async () => {
    try {
      for await (const line of lines) {
        if (packed.destroyed) return;
        if (!packed.write(line)) await once(packed, 'drain');
      }
      packed.end();
    } catch (error) {
      packed.destroy(error instanceof Error ? error : new Error('The export failed'));
    }
  })();
  return packed;
}

const TillRow = z.object({
  id: z.string(),
  short_code: z.string(),
  public_key: z.instanceof(Buffer),
  acked_seq: z.number(),
  acked_hash: z.string(),
});
type TillRow = z.output<typeof TillRow>;

function tillsOf(database: Queryable, facilityId: string): Promise<readonly TillRow[]> {
  return queryRows(
    database,
    TillRow,
    `SELECT id, short_code, public_key, acked_seq, acked_hash FROM till
     WHERE facility_id = $1 ORDER BY enrolled_at, id`,
    [facilityId],
  );
}

async function* tillLines(
  { pool, centreKey }: ExportDeps,
  asked: {
    readonly till: TillRow;
    readonly facilityId: string;
    readonly exportedAt: Instant;
  },
): AsyncGenerator<string> {
  const { till, facilityId, exportedAt } = asked;
  const deviceKey = till.public_key.toString('base64');
  const certified = certificateText({ till: till.id, facilityId, publicKey: deviceKey });
  yield lineOf({
    kind: 'till',
    id: till.id,
    shortCode: till.short_code,
    deviceKey,
    certificate: centreKey.sign(certified),
  });
  const dailyByDay = new Map<string, BatchRow>();
  for await (const batch of batchesOf(pool, till)) {
    yield* await sealedLinesOf(batch);
    dailyByDay.set(businessDateOf(batch.received_at.toISOString()), batch);
  }
  // A later signature covers everything before it: of each day, the last.
  const daily = [...dailyByDay.values()].sort((a, b) => a.last_seq - b.last_seq);
  for (const batch of daily) yield lineOf({ kind: 'batch', ...batchFields(batch) });
  for (const batch of daily) {
    // Signed again: Ed25519 gives the same signature that the till was given then.
    const serverTime = instantOfMs(batch.received_at.getTime());
    const head = { till: till.id, seq: batch.last_seq, hash: batch.head_hash, serverTime };
    yield receiptLine(centreKey, head);
  }
  const { id, acked_seq: seq, acked_hash: hash } = till;
  if (seq > 0) yield receiptLine(centreKey, { till: id, seq, hash, serverTime: exportedAt });
  yield* await refusedLines(pool, id);
}

const BatchRow = z.object({
  first_seq: z.number(),
  last_seq: z.number(),
  new_from_seq: z.number(),
  prev_hash: z.string(),
  head_hash: z.string(),
  signature: z.string(),
  body: z.instanceof(Buffer),
  received_at: z.date(),
});
type BatchRow = z.output<typeof BatchRow>;

/** In the order of the journal; batches that come in meanwhile are not part of this export. */
async function* batchesOf(database: Queryable, till: TillRow): AsyncGenerator<BatchRow> {
  for (let after = 0; after < till.acked_seq; ) {
    const rows = await queryRows(
      database,
      BatchRow,
      `SELECT first_seq, last_seq, new_from_seq, prev_hash, head_hash, signature, body, received_at
       FROM batch_evidence WHERE till_id = $1 AND last_seq > $2 AND last_seq <= $3
       ORDER BY last_seq LIMIT ${batchesPerPage}`,
      [till.id, after, till.acked_seq],
    );
    const last = rows.at(-1);
    assert(last !== undefined, 'There is evidence of everything acknowledged');
    yield* rows;
    after = last.last_seq;
  }
}

async function sealedLinesOf(batch: BatchRow): Promise<readonly string[]> {
  const body = await inflate(batch.body);
  assert(body.ok, 'Evidence can be read again');
  const lines: string[] = [];
  let hash = batch.prev_hash;
  let seq = batch.first_seq;
  for (const wireLine of body.value.split('\n').slice(0, -1)) {
    const line = sealedLineOf(wireLine, hash);
    hash = hashLine(hash, line);
    if (seq >= batch.new_from_seq) lines.push(line);
    seq += 1;
  }
  return lines;
}

const RefusedRow = BatchRow.omit({ new_from_seq: true });

async function refusedLines(database: Queryable, till: string): Promise<readonly string[]> {
  const rows = await queryRows(
    database,
    RefusedRow,
    `SELECT first_seq, last_seq, prev_hash, head_hash, signature, body, received_at
     FROM refused_evidence WHERE till_id = $1 ORDER BY received_at, id`,
    [till],
  );
  const lines: string[] = [];
  for (const row of rows) {
    const body = await inflate(row.body);
    assert(body.ok, 'Evidence can be read again');
    const refused: ExportRefused = { kind: 'refused', ...batchFields(row), body: body.value };
    lines.push(lineOf(refused));
  }
  return lines;
}

function batchFields(row: z.output<typeof RefusedRow>) {
  return {
    firstSeq: row.first_seq,
    lastSeq: row.last_seq,
    prevHash: row.prev_hash,
    headHash: row.head_hash,
    signature: row.signature,
    receivedAt: instantOfMs(row.received_at.getTime()),
  };
}

function receiptLine(
  centreKey: CentreKey,
  head: {
    readonly till: string;
    readonly seq: number;
    readonly hash: string;
    readonly serverTime: Instant;
  },
): string {
  const { till, seq: ackedSeq, hash: ackedHash, serverTime } = head;
  const receipt = { till, ackedSeq, ackedHash, serverTime };
  return lineOf({ kind: 'receipt', ...receipt, signature: centreKey.sign(receiptText(receipt)) });
}

function lineOf(about: ExportLine): string {
  return JSON.stringify(about);
}
