import type { TillNews, TillReply, TillWire } from '../../../shared/contract/till-api.ts';
import { newUuid } from './new-uuid.ts';

/** Everything may have changed while nobody was listening. */
const everything: TillNews = {
  topics: ['stock', 'sales', 'sync', 'catalogue', 'facility', 'prices', 'settings', 'openSales'],
};
const answerTimeoutMs = 30_000;
const reopenDelayMs = 2_000;

/** The counter host's transport: POST /rpc/<name> and server-sent news. */
export function httpWire(): TillWire {
  const tab = nameOfTab();
  return {
    invoke: async (name, input) => {
      try {
        const response = await fetch(`rpc/${name}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', 'x-counter': tab },
          body: JSON.stringify(input),
          signal: timeoutSignal(answerTimeoutMs),
        });
        // Safe: the counter host answers every call with the contract's envelope.
        return (await response.json()) as TillReply;
      } catch {
        return { ok: false, error: { type: 'TillUnreachable' } };
      }
    },
    subscribe: (listener) => listenForNews(listener),
  };
}

/** Each tab is a counter of its own, and stays the same one when it is loaded again. */
function nameOfTab(): string {
  const key = 'mang-thuoc.counter';
  const known = sessionStorage.getItem(key);
  if (known !== null) return known;
  const name = newUuid();
  sessionStorage.setItem(key, name);
  return name;
}

/** News sent while the stream was closed is lost, so each opening says that anything may be new. */
function listenForNews(listener: (news: TillNews) => void): () => void {
  let source: EventSource | undefined;
  let reopening: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource('events');
    source.onopen = () => listener(everything);
    // Safe: the counter host sends only the contract's TillNews on this stream.
    source.onmessage = (message) => listener(JSON.parse(String(message.data)) as TillNews);
    source.onerror = () => {
      listener(everything);
      if (source?.readyState !== EventSource.CLOSED) return;
      reopening = setTimeout(open, reopenDelayMs);
    };
  };
  open();
  return () => {
    clearTimeout(reopening);
    source?.close();
  };
}

function timeoutSignal(delayMs: number): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), delayMs);
  return controller.signal;
}
