/**
 * What one process of the centre tells all of them, through PostgreSQL's LISTEN and NOTIFY, so that
 * any number of processes behave as one:
 *
 * feed     something a till reads has changed: payload `nation`, or a facility id
 * console  what the console shows may have changed: payload a JSON list of topics
 *
 * A notice only ever means "ask again". When the listening connection was lost, listeners are told
 * that anything may have changed, so a missed notice costs one needless question, never silence.
 */
import pg from 'pg';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Queryable } from './pool.ts';

export type ConsoleTopic = 'movement' | 'facility' | 'catalogue' | 'alert';
export type FeedNotice = {
  readonly audience: 'nation' | 'anybody' | { readonly facility: string };
};

export type Notices = {
  /** @returns a function that ends the subscription. */
  readonly onFeed: (listener: (notice: FeedNotice) => void) => () => void;
  readonly onConsole: (listener: (topics: readonly ConsoleTopic[]) => void) => () => void;
  readonly close: () => Promise<void>;
};

const consoleTopics = ['movement', 'facility', 'catalogue', 'alert'] as const;
const ConsolePayload = z.array(z.enum(consoleTopics));
const reconnectDelayMs = 1_000;

/** Sent when the surrounding transaction commits; at once outside of one. */
export async function notifyFeed(database: Queryable, audience: 'nation' | { facility: string }) {
  const payload = audience === 'nation' ? 'nation' : audience.facility;
  await database.query(`SELECT pg_notify('feed', $1)`, [payload]);
}

/** Sent when the surrounding transaction commits; at once outside of one. */
export async function notifyConsole(database: Queryable, topics: readonly ConsoleTopic[]) {
  await database.query(`SELECT pg_notify('console', $1)`, [JSON.stringify(topics)]);
}

/** Listens on a connection of its own, and comes back when it breaks. */
export async function openNotices(databaseUrl: string, log: Pick<Logger, 'warn'>) {
  const feedListeners = new Set<(notice: FeedNotice) => void>();
  const consoleListeners = new Set<(topics: readonly ConsoleTopic[]) => void>();
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;

  function tell(channel: string, payload: string): void {
    if (channel === 'feed') {
      const audience = payload === 'nation' ? payload : { facility: payload };
      for (const listener of feedListeners) listener({ audience });
      return;
    }
    const topics = ConsolePayload.parse(JSON.parse(payload));
    for (const listener of consoleListeners) listener(topics);
  }

  function tellThatAnythingMayHaveChanged(): void {
    for (const listener of feedListeners) listener({ audience: 'anybody' });
    for (const listener of consoleListeners) listener(consoleTopics);
  }

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'mang-thuoc notices',
    });
    next.on('notification', (notice) => tell(notice.channel, notice.payload ?? ''));
    next.on('error', (error) => {
      log.warn({ err: error }, 'the connection for notices was lost');
      if (client === next) reconnectLater();
    });
    await next.connect();
    await next.query('LISTEN feed');
    await next.query('LISTEN console');
    client = next;
  }

  function reconnectLater(): void {
    client = undefined;
    if (isClosed) return;
    retry = setTimeout(() => {
      connect().then(tellThatAnythingMayHaveChanged, reconnectLater);
    }, reconnectDelayMs);
    retry.unref();
  }

  await connect();
  const notices: Notices = {
    onFeed: (listener) => subscribe(feedListeners, listener),
    onConsole: (listener) => subscribe(consoleListeners, listener),
    close: async () => {
      isClosed = true;
      clearTimeout(retry);
      await client?.end();
    },
  };
  return notices;
}

function subscribe<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
