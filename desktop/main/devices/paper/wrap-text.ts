/**
 * Breaks a text into lines no wider than `width`, between words where it can be; a word that is
 * wider alone is broken between its letters. A no-break space holds its two sides together.
 * @param widthOf in the same measure as `width`.
 */
export function wrapText(
  text: string,
  width: number,
  widthOf: (part: string) => number,
): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/[ \n\t]+/).filter((part) => part !== '')) {
    const joined = line === '' ? word : `${line} ${word}`;
    if (widthOf(joined) <= width) {
      line = joined;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = brokenWord(word, width, widthOf);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  if (line !== '') lines.push(line);
  return lines;
}

function brokenWord(
  word: string,
  width: number,
  widthOf: (part: string) => number,
): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const letter of word.normalize('NFC')) {
    if (piece !== '' && widthOf(piece + letter) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += letter;
  }
  return [...pieces, piece];
}
