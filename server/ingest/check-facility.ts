/**
 * Compares the derived tables of one facility with its evidence, and repairs what differs (protocol.md
 * I10). Looking takes no lock: everything is read from one state of the database. Only a repair makes
 * the facility's tills wait.
 */
import { z } from 'zod';
import { notifyConsole } from '../db/notices.ts';
import { inTransaction, queryRow, type Transaction } from '../db/pool.ts';
import {
  type Comparison,
  countDifferences,
  type Differences,
  hasDifferences,
  parkedColumns,
  replaceDiffering,
  rolledUpMovements,
} from './derived-tables.ts';
import { documentTables, replayedTable } from './document-rows.ts';
import { type RejudgeDeps, rejudgeFacility } from './rejudge.ts';
import { type Replayed, replayTills, tillsToReplay } from './replay.ts';
import { rollUpFigures, rollUpLock } from './roll-up.ts';
import type { TillSource } from './till-source.ts';

export type CheckDeps = RejudgeDeps;

export type DerivedCheck = {
  readonly events: number;
  readonly movements: number;
  /** What was found, and is right again. */
  readonly repaired: Differences;
};

/**
 * @param askedBy an account's name, `night` for the nightly round, `agreement` after a comparison
 * that failed.
 */
export async function checkFacility(
  deps: CheckDeps,
  { facilityId, askedBy }: { readonly facilityId: string; readonly askedBy: string },
): Promise<DerivedCheck> {
  // What only waits to be judged again is no difference.
  await rejudgeFacility(deps, facilityId, 'rebuild');
  const looked = await inTransaction(deps.pool, async (transaction) => {
    await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    return compare(transaction, facilityId);
  });
  const done = hasDifferences(looked.differences)
    ? await repair(deps, facilityId, askedBy)
    : looked;
  const { events, movements } = done.replayed;
  await deps.pool.query(
    `INSERT INTO derived_check (scope, checked_at, events, rows_compared) VALUES ($1, $2, $3, $4)
     ON CONFLICT (scope) DO UPDATE SET checked_at = excluded.checked_at,
       events = excluded.events, rows_compared = excluded.rows_compared`,
    [facilityId, new Date(deps.nowMs()), events, movements],
  );
  return { events, movements, repaired: done.differences };
}

type Compared = { readonly replayed: Replayed; readonly differences: Differences };

async function compare(transaction: Transaction, facilityId: string): Promise<Compared> {
  const tills = await tillsToReplay(transaction, facilityId);
  const replayed = await replayTills(transaction, tills);
  const differences = {
    ...(await countDifferences(transaction, comparisons(facilityId, tills))),
    ...(await parkedCountDifference(transaction, facilityId)),
  };
  return { replayed, differences };
}

async function repair(deps: CheckDeps, facilityId: string, askedBy: string): Promise<Compared> {
  return inTransaction(deps.pool, async (transaction) => {
    // Nobody else writes these rows now: ingest and clinic need the tills, roll-ups their own lock.
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [rollUpLock]);
    await transaction.query('SELECT 1 FROM till WHERE facility_id = $1 ORDER BY id FOR UPDATE', [
      facilityId,
    ]);
    const compared = await compare(transaction, facilityId);
    const tills = await tillsToReplay(transaction, facilityId);
    for (const comparison of comparisons(facilityId, tills)) {
      if (compared.differences[comparison.table] === undefined) continue;
      if (comparison.table === 'parked_event') await replaceParked(transaction, facilityId, tills);
      else await replaceDiffering(transaction, comparison);
    }
    await recountParked(transaction, facilityId);
    await recordRepair(transaction, deps, { facilityId, askedBy, ...compared });
    return compared;
  });
}

/** Remembered for ever, and shown in the facility's file. */
export async function recordRepair(
  transaction: Transaction,
  deps: Pick<CheckDeps, 'nowMs' | 'newId'>,
  repaired: {
    readonly facilityId: string | null;
    readonly askedBy: string;
    readonly differences: Differences;
  },
): Promise<void> {
  if (!hasDifferences(repaired.differences)) return;
  await transaction.query(
    `INSERT INTO derived_repair (id, facility_id, repaired_at, asked_by, differences)
     VALUES ($1, $2, $3, $4, $5)`,
    [
      deps.newId(),
      repaired.facilityId,
      new Date(deps.nowMs()),
      repaired.askedBy,
      JSON.stringify(repaired.differences),
    ],
  );
  await notifyConsole(transaction, ['facility', 'movement']);
}

