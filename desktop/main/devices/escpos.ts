import iconv from 'iconv-lite';
import type { Bitmap } from './paper/bitmap.ts';
import { inOtherLetters } from './paper/other-letters.ts';
import type { PaperLine } from './paper/text-paper.ts';

/**
 * The few commands of ESC/POS that every thermal printer knows. A slip is sent as dots, so that no
 * code page can break a letter; letters are only sent to a printer that is set to them.
 */
const esc = 0x1b;
const gs = 0x1d;

/** Initialise; it also forgets what a slip that broke off has left behind. */
const begin = [esc, 0x40];
/** Feed to the knife and cut, leaving a point. */
const cut = [gs, 0x56, 0x42, 0x00];
/** Opens the drawer: pin 2, 100 ms on, 500 ms off. */
export const drawerPulse: readonly number[] = [esc, 0x70, 0x00, 0x32, 0xfa];

/** A band is as long as the buffer of a small printer takes at once. */
const bandRows = 128;
/** `ESC J` feeds this many dots at most. */
const feedDotsMax = 255;

export type Surroundings = { readonly opensDrawer: boolean; readonly cutsPaper: boolean };

/** A picture in bands, blank ones as paper feed (GS v 0, ESC J). */
export function rasterBytes(bitmap: Bitmap, surroundings: Surroundings): Uint8Array {
  const { widthDots, heightDots, bits } = bitmap;
  const rowBytes = widthDots / 8;
  const parts: Uint8Array[] = [];
  let y = 0;
  while (y < heightDots) {
    const blank = blankRows(bitmap, y, Math.min(heightDots, y + feedDotsMax));
    if (blank > 0) {
      parts.push(Uint8Array.of(esc, 0x4a, blank));
      y += blank;
      continue;
    }
    const rows = Math.min(bandRows, heightDots - y);
    const head = [gs, 0x76, 0x30, 0, rowBytes & 0xff, rowBytes >> 8, rows & 0xff, rows >> 8];
    parts.push(Uint8Array.from(head), bits.subarray(y * rowBytes, (y + rows) * rowBytes));
    y += rows;
  }
  return enclosed(parts, surroundings);
}

function blankRows({ widthDots, bits }: Bitmap, from: number, to: number): number {
  const rowBytes = widthDots / 8;
  let y = from;
  while (y < to && bits.subarray(y * rowBytes, (y + 1) * rowBytes).every((byte) => byte === 0)) {
    y += 1;
  }
  return y - from;
}

function enclosed(parts: readonly Uint8Array[], surroundings: Surroundings): Uint8Array {
  const { opensDrawer, cutsPaper } = surroundings;
  return Buffer.concat([
    Uint8Array.from(begin),
    // First: the change is counted while the paper still runs.
    Uint8Array.from(opensDrawer ? drawerPulse : []),
    ...parts,
    Uint8Array.from(cutsPaper ? cut : [esc, 0x64, 4]),
  ]);
}

/** Only the drawer, no paper. */
export function drawerBytes(): Uint8Array {
  return Uint8Array.from([...begin, ...drawerPulse]);
}

/** How a printer that gets letters writes Vietnamese. */
export type LetterCoding =
  /** Without marks: every printer can. */
  | { readonly type: 'plain' }
  /** windows-1258; `page` is its number at this printer (ESC t). */
  | { readonly type: 'windows-1258'; readonly page: number };

/** Lines in the printer's own letters (font A). */
export function letterBytes(
  lines: readonly PaperLine[],
  { coding, ...surroundings }: Surroundings & { readonly coding: LetterCoding },
): Uint8Array {
  const parts = lines.flatMap(({ text, isStrong, isCentred }) => [
    Uint8Array.of(esc, 0x61, isCentred ? 1 : 0, esc, 0x45, isStrong ? 1 : 0),
    encoded(text, coding),
    Uint8Array.of(0x0a),
  ]);
  const page = coding.type === 'plain' ? [] : [esc, 0x74, coding.page];
  return enclosed([Uint8Array.from(page), ...parts], surroundings);
}

const letters: Readonly<Record<string, string>> = {
  ...inOtherLetters,
  μ: 'u',
  µ: 'u',
  '₫': 'đ',
  '–': '-',
};

/** What windows-1258 composes; its other marks stand behind their letter. */
const composed = /[ăâêôơưđ]/iu;

function encoded(text: string, coding: LetterCoding): Uint8Array {
  const simple = [...text.normalize('NFC')].map((letter) => letters[letter] ?? letter).join('');
  if (coding.type === 'plain') return Buffer.from(withoutMarks(simple), 'latin1');
  const coded = [...simple.normalize('NFC')].map((letter) => {
    const [base = '', ...marks] = [...letter.normalize('NFD')];
    if (marks.length === 0 || composed.test(letter)) return letter;
    // The first mark may belong to the letter itself (ế is ê and an acute), in either order.
    for (const own of marks) {
      const joined = `${base}${own}`.normalize('NFC');
      if (composed.test(joined)) return joined + marks.filter((mark) => mark !== own).join('');
    }
    return letter.normalize('NFD');
  });
  return iconv.encode(coded.join(''), 'windows-1258');
}

function withoutMarks(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .replaceAll('×', 'x')
    .replaceAll('·', '-')
    .replace(/[“”]/g, '"')
    .replace(/\s/g, ' ')
    .replace(/[^\x20-\x7e]/g, '?');
}
