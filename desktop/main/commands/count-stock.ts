import { z } from 'zod';
import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillAnswer, TillInput, TillProblem } from '../../../shared/contract/till-api.ts';
import { unitsAt } from '../../../shared/rules/lot-lines.ts';
import { type Book, type CountLine, decideCount } from '../../../shared/rules/stocktake.ts';
import { drugOfCode } from '../db/catalogue.ts';
import { chainHead } from '../db/event-log.ts';
import { knownLot } from '../db/stock.ts';
import type { TillDb } from '../db/till-db.ts';
import { type CommandContext, recordOnce } from './record-once.ts';

/** Corrects the book by what it differed from the shelf at the moment of counting. */
export function countStock(
  context: CommandContext,
  input: TillInput<'stock.count'>,
): Result<TillAnswer<'stock.count'>, TillProblem> {
  return recordOnce(context, 'stock.count', input, ({ db, append }) => {
    const books = input.lines.map((line) => bookOf(db, line));
    const counted = decideCount({ headSeq: chainHead(db).seq, books }, input);
    if (!counted.ok) return counted;
    const document = append('StockCounted.v1', counted.value);
    if (!document.ok) return document;
    const differenceUnits = counted.value.lines.map((line) => line.countedUnits - line.bookUnits);
    return ok({ ...document.value, differenceUnits });
  });
}

const SinceRow = z.object({ movedUnits: z.int(), counts: z.int() });

/** The book of long ago is that of today less what moved since: few rows, however old the shop. */
function bookOf(db: TillDb, line: CountLine): Book {
  const lot = knownLot(db, line);
  const currentUnits = lot === undefined ? 0 : unitsAt(lot, line.place);
  const since = db.one(
    SinceRow,
    `SELECT coalesce(sum(units), 0) AS movedUnits, count(*) FILTER (WHERE kind = 'count') AS counts
     FROM movement WHERE drug = ? AND seq > ? AND lot = ? AND expires_on = ? AND place = ?`,
    line.drug,
    line.bookSeq,
    line.lot,
    line.expiresOn,
    line.place,
  );
  return {
    bookUnits: currentUnits - (since?.movedUnits ?? 0),
    currentUnits,
    isCountedSince: (since?.counts ?? 0) > 0,
    isKnown: lot !== undefined || drugOfCode(db, line.drug) !== undefined,
  };
}
