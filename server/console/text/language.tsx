import { createContext, type ReactNode, useContext, useMemo, useState } from 'react';
import { writeFiguresIn } from '../format.ts';
import { en } from './en.ts';
import { type Texts, vi } from './vi.ts';

export const languages = ['vi', 'en'] as const;
export type Language = (typeof languages)[number];

const tables: Readonly<Record<Language, Texts>> = { vi, en };
const storageKey = 'mang-thuoc.console.language';

type LanguageState = {
  readonly language: Language;
  readonly text: Texts;
  readonly changeLanguage: (language: Language) => void;
};
const LanguageContext = createContext<LanguageState>({
  language: 'vi',
  text: vi,
  changeLanguage: () => undefined,
});

/** The person's language: kept in this browser, not in the URL, which is shared with colleagues. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<Language>(rememberedLanguage);
  const state = useMemo(
    () => ({
      language,
      text: tables[language],
      changeLanguage: (next: Language) => {
        localStorage.setItem(storageKey, next);
        setLanguage(next);
      },
    }),
    [language],
  );
  // Screen readers choose their voice by this attribute.
  document.documentElement.lang = language;
  writeFiguresIn(language);
  return <LanguageContext.Provider value={state}>{children}</LanguageContext.Provider>;
}

export function useLanguage(): LanguageState {
  return useContext(LanguageContext);
}

export function useText(): Texts {
  return useContext(LanguageContext).text;
}

function rememberedLanguage(): Language {
  return localStorage.getItem(storageKey) === 'en' ? 'en' : 'vi';
}
