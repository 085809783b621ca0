import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { TillDeps } from '../deps.ts';
import { derivedTables } from './apply-event.ts';
import { checkStructure, tableNames } from './check-structure.ts';
import { type DatabaseFault, type DatabaseFaultCode, databaseFaultOf } from './database-fault.ts';
import type { Rebuilt } from './rebuild.ts';
import { type DerivedTable, type Key, openRederivation, type Rederivation } from './rederive.ts';
import type { TillDb } from './till-db.ts';
import { againstReceipts } from './verify-journal.ts';

/** A slice of the journal takes some 20 ms, so the counter never feels it. */
const slicePauseMs = 100;
const sliceEvents = 200;
/** Somebody waits: one slice after the other, each short enough for a sale in between. */
const hurriedEvents = 500;
const compareRowsMax = 1_000;
/** A table of a year takes some 100 ms: rarely enough not to be met twice while one sells. */
const tablePauseMs = 5_000;

const passing: ReadonlySet<DatabaseFaultCode> = new Set([
  'disk-full',
  'database-read-only',
  'database-in-use',
]);
/** sqlite.org/rescode.html: the result could not be written down; what is there could be read. */
const isOfWriting = /^SQLITE_IOERR_(WRITE|FSYNC|DIR_FSYNC|TRUNCATE)\b/;

/** What the till knows of its own books. */
export type Proof = {
  /**
   * Proves and re-derives everything now, as fast as the counter allows, and repairs what differs.
   * Joins a proof that is under way.
   */
  readonly now: () => Promise<Result<Rebuilt, DatabaseFault>>;
  /** How many events have been replayed by a proof that somebody waits for; null without one. */
  readonly progress: () => { readonly events: number } | null;
  readonly stop: () => void;
};

export type ProofParts = {
  readonly deps: Pick<TillDeps, 'timers' | 'log'>;
  readonly onDamage: (fault: DatabaseFault) => void;
  /** The journal was re-derived to its end; `repaired` says what differed and is right again. */
  readonly onProved: (proved: Rebuilt) => void;
  /** A proof that somebody waits for has come further. */
  readonly onProgress: () => void;
};

/**
 * Proves the whole database once after each start, piece by piece, while the till works: every event
 * of the journal, replayed beside the till's own tables; then those tables row by row against what the
 * journal says, repairing them where a byte has flipped; then the structure of each table.
 */
export function proveWhenIdle(db: TillDb, parts: ProofParts): Proof {
  const { timers, log } = parts.deps;
  let round: Round | undefined = openRound(db);
  let tables: readonly string[] = [];
  let waiting: ((proved: Result<Rebuilt, DatabaseFault>) => void)[] = [];
  let cancel = timers.after(slicePauseMs, next);

  function next(): void {
    const step = withoutThrowing(round === undefined ? proveTable : () => proveRound(round));
    if (step.ok) {
      if (waiting.length > 0) parts.onProgress();
      if (step.value !== undefined) cancel = timers.after(step.value, next);
      return;
    }
    end(err(step.error));
    if (isPassing(step.error)) {
      log.warn({ ...step.error }, 'What was proved could not be written down');
      return;
    }
    log.error({ ...step.error }, 'The database is damaged');
    parts.onDamage(step.error);
  }

  /** @returns the pause before the next step. */
  function proveRound(under: Round | undefined): Result<number, DatabaseFault> {
    if (under === undefined) return ok(tablePauseMs);
    const isHurried = waiting.length > 0;
    const proved = isHurried ? stepHurried(db, under) : step(db, under, sliceEvents);
    if (!proved.ok) return proved;
    if (proved.value === undefined) return ok(isHurried ? 0 : slicePauseMs);
    log.info({ events: proved.value.events }, 'The journal is whole');
    parts.onProved(proved.value);
    end(ok(proved.value));
    tables = tableNames(db);
    return ok(tablePauseMs);
  }

  function end(proved: Result<Rebuilt, DatabaseFault>): void {
    round?.rederivation.close();
    round = undefined;
    const told = waiting;
    waiting = [];
    for (const resolve of told) resolve(proved);
  }

  function proveTable(): Result<number | undefined, DatabaseFault> {
    const [table, ...rest] = tables;
    if (table === undefined) return ok(undefined);
    const fault = checkStructure(db, table);
    tables = rest;
    return fault === undefined ? ok(tablePauseMs) : err(fault);
  }

  return {
    now: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
        round ??= openRound(db);
        cancel();
        next();
      }),
    progress: () =>
      waiting.length === 0 || round === undefined ? null : { events: round.rederivation.events() },
    stop: () => {
      cancel();
      end(err({ code: 'database-unreachable', detail: 'the till was closed' }));
    },
  };
}

/** One pass over the journal and the tables that follow from it. */
type Round = {
  readonly rederivation: Rederivation;
  isAtHead: boolean;
  readonly left: DerivedTable[];
  after: Key | undefined;
  readonly different: DerivedTable[];
};

function openRound(db: TillDb): Round {
  return {
    rederivation: openRederivation(db),
    isAtHead: false,
    left: [...derivedTables],
    after: undefined,
    different: [],
  };
}

/** As many steps as cost no more than one long slice: a short journal is proved in one go. */
function stepHurried(db: TillDb, round: Round): Result<Rebuilt | undefined, DatabaseFault> {
  const before = costOf(round);
  while (costOf(round) - before < hurriedEvents) {
    const proved = step(db, round, hurriedEvents);
    if (!proved.ok || proved.value !== undefined) return proved;
  }
  return ok(undefined);
}

/** In events: to replay one takes about as long as to compare eight rows. */
function costOf({ rederivation }: Round): number {
  return rederivation.events() + rederivation.rows() / 8;
}

/** @returns what was proved, at the end of the round. */
function step(
  db: TillDb,
  round: Round,
  eventsMax: number,
): Result<Rebuilt | undefined, DatabaseFault> {
  const { rederivation } = round;
  // What was sold since the last step comes first: rows are compared at one and the same event.
  const followed = rederivation.follow(eventsMax);
  if (!followed.ok) return followed;
  if (!followed.value) return ok(undefined);
  if (!round.isAtHead) {
    round.isAtHead = true;
    const acknowledged = againstReceipts(db, rederivation.head());
    return acknowledged.ok ? ok(undefined) : acknowledged;
  }
  compareNext(round);
  if (round.left.length > 0) return ok(undefined);
  const repaired = round.different.length === 0 ? [] : rederivation.repair(round.different);
  return ok({
    events: rederivation.events(),
    movements: rederivation.movements(),
    differingTables: repaired.map(({ table }) => table),
    repaired,
  });
}

function compareNext(round: Round): void {
  const [table] = round.left;
  if (table === undefined) return;
  const compared = round.rederivation.compareRows(table, round.after, compareRowsMax);
  if (compared === 'different') round.different.push(table);
  if (compared === 'different' || compared === 'done') {
    round.left.shift();
    round.after = undefined;
  } else round.after = compared;
}

/** Nothing can be written for the moment: no finding about what is written already. */
function isPassing({ code, detail }: DatabaseFault): boolean {
  return passing.has(code) || (code === 'disk-error' && isOfWriting.test(detail));
}

/** A page that cannot be read is a finding, too. */
function withoutThrowing<Value>(
  work: () => Result<Value, DatabaseFault>,
): Result<Value, DatabaseFault> {
  try {
    return work();
  } catch (error) {
    const fault = databaseFaultOf(error);
    if (fault === undefined) throw error;
    return err(fault);
  }
}
