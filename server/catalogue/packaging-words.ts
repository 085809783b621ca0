import { foldVietnamese } from '../../shared/rules/fold-vietnamese.ts';

/** What one word of a packaging text means to the parser. */
export type PackagingToken =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'unit'; readonly unit: string }
  | { readonly kind: 'measure' }
  | { readonly kind: 'times' }
  | { readonly kind: 'with' }
  | { readonly kind: 'per' }
  | { readonly kind: 'or' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'noise' };

/** Folded spelling → unit, so that "H?p", "hôp", "vi" and "vie" are understood as meant. */
const unitByFoldedWord: ReadonlyMap<string, string> = new Map([
  ...['vien', 'ven', 'tablet', 'tablets', 'tabs', 'capsule', 'capsules', 'caps'].map(
    unitOf('viên'),
  ),
  ...['vi', 'vie', 'v?', 'blister', 'blisters', 'strip', 'strips'].map(unitOf('vỉ')),
  ...['hop', 'h?p', 'box', 'carton'].map(unitOf('hộp')),
  ...['chai', 'cchai', 'bottle', 'bottles'].map(unitOf('chai')),
  ...['lo', 'l?', 'vial', 'vials', 'jar', 'jars'].map(unitOf('lọ')),
  ...['ong', '?ng', 'ampoule', 'ampoules', 'ampule', 'ampules', 'amp'].map(unitOf('ống')),
  ...['goi', 'sachet', 'sachets'].map(unitOf('gói')),
  ...['tui', 'bag', 'bags'].map(unitOf('túi')),
  ...['tuyp', 'tuip', 'typ', 'tube', 'tubes'].map(unitOf('tuýp')),
  ...['mieng', 'patch', 'patches'].map(unitOf('miếng')),
  ...['binh', 'inhaler', 'inhalers'].map(unitOf('bình')),
  ...['thung'].map(unitOf('thùng')),
  ...['khay', 'tray', 'trays'].map(unitOf('khay')),
  ...['kit', 'kits'].map(unitOf('bộ kít')),
  ...['syringe', 'syringes'].map(unitOf('bơm tiêm')),
]);

/** Words that other words resemble once their marks are gone: only the exact spelling counts. */
const unitByExactWord: ReadonlyMap<string, string> = new Map([
  ['lá', 'lá'],
  ['hoàn', 'viên'],
  ['bao', 'bao'],
  ['can', 'can'],
  ['hũ', 'hũ'],
  ['phuy', 'phuy'],
  ['cái', 'cái'],
  ['chiếc', 'cái'],
]);

/** A unit of two words; the second decides which. */
const unitByWordPair: ReadonlyMap<string, string> = new Map([
  ['hop nho', 'hộp nhỏ'],
  ['hop con', 'hộp nhỏ'],
  ['hop lon', 'hộp lớn'],
  ['hop to', 'hộp lớn'],
  ['hộp lố', 'hộp lớn'],
  ['bom tiem', 'bơm tiêm'],
  ['but tiem', 'bút tiêm'],
  ['bo kit', 'bộ kít'],
]);

const measures = new Set(
  'ml mll l lit g gr gam gram grams kg mg mcg µg iu ui dv lieu dose doses kilogam'.split(' '),
);
const timesWords = new Set(['x', '×', '*', 'chứa', 'gồm', 'mỗi', 'of', 'containing']);
const withWords = new Set(['+', 'và', 'kèm', 'cùng', 'with', 'and', '&']);
const alternativeWords = new Set([';', ',', '.', ':', 'hoặc', 'or', '|']);
/** "Thùng 10 kg cao đặc đóng trong 2 lần túi PE": what follows describes the wrapping. */
const stopWords = new Set(['trong', 'inside']);

/** The text as tokens, remarks in brackets left out. */
export function packagingTokens(text: string): readonly PackagingToken[] {
  const words = wordsOf(text);
  const tokens: PackagingToken[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index] ?? '';
    const next = words[index + 1] ?? '';
    const pair =
      unitByWordPair.get(`${word} ${next}`) ??
      unitByWordPair.get(`${foldVietnamese(word)} ${foldVietnamese(next)}`);
    if (pair === undefined) tokens.push(tokenOf(word));
    else {
      tokens.push({ kind: 'unit', unit: pair });
      index += 1;
    }
  }
  return tokens;
}

function wordsOf(text: string): readonly string[] {
  const plain = text
    .normalize('NFC')
    .toLowerCase()
    .replace(/\([^)]*\)?/g, ' ')
    // "vỉx 10 viên": the sign of multiplication sticks to the word before it.
    .replace(/(vỉ|hộp|gói|ống|lọ|chai|tuýp|túi)x(?!\p{L})/gu, '$1 x')
    .replace(/\n/g, ' ; ');
  return plain.match(/\d+(?:[.,]\d+)?|x(?=\s*\d)|[\p{L}\p{M}?µ]+|\S/gu) ?? [];
}

function tokenOf(word: string): PackagingToken {
  if (/^\d/.test(word)) return { kind: 'count', count: countOf(word) };
  if (timesWords.has(word)) return { kind: 'times' };
  if (withWords.has(word)) return { kind: 'with' };
  if (alternativeWords.has(word)) return { kind: 'or' };
  if (stopWords.has(word)) return { kind: 'stop' };
  if (word === '/') return { kind: 'per' };
  const folded = foldVietnamese(word);
  if (measures.has(folded)) return { kind: 'measure' };
  const unit = unitByExactWord.get(word) ?? unitByFoldedWord.get(folded);
  return unit === undefined ? { kind: 'noise' } : { kind: 'unit', unit };
}

/** "1.000" is a thousand, "2,5" is two and a half. */
function countOf(digits: string): number {
  if (/^\d{1,3}\.\d{3}$/.test(digits)) return Number(digits.replace('.', ''));
  return Number(digits.replace(',', '.'));
}

function unitOf(unit: string): (word: string) => readonly [string, string] {
  return (word) => [word, unit];
}
