/**
 * What people did that is no fact of the journal: signing in, wrong PINs, approvals, settings. Kept
 * at this till only; the journal keeps everything else, and queries/audit.ts reads both.
 */
import { z } from 'zod';
import { Instant, instantOfMs } from '../../../shared/model/calendar.ts';
import type { TillDb } from './till-db.ts';

export const auditWhats = [
  'signed-in',
  'locked',
  'wrong-pin',
  'approved',
  'settings-changed',
  'drawer-counted',
  'drawer-opened',
  'pin-reset-by-code',
] as const;
export type AuditWhat = (typeof auditWhats)[number];

/** Of the newest: months of a busy shop, some 20 MB. */
const entriesKept = 100_000;

export type AuditNote = {
  readonly atMs: number;
  readonly what: AuditWhat;
  /** Null where nobody was signed in. */
  readonly by: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
};

/** Durable when the surrounding transaction is. */
export function noteAudit(db: TillDb, { atMs, what, by, detail }: AuditNote): void {
  db.run(
    'INSERT INTO audit_entry (at, what, by_staff, detail) VALUES (?, ?, ?, ?)',
    instantOfMs(atMs),
    what,
    by,
    JSON.stringify(detail),
  );
  db.run(
    'DELETE FROM audit_entry WHERE number <= (SELECT max(number) FROM audit_entry) - ?',
    entriesKept,
  );
}

const AuditRow = z.object({
  number: z.int(),
  at: Instant,
  what: z.enum(auditWhats),
  by: z.string().nullable(),
  detail: z.string(),
});
const Detail = z.record(z.string(), z.unknown());

export type AuditEntry = Omit<z.infer<typeof AuditRow>, 'detail'> & {
  readonly detail: z.infer<typeof Detail>;
};

/** Entries of some moments, oldest first. */
export function auditEntries(
  db: TillDb,
  { from, until }: { readonly from: string; readonly until: string },
): readonly AuditEntry[] {
  const rows = db.all(
    AuditRow,
    `SELECT number, at, what, by_staff AS by, detail FROM audit_entry
     WHERE at >= ? AND at < ? ORDER BY number`,
    from,
    until,
  );
  return rows.map((row) => ({ ...row, detail: Detail.parse(JSON.parse(row.detail)) }));
}
