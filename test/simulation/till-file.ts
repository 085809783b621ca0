import path from 'node:path';
import Database from 'better-sqlite3';
import type { JournalRow, StockByLot } from './oracle.ts';

/** The auditor opens a till's database file itself and reads what really stands in it. */

export function readJournal(dataDir: string, afterSeq: number): readonly JournalRow[] {
  return reading(dataDir, (file) =>
    file
      .prepare<[number], JournalRow>('SELECT seq, line, hash FROM event WHERE seq > ? ORDER BY seq')
      .all(afterSeq),
  );
}

export function readTillStock(dataDir: string): StockByLot {
  const rows = reading(dataDir, (file) =>
    file
      .prepare<[], { key: string; units: number }>(
        `SELECT drug || '|' || lot || '|' || expires_on AS key, on_hand_units AS units
         FROM stock WHERE on_hand_units <> 0`,
      )
      .all(),
  );
  return new Map(rows.map(({ key, units }) => [key, units]));
}

function reading<Value>(dataDir: string, read: (file: Database.Database) => Value): Value {
  const file = new Database(path.join(dataDir, 'till.db'), { readonly: true });
  try {
    return read(file);
  } finally {
    file.close();
  }
}
