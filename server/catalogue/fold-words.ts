import { foldVietnamese } from '../../shared/rules/fold-vietnamese.ts';

/** Folded words joined by single spaces, for comparing: `Số ĐKLH (mới)` is `so dklh moi`. */
export function foldWords(text: string): string {
  return foldVietnamese(text.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 '))
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
