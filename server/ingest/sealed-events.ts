import { z } from 'zod';
import { assert } from '../../shared/base/assert.ts';
import { type BatchEvent, readBatch } from '../../shared/sync/batch.ts';
import { type Queryable, queryRows } from '../db/pool.ts';
import { hashLine, inflate } from './verify-batch.ts';

/** A stored batch, as far as its proof needs it. */
export const EvidenceRow = z.object({
  first_seq: z.number(),
  last_seq: z.number(),
  new_from_seq: z.number(),
  prev_hash: z.string(),
  head_hash: z.string(),
  protocol: z.number(),
  signature: z.string(),
  body: z.instanceof(Buffer),
});

/**
 * Events of a till as they were sealed, proved again by their batch: whatever another table says of
 * them. A number that no batch carries is left out.
 */
export async function sealedEvents(
  database: Queryable,
  tillId: string,
  seqs: readonly number[],
): Promise<ReadonlyMap<number, BatchEvent>> {
  const rows = await queryRows(
    database,
    EvidenceRow,
    `SELECT first_seq, last_seq, new_from_seq, prev_hash, head_hash, protocol, signature, body
     FROM batch_evidence WHERE till_id = $1 AND EXISTS
       (SELECT 1 FROM unnest($2::bigint[]) AS asked (seq)
        WHERE asked.seq BETWEEN new_from_seq AND last_seq)`,
    [tillId, seqs],
  );
  const asked = new Set(seqs);
  const events = new Map<number, BatchEvent>();
  for (const row of rows) {
    const body = await inflate(row.body);
    assert(body.ok, 'Evidence can be read again');
    const header = {
      till: tillId,
      firstSeq: row.first_seq,
      lastSeq: row.last_seq,
      prevHash: row.prev_hash,
      headHash: row.head_hash,
      protocol: row.protocol,
      signature: row.signature,
    };
    const read = readBatch(header, body.value, hashLine);
    assert(read.ok, 'Evidence proves its own head');
    for (const event of read.value) {
      const { seq } = event.envelope;
      if (asked.has(seq) && seq >= row.new_from_seq) events.set(seq, event);
    }
  }
  return events;
}
