/**
 * Lower case without diacritics, so that `thuốc ho`, `thuoc ho` and `THUỐC HO` are one text:
 * typing without a Vietnamese input method finds everything. `đ` is a letter of its own in
 * Unicode and has no decomposition.
 */
export function foldVietnamese(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/Đ/g, 'D')
    .toLowerCase();
}
