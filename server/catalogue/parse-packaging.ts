/**
 * Packaging text of the national register → the unit tree in which stock is counted.
 *
 *   "Hộp 10 vỉ x 10 viên"             viên 1, vỉ 10, hộp 100
 *   "Hộp 3 vỉ, 5 vỉ x 10 viên"        viên 1, vỉ 10, hộp 30   (several packings: the first)
 *   "Hộp 1 lọ + 1 ống nước cất 4ml"   lọ 1                    (the solvent is not counted)
 *   "Chai 60 ml"                      chai 1                  (a measure is no packing unit)
 *
 * A text is cut into alternatives; each is a chain of "count unit" from the outer pack inwards.
 * The first chain counts. Where it stops before the smallest unit, a later alternative that says
 * what the same pack holds completes it. What cannot be understood becomes a tree of one level
 * from the dosage form and a warning: a wrong factor would falsify the stock of every shop, a
 * missing level only costs convenience.
 */
import { limits } from '../../shared/base/limits.ts';
import { UnitTree } from '../../shared/model/quantity.ts';
import { type DosageFamily, dosageFamilyOf, smallestUnitOf } from './dosage-form.ts';
import { type PackagingToken, packagingTokens } from './packaging-words.ts';
import type { RowWarningCode } from './reasons.ts';

export type PackagingWarning = Extract<RowWarningCode, `packaging-${string}`>;

export type ParsedPackaging = {
  readonly units: UnitTree;
  readonly warnings: readonly PackagingWarning[];
};

type Level = { readonly name: string; readonly count: number };

/** One alternative: levels from the outer pack inwards, each with its count in the one before. */
type Chain = {
  readonly levels: readonly Level[];
  /** A count at the end whose unit was left out: the 3 of "Hộp 3, 6, 10 vỉ x 10 viên". */
  readonly openCount: number | null;
  readonly hasMeasure: boolean;
  readonly hasKit: boolean;
  readonly hasAssumedUnit: boolean;
};

/** Packs that only hold other packs, so none of them can be what is counted. */
const outerOnlyUnits = new Set(['vỉ', 'khay', 'hộp nhỏ', 'hộp lớn', 'thùng']);
const boxUnits = new Set(['hộp', 'hộp nhỏ', 'hộp lớn', 'thùng']);
const boxHolders = new Set(['hộp', 'hộp lớn', 'thùng', 'bao', 'túi']);
const vessels = new Set(['ống', 'lọ', 'chai', 'tuýp', 'bình', 'bơm tiêm']);
const tabletFamilies: ReadonlySet<DosageFamily> = new Set(['solid', 'pills', 'unknown']);
/** When two levels hold the same number, the name a customer would use. */
const preferredNames = ['hộp', 'chai', 'lọ', 'tuýp', 'vỉ'];
/** A blister of more pieces than this is a printing slip ("2 vỉ x 150 viên"). */
const blisterPiecesMax = 60;

export function parsePackaging(text: string, dosageForm: string): ParsedPackaging {
  const family = dosageFamilyOf(dosageForm);
  if (text.trim() === '') return fallback(family, ['packaging-empty']);
  const chains = alternativesOf(packagingTokens(text)).map(chainOf);
  const main = completeChain(chains, family);
  if (main === null) return fallback(family, ['packaging-unreadable']);
  const notes = notesOf(main.chain, main.hasAlternatives);
  return treeOf(main.chain, family, notes);
}

function fallback(family: DosageFamily, warnings: readonly PackagingWarning[]): ParsedPackaging {
  return { units: [{ name: smallestUnitOf(family), factor: 1 }], warnings };
}

function notesOf(chain: Chain, hasAlternatives: boolean): readonly PackagingWarning[] {
  const notes: PackagingWarning[] = [];
  if (hasAlternatives) notes.push('packaging-alternatives');
  if (chain.hasKit) notes.push('packaging-kit');
  if (chain.hasAssumedUnit) notes.push('packaging-unit-assumed');
  return notes;
}

