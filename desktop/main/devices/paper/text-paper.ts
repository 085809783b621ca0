import type { RollWidth } from './draw-paper.ts';
import { type Paper, type PaperBlock, type PaperItem, quantityWords } from './paper.ts';
import { wrapText } from './wrap-text.ts';

/** A line in a printer's own letters, all of one width. */
export type PaperLine = {
  readonly text: string;
  readonly isStrong: boolean;
  readonly isCentred: boolean;
};

/** Letters of font A (12 dots) on a roll. */
export const rollLetters: Readonly<Record<RollWidth, number>> = { 80: 48, 58: 32 };

/** A paper as lines of at most `rollLetters` letters; codes become their text. */
export function paperLines({ blocks }: Paper, roll: RollWidth): readonly PaperLine[] {
  return blocks.flatMap((block) => linesOf(block, rollLetters[roll]));
}

function linesOf(block: PaperBlock, letters: number): readonly PaperLine[] {
  switch (block.type) {
    case 'text':
      return wrap(block.text, letters).map((text) =>
        line(text, { isStrong: isStrong(block.look), isCentred: block.isCentred ?? false }),
      );
    case 'row':
      return rowLines(block, letters).map((text) => line(text, { isStrong: isStrong(block.look) }));
    case 'item':
      return itemLines(block, letters);
    case 'rule':
      return [line('-'.repeat(letters))];
    case 'banner':
      return [line(`*** ${block.text} ***`, { isStrong: true, isCentred: true })];
    case 'code':
      return [line(block.text, { isStrong: true, isCentred: true })];
    case 'space':
      return [line('')];
    case 'signature':
      return [line(''), line(''), line('')];
  }
}

function itemLines(item: PaperItem, letters: number): readonly PaperLine[] {
  const left = quantityWords(item);
  const inner = letters - 4;
  const indented = (text: string) => `    ${text}`;
  return [
    ...wrap(item.name, inner).map((text, index) =>
      line(index === 0 ? `${item.number}.`.padEnd(4) + text : indented(text), { isStrong: true }),
    ),
    ...rowLines({ left, right: item.amount }, inner).map((text) => line(indented(text))),
    ...item.notes.flatMap((note) => wrap(note, inner).map((text) => line(indented(text)))),
  ];
}

function rowLines(
  { left, right }: { readonly left: string; readonly right: string },
  letters: number,
): readonly string[] {
  const room = letters - lengthOf(right) - 1;
  if (room < letters / 4) return [...wrap(left, letters), padded('', right, letters)];
  const [first = '', ...more] = wrap(left, room);
  return [padded(first, right, letters), ...more];
}

function padded(left: string, right: string, letters: number): string {
  return left + ' '.repeat(Math.max(0, letters - lengthOf(left) - lengthOf(right))) + right;
}

function wrap(text: string, letters: number): readonly string[] {
  return wrapText(text, letters, lengthOf);
}

/** In letters as they are printed: a mark has no place of its own. */
function lengthOf(text: string): number {
  return [...text.normalize('NFC')].length;
}

function isStrong(look: string | undefined): boolean {
  return look === 'strong' || look === 'large' || look === 'huge';
}

function line(
  text: string,
  look: { readonly isStrong?: boolean; readonly isCentred?: boolean } = {},
): PaperLine {
  return { text, isStrong: look.isStrong ?? false, isCentred: look.isCentred ?? false };
}
