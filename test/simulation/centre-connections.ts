/**
 * The centre's connections to its database, which may break between any two statements of an ingest:
 * the process was killed, PostgreSQL restarted, somebody pulled the cable. The server rolls back what
 * was under way; a COMMIT that was already sent may have happened although nobody heard of it.
 */
import pg from 'pg';

export type Connections = {
  /** The connection of the next ingest breaks before its `statements`-th statement. */
  readonly breakBefore: (statements: number) => void;
  /** The connection of the next ingest breaks when all is written and nothing is committed. */
  readonly breakBeforeCommit: () => void;
  /** The next ingest commits, and the answer to its COMMIT is lost. */
  readonly loseNextCommit: () => void;
  readonly disarm: () => void;
  readonly faultCount: () => number;
};

type Query = (this: pg.Client, ...parameters: unknown[]) => unknown;

/** Every ingest transaction takes the heads of its tills first (server/ingest/store-batches.ts). */
const ingestBegins = 'FOR UPDATE OF till';

/** Watches every connection this process opens from now on. Call it once. */
export function watchConnections(): Connections {
  let statementsLeft = Number.POSITIVE_INFINITY;
  let isCommitToBeLost = false;
  let isCommitToBreak = false;
  let faults = 0;
  const ingesting = new WeakSet<pg.Client>();
  const cut = (client: pg.Client) => {
    faults += 1;
    streamOf(client).destroy();
  };
  // Safe: all overloads take the statement first; it is handed on as it came.
  const query = pg.Client.prototype.query as Query;
  const watched: Query = function watched(...parameters) {
    const text = textOf(parameters[0]);
    if (text.includes(ingestBegins)) ingesting.add(this);
    if (!ingesting.has(this)) return query.apply(this, parameters);
    if (text === 'COMMIT' || text === 'ROLLBACK') ingesting.delete(this);
    statementsLeft -= 1;
    const breaksHere = isCommitToBreak && text === 'COMMIT';
    if (breaksHere) isCommitToBreak = false;
    if (breaksHere || statementsLeft === 0) cut(this);
    const answer = query.apply(this, parameters);
    if (!isCommitToBeLost || text !== 'COMMIT') return answer;
    isCommitToBeLost = false;
    // Safe: a text without callback is answered by a promise.
    return (answer as Promise<unknown>).then(() => {
      cut(this);
      throw new Error('Connection terminated unexpectedly');
    });
  };
  Object.assign(pg.Client.prototype, { query: watched });
  return {
    breakBefore: (statements) => {
      statementsLeft = statements;
    },
    breakBeforeCommit: () => {
      isCommitToBreak = true;
    },
    loseNextCommit: () => {
      isCommitToBeLost = true;
    },
    disarm: () => {
      statementsLeft = Number.POSITIVE_INFINITY;
      isCommitToBeLost = false;
      isCommitToBreak = false;
    },
    faultCount: () => faults,
  };
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  const text: unknown =
    typeof statement === 'object' && statement !== null ? Reflect.get(statement, 'text') : '';
  return typeof text === 'string' ? text : '';
}

function streamOf(client: pg.Client): { readonly destroy: () => void } {
  // Safe: pg keeps its socket there; were it elsewhere, the first cut would stop the run.
  return (client as unknown as { connection: { stream: { destroy: () => void } } }).connection
    .stream;
}
