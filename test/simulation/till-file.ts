import path from 'node:path';
import Database from 'better-sqlite3';
import type { JournalRow, StockByLot } from './oracle.ts';

/** The auditor opens a till's database file itself and reads what really stands in it. */
export type TillFile = {
  readonly journalAfter: (seq: number) => readonly JournalRow[];
  readonly stock: () => StockByLot;
  readonly close: () => void;
};

export function openTillFile(dataDir: string): TillFile {
  const file = new Database(path.join(dataDir, 'till.db'), { readonly: true });
  const journal = file.prepare<[number], JournalRow>(
    'SELECT seq, line, hash FROM event WHERE seq > ? ORDER BY seq',
  );
  const stock = file.prepare<[], { key: string; units: number }>(
    `SELECT drug || '|' || lot || '|' || expires_on AS key, on_hand_units AS units
     FROM stock WHERE on_hand_units <> 0`,
  );
  return {
    journalAfter: (seq) => journal.all(seq),
    stock: () => new Map(stock.all().map(({ key, units }) => [key, units])),
    close: () => {
      file.close();
    },
  };
}
