import { newCommandId } from './till-client.ts';

/**
 * Names this counter to the till. The program's own window keeps its name for good; in a browser each
 * tab is a counter of its own, and its name goes with the tab.
 */
const storage = window.till === undefined ? sessionStorage : localStorage;
const storageKey = 'mang-thuoc.counter';

export const counterId = storedId();

function storedId(): string {
  const stored = storage.getItem(storageKey);
  if (stored !== null && /^[0-9a-f-]{36}$/.test(stored)) return stored;
  const made = newCommandId();
  storage.setItem(storageKey, made);
  return made;
}
