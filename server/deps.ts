import type { Logger } from 'pino';
import type { CentreKey } from './accounts/centre-key.ts';
import type { CatalogueImports } from './catalogue/catalogue-imports.ts';
import type { Notices } from './db/notices.ts';
import type { Pool } from './db/pool.ts';
import type { EventStreams } from './http/event-streams.ts';
import type { AuthenticateAccount } from './http/mount.ts';
import type { BatchSubmitter } from './ingest/batch-outcome.ts';
import type { Clinic } from './ingest/clinic.ts';

/**
 * Everything the centre takes from outside: database, time, chance, names, its key. The program
 * gives real ones (start-centre.ts); tests and the simulation give their own clock.
 */
export type CentreDeps = {
  readonly pool: Pool;
  readonly nowMs: () => number;
  /** UUIDv7, as a string. */
  readonly newId: () => string;
  /** For codes, cookies and salts: never predictable outside tests. */
  readonly randomBytes: (count: number) => Buffer;
  readonly log: Logger;
  readonly centreKey: CentreKey;
  readonly notices: Notices;
  readonly eventStreams: EventStreams;
  readonly ingest: BatchSubmitter;
  readonly clinic: Clinic;
  readonly authenticateAccount: AuthenticateAccount;
  readonly catalogueImports: CatalogueImports;
  readonly programVersion: string;
  /** Reverse proxies in front whose X-Forwarded-For is believed; 0 believes nobody. */
  readonly trustedProxies: number;
  /** The built console: index.html and its assets. */
  readonly consoleDir: string;
  /** Signed programs for tills (`npm run release`); need not exist. */
  readonly updatesDir: string;
};
