/**
 * Text as a careless typist writes it: lower case, no Vietnamese marks, `đ` as `d`. Only for
 * comparing; what people read keeps its marks.
 */
export function foldText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase();
}

/** Folded words joined by single spaces: `Số ĐKLH (mới)` is `so dklh moi`. */
export function foldWords(text: string): string {
  return foldText(text.replace(/(\p{Ll})(?=\p{Lu})/gu, '$1 '))
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}
