import { z } from 'zod';
import { assert } from '../../shared/base/assert.ts';
import type { HashHex } from '../../shared/events/envelope.ts';
import { sealedLineOf } from '../../shared/sync/batch.ts';
import { type Queryable, queryRows } from '../db/pool.ts';
import { hashLine, inflate } from './verify-batch.ts';

const EvidenceRow = z.object({
  first_seq: z.number(),
  new_from_seq: z.number(),
  prev_hash: z.string(),
  head_hash: z.string(),
  body: z.instanceof(Buffer),
});

/** Hash after each old event of a till in a range, recomputed from the bytes that were kept. */
export async function storedHashes(
  database: Queryable,
  range: { readonly till: string; readonly firstSeq: number; readonly lastSeq: number },
): Promise<ReadonlyMap<number, HashHex>> {
  const rows = await queryRows(
    database,
    EvidenceRow,
    `SELECT first_seq, new_from_seq, prev_hash, head_hash, body FROM batch_evidence
     WHERE till_id = $1 AND last_seq >= $2 AND new_from_seq <= $3 ORDER BY last_seq`,
    [range.till, range.firstSeq, range.lastSeq],
  );
  const hashes = new Map<number, HashHex>();
  for (const row of rows) {
    const body = await inflate(row.body);
    assert(body.ok, 'Evidence can be read again');
    let hash = row.prev_hash;
    let seq = row.first_seq;
    for (const wireLine of body.value.split('\n').slice(0, -1)) {
      hash = hashLine(hash, sealedLineOf(wireLine, hash));
      if (seq >= row.new_from_seq) hashes.set(seq, hash);
      seq += 1;
    }
    assert(hash === row.head_hash, 'Evidence proves its own head');
  }
  return hashes;
}
