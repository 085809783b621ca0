import { z } from 'zod';
import { recordAudit } from '../accounts/audit.ts';
import { type Queryable, queryRow } from '../db/pool.ts';

/**
 * Whether this centre holds the demonstration country, and how far it has come. It stands in the
 * audit trail, where nobody can take it away: figures that were made up stay recognisable as such.
 */
export type DemonstrationRecord = {
  readonly seed: string;
  readonly facilityCount: number;
  readonly createdMs: number;
  /** Every report of the past has arrived at least once. */
  readonly isComplete: boolean;
};

const StartedRow = z.object({
  detail: z.object({ seed: z.string(), facilities: z.int(), createdMs: z.int() }),
  is_complete: z.boolean(),
});

/** `none`: the database is new. `not-ours`: it holds facilities that nobody generated. */
export async function readDemonstration(
  database: Queryable,
): Promise<DemonstrationRecord | 'none' | 'not-ours'> {
  const row = await queryRow(
    database,
    StartedRow,
    `SELECT detail, EXISTS (
       SELECT 1 FROM audit WHERE action = 'demonstration-completed'
     ) AS is_complete
     FROM audit WHERE action = 'demonstration-started' ORDER BY id LIMIT 1`,
  );
  if (row !== undefined) {
    const { seed, facilities, createdMs } = row.detail;
    return { seed, facilityCount: facilities, createdMs, isComplete: row.is_complete };
  }
  const { rows } = await database.query('SELECT 1 FROM facility LIMIT 1');
  return rows.length === 0 ? 'none' : 'not-ours';
}

export async function recordStarted(
  database: Queryable,
  record: Omit<DemonstrationRecord, 'isComplete'>,
): Promise<void> {
  const { seed, facilityCount, createdMs } = record;
  await recordAudit(database, {
    actor: demonstrationActor,
    action: 'demonstration-started',
    subject: seed,
    detail: { seed, facilities: facilityCount, createdMs },
    nowMs: createdMs,
  });
}

export async function recordCompleted(
  database: Queryable,
  completed: { readonly events: number; readonly nowMs: number },
): Promise<void> {
  await recordAudit(database, {
    actor: demonstrationActor,
    action: 'demonstration-completed',
    subject: '',
    detail: { events: completed.events },
    nowMs: completed.nowMs,
  });
}

export const demonstrationActor = { account: 'system', address: '' } as const;