function alternativesOf(tokens: readonly PackagingToken[]): readonly PackagingToken[][] {
  const alternatives: PackagingToken[][] = [[]];
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    // "… và hộp 10 vỉ": an "and" before an outer pack without a count lists another packing.
    const startsAnother =
      token.kind === 'or' ||
      (token.kind === 'with' && next?.kind === 'unit' && boxHolders.has(next.unit));
    if (startsAnother) alternatives.push([]);
    else alternatives.at(-1)?.push(token);
  });
  return alternatives.filter((alternative) => alternative.length > 0);
}

function chainOf(tokens: readonly PackagingToken[]): Chain {
  return reversedChainOf(tokens) ?? forwardChainOf(tokens);
}

/** "10 viên/ vỉ x 3 vỉ/ hộp": from the smallest unit outwards. */
function reversedChainOf(tokens: readonly PackagingToken[]): Chain | null {
  const pairs: { inner: Level; outer: string }[] = [];
  const words = tokens.filter((token) => token.kind !== 'times' && token.kind !== 'noise');
  if (words.length === 0 || words.length % 4 !== 0) return null;
  for (let index = 0; index < words.length; index += 4) {
    const [count, inner, per, outer] = words.slice(index, index + 4);
    if (count?.kind !== 'count' || inner?.kind !== 'unit') return null;
    if (per?.kind !== 'per' || outer?.kind !== 'unit') return null;
    pairs.unshift({ inner: { name: inner.unit, count: count.count }, outer: outer.unit });
  }
  const isLinked = pairs.every((pair, index) => {
    const below = pairs[index + 1];
    return below === undefined || below.outer === pair.inner.name;
  });
  const outermost = pairs[0]?.outer;
  if (outermost === undefined || !isLinked) return null;
  const levels = [{ name: outermost, count: 1 }, ...pairs.map((pair) => pair.inner)];
  return { ...emptyChain, levels };
}

const emptyChain: Chain = {
  levels: [],
  openCount: null,
  hasMeasure: false,
  hasKit: false,
  hasAssumedUnit: false,
};

function forwardChainOf(tokens: readonly PackagingToken[]): Chain {
  const levels: Level[] = [];
  let openCount: number | null = null;
  let hasMeasure = false;
  let hasKit = false;
  let hasAssumedUnit = false;
  let mayFollow = true;
  for (const [index, token] of tokens.entries()) {
    const previous = tokens[index - 1];
    if (token.kind === 'stop' || levels.at(-1)?.name === 'viên') break;
    if (token.kind === 'with') {
      hasKit = levels.length > 0;
      break;
    }
    switch (token.kind) {
      case 'count':
        openCount = token.count;
        break;
      case 'measure':
        hasMeasure ||= previous?.kind !== 'per';
        openCount = null;
        break;
      case 'times':
        // "Hộp 10 x 10 viên": the unit between the two counts was left out.
        if (openCount !== null && tokens[index + 1]?.kind === 'count') {
          levels.push({ name: 'vỉ', count: openCount });
          hasAssumedUnit = true;
        }
        openCount = null;
        mayFollow = true;
        break;
      case 'unit':
        if (previous?.kind === 'per') break;
        // A unit word without a count is a description: "viên hoàn", "1 lọ bột + ống tiêm".
        if (openCount !== null || mayFollow) {
          levels.push({ name: token.unit, count: openCount ?? 1 });
          mayFollow = false;
        }
        openCount = null;
        break;
      case 'per':
        // "50mg/viên" is the strength, no packing.
        if (levels.length === 0) hasMeasure = false;
        break;
      case 'noise':
        openCount = null;
        break;
      default:
        break;
    }
  }
  const hasLaterKit = tokens.some((token) => token.kind === 'with');
  return { levels, openCount, hasMeasure, hasKit: hasKit || hasLaterKit, hasAssumedUnit };
}

