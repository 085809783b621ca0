/**
 * What a keyboard scanner and the computer between them make of a code, undone. A wedge scanner types:
 * whatever stands between its keys and the text – a keyboard layout, caps lock, a Vietnamese input
 * method – changes what was scanned. What can be undone for certain is undone; the rest is left out,
 * so that nobody makes up a lot number.
 */
import { separator } from './element-string.ts';

/** The keyboard a scanner types on, where the computer reads another. */
export const layouts = ['kept', 'azerty', 'qwertz'] as const;
export type Layout = (typeof layouts)[number];

/** What is known of a scanner and its computer (scanner-test.ts finds it out). */
export type ScannerProfile = {
  /** What arrives where the code has GS: itself, nothing, or other characters. */
  readonly separator:
    | { readonly type: 'unknown' | 'kept' | 'lost' }
    | { readonly type: 'replaced'; readonly by: string };
  readonly layout: Layout;
  /** The scanner, or caps lock, exchanges capital and small letters. */
  readonly isCaseInverted: boolean;
};

export const unknownScanner: ScannerProfile = {
  separator: { type: 'unknown' },
  layout: 'kept',
  isCaseInverted: false,
};

/** Characters that arrive, and the ones that were meant: AZERTY shows its digits unshifted as signs. */
const azertyDigits = ['&é"\'(-è_çà', '1234567890'] as const;
const azertyLetters = ['QWAZ?qwaz,mM', 'AZQWMazqwm;:'] as const;
const swapsByLayout: Readonly<Record<Layout, readonly (readonly [string, string])[]>> = {
  kept: [],
  azerty: [azertyDigits, azertyLetters],
  qwertz: [['YZyz', 'ZYzy']],
};

/**
 * The text as the code holds it, by what is known of the scanner. A separator in front of the result
 * says that this scanner's separators can be relied on.
 */
export function undoProfile(typed: string, profile: ScannerProfile): string {
  const { separator: sent, layout, isCaseInverted } = profile;
  const back = sent.type === 'replaced' ? typed.replaceAll(sent.by, separator) : typed;
  const swapped = swappedBack(back, layout);
  const text = isCaseInverted ? invertedCase(swapped) : swapped;
  const isReliable = sent.type === 'kept' || sent.type === 'replaced';
  return isReliable && /^01\d{14}/.test(text) ? separator + text : text;
}

/** A scan of digits only that came as the signs of an AZERTY keyboard tells its layout by itself. */
export function layoutShownBy(typed: string): Layout {
  const isAzerty = /[éèçà]/.test(typed) && !/\d/.test(typed) && /[&é"'(\-è_çà]{8}/.test(typed);
  return isAzerty ? 'azerty' : 'kept';
}

export function swappedBack(text: string, layout: Layout): string {
  const meant = new Map<string, string>();
  for (const [seen, keys] of swapsByLayout[layout]) {
    for (const [index, character] of [...seen].entries()) {
      meant.set(character, keys[index] ?? character);
    }
  }
  return [...text].map((character) => meant.get(character) ?? character).join('');
}

export function invertedCase(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) =>
    letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase(),
  );
}

/** Put by whoever caught the keys into a text from which an input method took keys back. */
export const takenBackMark = '\ufffd';

/**
 * Whether an input method was at work: letters with marks, which no code of GS1 holds, or keys that
 * were taken back. Digits in front of the first letter are beyond its reach; from there on nothing is
 * certain, because several codes come out as the same text (`LOTS` and `LOST` are both `LÓT`), and
 * some even as plain letters (`ASS` is `AS`).
 */
export function isComposed(text: string): boolean {
  return text.includes(takenBackMark) || /\p{M}|[Đđ]/u.test(text.normalize('NFD'));
}
