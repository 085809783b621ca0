import { useMemo } from 'react';
import { type Language, usePreferences } from '../base/preferences.ts';
import { en } from './en.ts';
import { fillText } from './fill-text.ts';
import { vi } from './vi.ts';

export type TextKey = keyof typeof vi;
type Hole<Text extends string> = Text extends `${string}{${infer Inside}}${infer Rest}`
  ? (Inside extends `${infer Name}|${string}` ? Name : Inside) | Hole<Rest>
  : never;
type Values<Key extends TextKey> = [Hole<(typeof vi)[Key]>] extends [never]
  ? []
  : [values: Readonly<Record<Hole<(typeof vi)[Key]>, string | number>>];

/** Sentences without holes: those that tables may name. */
export type PlainTextKey = {
  [Key in TextKey]: [Hole<(typeof vi)[Key]>] extends [never] ? Key : never;
}[TextKey];

/** Looks a sentence up and fills its holes; a missing or misspelt value does not compile. */
export type Translate = <Key extends TextKey>(key: Key, ...values: Values<Key>) => string;

const tables: Readonly<Record<Language, Readonly<Record<TextKey, string>>>> = { vi, en };

export function useText(): Translate {
  const { language } = usePreferences();
  return useMemo(() => translateInto(language), [language]);
}

export function translateInto(language: Language): Translate {
  return (key, ...[values]) => fillText(tables[language][key], values ?? {}, language);
}
