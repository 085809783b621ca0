import type { TillNews } from '../../../shared/contract/till-api.ts';
import type { TillIdentity } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import type { CentreClient } from './centre-client.ts';
import type { CentreKey } from './device-key.ts';
import type { SyncTracker } from './sync-tracker.ts';

export type Topic = TillNews['topics'][number];

/** What every piece of sync works with once the till is enrolled. */
export type SyncParts = {
  readonly db: TillDb;
  readonly deps: Pick<TillDeps, 'nowMs' | 'random' | 'timers' | 'log'>;
  readonly identity: TillIdentity;
  readonly client: CentreClient;
  readonly centreKey: CentreKey;
  readonly tracker: SyncTracker;
  /** Till and centre differ: have this till's own tables looked through. */
  readonly examine: () => void;
  /** Tells the screens which answers may have changed. */
  readonly tell: (topics: readonly Topic[]) => void;
};
