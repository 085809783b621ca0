import path from 'node:path';
import { ok, type Result } from '../../shared/base/result.ts';
import { type TillCallName, type TillNews, tillApi } from '../../shared/contract/till-api.ts';
import type { Restored } from '../../shared/contract/till-backup-api.ts';
import { instantOfMs } from '../../shared/model/calendar.ts';
import { automaticStaffId } from '../../shared/rules/staff.ts';
import { createBackups } from './backup/backups.ts';
import { type Refused, refusedBackup } from './backup/open-aside.ts';
import { prepareEmptyBooks, prepareRestore } from './backup/restore.ts';
import { checkpointWhenIdle } from './db/checkpoint-when-idle.ts';
import type { DatabaseFault } from './db/database-fault.ts';
import { chainHead } from './db/event-log.ts';
import { announceRestore, asideName } from './db/finish-restore.ts';
import { everyTopic, keepProof } from './db/keep-proof.ts';
import { openDatabase } from './db/open-database.ts';
import { proveWhenIdle } from './db/prove-when-idle.ts';
import { getSetting } from './db/sync-state.ts';
import type { TillDb } from './db/till-db.ts';
import type { TillDeps } from './deps.ts';
import { createPrinting } from './devices/printing.ts';
import { createLan } from './lan/lan.ts';
import { ownCounter } from './session/caller.ts';
import { createSessions } from './session/sessions.ts';
import { startSync } from './sync/start-sync.ts';
import { closedHandlers } from './transport/closed-handlers.ts';
import { createDispatch } from './transport/dispatch.ts';
import { callsWithoutDatabase, createHandlers, type Topics } from './transport/handlers.ts';
import type { TillCalls } from './transport/till-calls.ts';
import { createUpdates } from './updates/updates.ts';

/** The till without a screen: what every host (Electron, counter host, simulation) holds. */
export type Till = TillCalls & {
  /** Why commands are refused, or null: found at the start or by a later check. */
  readonly fault: () => DatabaseFault | null;
  /** Stops timers and sync, closes the database. */
  readonly close: () => Promise<void>;
};

/**
 * Opens the till in `deps.dataDir`. A database that must not be used gives a till whose screens work
 * and say so, and whose commands are refused; nothing is deleted. A restored backup takes the place
 * of such a database, or of an empty one, while the program runs.
 */
export function createTill(deps: TillDeps): Till {
  const news = createNews(deps);
  let restoring: ReturnType<Restoring> | undefined;
  let reopening: Promise<void> | undefined;
  const open = (): OpenTill => {
    const opened = openDatabase({ dataDir: deps.dataDir, openedAt: instantOfMs(deps.nowMs()) });
    if (opened.ok) return openTill(opened.value, deps, exchange);
    deps.log.error({ ...opened.error }, 'The database cannot be used');
    return closedTill(opened.error, deps, exchange);
  };
  const reopen = async (): Promise<void> => {
    try {
      await books.close();
      // Opening finishes what was announced, and a crash before leaves it to the next start.
      books = open();
      books.subscribe(({ topics }) => news.tell(topics));
    } finally {
      reopening = undefined;
    }
    news.tell(everyTopic);
  };
  const restoreFrom: Restoring = async (file) => {
    if (!books.mayBeReplaced()) return refusedBackup('not-empty');
    const prepared = await prepareRestore(file, deps);
    if (!prepared.ok) return prepared;
    if (!books.mayBeReplaced()) return refusedBackup('not-empty');
    const isKept = books.fault() !== null;
    const aside = isKept ? asideName(deps.dataDir, prepared.value.at) : null;
    announceRestore(deps.dataDir, { aside });
    reopening = reopen();
    await reopening;
    return prepared;
  };
  const restore: Restoring = (file) => {
    restoring ??= restoreFrom(file).finally(() => {
      restoring = undefined;
    });
    return restoring;
  };
  const exchange: Exchange = {
    restore,
    putAside: async () => {
      if (restoring !== undefined || !books.mayBePutAside()) return refusedBackup('in-use');
      const aside = asideName(deps.dataDir, prepareEmptyBooks(deps, books.centreUrl()));
      announceRestore(deps.dataDir, { aside });
      reopening = reopen();
      await reopening;
      return ok({ aside: path.join(deps.dataDir, aside) });
    },
  };
  let books = open();
  books.subscribe(({ topics }) => news.tell(topics));
  return {
    invoke: (name, input, counter) =>
      reopening === undefined
        ? books.invoke(name, input, counter)
        : reopening.then(() => books.invoke(name, input, counter)),
    subscribe: news.subscribe,
    fault: () => books.fault(),
    close: async () => {
      await Promise.allSettled([restoring]);
      await books.close();
    },
  };
}

