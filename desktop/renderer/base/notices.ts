import { useSyncExternalStore } from 'react';

/** A short message that something was done, with its undo; the next one replaces it. */
export type Notice = {
  readonly id: number;
  readonly text: string;
  readonly undo?: () => void;
};

const shownMs = 8_000;
const listeners = new Set<() => void>();
let current: Notice | undefined;
let hiding: ReturnType<typeof setTimeout> | undefined;
let lastId = 0;

export function notify(text: string, undo?: () => void): void {
  lastId += 1;
  show({ id: lastId, text, ...(undo && { undo }) });
  hiding = setTimeout(dismissNotice, shownMs);
}

export function dismissNotice(): void {
  show(undefined);
}

// What was done on one screen is not undone from another.
window.addEventListener('hashchange', dismissNotice);

export function useNotice(): Notice | undefined {
  return useSyncExternalStore(onChange, () => current);
}

function show(notice: Notice | undefined): void {
  clearTimeout(hiding);
  current = notice;
  for (const listener of listeners) listener();
}

function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
