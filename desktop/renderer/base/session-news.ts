/** What the till's answers say about who is signed in, for those who show it. */
const listeners = new Set<() => void>();

/** The till refused a call because nobody is signed in here. */
export function tellSignedOut(): void {
  for (const listener of listeners) listener();
}

/** @returns a function that stops listening. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
