/** Colours of the current scheme for what is drawn on a canvas, where CSS does not reach. */
export type Palette = {
  readonly ink: string;
  readonly inkFaint: string;
  readonly line: string;
  readonly surface: string;
  readonly sold: string;
  readonly received: string;
  readonly opening: string;
  readonly voided: string;
};

export function currentPalette(): Palette {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => style.getPropertyValue(name).trim();
  return {
    ink: colour('--ink'),
    inkFaint: colour('--ink-faint'),
    line: colour('--line'),
    surface: colour('--surface'),
    sold: colour('--series-sold'),
    received: colour('--series-received'),
    opening: colour('--series-opening'),
    voided: colour('--series-voided'),
  };
}