/** Proves a backup and puts it in place (backup/restore.ts). */
type Restoring = (file: string) => Promise<Result<Restored, Refused>>;

/** What puts other books in the place of these. */
export type Exchange = {
  readonly restore: Restoring;
  /** Begins anew with empty books. @returns where the old ones are kept. */
  readonly putAside: () => Promise<Result<{ readonly aside: string }, Refused>>;
};

const noExchange: Exchange = {
  restore: async () => refusedBackup('not-empty'),
  putAside: async () => refusedBackup('in-use'),
};

/** A till over the books as they stand now. */
type OpenTill = Till & {
  /** There is nothing in them that could be lost, or they cannot be used. */
  readonly mayBeReplaced: () => boolean;
  /** The centre takes them no more: this name has another past, or another till its place. */
  readonly mayBePutAside: () => boolean;
  /** Where they report to; null where nobody knows. */
  readonly centreUrl: () => string | null;
};

/** The till over a database that is open and proved; closing the till closes it. */
export function openTill(db: TillDb, deps: TillDeps, exchange: Exchange = noExchange): OpenTill {
  const news = createNews(deps);
  let fault: DatabaseFault | undefined;
  const backups = createBackups({ db, deps, tell: () => news.tell(['sync']) });
  const printing = createPrinting({ db, deps, tell: () => news.tell(['printing']) });
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
  const updates = createUpdates({
    db,
    deps,
    backUp: backups.run,
    tell: () => news.tell(['settings']),
  });
  const faultCode = () => fault?.code ?? null;
  const sessions = createSessions({ db, deps });
  // Its calls come in through the same choke point as everybody's, once that stands.
  const lan = createLan({
    db,
    deps,
    till: {
      invoke: (name, input, counter) => dispatch(name, input, counter ?? ownCounter),
      subscribe: news.subscribe,
    },
    tell: () => news.tell(['settings']),
  });
  const parts = {
    db,
    deps,
    sync,
    backups,
    printing,
    updates,
    lan,
    proof,
    sessions,
    tell: news.tell,
    faultCode,
    exchange,
  };
  const isStopped = (name: TillCallName) =>
    tillApi[name].kind === 'command' && !callsWithoutDatabase.has(name);
  const dispatch = createDispatch({
    handlers: createHandlers(parts),
    faultFor: (name) => (isStopped(name) ? fault : undefined),
    authorise: sessions.authorise,
    onCall: updates.noteCall,
    deps,
  });
  if (getSetting(db, 'shopSettings').isLanOn) void lan.settle();
  return {
    invoke: (name, input, counter = ownCounter) => dispatch(name, input, counter),
    subscribe: news.subscribe,
    fault: () => fault ?? null,
    mayBeReplaced: () =>
      fault === undefined
        ? getSetting(db, 'identity') === null && chainHead(db).seq === 0
        : isDamage(fault),
    mayBePutAside: () => {
      const problem = sync.status().problem?.type;
      return problem === 'fork' || problem === 'revoked';
    },
    centreUrl: () => sync.status().centreUrl,
    close: async () => {
      await lan.close();
      await updates.close();
      await backups.close();
      await printing.close();
      await sync.close();
      // After it: what sync commits at the very end plans a checkpoint, too.
      for (const stop of stopChecks) stop();
      db.close();
    },
  };
}

function closedTill(fault: DatabaseFault, deps: TillDeps, exchange: Exchange): OpenTill {
  const dispatch = createDispatch({
    handlers: closedHandlers(fault, deps, exchange.restore),
    faultFor: (name) => (callsWithoutDatabase.has(name) ? undefined : fault),
    // Nobody is known without the books, and nothing that is answered without them is anybody's.
    authorise: (counter) => ok({ counter, by: automaticStaffId, may: () => false }),
    deps,
  });
  return {
    invoke: (name, input, counter = ownCounter) => dispatch(name, input, counter),
    subscribe: () => () => undefined,
    fault: () => fault,
    mayBeReplaced: () => isDamage(fault),
    mayBePutAside: () => false,
    centreUrl: () => null,
    close: async () => undefined,
  };
}

/** What no retry, no other program and no update of this one will mend. */
function isDamage({ code }: DatabaseFault): boolean {
  return code === 'database-damaged' || code === 'journal-damaged';
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
