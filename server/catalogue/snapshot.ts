/**
 * The snapshot (shared/sync/feed.ts): the whole catalogue for a new till, compressed once.
 *
 * head line (per facility) ++ national changes (compressed once, kept in the table) ++ changes of
 * the facility itself. Each part is a gzip member of its own, and members one after another are a
 * gzip stream (RFC 1952 §2.2), so that the large part is never compressed or hashed twice. A
 * snapshot that is behind is still right, because the feed goes on from its position.
 */
import { createHash, type Hash } from 'node:crypto';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { z } from 'zod';
import { limits } from '../../shared/base/limits.ts';
import { feedText, type SnapshotHead } from '../../shared/sync/feed.ts';
import { presentEpochSql } from '../db/epoch.ts';
import { type Pool, queryRow, queryRows } from '../db/pool.ts';
import type { CentreDeps } from '../deps.ts';
import { changeText } from './feed.ts';

const gzipAsync = promisify(gzip);
const gunzipAsync = promisify(gunzip);

export type SnapshotPart = {
  /** Of another epoch, it may hold what this database has lost. */
  readonly epoch: string;
  readonly position: number;
  readonly count: number;
  /** gzip of the national change lines. */
  readonly compressed: Buffer;
  /** SHA-256 over the national lines, still open for those of a facility. */
  readonly digest: Hash;
};

export type Snapshots = {
  /** A whole snapshot for one facility: gzip members in order, and the position it stands at. */
  readonly forFacility: (facilityId: string) => Promise<{
    readonly epoch: string;
    readonly position: number;
    readonly members: readonly Buffer[];
  }>;
};

const LineRow = z.object({
  position: z.number(),
  kind: z.string(),
  key: z.string(),
  value: z.string().nullable(),
});
const StoredRow = z.object({ position: z.number(), body: z.instanceof(Buffer) });
const HeadRow = z.object({ epoch: z.string(), national: z.number() });

/** The snapshots of one process; concurrent requests share one rebuild. */
export function createSnapshots(deps: Pick<CentreDeps, 'pool' | 'centreKey' | 'nowMs'>): Snapshots {
  let current: SnapshotPart | undefined;
  let underWay: Promise<SnapshotPart> | undefined;

  async function nationalPart(): Promise<SnapshotPart> {
    const newest = await newestNationalPosition(deps.pool);
    const isOfThisEpoch = current?.epoch === newest.epoch;
    if (isOfThisEpoch && current !== undefined && current.position >= newest.position) {
      return current;
    }
    underWay ??= loadOrBuild(deps, newest).finally(() => {
      underWay = undefined;
    });
    current = await underWay;
    return current;
  }

  return {
    forFacility: async (facilityId) => {
      const national = await nationalPart();
      const own = await facilityLines(deps.pool, facilityId, national.position);
      const digest = national.digest.copy().update(own.text).digest('hex');
      const { epoch, position } = national;
      const head: SnapshotHead = {
        snapshot: 1,
        epoch,
        position,
        count: national.count + own.count,
        digest,
        signature: deps.centreKey.sign(feedText({ epoch, after: 0, next: position, digest })),
      };
      const members = [
        await gzipAsync(`${JSON.stringify(head)}\n`),
        national.compressed,
        ...(own.text === '' ? [] : [await gzipAsync(own.text)]),
      ];
      return { epoch, position, members };
    },
  };
}

type Newest = { readonly epoch: string; readonly position: number };

async function newestNationalPosition(pool: Pool): Promise<Newest> {
  const row = await queryRow(
    pool,
    HeadRow,
    `SELECT epoch.id AS epoch, coalesce(
       (SELECT max(position) FROM feed_change WHERE audience = 'nation' AND audience_key = ''), 0
     ) AS national FROM (${presentEpochSql}) AS epoch`,
  );
  const { epoch, national } = HeadRow.parse(row);
  return { epoch, position: national };
}

/** Another process may have built it already; otherwise this one does and leaves it for all. */
async function loadOrBuild(
  deps: Pick<CentreDeps, 'pool' | 'nowMs'>,
  newest: Newest,
): Promise<SnapshotPart> {
  const stored = await queryRow(
    deps.pool,
    StoredRow,
    'SELECT position, body FROM snapshot WHERE position >= $1',
    [newest.position],
  );
  if (stored !== undefined) {
    const text = await gunzipAsync(stored.body, { maxOutputLength: limits.snapshotBytesMax });
    return partOf(newest.epoch, { position: stored.position, compressed: stored.body, text });
  }
  const { position, text } = await nationalLines(deps.pool);
  const bytes = Buffer.from(text);
  const compressed = await gzipAsync(bytes, { level: 9, memLevel: 9 });
  await deps.pool.query(
    `INSERT INTO snapshot AS known (position, body, created_at) VALUES ($1, $2, $3)
     ON CONFLICT (only_row) DO UPDATE SET position = excluded.position,
       body = excluded.body, created_at = excluded.created_at
     WHERE known.position < excluded.position`,
    [position, compressed, new Date(deps.nowMs())],
  );
  return partOf(newest.epoch, { position, compressed, text: bytes });
}

function partOf(
  epoch: string,
  {
    position,
    compressed,
    text,
  }: { readonly position: number; readonly compressed: Buffer; readonly text: Buffer },
): SnapshotPart {
  let count = 0;
  for (const byte of text) if (byte === 0x0a) count += 1;
  return { epoch, position, count, compressed, digest: createHash('sha256').update(text) };
}

/** Head and lines from one state of the database; what was withdrawn needs no line. */
async function nationalLines(pool: Pool): Promise<{ position: number; text: string }> {
  const rows = await queryRows(
    pool,
    LineRow.partial({ kind: true, key: true }).extend({
      head: z.number(),
      position: z.number().nullable(),
      kind: z.string().nullable(),
      key: z.string().nullable(),
    }),
    `SELECT feed_head.position AS head, change.position, change.kind, change.key, change.value
     FROM feed_head LEFT JOIN feed_change AS change
       ON change.audience = 'nation' AND change.audience_key = '' AND change.value IS NOT NULL
     ORDER BY change.position`,
  );
  const lines: string[] = [];
  for (const row of rows) {
    if (row.position !== null) lines.push(`${changeText({ ...row, position: row.position })}\n`);
  }
  return { position: rows[0]?.head ?? 0, text: lines.join('') };
}

async function facilityLines(
  pool: Pool,
  facilityId: string,
  upTo: number,
): Promise<{ count: number; text: string }> {
  const rows = await queryRows(
    pool,
    LineRow,
    `SELECT position, kind, key, value FROM feed_change
     WHERE audience = 'facility' AND audience_key = $1 AND position <= $2
     ORDER BY position`,
    [facilityId, upTo],
  );
  return { count: rows.length, text: rows.map((row) => `${changeText(row)}\n`).join('') };
}
