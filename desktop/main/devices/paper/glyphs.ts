import type { Font } from 'fontkit';
import { present } from '../../../../shared/base/assert.ts';
import { type Bitmap, setDot } from './bitmap.ts';
import type { FontWeight } from './font-files.ts';
import { fontRuns, typeface } from './fonts.ts';

/**
 * Letters as dots. A thermal head knows black and white only, so an outline is filled straight to
 * bits: no grey that a dither would smear over the marks of ế and ộ. Only whole arithmetic steps on
 * doubles, so every machine makes the same dots.
 */
export type LetterStyle = { readonly sizeDots: number; readonly weight: FontWeight };

type LetterDots = {
  readonly advance: number;
  /** Offsets from the pen on the base line, downwards positive. */
  readonly left: number;
  readonly top: number;
  readonly rows: readonly Uint8Array[];
};

const letters = new Map<string, LetterDots>();
/** Every letter of the language in every style fits many times. */
const lettersKept = 20_000;

export function textWidth(text: string, style: LetterStyle): number {
  let width = 0;
  for (const { dots } of lettersOf(text, style)) width += dots.advance;
  return Math.ceil(width);
}

/** Draws one line with its base line at `y`. */
export function drawText(
  bitmap: Bitmap,
  text: string,
  { x, y, style }: { readonly x: number; readonly y: number; readonly style: LetterStyle },
): void {
  let pen = x;
  for (const { dots } of lettersOf(text, style)) {
    // Whole dots: the same letter looks the same wherever it stands.
    const left = Math.round(pen) + dots.left;
    dots.rows.forEach((row, rowIndex) => {
      row.forEach((dot, column) => {
        if (dot === 1) setDot(bitmap, left + column, y + dots.top + rowIndex);
      });
    });
    pen += dots.advance;
  }
}

function lettersOf(text: string, style: LetterStyle): readonly { readonly dots: LetterDots }[] {
  const face = typeface(style.weight);
  return fontRuns(face, text).flatMap(({ partIndex, text: run }) => {
    const { font } = present(face.parts[partIndex], 'A run names its part');
    return [...run].map((letter) => ({ dots: letterDots(font, letter, style) }));
  });
}

function letterDots(font: Font, letter: string, style: LetterStyle): LetterDots {
  const name = `${style.weight} ${style.sizeDots} ${letter}`;
  const known = letters.get(name);
  if (known !== undefined) return known;
  const glyph = font.glyphForCodePoint(letter.codePointAt(0) ?? 0);
  const scale = style.sizeDots / font.unitsPerEm;
  const dots = {
    advance: glyph.advanceWidth * scale,
    ...filled(edgesOf(glyph.path.commands, scale)),
  };
  if (letters.size >= lettersKept) letters.clear();
  letters.set(name, dots);
  return dots;
}

type Point = { readonly x: number; readonly y: number };
type Edge = { readonly from: Point; readonly to: Point };
type Command = { readonly command: string; readonly args: readonly number[] };

/** Steps of one curve: a letter of 24 dots has curves of about as many dots. */
const curveSteps = 6;

/** The outline as straight edges, in dots, downwards positive. */
function edgesOf(commands: readonly Command[], scale: number): readonly Edge[] {
  const edges: Edge[] = [];
  let at: Point = { x: 0, y: 0 };
  let start = at;
  const lineTo = (to: Point) => {
    if (to.y !== at.y) edges.push({ from: at, to });
    at = to;
  };
  for (const { command, args } of commands) {
    const points = pointsOf(args, scale);
    const end = points.at(-1) ?? start;
    if (command === 'moveTo') {
      lineTo(start);
      at = end;
      start = end;
    } else if (command === 'closePath') {
      lineTo(start);
    } else {
      const controls = [at, ...points];
      const steps = points.length === 1 ? 1 : curveSteps;
      for (let step = 1; step <= steps; step += 1) lineTo(pointOfCurve(controls, step / steps));
    }
  }
  lineTo(start);
  return edges;
}

function pointsOf(args: readonly number[], scale: number): readonly Point[] {
  return Array.from({ length: args.length / 2 }, (_, index) => ({
    x: (args[2 * index] ?? 0) * scale,
    y: -(args[2 * index + 1] ?? 0) * scale,
  }));
}

/** De Casteljau: the same few steps for straight, quadratic and cubic. */
function pointOfCurve(controls: readonly Point[], share: number): Point {
  let points = controls;
  while (points.length > 1) {
    points = points.slice(1).map((to, index) => {
      const from = present(points[index], 'Each point but the last has a next one');
      return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
    });
  }
  return present(points[0], 'A curve has points');
}

/** Lines of sight through one row of dots. */
const scansPerDot = 5;
/** A dot is burnt when this share of it is inside: a little less than half, thin strokes stay. */
const blackShare = 0.42;

function filled(edges: readonly Edge[]): Pick<LetterDots, 'left' | 'top' | 'rows'> {
  if (edges.length === 0) return { left: 0, top: 0, rows: [] };
  const xs = edges.flatMap(({ from, to }) => [from.x, to.x]);
  const ys = edges.flatMap(({ from, to }) => [from.y, to.y]);
  const left = Math.floor(Math.min(...xs));
  const top = Math.floor(Math.min(...ys));
  const width = Math.ceil(Math.max(...xs)) - left;
  const height = Math.ceil(Math.max(...ys)) - top;
  const rows = Array.from({ length: height }, (_, row) => {
    const cover = new Float64Array(width);
    for (let scan = 0; scan < scansPerDot; scan += 1) {
      addScan(cover, edges, { y: top + row + (scan + 0.5) / scansPerDot, left });
    }
    return Uint8Array.from(cover, (share) => (share >= blackShare * scansPerDot ? 1 : 0));
  });
  return { left, top, rows };
}

/** Adds what lies inside the outline on one line of sight; inside is where the windings are not 0. */
function addScan(
  cover: Float64Array,
  edges: readonly Edge[],
  { y, left }: { readonly y: number; readonly left: number },
): void {
  const crossings: { x: number; turn: number }[] = [];
  for (const { from, to } of edges) {
    if (from.y <= y === to.y <= y) continue;
    const x = from.x + ((y - from.y) / (to.y - from.y)) * (to.x - from.x) - left;
    crossings.push({ x, turn: from.y < to.y ? 1 : -1 });
  }
  crossings.sort((a, b) => a.x - b.x);
  let winding = 0;
  crossings.forEach(({ x, turn }, index) => {
    const next = crossings[index + 1];
    winding += turn;
    if (winding !== 0 && next !== undefined) addSpan(cover, x, next.x);
  });
}

function addSpan(cover: Float64Array, from: number, to: number): void {
  for (let dot = Math.floor(from); dot < Math.ceil(to); dot += 1) {
    const share = Math.min(dot + 1, to) - Math.max(dot, from);
    cover[dot] = (cover[dot] ?? 0) + share;
  }
}
