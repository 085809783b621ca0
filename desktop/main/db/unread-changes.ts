import { z } from 'zod';
import { limits } from '../../../shared/base/limits.ts';
import type { FeedChange } from '../../../shared/sync/feed.ts';
import type { SkippedChange } from './catalogue.ts';
import type { TillDb } from './till-db.ts';

/**
 * Keeps what could not be read and forgets what was read since. Call it inside the transaction that
 * applied `changes`. The newest change of a key wins, as in the catalogue.
 */
export function rememberUnread(
  db: TillDb,
  changes: readonly FeedChange[],
  skipped: readonly SkippedChange[],
): void {
  const detailByPosition = new Map(skipped.map((change) => [change.position, change.detail]));
  for (const { kind, key, position, value } of changes) {
    const detail = detailByPosition.get(position);
    if (detail === undefined) {
      db.run('DELETE FROM unread_change WHERE kind = ? AND key = ?', kind, key);
      continue;
    }
    db.run(
      `INSERT INTO unread_change (kind, key, position, value, detail) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (kind, key) DO UPDATE SET
         position = excluded.position, value = excluded.value, detail = excluded.detail`,
      kind,
      key,
      position,
      JSON.stringify(value ?? null),
      detail,
    );
  }
}

/** A snapshot says everything anew: what was kept before it belongs to another state. */
export function forgetUnread(db: TillDb): void {
  db.run('DELETE FROM unread_change');
}

const UnreadRow = z.object({
  kind: z.string(),
  key: z.string(),
  position: z.int(),
  value: z.string(),
});

/** What earlier programs could not read, oldest first, one page from `afterPosition` on. */
export function unreadChanges(db: TillDb, afterPosition: number): readonly FeedChange[] {
  return db
    .all(
      UnreadRow,
      `SELECT kind, key, position, value FROM unread_change
       WHERE position > ? ORDER BY position LIMIT ?`,
      afterPosition,
      limits.feedPageChangesMax,
    )
    .map((row) => {
      const value: unknown = JSON.parse(row.value);
      return { ...row, value };
    });
}
