/**
 * Every table of the centre, by where its truth comes from. A table that is missing here fails a
 * test: a new derived table must say how it is checked and made again (protocol.md I10).
 */
import { z } from 'zod';
import { queryRows, type Transaction } from '../db/pool.ts';
import { documentTables } from './document-rows.ts';
import { rollUpFigures } from './roll-up.ts';
import { movementKindNumber } from './write-movements.ts';

/** Made from the evidence of one facility (ingest/check-facility.ts). */
export const facilityTables = [
  'movement',
  'facility_stock',
  'mapped_movement',
  'transfer_movement',
  ...documentTables,
  'parked_event',
] as const;
/** Made from the movements of all facilities (ingest/check-areas.ts). */
export const rolledUpTables = [
  'area_day_drug',
  'area_day',
  'facility_day',
  'area_drug_stock',
  'latest_sale',
] as const satisfies readonly (keyof typeof rollUpFigures)[];
/** Made anew as a whole by a job, whatever they say (supervision/refresh-shortages.ts). */
export const recomputedTables = ['area_drug_pace', 'shortage'] as const;

/** Bytes as they came, decisions of people, reference data, and what the centre noticed when. */
export const keptTables = [
  'account',
  'agreement',
  'agreement_report',
  'alert',
  'audit',
  'batch_evidence',
  'catalogue_import',
  'catalogue_import_drug',
  'catalogue_import_issue',
  'centre_epoch',
  'centre_key',
  'derived_check',
  'derived_repair',
  'drug',
  'drug_code_mapping',
  'enrolment_code',
  'facility',
  'feed_change',
  'feed_head',
  'lost_acknowledgement',
  'parked_verdict',
  'refused_evidence',
  'recall',
  'rollup_pending',
  'schema_migration',
  'session',
  'sign_in_failure',
  'snapshot',
  'till',
] as const;

/** Columns of `parked_event` that follow from the evidence; the others say what people did. */
export const parkedColumns =
  'till_id, seq, facility_id, type, reason, detail, line, document, parked_at';

/** Rows that stand in only one of the stored and the re-derived table, by table. */
export type Differences = Readonly<Record<string, number>>;

export function hasDifferences(differences: Differences): boolean {
  return Object.keys(differences).length > 0;
}

/** A stored table against what it should be, both as something that can stand behind FROM. */
export type Comparison = {
  readonly table: string;
  readonly stored: string;
  readonly shouldBe: string;
};

/** Counts what differs. Tables that are equal are left out. */
export async function countDifferences(
  transaction: Transaction,
  comparisons: readonly Comparison[],
): Promise<Differences> {
  const found: Record<string, number> = {};
  for (const { table, stored, shouldBe } of comparisons) {
    const [row] = await queryRows(
      transaction,
      z.object({ count: z.number() }),
      `SELECT count(*) FROM (
         (SELECT * FROM ${stored} EXCEPT ALL SELECT * FROM ${shouldBe})
         UNION ALL (SELECT * FROM ${shouldBe} EXCEPT ALL SELECT * FROM ${stored})) AS different`,
    );
    if (row !== undefined && row.count > 0) found[table] = row.count;
  }
  return found;
}

/** Makes the stored rows what they should be; rows that are right already are not touched. */
export async function replaceDiffering(
  transaction: Transaction,
  { table, stored, shouldBe }: Comparison,
): Promise<void> {
  const keys = await keyColumns(transaction, table);
  const sameKey = keys.map((key) => `${table}.${key} = extra.${key}`).join(' AND ');
  await transaction.query(`
    CREATE TEMP TABLE extra ON COMMIT DROP AS
      SELECT * FROM ${stored} EXCEPT SELECT * FROM ${shouldBe};
    CREATE TEMP TABLE missing ON COMMIT DROP AS
      SELECT * FROM ${shouldBe} EXCEPT SELECT * FROM ${stored};
    DELETE FROM ${table} USING extra WHERE ${sameKey};
    INSERT INTO ${table} SELECT * FROM missing;
    DROP TABLE extra, missing`);
}

async function keyColumns(transaction: Transaction, table: string): Promise<readonly string[]> {
  const rows = await queryRows(
    transaction,
    z.object({ name: z.string() }),
    `SELECT attribute.attname AS name
     FROM pg_index JOIN pg_attribute AS attribute
       ON attribute.attrelid = indrelid AND attribute.attnum = ANY(indkey)
     WHERE indrelid = $1::regclass AND indisprimary`,
    [table],
  );
  return rows.map((row) => row.name);
}

/** What each roll-up should be, from movements whose batch has been added up. */
export function rollUpComparisons(): readonly Comparison[] {
  return rolledUpTables.map((table) => ({
    table,
    stored: table,
    shouldBe: `(WITH fact AS (${rolledUpMovements('movement')}) ${rollUpFigures[table]}) AS made`,
  }));
}

/** Movements of batches that the roll-ups have followed, with their facility's place and kind. */
export function rolledUpMovements(source: string): string {
  return `
    SELECT movement.*, facility.province, facility.kind AS facility_kind
    FROM ${source} AS movement JOIN facility ON facility.id = movement.facility_id
    WHERE movement.kind <> ${movementKindNumber('recovery')}
      AND NOT EXISTS (SELECT 1 FROM rollup_pending AS pending
      WHERE pending.till_id = movement.till_id
        AND movement.seq BETWEEN pending.first_seq AND pending.last_seq)`;
}
