import { assert, present } from '../base/assert.ts';
import { limits } from '../base/limits.ts';
import { err, ok, type Result } from '../base/result.ts';
import type { StockCounted } from '../events/stock-counted.ts';
import { type Lot, lotKey, type Place } from '../model/lot.ts';
import { refuseSize } from './lot-lines.ts';
import type { Refusal } from './refusal.ts';

export type CountLine = Lot & {
  readonly place: Place;
  readonly countedUnits: number;
  /** Number of the journal's last event when this lot was counted. */
  readonly bookSeq: number;
};

export type CountStock = Omit<StockCounted, 'lines'> & { readonly lines: readonly CountLine[] };

/** What the book says of one line's lot at its place. */
export type Book = {
  /** At the line's position in the journal. */
  readonly bookUnits: number;
  readonly currentUnits: number;
  /** Another count has corrected this lot after that position. */
  readonly isCountedSince: boolean;
  /** The lot was ever here, or the catalogue knows its drug. */
  readonly isKnown: boolean;
};

export type CountContext = {
  readonly headSeq: number;
  /** In the order of the lines. */
  readonly books: readonly Book[];
};

/**
 * A count corrects the book by what it differed from the shelf when it was counted. What happened
 * since is left alone: the sales of a shop that counts while it sells are in the journal already.
 */
export function decideCount(
  context: CountContext,
  command: CountStock,
): Result<StockCounted, Refusal> {
  const size = refuseSize(command.lines.length, limits.stockLinesMax);
  if (size !== undefined) return err(size);
  assert(context.books.length === command.lines.length, 'Every line has its book');
  const lines: StockCounted['lines'] = [];
  const seen = new Set<string>();
  for (const [index, line] of command.lines.entries()) {
    const book = present(context.books[index], 'Every line has its book');
    const problem = refuseLine(context, line, book);
    if (problem !== undefined) return err(problem);
    const key = `${lotKey(line)}|${line.place}`;
    if (seen.has(key)) return err({ type: 'DuplicateLot', drug: line.drug, lot: line.lot });
    seen.add(key);
    const { drug, lot, expiresOn, place, countedUnits, bookSeq } = line;
    const { bookUnits } = book;
    lines.push({ drug, lot, expiresOn, place, countedUnits, bookSeq, bookUnits });
  }
  const { countId, scope, isBlind, note } = command;
  return ok({ countId, scope, isBlind, note, lines });
}

function refuseLine(context: CountContext, line: CountLine, book: Book): Refusal | undefined {
  const { drug, lot, countedUnits, bookSeq } = line;
  if (!book.isKnown) return { type: 'UnknownDrug', drug };
  if (!Number.isSafeInteger(countedUnits) || countedUnits < 0) {
    return { type: 'BadCount', drug, lot };
  }
  if (countedUnits > limits.unitsMax) {
    return { type: 'QuantityTooLarge', drug, unitsMax: limits.unitsMax };
  }
  if (!Number.isSafeInteger(bookSeq) || bookSeq < 0 || bookSeq > context.headSeq) {
    return { type: 'UnknownPosition', drug, lot, seq: bookSeq, headSeq: context.headSeq };
  }
  // Two counts of one moment would correct the same difference twice.
  if (book.isCountedSince) return { type: 'LotCountedMeanwhile', drug, lot };
  const leftUnits = book.bookUnits - book.currentUnits;
  if (leftUnits > countedUnits) {
    return { type: 'CountContradicted', drug, lot, countedUnits, leftUnits };
  }
  return undefined;
}