/** The first packing, completed from the later ones where it stops too early. */
function completeChain(
  chains: readonly Chain[],
  family: DosageFamily,
): { readonly chain: Chain; readonly hasAlternatives: boolean } | null {
  const start = chains.findIndex((chain) => chain.levels.length > 0);
  const first = chains[start];
  if (first === undefined) return null;
  const later = chains.slice(start + 1);
  const withCount = first.openCount === null ? first : borrowUnit(first, later);
  const isInner = withCount.levels[0]?.name === 'vỉ';
  const outer = isInner ? later.find((chain) => isBoxOfBlisters(chain.levels)) : undefined;
  const completer = outer ?? completerOf(withCount.levels, later, family);
  const levels =
    outer === undefined
      ? [...withCount.levels, ...tailOf(withCount.levels, completer)]
      : [...outer.levels, ...withCount.levels.slice(1)];
  const isKit = levels.some((level) => level.name === 'bộ kít');
  const alternatives = later.filter((chain) => chain !== outer && isPacking(chain, levels));
  return {
    chain: { ...withCount, levels, hasKit: isKit || first.hasKit || completer?.hasKit === true },
    hasAlternatives: !isKit && alternatives.length > 0,
  };
}

/** "Hộp 3, 6, 10 vỉ x 10 viên" and "Chai 100, 200 viên": the unit comes with the last count. */
function borrowUnit(first: Chain, later: readonly Chain[]): Chain {
  const lender = later.find((chain) => chain.levels.length > 0);
  if (lender === undefined || first.openCount === null) return first;
  const from = lender.levels.findIndex((level) => !boxUnits.has(level.name));
  const borrowed = lender.levels.slice(Math.max(from, 0));
  const [head, ...tail] = borrowed;
  if (head === undefined || head.name === first.levels.at(-1)?.name) return first;
  const levels = [...first.levels, { name: head.name, count: first.openCount }, ...tail];
  return { ...first, levels, openCount: null };
}

/** "Hộp 2 vỉ, hộp 4 vỉ. Vỉ 5 ống": what a vỉ holds is said later. */
function completerOf(
  levels: readonly Level[],
  later: readonly Chain[],
  family: DosageFamily,
): Chain | undefined {
  const last = levels.at(-1);
  if (last === undefined || isSmallestUnit(last.name, family, false)) return undefined;
  return later.find((chain) => tailOf(levels, chain).length > 0);
}

function tailOf(levels: readonly Level[], chain: Chain | undefined): readonly Level[] {
  const last = levels.at(-1);
  const at = chain?.levels.findIndex((level) => level.name === last?.name) ?? -1;
  return at < 0 ? [] : (chain?.levels.slice(at + 1) ?? []);
}

function isBoxOfBlisters(levels: readonly Level[]): boolean {
  const outermost = levels[0]?.name ?? '';
  return levels.length > 1 && boxUnits.has(outermost) && levels.at(-1)?.name === 'vỉ';
}

/** True when the chain offers another size, and does not only explain a level of the first. */
function isPacking(chain: Chain, levels: readonly Level[]): boolean {
  if (chain.levels.length === 0) return chain.openCount !== null || chain.hasMeasure;
  const outermost = chain.levels[0]?.name;
  return (
    !levels.slice(1).some((level) => level.name === outermost && level.name !== 'viên') ||
    chain.levels[0]?.count !== 1 ||
    chain.hasMeasure
  );
}

function isSmallestUnit(name: string, family: DosageFamily, hasMeasure: boolean): boolean {
  if (family === 'solid') return name === 'viên';
  // Traditional pills are also sold by weight, in sachets and jars.
  if (family === 'pills' && !hasMeasure) return name === 'viên';
  if (name === 'hộp') return hasMeasure || family === 'semisolid' || family === 'bulk';
  if (name === 'thùng') return hasMeasure;
  if (name === 'hộp nhỏ') return hasMeasure && family === 'semisolid';
  return !outerOnlyUnits.has(name);
}

