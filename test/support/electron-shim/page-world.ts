/**
 * Functions that are sent into the page as source text, so each stands alone. Two JavaScript worlds
 * as under context isolation: the main world has only what the bridge exposed; the isolated world
 * is the preload's and alone reaches the main process. They talk by synchronous events under a
 * secret name, whose detail Chromium copies between worlds.
 */

type Wired = Readonly<Record<string, (...values: readonly unknown[]) => unknown>>;

/** Runs in the page's own world: builds the exposed object, whose calls go over as events. */
export function mainWorldBridge(secret: string): void {
  type Settle = { readonly resolve: (value: unknown) => void; readonly reject: (e: Error) => void };
  const waiting = new Map<number, Settle>();
  const listeners = new Map<number, (value: unknown) => void>();
  let lastId = 0;
  const tell = (detail: unknown) =>
    document.dispatchEvent(new CustomEvent(`${secret}-preload`, { detail }));
  const call = (name: string, values: readonly unknown[]) => {
    lastId += 1;
    const id = lastId;
    const [listener] = values;
    if (typeof listener === 'function') {
      listeners.set(id, (value) => listener(value));
      tell({ type: 'subscribe', id, name });
      return () => {
        listeners.delete(id);
        tell({ type: 'unsubscribe', id });
      };
    }
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      tell({ type: 'call', id, name, text: JSON.stringify(values) });
    });
  };
  document.addEventListener(`${secret}-page`, (event) => {
    // Safe: only the preload's world knows the secret name.
    const message = (event as CustomEvent<Record<string, unknown>>).detail;
    const id = Number(message['id']);
    if (message['type'] === 'expose') {
      const names = JSON.parse(String(message['names'])) as string[];
      const entries = names.map((name) => [name, (...values: unknown[]) => call(name, values)]);
      Object.defineProperty(window, String(message['key']), {
        value: Object.freeze(Object.fromEntries(entries)),
        enumerable: true,
      });
    } else if (message['type'] === 'news') {
      listeners.get(id)?.(JSON.parse(String(message['text'])));
    } else {
      const settle = waiting.get(id);
      waiting.delete(id);
      if (message['type'] === 'answer') settle?.resolve(JSON.parse(String(message['text'])));
      else settle?.reject(new Error(String(message['text'])));
    }
  });
}

/** Runs in the preload's world: gives it `require('electron')` and carries its channels. */
export function preloadWorld(
  secret: string,
  binding: string,
  runPreload: (require: (name: string) => unknown) => void,
): void {
  const world = globalThis as unknown as Record<string, (text: string) => void>;
  const send = world[binding];
  const waiting = new Map<number, (reply: { ok: boolean; text: string }) => void>();
  const channels = new Map<string, Set<(event: unknown, value: unknown) => void>>();
  const endings = new Map<number, () => void>();
  let lastId = 0;
  const tell = (detail: unknown) =>
    document.dispatchEvent(new CustomEvent(`${secret}-page`, { detail }));
  const ipcRenderer = {
    invoke: (channel: string, ...values: unknown[]) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        waiting.set(lastId, ({ ok, text }) => {
          if (ok) resolve(JSON.parse(text));
          else reject(new Error(text));
        });
        send?.(JSON.stringify({ id: lastId, channel, values }));
      }),
    on: (channel: string, listener: (event: unknown, value: unknown) => void) => {
      channels.set(channel, (channels.get(channel) ?? new Set()).add(listener));
    },
    removeListener: (channel: string, listener: (event: unknown, value: unknown) => void) => {
      channels.get(channel)?.delete(listener);
    },
  };
  world['__shimDeliver'] = (text) => {
    const message = JSON.parse(text);
    if (message.channel === undefined) {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
      return;
    }
    for (const listener of channels.get(message.channel) ?? []) listener({}, message.value);
  };
  const expose = (key: string, wire: Wired) => {
    document.addEventListener(`${secret}-preload`, (event) => {
      const { type, id, name, text } = (event as CustomEvent).detail;
      if (type === 'unsubscribe') endings.get(id)?.();
      const method = wire[name];
      if (type === 'subscribe') {
        const news = (value: unknown) => tell({ type: 'news', id, text: JSON.stringify(value) });
        endings.set(id, method?.(news) as () => void);
      } else if (type === 'call') {
        Promise.resolve(method?.(...JSON.parse(text))).then(
          (value) => tell({ type: 'answer', id, text: JSON.stringify(value) }),
          (error) => tell({ type: 'failure', id, text: String(error?.message) }),
        );
      }
    });
    tell({ type: 'expose', key, names: JSON.stringify(Object.keys(wire)) });
  };
  runPreload((name) => {
    if (name !== 'electron') throw new Error(`module not found: ${name}`);
    return { contextBridge: { exposeInMainWorld: expose }, ipcRenderer };
  });
}
