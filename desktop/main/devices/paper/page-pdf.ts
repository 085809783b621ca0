import PDFDocument from 'pdfkit';
import encodeQR from 'qr';
import type { Instant } from '../../../../shared/model/calendar.ts';
import type { FontWeight } from './font-files.ts';
import { fontRuns, typeface } from './fonts.ts';
import {
  type Paper,
  type PaperBlock,
  type PaperItem,
  quantityWords,
  type TextLook,
} from './paper.ts';
import { wrapText } from './wrap-text.ts';

/** Pages for an office printer, and a roll as its driver wants it: one page, as long as the slip. */
export type PageFormat = 'a5' | 'a4' | 'roll-80' | 'roll-58';

type Sheet = {
  readonly width: number;
  /** Undefined: as long as what stands on it. */
  readonly height: number | undefined;
  readonly margin: number;
  readonly scale: number;
};

const pointsPerMm = 72 / 25.4;

const sheets: Readonly<Record<PageFormat, Sheet>> = {
  a5: { width: 148 * pointsPerMm, height: 210 * pointsPerMm, margin: 30, scale: 1 },
  a4: { width: 210 * pointsPerMm, height: 297 * pointsPerMm, margin: 48, scale: 1.15 },
  'roll-80': { width: 80 * pointsPerMm, height: undefined, margin: 11, scale: 0.9 },
  'roll-58': { width: 58 * pointsPerMm, height: undefined, margin: 14, scale: 0.75 },
};

type PageStyle = { readonly size: number; readonly weight: FontWeight };

const looks: Readonly<Record<TextLook, PageStyle>> = {
  small: { size: 8.5, weight: 'regular' },
  normal: { size: 10, weight: 'regular' },
  strong: { size: 10, weight: 'bold' },
  large: { size: 14, weight: 'bold' },
  huge: { size: 20, weight: 'bold' },
};

type Pen = { readonly doc: PDFKit.PDFDocument; readonly sheet: Sheet; y: number };

/**
 * A paper as PDF: real letters with their marks, embedded as a part of the typeface, so that it can be
 * searched, copied and read aloud.
 * @param madeAt the only thing in the file that is not on the paper.
 */
export async function pagePdf(
  paper: Paper,
  { format, madeAt }: { readonly format: PageFormat; readonly madeAt: Instant },
): Promise<Buffer> {
  const sheet = sheets[format];
  const height = sheet.height ?? heightOf(paper, sheet);
  const doc = newDocument({ ...sheet, height }, paper.title, madeAt);
  const chunks: Buffer[] = [];
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  drawAll({ doc, sheet: { ...sheet, height }, y: sheet.margin }, paper);
  doc.end();
  await ended;
  return Buffer.concat(chunks);
}

/** Drawn once on an endless sheet to see how long it gets. */
function heightOf(paper: Paper, sheet: Sheet): number {
  const endless = { ...sheet, height: 14_400 };
  const pen = { doc: newDocument(endless, '', undefined), sheet: endless, y: sheet.margin };
  drawAll(pen, paper);
  return Math.ceil(pen.y + sheet.margin);
}

function newDocument(
  { width, height }: { readonly width: number; readonly height: number },
  title: string,
  madeAt: Instant | undefined,
): PDFKit.PDFDocument {
  const doc = new PDFDocument({
    size: [width, height],
    margin: 0,
    // None of the standard fonts has Vietnamese.
    font: '',
    lang: 'vi-VN',
    displayTitle: true,
    info: {
      Title: title,
      Creator: 'Mạng Thuốc',
      ...(madeAt !== undefined && { CreationDate: new Date(madeAt) }),
    },
  });
  for (const weight of ['regular', 'bold'] as const) {
    typeface(weight).parts.forEach(({ bytes }, index) => {
      doc.registerFont(`${weight} ${index}`, bytes);
    });
  }
  return doc;
}

