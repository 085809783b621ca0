import path from 'node:path';
import Database from 'better-sqlite3';

/** Opens the file of a closed till without its guards, as a careless tool or a bad disk would. */
export function tamper(dataDir: string, work: (sqlite: Database.Database) => void): void {
  const sqlite = new Database(path.join(dataDir, 'till.db'));
  try {
    work(sqlite);
  } finally {
    sqlite.close();
  }
}

/** The file of a closed till without any guard; the caller closes it. */
export function openRawDatabase(dataDir: string): Database.Database {
  return new Database(path.join(dataDir, 'till.db'));
}

/** Changes journal rows although triggers forbid it, and leaves the schema as it was. */
export function tamperWithJournal(dataDir: string, sql: string): void {
  tamper(dataDir, (sqlite) => {
    const triggers = sqlite
      .prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'")
      .all() as { name: string; sql: string }[];
    for (const { name } of triggers) sqlite.exec(`DROP TRIGGER ${name}`);
    sqlite.exec(sql);
    for (const trigger of triggers) sqlite.exec(trigger.sql);
  });
}
