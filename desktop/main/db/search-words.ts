import type { Drug } from '../../../shared/model/drug.ts';
import { foldVietnamese } from '../../../shared/rules/fold-vietnamese.ts';

/**
 * How text becomes words, the same for the index and for what a person types: folded, split where
 * neither a letter nor a digit stands.
 */
export function wordsOf(text: string): readonly string[] {
  return foldVietnamese(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * A barcode, registration or other number without spaces, punctuation and leading zeros:
 * `VD-12345-10` and `vd 12345.10` are one key, and barcodes of 8, 12, 13 and 14 digits are one number
 * (GS1 General Specifications §3.3).
 */
export function numberKey(text: string): string {
  return wordsOf(text).join('').replace(/^0+/, '');
}

/**
 * Every word a drug can be found by. Numbers (barcodes, registration) are found by their beginning in
 * a table of their own: all of them begin alike (`893…`, `VD-…`), so as words they would find
 * everything. Strengths are written both ways: `500mg` finds `500 mg` and the other way round.
 */
export function searchTextOf(drug: Drug): string {
  const names = drug.aliases.filter((alias) => alias.kind === 'name').map((alias) => alias.value);
  const words = [drug.name, drug.ingredients, ...names].flatMap(wordsOf);
  const numbers = drug.aliases
    .filter((alias) => alias.kind === 'registration')
    .map((alias) => alias.value);
  const serials = [drug.registrationNumber, ...numbers].flatMap(wordsOf).filter(isSerial);
  return [...new Set([...words, ...serials, ...strengthsOf(words)])].join(' ');
}

/** `12345` of `VD-12345-10`: what a person remembers of it. */
function isSerial(word: string): boolean {
  return /^\d{4,6}$/.test(word);
}

function strengthsOf(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) => {
    const glued = /^(\d+)([a-z]{1,4})$/.exec(word);
    if (glued !== null) return [glued[1] ?? '', glued[2] ?? ''];
    const next = words[index + 1] ?? '';
    return /^\d+$/.test(word) && /^[a-z]{1,4}$/.test(next) ? [word + next] : [];
  });
}