function drawAll(pen: Pen, { blocks }: Paper): void {
  let before: PaperBlock | undefined;
  for (const block of blocks) {
    if (block.type === 'item' && before?.type !== 'item') drawTableHead(pen);
    drawBlock(pen, block);
    before = block;
  }
}

function drawBlock(pen: Pen, block: PaperBlock): void {
  switch (block.type) {
    case 'text':
      drawText(pen, block.text, { look: block.look ?? 'normal', isCentred: block.isCentred });
      return;
    case 'row':
      drawRow(pen, block);
      return;
    case 'item':
      drawItem(pen, block);
      return;
    case 'rule':
      drawRule(pen);
      return;
    case 'banner':
      drawBanner(pen, block.text);
      return;
    case 'code':
      drawCode(pen, block.text);
      return;
    case 'space':
      pen.y += 6;
      return;
    case 'signature':
      makeRoom(pen, 40);
      pen.y += 40;
  }
}

function inner({ sheet }: Pen): number {
  return sheet.width - 2 * sheet.margin;
}

function styleOf({ sheet }: Pen, look: TextLook): PageStyle {
  const { size, weight } = looks[look];
  return { size: size * sheet.scale, weight };
}

function lineHeight({ size }: PageStyle): number {
  return size * 1.35;
}

/** A new page where the next `height` would not fit. */
function makeRoom(pen: Pen, height: number): void {
  const bottom = (pen.sheet.height ?? 0) - pen.sheet.margin;
  if (pen.y + height <= bottom) return;
  pen.doc.addPage();
  pen.y = pen.sheet.margin;
}

function widthOf({ doc }: Pen, text: string, { size, weight }: PageStyle): number {
  let width = 0;
  for (const { partIndex, text: run } of fontRuns(typeface(weight), text)) {
    width += doc.font(`${weight} ${partIndex}`).fontSize(size).widthOfString(run);
  }
  return width;
}

/** One line, from `x` on; letters from several parts of the typeface stand side by side. */
function put({ doc, y }: Pen, text: string, { x, style }: { x: number; style: PageStyle }): void {
  let at = x;
  for (const { partIndex, text: run } of fontRuns(typeface(style.weight), text)) {
    doc.font(`${style.weight} ${partIndex}`).fontSize(style.size);
    doc.text(run, at, y, { lineBreak: false });
    at += doc.widthOfString(run);
  }
}

function drawText(
  pen: Pen,
  text: string,
  {
    look,
    isCentred = false,
    x = pen.sheet.margin,
    width = inner(pen),
  }: {
    readonly look: TextLook;
    readonly isCentred?: boolean | undefined;
    readonly x?: number;
    readonly width?: number;
  },
): void {
  const style = styleOf(pen, look);
  for (const line of wrapText(text, width, (part) => widthOf(pen, part, style))) {
    makeRoom(pen, lineHeight(style));
    const slack = isCentred ? (width - widthOf(pen, line, style)) / 2 : 0;
    put(pen, line, { x: x + slack, style });
    pen.y += lineHeight(style);
  }
}

function drawRow(
  pen: Pen,
  { left, right, look = 'normal' }: Extract<PaperBlock, { type: 'row' }>,
): void {
  const style = styleOf(pen, look);
  const rightWidth = widthOf(pen, right, style);
  makeRoom(pen, lineHeight(style));
  put(pen, right, { x: pen.sheet.width - pen.sheet.margin - rightWidth, style });
  const width = inner(pen) - rightWidth - 8;
  drawText(pen, left, { look, width: Math.max(width, inner(pen) / 4) });
}

/** Shares of the width: number, name, unit, quantity, price, amount. */
const columnShares = [0.06, 0.42, 0.1, 0.08, 0.16, 0.18] as const;
const headWords = ['STT', 'Tên thuốc', 'ĐVT', 'SL', 'Đơn giá', 'Thành tiền'] as const;
/** The last ones hold figures, which end at the same place. */
const firstFigureColumn = 3;

