/**
 * Compares the roll-ups with the movements they were added up from, and the stock of every facility
 * with its movements (protocol.md I4, I10). Rows that belong to no till or facility are found here,
 * since no facility's own check meets them.
 */
import { z } from 'zod';
import { inTransaction, queryRows, type Transaction } from '../db/pool.ts';
import { type CheckDeps, checkFacility, recordRepair } from './check-facility.ts';
import {
  countDifferences,
  type Differences,
  hasDifferences,
  replaceDiffering,
  rollUpComparisons,
} from './derived-tables.ts';
import { documentTables } from './document-rows.ts';
import { rollUpLock } from './roll-up.ts';
import { movementKindNumber } from './write-movements.ts';

const IdRow = z.object({ id: z.string() });
/** More than this at once is no flipped byte; the next night takes the next. */
const suspectsMax = 1_000;

/** @returns what was found in tables that belong to no single facility; it is right again. */
export async function checkAreas(deps: CheckDeps, askedBy: string): Promise<Differences> {
  // First what belongs to nobody: a facility may miss it, and is a suspect then.
  const orphans = await inTransaction(deps.pool, removeOrphans);
  for (const { id } of await queryRows(deps.pool, IdRow, suspectSql, [suspectsMax])) {
    await checkFacility(deps, { facilityId: id, askedBy });
  }
  const looked = await inTransaction(deps.pool, async (transaction) => {
    await transaction.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await transaction.query('SET LOCAL jit = off');
    return countDifferences(transaction, rollUpComparisons());
  });
  const rollUps = hasDifferences(looked) ? await repairRollUps(deps) : {};
  const differences = { ...orphans, ...rollUps };
  await inTransaction(deps.pool, async (transaction) => {
    await recordRepair(transaction, deps, { facilityId: null, askedBy, differences });
    await transaction.query(
      `INSERT INTO derived_check (scope, checked_at, events, rows_compared)
       VALUES ('areas', $1, 0, 0)
       ON CONFLICT (scope) DO UPDATE SET checked_at = excluded.checked_at`,
      [new Date(deps.nowMs())],
    );
  });
  return differences;
}

async function repairRollUps(deps: CheckDeps): Promise<Differences> {
  return inTransaction(deps.pool, async (transaction) => {
    await transaction.query('SELECT pg_advisory_xact_lock($1)', [rollUpLock]);
    // Batches keep coming in, each with its pending row: they are not added up, nor compared, now.
    const differences = await countDifferences(transaction, rollUpComparisons());
    for (const comparison of rollUpComparisons()) {
      if (differences[comparison.table] !== undefined) {
        await replaceDiffering(transaction, comparison);
      }
    }
    return differences;
  });
}

/**
 * Facilities whose stock is not the sum of their movements, or whose movements carry another
 * facility's name.
 */
const suspectSql = `
  SELECT facility_id AS id FROM (
    SELECT coalesce(stock.facility_id, moved.facility_id) AS facility_id
    FROM facility_stock AS stock
    FULL JOIN (
      SELECT facility_id, drug, lot, expires_on, sum(units) AS units
      FROM movement WHERE kind <> ${movementKindNumber('recovery')}
      GROUP BY facility_id, drug, lot, expires_on
    ) AS moved USING (facility_id, drug, lot, expires_on)
    WHERE stock.on_hand_units IS DISTINCT FROM moved.units
    UNION
    SELECT till.facility_id FROM movement JOIN till ON till.id = movement.till_id
    WHERE till.facility_id <> movement.facility_id
  ) AS suspect
  WHERE EXISTS (SELECT 1 FROM facility WHERE facility.id = suspect.facility_id)
  LIMIT $1`;

/** Each with the condition under which a row belongs to nobody. */
const orphanConditions: Readonly<Record<string, string>> = {
  movement: 'NOT EXISTS (SELECT 1 FROM till WHERE till.id = movement.till_id)',
  facility_stock: `NOT EXISTS
    (SELECT 1 FROM facility WHERE facility.id = facility_stock.facility_id)`,
  mapped_movement: 'NOT EXISTS (SELECT 1 FROM till WHERE till.id = mapped_movement.till_id)',
  transfer_movement: 'NOT EXISTS (SELECT 1 FROM till WHERE till.id = transfer_movement.till_id)',
  ...Object.fromEntries(
    documentTables.map((table) => [
      table,
      `NOT EXISTS (SELECT 1 FROM till WHERE till.id = ${table}.till_id)`,
    ]),
  ),
  parked_event: 'NOT EXISTS (SELECT 1 FROM till WHERE till.id = parked_event.till_id)',
};

async function removeOrphans(transaction: Transaction): Promise<Differences> {
  const removed: Record<string, number> = {};
  for (const [table, condition] of Object.entries(orphanConditions)) {
    const { rowCount } = await transaction.query(`DELETE FROM ${table} WHERE ${condition}`);
    if (rowCount !== null && rowCount > 0) removed[table] = rowCount;
  }
  return removed;
}
