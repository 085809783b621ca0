import { createHash } from 'node:crypto';
import { z } from 'zod';
import { present } from '../../shared/base/assert.ts';
import { limits } from '../../shared/base/limits.ts';
import { err, ok, type Result } from '../../shared/base/result.ts';
import { type FeedPage, feedText } from '../../shared/sync/feed.ts';
import type { CentreKey } from '../accounts/centre-key.ts';
import { presentEpochSql } from '../db/epoch.ts';
import { type Queryable, queryRows } from '../db/pool.ts';
import type { ProblemFacts } from '../http/problem-answer.ts';

const ChangeRow = z.object({
  epoch: z.string(),
  head: z.number(),
  position: z.number().nullable(),
  kind: z.string().nullable(),
  key: z.string().nullable(),
  value: z.string().nullable(),
});

/** A page stays well under what a till is willing to read. */
const pageLengthMax = limits.answerBytesMax / 4;

/**
 * The changes after a cursor that a facility needs, signed. One statement reads the head and the
 * changes from one state of the database: without more to come, the cursor moves to that head.
 * A cursor ahead of that head is of a future that this database has lost.
 */
export async function readFeedPage(
  database: Queryable,
  centreKey: CentreKey,
  question: { readonly after: number; readonly facilityId: string },
): Promise<Result<FeedPage, ProblemFacts>> {
  const rows = await queryRows(database, ChangeRow, pageSql, [
    question.after,
    question.facilityId,
    limits.feedPageChangesMax + 1,
  ]);
  const { epoch, head } = present(rows[0], 'The feed has a head and an epoch');
  if (question.after > head) {
    return err({ type: 'cursor-ahead', detail: `The feed ends at ${head}` });
  }
  const texts: string[] = [];
  let next = question.after;
  let length = 0;
  let hasMore = false;
  for (const row of rows) {
    if (row.position === null) break;
    const text = changeText({ ...row, position: row.position });
    const isFull =
      texts.length === limits.feedPageChangesMax || length + text.length > pageLengthMax;
    hasMore = isFull && texts.length > 0;
    if (hasMore) break;
    texts.push(text);
    length += text.length;
    next = row.position;
  }
  if (!hasMore) next = head;
  const changes = `[${texts.join(',')}]`;
  const digest = createHash('sha256').update(changes).digest('hex');
  const signature = centreKey.sign(feedText({ epoch, after: question.after, next, digest }));
  return ok({ epoch, after: question.after, next, hasMore, changes, digest, signature });
}

/** One change as it travels, in a page or as a line of a snapshot. */
export function changeText(change: {
  readonly position: number;
  readonly kind: string | null;
  readonly key: string | null;
  readonly value: string | null;
}): string {
  const { position, kind, key, value } = change;
  return `{"position":${position},"kind":${JSON.stringify(kind)},"key":${JSON.stringify(key)},"value":${value ?? 'null'}}`;
}

const pageSql = `
  SELECT epoch.id AS epoch, feed_head.position AS head, change.position, change.kind, change.key,
    change.value
  FROM feed_head CROSS JOIN (${presentEpochSql}) AS epoch LEFT JOIN LATERAL (
    SELECT * FROM (
      (SELECT * FROM feed_change
       WHERE audience = 'nation' AND audience_key = '' AND position > $1
       ORDER BY position LIMIT $3)
      UNION ALL
      (SELECT * FROM feed_change
       WHERE audience = 'facility' AND audience_key = $2 AND position > $1
       ORDER BY position LIMIT $3)
    ) AS needed ORDER BY needed.position LIMIT $3
  ) AS change ON true
  ORDER BY change.position`;