function treeOf(
  chain: Chain,
  family: DosageFamily,
  notes: readonly PackagingWarning[],
): ParsedPackaging {
  const kit = chain.levels.findIndex((level) => level.name === 'bộ kít');
  const reached = kit < 0 ? chain.levels : chain.levels.slice(0, kit + 1);
  const smallest = reached.at(-1);
  if (smallest === undefined) return fallback(family, [...notes, 'packaging-unreadable']);
  const isCounted = kit >= 0 || isSmallestUnit(smallest.name, family, chain.hasMeasure);
  const isTablet = smallest.name === 'viên' || smallest.name === 'bộ kít';
  if (!isCounted && !isTablet) return fallback(family, [...notes, 'packaging-count-missing']);
  const warnings = [...notes];
  if (smallest.name === 'viên' && !tabletFamilies.has(family)) {
    warnings.push('packaging-form-disagrees');
  }
  const { levels, hasRepeated } = joinRepeated(reached);
  if (hasRepeated || isUnlikely(levels)) warnings.push('packaging-unlikely');
  const units = UnitTree.safeParse(plainBoxNames(distinctFactors(factorsOf(levels))));
  if (!units.success) return fallback(family, [...notes, 'packaging-unreadable']);
  return { units: units.data, warnings };
}

/** "5 vỉ x 2 vỉ x 5 viên": ten blisters, whatever the repetition was meant to say. */
function joinRepeated(levels: readonly Level[]): {
  readonly levels: readonly Level[];
  readonly hasRepeated: boolean;
} {
  const joined: Level[] = [];
  for (const level of levels) {
    const same = joined.findIndex((earlier) => earlier.name === level.name);
    const earlier = joined[same];
    if (earlier === undefined) joined.push(level);
    else joined[same] = { name: level.name, count: earlier.count * level.count };
  }
  return { levels: joined, hasRepeated: joined.length < levels.length };
}

function isUnlikely(levels: readonly Level[]): boolean {
  return levels.some((level, index) => {
    const outer = levels[index - 1];
    if (outer === undefined) return false;
    const isBoxInside = boxUnits.has(level.name) && !boxHolders.has(outer.name);
    const isVesselInside = vessels.has(level.name) && vessels.has(outer.name);
    return isBoxInside || isVesselInside || (outer.name === 'vỉ' && level.count > blisterPiecesMax);
  });
}

/** Factors in the smallest unit, smallest level first. */
function factorsOf(levels: readonly Level[]): UnitTree {
  const tree: { name: string; factor: number }[] = [];
  let factor = 1;
  for (const level of [...levels].reverse()) {
    tree.push({ name: level.name, factor });
    factor *= level.count;
  }
  return tree;
}

/** "Hộp 1 vỉ x 10 viên": box and blister hold the same, so one of the two names is enough. */
function distinctFactors(tree: UnitTree): UnitTree {
  const factors = [...new Set(tree.map((unit) => unit.factor))];
  return factors.slice(0, limits.packagingLevelsMax + 1).map((factor) => {
    const same = tree.filter((unit) => unit.factor === factor);
    if (factor === 1) return same[0] ?? { name: 'đơn vị', factor };
    const preferred = preferredNames.find((name) => same.some((unit) => unit.name === name));
    return { name: preferred ?? same.at(-1)?.name ?? 'hộp', factor };
  });
}

/** A small or large box is simply a box where there is no other. */
function plainBoxNames(tree: UnitTree): UnitTree {
  const boxes = tree.filter((unit) => unit.name.startsWith('hộp'));
  if (boxes.length !== 1) {
    return tree.map((unit) =>
      unit.name === 'hộp lớn' && !tree.some((other) => other.name === 'hộp')
        ? { ...unit, name: 'hộp' }
        : unit,
    );
  }
  return tree.map((unit) => (boxes.includes(unit) ? { ...unit, name: 'hộp' } : unit));
}
