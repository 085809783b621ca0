/** Be Vietnam Pro, the typeface of the screens too. It comes in parts, by the letters they hold. */
export const fontParts = ['latin', 'vietnamese', 'latin-ext'] as const;
export type FontPart = (typeof fontParts)[number];
export type FontWeight = 'regular' | 'bold';

const fontWeights = { regular: 400, bold: 700 } as const;

export function fontFile(part: FontPart, weight: FontWeight): string {
  return `be-vietnam-pro-${part}-${fontWeights[weight]}-normal.woff`;
}
