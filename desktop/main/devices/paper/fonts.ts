import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { create, type Font } from 'fontkit';
import { present } from '../../../../shared/base/assert.ts';
import { type FontPart, type FontWeight, fontFile, fontParts } from './font-files.ts';
import { inOtherLetters } from './other-letters.ts';

export type Typeface = {
  readonly weight: FontWeight;
  /** In the order in which a letter is looked for. */
  readonly parts: readonly {
    readonly part: FontPart;
    readonly font: Font;
    readonly bytes: Buffer;
  }[];
};

const opened = new Map<FontWeight, Typeface>();

/** Read at its first use: a till that never prints does not wait for it. */
export function typeface(weight: FontWeight): Typeface {
  const known = opened.get(weight);
  if (known !== undefined) return known;
  const parts = fontParts.map((part) => {
    const bytes = readFileSync(path.join(fontsDir(), fontFile(part, weight)));
    const font = create(bytes);
    if (!('glyphForCodePoint' in font)) throw new Error(`${part} is no single font`);
    return { part, font, bytes };
  });
  const face = { weight, parts };
  opened.set(weight, face);
  return face;
}

export type FontRun = { readonly partIndex: number; readonly text: string };

/** Splits a text by the part of the typeface that holds its letters. */
export function fontRuns(face: Typeface, text: string): readonly FontRun[] {
  const runs: { partIndex: number; text: string }[] = [];
  for (const letter of printable(face, text)) {
    const codePoint = present(letter.codePointAt(0), 'A letter has a code');
    const found = face.parts.findIndex(({ font }) => font.hasGlyphForCodePoint(codePoint));
    const partIndex = Math.max(0, found);
    const last = runs.at(-1);
    if (last?.partIndex === partIndex) last.text += letter;
    else runs.push({ partIndex, text: letter });
  }
  return runs;
}

/** The text in letters the typeface has, composed (NFC), one by one; `?` for what nobody can draw. */
function printable(face: Typeface, text: string): readonly string[] {
  const has = (letter: string): boolean =>
    face.parts.some(({ font }) => font.hasGlyphForCodePoint(letter.codePointAt(0) ?? 0));
  return [...text.normalize('NFC')].flatMap((letter) => {
    if (has(letter)) return [letter];
    const others = [...(inOtherLetters[letter] ?? '?')];
    return others.every(has) ? others : ['?'];
  });
}

/** Beside the built program, else where the package lies. */
function fontsDir(): string {
  const built = path.join(import.meta.dirname, 'fonts');
  if (existsSync(built)) return built;
  const require = createRequire(import.meta.url);
  const packageFile = require.resolve('@fontsource/be-vietnam-pro/package.json');
  return path.join(path.dirname(packageFile), 'files');
}
