import { useSyncExternalStore } from 'react';

/**
 * A piece of unfinished work that survives a reload. In the program's own window it outlives the
 * process; in a browser each tab is a counter of its own, so it stays with the tab.
 */
export type StoredState<State> = {
  readonly get: () => State;
  readonly set: (state: State) => void;
  readonly use: () => State;
  /** @returns a function that ends it. */
  readonly subscribe: (listener: () => void) => () => void;
};

export function storedState<State>(
  name: string,
  { initial, parse }: { initial: State; parse: (stored: unknown) => State | undefined },
): StoredState<State> {
  const storage = window.till === undefined ? sessionStorage : localStorage;
  const key = `mang-thuoc.${name}`;
  const listeners = new Set<() => void>();
  let current = read() ?? initial;
  const get = () => current;
  return {
    get,
    set: (state) => {
      current = state;
      storage.setItem(key, JSON.stringify(state));
      for (const listener of listeners) listener();
    },
    use: () => useSyncExternalStore(onChange, get),
    subscribe: onChange,
  };

  function onChange(listener: () => void) {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Written by another version or by hand: then it is as if nothing was stored. */
  function read(): State | undefined {
    try {
      return parse(JSON.parse(storage.getItem(key) ?? 'null'));
    } catch {
      return undefined;
    }
  }
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
