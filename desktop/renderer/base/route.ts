import { useSyncExternalStore } from 'react';

/** Where a counter is: kept in the address, so that reload and "back" work. */
export type ScreenName =
  | 'sell'
  | 'receive'
  | 'stock'
  | 'history'
  | 'sync'
  | 'settings'
  | 'people'
  | 'shift'
  | 'setup';
export type Route = {
  readonly screen: ScreenName;
  readonly query: Readonly<Record<string, string>>;
};

const screens: readonly ScreenName[] = [
  'sell',
  'receive',
  'stock',
  'history',
  'sync',
  'settings',
  'people',
  'shift',
  'setup',
];

export function hrefOf(screen: ScreenName, query: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(query).toString();
  return search === '' ? `#/${screen}` : `#/${screen}?${search}`;
}

export function goTo(screen: ScreenName, query: Readonly<Record<string, string>> = {}): void {
  window.location.hash = hrefOf(screen, query);
  tellAtOnce();
}

/** Changes what is shown of a screen without adding a step to "back". */
export function showInstead(screen: ScreenName, query: Readonly<Record<string, string>>): void {
  window.location.replace(hrefOf(screen, query));
  tellAtOnce();
}

export function useRoute(): Route {
  const hash = useSyncExternalStore(onHashChange, () => window.location.hash);
  return routeOf(hash);
}

export function routeOf(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const screen = screens.find((name) => name === path) ?? 'sell';
  return { screen, query: Object.fromEntries(new URLSearchParams(search)) };
}

const listeners = new Set<() => void>();

/** The browser's own news comes later, perhaps after the next key: that key is for the new screen. */
function tellAtOnce(): void {
  for (const listener of listeners) listener();
}

function onHashChange(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('hashchange', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('hashchange', listener);
  };
}
