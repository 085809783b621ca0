import type { TillNews } from '../../../shared/contract/till-api.ts';
import { instantOfMs } from '../../../shared/model/calendar.ts';
import type { TillDeps } from '../deps.ts';
import type { Rebuilt } from './rebuild.ts';
import { getSetting, setSetting } from './sync-state.ts';
import type { TillDb } from './till-db.ts';

/** What screens may show differently after a repair. */
export const everyTopic: TillNews['topics'] = [
  'stock',
  'sales',
  'sync',
  'catalogue',
  'facility',
  'prices',
  'settings',
  'openSales',
];

const repairsKept = 50;

/** Remembers that the books were proved, and what had to be repaired; shown with the sync. */
export function keepProof(
  db: TillDb,
  { nowMs, log }: Pick<TillDeps, 'nowMs' | 'log'>,
  { events, repaired }: Rebuilt,
): void {
  const at = instantOfMs(nowMs());
  const { repairs } = getSetting(db, 'derivedProof');
  const news = repaired.length === 0 ? [] : [{ at, tables: [...repaired] }];
  if (repaired.length > 0)
    log.warn({ repaired }, 'Tables that differed from the journal: repaired');
  setSetting(db, 'derivedProof', {
    provedAt: at,
    events,
    repairs: [...news, ...repairs].slice(0, repairsKept),
  });
}