/** Ids come from the database's own uuid columns, so they may stand in the text of a statement. */
function comparisons(facilityId: string, tills: readonly TillSource[]): readonly Comparison[] {
  const ids = z.array(z.uuid()).parse(tills.map((till) => till.id));
  const ofTills = `till_id = ANY('{${ids.join(',')}}'::uuid[])`;
  const ofFacility = `facility_id = '${z.uuid().parse(facilityId)}'`;
  const rolledUp = `WITH fact AS (${rolledUpMovements('replayed_movement')})`;
  return [
    {
      table: 'movement',
      stored: `(SELECT * FROM movement WHERE ${ofTills}) AS stored`,
      shouldBe: 'replayed_movement',
    },
    {
      table: 'facility_stock',
      stored: `(SELECT * FROM facility_stock WHERE ${ofFacility}) AS stored`,
      shouldBe: 'replayed_stock',
    },
    {
      table: 'mapped_movement',
      stored: `(SELECT * FROM mapped_movement WHERE ${ofTills}) AS stored`,
      shouldBe: 'replayed_mapped',
    },
    {
      table: 'transfer_movement',
      stored: `(SELECT * FROM transfer_movement WHERE ${ofTills}) AS stored`,
      shouldBe: 'replayed_transfer',
    },
    ...documentTables.map((table) => ({
      table,
      stored: `(SELECT * FROM ${table} WHERE ${ofTills} OR ${ofFacility}) AS stored`,
      shouldBe: replayedTable(table),
    })),
    {
      table: 'parked_event',
      stored: `(SELECT ${parkedColumns} FROM parked_event
        WHERE (${ofTills} OR ${ofFacility}) AND resolved_at IS NULL) AS stored`,
      shouldBe: 'replayed_parked',
    },
    {
      table: 'facility_day',
      stored: `(SELECT * FROM facility_day WHERE ${ofFacility}) AS stored`,
      shouldBe: `(${rolledUp} ${rollUpFigures.facility_day}) AS made`,
    },
  ];
}

/** What waits is put right column by column: what people did about it stays. */
async function replaceParked(
  transaction: Transaction,
  facilityId: string,
  tills: readonly TillSource[],
): Promise<void> {
  await transaction.query(
    `DELETE FROM parked_event AS stored
     WHERE (till_id = ANY($1::uuid[]) OR facility_id = $2) AND resolved_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM replayed_parked AS made
         WHERE made.till_id = stored.till_id AND made.seq = stored.seq)`,
    [tills.map((till) => till.id), facilityId],
  );
  await transaction.query(
    `INSERT INTO parked_event (${parkedColumns}) SELECT ${parkedColumns} FROM replayed_parked
     ON CONFLICT (till_id, seq) DO UPDATE SET facility_id = excluded.facility_id,
       type = excluded.type, reason = excluded.reason, detail = excluded.detail,
       line = excluded.line, document = excluded.document, parked_at = excluded.parked_at,
       resolved_at = NULL, released_by = NULL`,
  );
}

const parkedCounts = `
  SELECT till.id, till.parked_events, (SELECT count(*) FROM parked_event
    WHERE parked_event.till_id = till.id AND parked_event.resolved_at IS NULL) AS open
  FROM till WHERE till.facility_id = $1`;

async function parkedCountDifference(
  transaction: Transaction,
  facilityId: string,
): Promise<Differences> {
  const row = await queryRow(
    transaction,
    z.object({ tills: z.number() }),
    `SELECT count(*) AS tills FROM (${parkedCounts}) AS counted WHERE parked_events <> open`,
    [facilityId],
  );
  return row === undefined || row.tills === 0 ? {} : { till: row.tills };
}

async function recountParked(transaction: Transaction, facilityId: string): Promise<void> {
  await transaction.query(
    `UPDATE till SET parked_events = counted.open FROM (${parkedCounts}) AS counted
     WHERE till.id = counted.id AND till.parked_events <> counted.open`,
    [facilityId],
  );
}
