import type { Drug } from '../../../shared/model/drug.ts';
import { foldVietnamese } from '../../../shared/rules/fold-vietnamese.ts';

/**
 * How text becomes words, the same for the index and for what a person types: folded, split where
 * neither a letter nor a digit stands.
 */
export function wordsOf(text: string): readonly string[] {
  return foldVietnamese(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** A number without its spaces and punctuation: `VD-12345-10` and `vd 12345.10` are one key. */
export function compactKey(text: string): string {
  return wordsOf(text).join('');
}

/** Barcodes of 8, 12, 13 and 14 digits are one number with leading zeros (GS1 General Spec. §3.3). */
export function gtinKey(text: string): string {
  const compact = compactKey(text);
  return /^\d{8,14}$/.test(compact) ? compact.padStart(14, '0') : compact;
}

/**
 * Every word a drug can be found by. Beside the plain words: numbers without punctuation, and
 * strengths both ways, so that `500mg` finds `500 mg` and `500 mg` finds `500mg`.
 */
export function searchTextOf(drug: Drug): string {
  const names = [drug.name, drug.ingredients, drug.registrationNumber].flatMap(wordsOf);
  const aliases = drug.aliases.flatMap((alias) => wordsOf(alias.value));
  const keys = drug.aliases
    .filter((alias) => alias.kind !== 'name')
    .map((alias) => compactKey(alias.value));
  const words = [...names, ...aliases];
  const all = [...words, ...keys, compactKey(drug.registrationNumber), ...strengthsOf(words)];
  return [...new Set(all)].filter((word) => word !== '').join(' ');
}

function strengthsOf(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const glued = /^(\d+)([a-z]{1,4})$/.exec(word);
    if (glued !== null) return [glued[1] ?? '', glued[2] ?? ''];
    const next = words[index + 1] ?? '';
    return /^\d+$/.test(word) && /^[a-z]{1,4}$/.test(next) ? [word + next] : [];
  });
}
