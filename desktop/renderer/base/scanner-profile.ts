import { useSyncExternalStore } from 'react';
import { z } from 'zod';
import {
  layouts,
  type ScannerProfile,
  unknownScanner,
} from '../../../shared/rules/barcode/wedge-text.ts';

/** What the self-test found out about the scanner of this machine; every later scan is undone by it. */
const storageKey = 'mang-thuoc.scanner';
const Stored = z.object({
  separator: z.discriminatedUnion('type', [
    z.object({ type: z.enum(['unknown', 'kept', 'lost']) }),
    z.object({ type: z.literal('replaced'), by: z.string().min(1).max(12) }),
  ]),
  layout: z.enum(layouts),
  isCaseInverted: z.boolean(),
});
const listeners = new Set<() => void>();
let current = read();

export const scannerProfile = {
  get: (): ScannerProfile => current,
  set: (profile: ScannerProfile): void => {
    current = profile;
    localStorage.setItem(storageKey, JSON.stringify(profile));
    for (const listener of listeners) listener();
  },
  use: (): ScannerProfile => useSyncExternalStore(onChange, () => current),
};

function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Anything unreadable counts as never tested. */
function read(): ScannerProfile {
  try {
    const stored = Stored.safeParse(JSON.parse(localStorage.getItem(storageKey) ?? 'null'));
    return stored.success ? stored.data : unknownScanner;
  } catch {
    // JSON.parse has no other way to say that a text is not JSON.
    return unknownScanner;
  }
}