type Column = { readonly x: number; readonly width: number; readonly isFigure: boolean };

function columnsOf(pen: Pen): readonly Column[] {
  let x = pen.sheet.margin;
  return columnShares.map((share, index) => {
    const width = inner(pen) * share;
    const column = { x, width, isFigure: index >= firstFigureColumn };
    x += width;
    return column;
  });
}

/** On a roll there is no room for a table: a line is written as on the roll's own slip. */
function isRoll({ sheet }: Pen): boolean {
  return sheet.width < sheets.a5.width;
}

function drawTableHead(pen: Pen): void {
  if (isRoll(pen)) return;
  drawCells(pen, headWords, 'small');
  pen.y += 3;
}

function drawItem(pen: Pen, item: PaperItem): void {
  const { number, name, unit, quantity, price, amount, notes } = item;
  const style = styleOf(pen, 'normal');
  if (isRoll(pen)) {
    drawText(pen, `${number}. ${name}`, { look: 'strong' });
    drawRow(pen, { type: 'row', left: quantityWords(item), right: amount });
    for (const note of notes) drawText(pen, note, { look: 'small' });
    return;
  }
  makeRoom(pen, lineHeight(style) * (2 + notes.length));
  drawCells(pen, [String(number), name, unit, quantity, price, amount], 'normal');
  const nameColumn = columnsOf(pen)[1];
  for (const note of notes) {
    drawText(pen, note, { look: 'small', x: nameColumn?.x ?? 0, width: inner(pen) * 0.9 });
  }
  pen.y += 2;
}

/** One row of the table; every cell may take several lines. */
function drawCells(pen: Pen, cells: readonly string[], look: TextLook): void {
  const style = styleOf(pen, look);
  const top = pen.y;
  let bottom = top;
  columnsOf(pen).forEach(({ x, width, isFigure }, index) => {
    pen.y = top;
    const room = width - 4;
    for (const line of wrapText(cells[index] ?? '', room, (part) => widthOf(pen, part, style))) {
      const slack = isFigure ? width - widthOf(pen, line, style) : 0;
      put(pen, line, { x: x + slack, style });
      pen.y += lineHeight(style);
    }
    bottom = Math.max(bottom, pen.y);
  });
  pen.y = bottom;
}

function drawRule(pen: Pen): void {
  makeRoom(pen, 10);
  const { doc, sheet, y } = pen;
  doc.moveTo(sheet.margin, y + 4).lineTo(sheet.width - sheet.margin, y + 4);
  doc.lineWidth(0.6).stroke('#000');
  pen.y += 9;
}

function drawBanner(pen: Pen, text: string): void {
  const style = styleOf(pen, 'large');
  const height = lineHeight(style) + 6;
  makeRoom(pen, height + 4);
  pen.doc.rect(pen.sheet.margin, pen.y, inner(pen), height).fill('#000');
  pen.doc.fillColor('#fff');
  const top = pen.y;
  pen.y += 3;
  drawText(pen, text, { look: 'large', isCentred: true });
  pen.doc.fillColor('#000');
  pen.y = top + height + 4;
}

/** Half a millimetre a module. */
const moduleSize = 0.5 * pointsPerMm;

function drawCode(pen: Pen, text: string): void {
  const modules = encodeQR(text, 'raw', { ecc: 'medium', border: 2 });
  const size = modules.length * moduleSize;
  makeRoom(pen, size + 14);
  const left = (pen.sheet.width - size) / 2;
  modules.forEach((row, rowIndex) => {
    row.forEach((isBlack, column) => {
      if (!isBlack) return;
      pen.doc.rect(
        left + column * moduleSize,
        pen.y + rowIndex * moduleSize,
        moduleSize,
        moduleSize,
      );
    });
  });
  pen.doc.fill('#000');
  pen.y += size;
  drawText(pen, text, { look: 'strong', isCentred: true });
}
