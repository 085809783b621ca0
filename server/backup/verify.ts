import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { CannotStart } from '../cannot-start.ts';
import { startEmbeddedDatabase } from '../db/embedded.ts';
import { createPool, type Pool, queryRow } from '../db/pool.ts';
import { rebuild } from '../ingest/rebuild.ts';
import { restoreCentre } from './restore.ts';

export type VerifiedBackup = {
  readonly finishedAt: string;
  readonly tills: number;
  readonly events: number;
};

const HeadRow = z.object({ different: z.number() });

/**
 * Restores the newest base with all of the log into a folder of its own and proves the outcome: the
 * evidence of every till ends in its acknowledged head, and a replay of all evidence gives exactly
 * the derived tables. Throws a sentence when it does not. The folder is removed again.
 */
export async function verifyBackup(options: {
  readonly backupDir: string;
  readonly nowMs: () => number;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly report: (sentence: string) => void;
}): Promise<VerifiedBackup> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'mang-thuoc-verify-'));
  try {
    const { base } = await restoreCentre({ ...options, dataDir, isArchiving: false });
    const database = await startEmbeddedDatabase({ ...options, dataDir });
    const pool = createPool({ ...database, connectionsMax: 4, log: options.log });
    try {
      const proved = await prove(pool, options.nowMs);
      return { finishedAt: base.manifest.finishedAt, ...proved };
    } finally {
      await pool.end();
      await database.stop();
    }
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function prove(pool: Pool, nowMs: () => number) {
  const heads = await queryRow(pool, HeadRow, headsSql);
  const replayed = await rebuild({ pool, nowMs, newId: () => uuidv7() }, { replace: false });
  const { tills, events, movementDifferences, stockDifferences } = replayed;
  const differences = (heads?.different ?? 0) + movementDifferences + stockDifferences;
  if (differences > 0) {
    throw new CannotStart(
      `The backup restores, but not to what was acknowledged: ${heads?.different ?? 0} heads, ${movementDifferences} movements and ${stockDifferences} stock rows differ.`,
    );
  }
  return { tills, events };
}

/** Tills whose last evidence does not end in their acknowledged head. */
const headsSql = `
  SELECT count(*) AS different FROM till LEFT JOIN LATERAL (
    SELECT last_seq, head_hash FROM batch_evidence
    WHERE till_id = till.id ORDER BY last_seq DESC LIMIT 1) AS last ON true
  WHERE coalesce(last.last_seq, 0) <> till.acked_seq
    OR (last.head_hash IS NOT NULL AND last.head_hash <> till.acked_hash)`;
