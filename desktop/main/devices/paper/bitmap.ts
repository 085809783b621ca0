import { assert } from '../../../../shared/base/assert.ts';

/** Black dots on white paper, one bit each, rows of whole bytes, the leftmost dot highest. */
export type Bitmap = {
  /** A multiple of 8. */
  readonly widthDots: number;
  readonly heightDots: number;
  readonly bits: Uint8Array;
};

export function emptyBitmap(widthDots: number, heightDots: number): Bitmap {
  assert(widthDots > 0 && widthDots % 8 === 0, 'A row is whole bytes');
  return { widthDots, heightDots, bits: new Uint8Array((widthDots / 8) * heightDots) };
}

/** Dots outside the paper are not drawn. */
export function setDot({ widthDots, heightDots, bits }: Bitmap, x: number, y: number): void {
  if (x < 0 || y < 0 || x >= widthDots || y >= heightDots) return;
  const at = y * (widthDots / 8) + (x >> 3);
  bits[at] = (bits[at] ?? 0) | (0x80 >> (x & 7));
}

export type Box = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

export function fillBox(bitmap: Bitmap, { x, y, width, height }: Box): void {
  for (let row = y; row < y + height; row += 1) {
    for (let column = x; column < x + width; column += 1) setDot(bitmap, column, row);
  }
}

/** Black becomes white and white black, over the whole width. */
export function invertRows(bitmap: Bitmap, { y, height }: Pick<Box, 'y' | 'height'>): void {
  const rowBytes = bitmap.widthDots / 8;
  for (let at = y * rowBytes; at < (y + height) * rowBytes; at += 1) {
    bitmap.bits[at] = ~(bitmap.bits[at] ?? 0) & 0xff;
  }
}
