import { z } from 'zod';
import type { Restored } from '../../../shared/contract/till-backup-api.ts';
import { Instant } from '../../../shared/model/calendar.ts';
import { chainHead } from './event-log.ts';
import { lastSlipIn } from './last-slip.ts';
import type { TillDb } from './till-db.ts';

const LastRow = z.object({ at: Instant });

/** What older books know, before the centre is asked what came after them. */
export function restoredIn(books: TillDb, { file, at }: Pick<Restored, 'file' | 'at'>): Restored {
  const last = books.one(LastRow, 'SELECT at FROM event ORDER BY seq DESC LIMIT 1');
  return {
    file,
    at,
    events: chainHead(books).seq,
    lastEventAt: last?.at ?? null,
    caughtUpAt: null,
    gainedEvents: 0,
    ...lastSlipIn(books),
  };
}
