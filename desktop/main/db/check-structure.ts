import { z } from 'zod';
import type { DatabaseFault } from './database-fault.ts';
import type { TillDb } from './till-db.ts';

/**
 * Whether the pages of the database hang together (SQLite's quick_check). What they say is proved by
 * the chain (verify-journal.ts).
 * @param table one table; all of them when it is left out.
 */
export function checkStructure(db: TillDb, table?: string): DatabaseFault | undefined {
  const what = table === undefined ? findingsMax : `"${table}"`;
  const rows = z.array(FindingRow).parse(db.pragma(`quick_check(${what})`));
  const findings = rows.map((row) => row.quick_check).filter((finding) => finding !== 'ok');
  if (findings.length === 0) return undefined;
  return { code: 'database-damaged', detail: findings.join('; ').slice(0, detailLength) };
}

/** Every table of this database, those behind the search index too. */
export function tableNames(db: TillDb): readonly string[] {
  const sql = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
  return db.all(z.object({ name: z.string() }), sql).map(({ name }) => name);
}

const findingsMax = 3;
const detailLength = 300;
const FindingRow = z.object({ quick_check: z.string() });
