import { z } from 'zod';
import type { TillStatus } from '../../../shared/contract/till-api.ts';
import { addDays } from '../../../shared/model/calendar.ts';
import { getSetting } from '../db/sync-state.ts';
import type { TillDeps } from '../deps.ts';
import type { QueryContext } from './query-context.ts';

/** The horizon of the warning in the head of the screen. */
const expiringDays = 90;

const CountRow = z.object({ count: z.int() });
const ShelfRow = z.object({ expired: z.int(), expiring: z.int() });

export function getStatus(
  { db, today }: QueryContext,
  { programVersion, host }: Pick<TillDeps, 'programVersion' | 'host'>,
): Omit<TillStatus, 'staff'> {
  const facility = getSetting(db, 'facility');
  const identity = getSetting(db, 'identity');
  const opening = db.one(
    CountRow,
    "SELECT EXISTS (SELECT 1 FROM movement WHERE kind IN ('opening', 'recovery')) AS count",
  );
  const shelf = db.one(
    ShelfRow,
    `SELECT count(*) FILTER (WHERE expires_on <= @today) AS expired,
       count(*) FILTER (WHERE expires_on > @today) AS expiring
     FROM stock WHERE on_hand_units > 0 AND expires_on <= @until`,
    { today, until: addDays(today, expiringDays) },
  );
  return {
    facility,
    till: identity === null ? null : { id: identity.tillId, shortCode: identity.shortCode },
    hasOpeningStock: opening?.count === 1,
    expiringLots: shelf?.expiring ?? 0,
    expiredLots: shelf?.expired ?? 0,
    recovered: getSetting(db, 'recovered'),
    restored: getSetting(db, 'restored'),
    programVersion,
    host,
    fault: null,
    today,
  };
}
