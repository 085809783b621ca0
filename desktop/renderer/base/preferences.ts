import { useSyncExternalStore } from 'react';

/** What a counter remembers about itself: language, colours, an unfinished set-up. */
export type Language = 'vi' | 'en';
export type Theme = 'system' | 'light' | 'dark';
export type Preferences = {
  readonly language: Language;
  readonly theme: Theme;
  /** The seller chose to enter the opening stock later. */
  readonly isOpeningPutOff: boolean;
  /** The printer that stands beside this counter; null: the till's first. */
  readonly printerId: string | null;
};

const storageKey = 'mang-thuoc.preferences';
const defaults: Preferences = {
  language: 'vi',
  theme: 'system',
  isOpeningPutOff: false,
  printerId: null,
};
const listeners = new Set<() => void>();
const darkMedia = window.matchMedia('(prefers-color-scheme: dark)');
let current = read();

export function usePreferences(): Preferences {
  return useSyncExternalStore(onChange, () => current);
}

/** For what is no component. */
export function currentPreferences(): Preferences {
  return current;
}

export function changePreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  localStorage.setItem(storageKey, JSON.stringify(current));
  applyPreferences();
  for (const listener of listeners) listener();
}

/** Puts language and colours on the document, before and outside of React: no flash of white. */
export function applyPreferences(): void {
  const isDark = current.theme === 'dark' || (current.theme === 'system' && darkMedia.matches);
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
  document.documentElement.lang = current.language;
}

darkMedia.addEventListener('change', applyPreferences);

function onChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Anything unreadable counts as never set. */
function read(): Preferences {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}');
    if (typeof stored !== 'object' || stored === null) return defaults;
    const { language, theme, isOpeningPutOff, printerId } = { ...defaults, ...stored };
    return {
      language: language === 'en' ? 'en' : 'vi',
      theme: theme === 'dark' || theme === 'light' ? theme : 'system',
      isOpeningPutOff: isOpeningPutOff === true,
      printerId: typeof printerId === 'string' ? printerId : null,
    };
  } catch {
    return defaults;
  }
}
