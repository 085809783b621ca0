import type { TillNews, TillReply } from '../../shared/contract/till-api.ts';
import { tillApi } from '../../shared/contract/till-api.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { createBackups } from './backup/backups.ts';
import { checkpointWhenIdle } from './db/checkpoint-when-idle.ts';
import type { DatabaseFault } from './db/database-fault.ts';
import { everyTopic, keepProof } from './db/keep-proof.ts';
import { openDatabase } from './db/open-database.ts';
import { proveWhenIdle } from './db/prove-when-idle.ts';
import type { TillDb } from './db/till-db.ts';
import type { TillDeps } from './deps.ts';
import { startSync } from './sync/start-sync.ts';
import { closedHandlers } from './transport/closed-handlers.ts';
import { createDispatch } from './transport/dispatch.ts';
import { callsWithoutDatabase, createHandlers, type Topics } from './transport/handlers.ts';

/** The till without a screen: what every host (Electron, counter host, simulation) holds. */
export type Till = {
  /** Parses, dispatches, answers; never throws. */
  readonly invoke: (name: string, input: unknown) => Promise<TillReply>;
  readonly subscribe: (listener: (news: TillNews) => void) => () => void;
  /** Why commands are refused, or null: found at the start or by a later check. */
  readonly fault: () => DatabaseFault | null;
  /** Stops timers and sync, closes the database. */
  readonly close: () => Promise<void>;
};

/**
 * Opens the till in `deps.dataDir`. A database that must not be used gives a till whose screens work
 * and say so, and whose commands are refused; nothing is deleted.
 */
export function createTill(deps: TillDeps): Till {
  const opened = openDatabase({
    dataDir: deps.dataDir,
    openedAt: instantOfMs(deps.nowMs()),
  });
  if (opened.ok) return openTill(opened.value, deps);
  deps.log.error({ ...opened.error }, 'The database cannot be used');
  return closedTill(opened.error, deps);
}

/** The till over a database that is open and proved; closing the till closes it. */
export function openTill(db: TillDb, deps: TillDeps): Till {
  const news = createNews(deps);
  let fault: DatabaseFault | undefined;
  const backups = createBackups({ db, deps, tell: () => news.tell(['sync']) });
  const sync = startSync({
    db,
    deps,
    tell: news.tell,
    examine: () => void proof.now(),
  });
  const proof = proveWhenIdle(db, {
    deps,
    onDamage: (found) => {
      fault = found;
      sync.setDatabaseProblem(`${found.code}: ${found.detail}`);
      news.tell(['facility', 'sync']);
    },
    onProved: (proved) => {
      keepProof(db, deps, proved);
      if (proved.repaired.length > 0) sync.compareAgain();
      news.tell(proved.repaired.length > 0 ? everyTopic : ['sync']);
    },
    onProgress: () => news.tell(['sync']),
  });
  const stopChecks = [
    checkpointWhenIdle(db, deps),
    proof.stop,
    // At midnight other lots are expired: what the screens show of stock is no longer true.
    deps.timers.schedule('0 0 * * *', () => news.tell(['stock', 'facility'])),
  ];
  const faultCode = () => fault?.code ?? null;
  return {
    invoke: createDispatch({
      handlers: createHandlers({ db, deps, sync, backups, proof, tell: news.tell, faultCode }),
      faultFor: (name) => (tillApi[name].kind === 'command' ? fault : undefined),
      deps,
    }),
    subscribe: news.subscribe,
    fault: () => fault ?? null,
    close: async () => {
      await backups.close();
      await sync.close();
      // After it: what sync commits at the very end plans a checkpoint, too.
      for (const stop of stopChecks) stop();
      db.close();
    },
  };
}

function closedTill(fault: DatabaseFault, deps: TillDeps): Till {
  return {
    invoke: createDispatch({
      handlers: closedHandlers(fault, deps),
      faultFor: (name) => (callsWithoutDatabase.has(name) ? undefined : fault),
      deps,
    }),
    subscribe: () => () => undefined,
    fault: () => fault,
    close: async () => undefined,
  };
}

/** Listeners hear of a change after it is committed; one that fails does not silence the others. */
function createNews({ log }: Pick<TillDeps, 'log'>) {
  const listeners = new Set<(news: TillNews) => void>();
  return {
    tell: (topics: Readonly<Topics>): void => {
      for (const listener of listeners) {
        try {
          listener({ topics: [...topics] });
        } catch (error) {
          log.error({ err: error }, 'A listener failed');
          listeners.delete(listener);
        }
      }
    },
    subscribe: (listener: (news: TillNews) => void): (() => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
