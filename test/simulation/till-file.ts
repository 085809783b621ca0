import path from 'node:path';
import Database from 'better-sqlite3';
import type { JournalRow, KnownRecall, StockByLot } from './oracle.ts';

/** The auditor opens a till's database file itself and reads what really stands in it. */
export type TillFile = {
  /** Whether anything was committed since this was last asked. */
  readonly hasChanged: () => boolean;
  readonly journalAfter: (seq: number) => readonly JournalRow[];
  readonly stock: () => StockByLot;
  /** What this till believes the centre has, as of the last `hasChanged`. */
  readonly claim: () => { readonly seq: number; readonly hash: string };
  /** Undefined before it is enrolled. */
  readonly tillId: () => string | undefined;
  /** The catalogue it sells from: the centre's entries as JSON, by code. */
  readonly catalogue: () => ReadonlyMap<string, unknown>;
  /** The recalls it knows: the centre's entries, by number. */
  readonly recalls: () => ReadonlyMap<string, KnownRecall>;
  /** Its own entry in the register. */
  readonly facility: () => unknown;
  /** What it was sent and cannot read, as `kind|key`. */
  readonly unread: () => readonly string[];
  readonly close: () => void;
};

const zeros = '0'.repeat(64);

export function openTillFile(dataDir: string): TillFile {
  const file = new Database(path.join(dataDir, 'till.db'), { readonly: true });
  const journal = file.prepare<[number], JournalRow>(
    'SELECT seq, line, hash FROM event WHERE seq > ? ORDER BY seq',
  );
  const stock = file.prepare<[], { key: string; units: number }>(
    `SELECT drug || '|' || lot || '|' || expires_on AS key, on_hand_units AS units
     FROM stock WHERE on_hand_units <> 0
     UNION ALL
     SELECT drug || '|' || lot || '|' || expires_on || '|quarantine', quarantined_units
     FROM stock WHERE quarantined_units <> 0`,
  );
  const recalls = file.prepare<[], { number: string; entry: string }>(
    'SELECT number, entry FROM recall',
  );
  const setting = file.prepare<[string], { value: string }>(
    'SELECT value FROM setting WHERE name = ?',
  );
  const settingOf = (name: string) => {
    const row = setting.get(name);
    return row === undefined ? undefined : JSON.parse(row.value);
  };
  const catalogue = file.prepare<[], { code: string; entry: string }>(
    // The shop's own products stand there beside the catalogue.
    `SELECT code, entry FROM drug JOIN drug_entry USING (number)
     WHERE is_current = 1 AND code NOT LIKE 'LOCAL-%'`,
  );
  const unread = file.prepare<[], { name: string }>(
    `SELECT kind || '|' || key AS name FROM unread_change ORDER BY name`,
  );
  // sqlite.org/pragma.html#pragma_data_version: another number once another connection committed.
  const version = file.prepare<[], { data_version: number }>('PRAGMA data_version');
  let seenVersion: number | undefined;
  let claimed: ReturnType<TillFile['claim']> | undefined;
  return {
    hasChanged: () => {
      const before = seenVersion;
      seenVersion = version.get()?.data_version;
      if (before !== seenVersion) claimed = undefined;
      return before !== seenVersion;
    },
    journalAfter: (seq) => journal.all(seq),
    stock: () => new Map(stock.all().map(({ key, units }) => [key, units])),
    claim: () => {
      const now = claimed ?? settingOf('ackedHead') ?? { seq: 0, hash: zeros };
      claimed = now;
      return now;
    },
    tillId: () => settingOf('identity')?.tillId,
    catalogue: () => new Map(catalogue.all().map(({ code, entry }) => [code, JSON.parse(entry)])),
    recalls: () => new Map(recalls.all().map(({ number, entry }) => [number, JSON.parse(entry)])),
    facility: () => settingOf('facility'),
    unread: () => unread.all().map(({ name }) => name),
    close: () => {
      file.close();
    },
  };
}
