import { setImmediate } from 'node:timers/promises';
import encodeQR from 'qr';
import { type Bitmap, emptyBitmap, fillBox, invertRows } from './bitmap.ts';
import { drawText, type LetterStyle, textWidth } from './glyphs.ts';
import {
  type Paper,
  type PaperBlock,
  type PaperItem,
  quantityWords,
  type TextLook,
} from './paper.ts';
import { wrapText } from './wrap-text.ts';

/** Rolls of 80 and 58 mm, at 203 dots an inch (8 dots a millimetre), without their margins. */
export const rollDots = { 80: 576, 58: 384 } as const;
/** 203 dots an inch. */
export const dotsPerMm = 8;
export type RollWidth = keyof typeof rollDots;

type Frame = {
  readonly bitmap: Bitmap | undefined;
  readonly width: number;
  readonly styles: Readonly<Record<TextLook, LetterStyle>>;
};

/** Letter sizes: 24 dots are 3 mm, as a pharmacist reads them at arm's length. */
const styles: Readonly<Record<RollWidth, Frame['styles']>> = {
  80: {
    small: { sizeDots: 21, weight: 'regular' },
    normal: { sizeDots: 24, weight: 'regular' },
    strong: { sizeDots: 24, weight: 'bold' },
    large: { sizeDots: 32, weight: 'bold' },
    huge: { sizeDots: 46, weight: 'bold' },
  },
  58: {
    small: { sizeDots: 19, weight: 'regular' },
    normal: { sizeDots: 22, weight: 'regular' },
    strong: { sizeDots: 22, weight: 'bold' },
    large: { sizeDots: 28, weight: 'bold' },
    huge: { sizeDots: 38, weight: 'bold' },
  },
};

/**
 * The dots of a paper on a roll: the same on every machine. In steps of a few milliseconds, because
 * the next customer's scan waits for the same thread.
 */
export async function drawPaper(paper: Paper, roll: RollWidth): Promise<Bitmap> {
  const width = rollDots[roll];
  const frame = { bitmap: undefined, width, styles: styles[roll] };
  let heightDots = 0;
  for (const block of paper.blocks) {
    heightDots = drawBlock(frame, block, heightDots);
    await setImmediate();
  }
  const bitmap = emptyBitmap(width, heightDots);
  let y = 0;
  for (const block of paper.blocks) y = drawBlock({ ...frame, bitmap }, block, y);
  return bitmap;
}

/** @returns where the next block begins. */
function drawBlock(frame: Frame, block: PaperBlock, y: number): number {
  switch (block.type) {
    case 'text':
      return drawLines(frame, block.text, {
        y,
        look: block.look ?? 'normal',
        isCentred: block.isCentred ?? false,
      });
    case 'row':
      return drawRow(frame, block, y);
    case 'item':
      return drawItem(frame, block, y);
    case 'rule':
      return drawRule(frame, y);
    case 'banner':
      return drawBanner(frame, block.text, y);
    case 'code':
      return drawCode(frame, block.text, y);
    case 'space':
      return y + Math.floor(lineHeight(frame.styles.small) / 3);
    case 'signature':
      return y + 12 * dotsPerMm;
  }
}

/** Room for the marks above Ấ and below Ặ. */
function lineHeight({ sizeDots }: LetterStyle): number {
  return 2 * Math.ceil(sizeDots * 0.66);
}

function baseLine({ sizeDots }: LetterStyle): number {
  return Math.ceil(sizeDots * 0.99);
}

type Lines = {
  readonly y: number;
  readonly look: TextLook;
  readonly isCentred?: boolean;
  readonly indent?: number;
  readonly width?: number;
};

function drawLines(frame: Frame, text: string, lines: Lines): number {
  const { y, look, isCentred = false, indent = 0 } = lines;
  const style = frame.styles[look];
  const width = lines.width ?? frame.width - indent;
  const wrapped = wrapText(text, width, (part) => textWidth(part, style));
  wrapped.forEach((line, index) => {
    const slack = isCentred ? Math.floor((width - textWidth(line, style)) / 2) : 0;
    put(frame, line, { x: indent + slack, y: y + index * lineHeight(style), style });
  });
  return y + wrapped.length * lineHeight(style);
}

function put(
  { bitmap }: Frame,
  text: string,
  { x, y, style }: { readonly x: number; readonly y: number; readonly style: LetterStyle },
): void {
  if (bitmap !== undefined) drawText(bitmap, text, { x, y: y + baseLine(style), style });
}

type Row = Extract<PaperBlock, { type: 'row' }>;

/** Between the two ends of a line at least this much stays white. */
const gapDots = 12;

function drawRow(
  frame: Frame,
  { left, right, look = 'normal' }: Row,
  y: number,
  indent = 0,
): number {
  const style = frame.styles[look];
  const rightWidth = textWidth(right, style);
  const width = frame.width - indent - rightWidth - gapDots;
  if (width < frame.width / 4) {
    const below = drawLines(frame, left, { y, look, indent });
    put(frame, right, { x: frame.width - rightWidth, y: below, style });
    return below + lineHeight(style);
  }
  put(frame, right, { x: frame.width - rightWidth, y, style });
  return drawLines(frame, left, { y, look, indent, width });
}

function drawItem(frame: Frame, item: PaperItem, y: number): number {
  const indent = textWidth('00. ', frame.styles.normal);
  const number = `${item.number}.`;
  put(frame, number, { x: 0, y, style: frame.styles.strong });
  let next = drawLines(frame, item.name, { y, look: 'strong', indent });
  const row = { type: 'row' as const, left: quantityWords(item), right: item.amount };
  next = drawRow(frame, row, next, indent);
  for (const note of item.notes) next = drawLines(frame, note, { y: next, look: 'small', indent });
  return next + 4;
}

function drawRule({ bitmap, width }: Frame, y: number): number {
  const height = 20;
  if (bitmap !== undefined) {
    for (let x = 0; x < width; x += 12) fillBox(bitmap, { x, y: y + 9, width: 7, height: 2 });
  }
  return y + height;
}

function drawBanner(frame: Frame, text: string, y: number): number {
  const top = y + 6;
  const end = drawLines(frame, text, { y: top + 4, look: 'large', isCentred: true }) + 6;
  if (frame.bitmap !== undefined) invertRows(frame.bitmap, { y: top, height: end - top });
  return end + 8;
}

/** At 8 dots a millimetre a module of 6 is read by every phone and every counter's scanner. */
const moduleDots = 6;
/** ISO/IEC 18004 §6.3.8. */
const quietModules = 4;

function drawCode(frame: Frame, text: string, y: number): number {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: quietModules });
  const size = modules.length * moduleDots;
  const left = Math.floor((frame.width - size) / 2);
  modules.forEach((row, rowIndex) => {
    row.forEach((isBlack, column) => {
      if (!isBlack || frame.bitmap === undefined) return;
      fillBox(frame.bitmap, {
        x: left + column * moduleDots,
        y: y + rowIndex * moduleDots,
        width: moduleDots,
        height: moduleDots,
      });
    });
  });
  const below = y + size - moduleDots * 2;
  return drawLines(frame, text, { y: below, look: 'strong', isCentred: true });
}
