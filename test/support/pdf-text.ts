import { inflateSync } from 'node:zlib';

export type PdfText = {
  /** One text per line of each page, top to bottom; what stands side by side is joined. */
  readonly lines: readonly string[];
  readonly pages: number;
  /** Fonts that are drawn with, and whether each is embedded and can be turned back into letters. */
  readonly fonts: readonly {
    readonly name: string;
    readonly isEmbedded: boolean;
    readonly isReadable: boolean;
  }[];
};

/**
 * Reads the letters out of a PDF by its own tables (ToUnicode, ISO 32000-1 §9.10), as a search or a
 * screen reader does: what is only drawn is not found. Knows as much of the format as slips use.
 */
export function readPdf(file: Buffer): PdfText {
  const objects = objectsOf(file);
  const fonts = [...objects.values()].filter(({ head }) => head.includes('/Type0'));
  const letters = new Map<string, ReadonlyMap<number, string>>();
  for (const { head } of objects.values()) {
    for (const [, name = '', number = ''] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const cmap = /\/ToUnicode (\d+) 0 R/.exec(objects.get(Number(number))?.head ?? '');
      const table = objects.get(Number(cmap?.[1]))?.content;
      if (table !== undefined) letters.set(name, lettersOf(table.toString('latin1')));
    }
  }
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b(?!s)/.test(head));
  const lines = pages.flatMap(({ head }) => {
    const content = objects.get(Number(/\/Contents (\d+) 0 R/.exec(head)?.[1]))?.content;
    return linesOf(content?.toString('latin1') ?? '', letters);
  });
  return {
    lines,
    pages: pages.length,
    fonts: fonts.map(({ head }) => ({
      name: /\/BaseFont \/(\S+)/.exec(head)?.[1] ?? '',
      isEmbedded: isEmbedded(head, objects),
      isReadable: head.includes('/ToUnicode'),
    })),
  };
}

type PdfObject = { readonly head: string; readonly content: Buffer | undefined };
type Objects = ReadonlyMap<number, PdfObject>;

function objectsOf(file: Buffer): Objects {
  const text = file.toString('latin1');
  const objects = new Map<number, PdfObject>();
  for (const found of text.matchAll(/(?<=^|\n)(\d+) 0 obj\n/g)) {
    const from = found.index + found[0].length;
    const headEnd = text.slice(from).search(/\nstream\n|\nendobj/) + from;
    const head = text.slice(from, headEnd);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const start = headEnd + '\nstream\n'.length;
    const isStream = text.startsWith('\nstream\n', headEnd);
    const raw = file.subarray(start, start + length);
    const content = isStream ? (head.includes('/FlateDecode') ? inflateSync(raw) : raw) : undefined;
    objects.set(Number(found[1]), { head, content });
  }
  return objects;
}

/** From the code of a glyph to its letters. */
function lettersOf(table: string): ReadonlyMap<number, string> {
  const letters = new Map<number, string>();
  for (const [, first = '', , list = ''] of table.matchAll(
    /<([0-9a-f]+)> <([0-9a-f]+)> \[([^\]]*)\]/gi,
  )) {
    [...list.matchAll(/<([0-9a-f]+)>/gi)].forEach(([, code = ''], index) => {
      letters.set(Number.parseInt(first, 16) + index, utf16(code));
    });
  }
  return letters;
}

function utf16(hex: string): string {
  return new TextDecoder('utf-16be').decode(Buffer.from(hex, 'hex'));
}

function linesOf(
  content: string,
  letters: ReadonlyMap<string, ReadonlyMap<number, string>>,
): readonly string[] {
  const runs: { x: number; y: number; text: string }[] = [];
  let font = '';
  let at = { x: 0, y: 0 };
  const operators = /1 0 0 1 (\S+) (\S+) Tm|\/(F\d+) \S+ Tf|\[([^\]]*)\] TJ/g;
  for (const [, x, y, name, shown] of content.matchAll(operators)) {
    if (x !== undefined && y !== undefined) at = { x: Number(x), y: Number(y) };
    else if (name !== undefined) font = name;
    else if (shown !== undefined) runs.push({ ...at, text: textOf(shown, letters.get(font)) });
  }
  const byLine = Map.groupBy(runs, ({ y }) => Math.round(y));
  return [...byLine.entries()]
    .sort(([a], [b]) => b - a)
    .map(([, line]) =>
      line
        .sort((a, b) => a.x - b.x)
        .map(({ text }) => text)
        .join(''),
    );
}

function textOf(shown: string, letters: ReadonlyMap<number, string> | undefined): string {
  const codes = [...shown.matchAll(/<([0-9a-f]*)>/gi)].map(([, code]) => code).join('');
  const glyphs = codes.match(/.{4}/g) ?? [];
  return glyphs.map((glyph) => letters?.get(Number.parseInt(glyph, 16)) ?? '\ufffd').join('');
}

function isEmbedded(head: string, objects: Objects): boolean {
  const descendant = /\/DescendantFonts \[(\d+) 0 R\]/.exec(head)?.[1];
  const descriptor = /\/FontDescriptor (\d+) 0 R/.exec(
    objects.get(Number(descendant))?.head ?? '',
  )?.[1];
  const program = /\/FontFile2 (\d+) 0 R/.exec(objects.get(Number(descriptor))?.head ?? '')?.[1];
  return (objects.get(Number(program))?.content?.length ?? 0) > 0;
}
