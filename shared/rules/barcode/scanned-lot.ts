/**
 * Which lot of the books a scanned pack is (I6: no expired, recalled or quarantined lot is sold). What
 * the code does not say is left to first-expired-first-out; what it says is never overruled.
 */
import type { CalendarDate } from '../../model/calendar.ts';
import { readBarcode, type ScannedCode } from './read-barcode.ts';

/** A lot as the books have it. */
export type LotInBooks = {
  readonly lot: string;
  readonly expiresOn: CalendarDate;
  readonly onHandUnits: number;
  readonly quarantinedUnits: number;
  readonly recallNumber: string | null;
};

export type ScannedLot =
  /** The code names no lot, or none for sure. */
  | { readonly type: 'open' }
  | { readonly type: 'chosen'; readonly lot: string; readonly expiresOn: CalendarDate }
  | ({ readonly type: 'expired' | 'quarantined' | 'gone' } & Named)
  | ({ readonly type: 'recalled'; readonly recallNumber: string } & Named)
  /** No such lot in the books, or only with another expiry. */
  | { readonly type: 'unknown'; readonly lot: string; readonly booksSay: CalendarDate | null };
type Named = { readonly lot: string; readonly expiresOn: CalendarDate };

/** @param scanned what the scanner sent, with its defects undone. */
export function scannedLot(
  scanned: string,
  lots: readonly LotInBooks[],
  today: CalendarDate,
): ScannedLot {
  const read = readBarcode(scanned, { today });
  if (!read.ok || read.value.type === 'other') return { type: 'open' };
  if (read.value.type === 'product') return lotOfCode(read.value.code, lots, today);
  // Several readings: the books know which of them is a lot of this shop, if only one is.
  const known = read.value.codes.filter((code) => rowsOf(code, lots).length > 0);
  const [code] = known;
  const isOne = new Set(known.map(({ lot }) => lot)).size === 1;
  return code === undefined || !isOne ? { type: 'open' } : lotOfCode(code, lots, today);
}

function lotOfCode(
  code: ScannedCode,
  lots: readonly LotInBooks[],
  today: CalendarDate,
): ScannedLot {
  const { lot, expiresOn } = code;
  if (lot === null) return { type: 'open' };
  if (expiresOn !== null && expiresOn <= today) return { type: 'expired', lot, expiresOn };
  const rows = rowsOf(code, lots);
  const row = rows.find((candidate) => freeUnits(candidate) > 0) ?? rows[0];
  if (row === undefined) {
    const other = lots.find((candidate) => isSameLot(candidate.lot, lot));
    return { type: 'unknown', lot, booksSay: other?.expiresOn ?? null };
  }
  const named = { lot: row.lot, expiresOn: row.expiresOn };
  if (row.recallNumber !== null) {
    return { type: 'recalled', ...named, recallNumber: row.recallNumber };
  }
  if (row.expiresOn <= today) return { type: 'expired', ...named };
  if (row.onHandUnits <= 0) return { type: 'gone', ...named };
  return freeUnits(row) > 0 ? { type: 'chosen', ...named } : { type: 'quarantined', ...named };
}

function rowsOf({ lot, expiresOn }: ScannedCode, lots: readonly LotInBooks[]) {
  return lots.filter(
    (row) =>
      lot !== null &&
      isSameLot(row.lot, lot) &&
      (expiresOn === null || row.expiresOn === expiresOn),
  );
}

function freeUnits({ onHandUnits, quarantinedUnits }: LotInBooks): number {
  return onHandUnits - quarantinedUnits;
}

function isSameLot(one: string, another: string): boolean {
  return one.toUpperCase() === another.toUpperCase();
}
