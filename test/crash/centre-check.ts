/** What must stand in the centre's database after a crash, read past the centre itself. */
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { type Pool, queryRow, queryRows } from '../../server/db/pool.ts';
import { rebuild } from '../../server/ingest/rebuild.ts';
import { rollUpOnce } from '../../server/ingest/roll-up.ts';
import { differingSums } from '../support/roll-up-sums.ts';
import type { CentreVisit } from './centre-day.ts';

export type Check = (holds: boolean, otherwise: () => string) => void;

const TillRow = z.object({ acked_seq: z.number(), acked_hash: z.string() });
const PieceRow = z.object({ new_from_seq: z.number(), last_seq: z.number() });
const SumRow = z.object({
  movements: z.number(),
  sold: z.number(),
  on_hand: z.number(),
  parked: z.number(),
});

/** The sale that nobody can read; all others but the opening are sales of 3. */
const unreadableSeq = 8;

/** Whatever was acknowledged to a till is there, whole and once. */
export async function checkVisit(pool: Pool, seen: CentreVisit, check: Check): Promise<void> {
  const tillId = seen.enrolment?.tillId;
  if (tillId === undefined) return;
  const till = await queryRow(
    pool,
    TillRow,
    'SELECT acked_seq, acked_hash FROM till WHERE id = $1',
    [tillId],
  );
  check(till !== undefined, () => `till ${tillId} was enrolled and is gone`);
  if (till === undefined) return;
  const { acked_seq: acked, acked_hash: hash } = till;
  check(acked >= seen.ackedSeq, () => `${seen.ackedSeq} was acknowledged, ${acked} is there`);
  const isOurs = acked === 0 || seen.events[acked - 1]?.hash === hash;
  check(isOurs, () => `the head at ${acked} is not the till's event`);
  const pieces = await queryRows(
    pool,
    PieceRow,
    'SELECT new_from_seq, last_seq FROM batch_evidence WHERE till_id = $1 ORDER BY last_seq',
    [tillId],
  );
  let covered = 0;
  for (const piece of pieces) {
    const follows = piece.new_from_seq === covered + 1;
    check(follows, () => `evidence from ${piece.new_from_seq} after ${covered}`);
    covered = piece.last_seq;
  }
  check(covered === acked, () => `evidence to ${covered}, head ${acked}`);
  await checkSums(pool, { tillId, facilityId: seen.facilityId, acked }, check);
}

async function checkSums(
  pool: Pool,
  till: { readonly tillId: string; readonly facilityId: string; readonly acked: number },
  check: Check,
): Promise<void> {
  const { tillId, facilityId, acked } = till;
  const sums = await queryRow(
    pool,
    SumRow,
    `SELECT (SELECT count(*) FROM movement WHERE till_id = $1) AS movements,
       (SELECT coalesce(-sum(units), 0) FROM movement WHERE till_id = $1 AND units < 0) AS sold,
       (SELECT coalesce(sum(on_hand_units), 0) FROM facility_stock WHERE facility_id = $2)
         AS on_hand,
       (SELECT count(*) FROM parked_event WHERE till_id = $1) AS parked`,
    [tillId, facilityId],
  );
  const parked = acked >= unreadableSeq ? 1 : 0;
  const sales = Math.max(0, acked - 1 - parked);
  const opening = acked > 0 ? 1_000 : 0;
  const expected = {
    movements: acked - parked,
    sold: sales * 3,
    on_hand: opening - sales * 3,
    parked,
  };
  const isEqual = JSON.stringify(sums) === JSON.stringify(expected);
  check(isEqual, () => `${JSON.stringify(sums)} instead of ${JSON.stringify(expected)}`);
}

const ImportRow = z.object({ id: z.string(), state: z.string(), drugs: z.number() });

/** An import that was published is in the catalogue whole, any other not at all. */
export async function checkImports(pool: Pool, check: Check): Promise<void> {
  const rows = await queryRows(
    pool,
    ImportRow,
    `SELECT catalogue_import.id, state, (SELECT count(*) FROM audit
       WHERE audit.action = 'import-published' AND audit.detail->>'import' = catalogue_import.id::text)
       AS drugs FROM catalogue_import`,
  );
  for (const { id, state, drugs } of rows) {
    const said = state === 'published' ? 1 : 0;
    check(drugs === said, () => `import ${id} is ${state}, and audited ${drugs} times`);
    const isOver = ['published', 'failed', 'ready', 'cancelled'].includes(state);
    check(isOver, () => `import ${id} stays ${state}`);
  }
}

/** Every derived table equals its rebuild, every roll-up the sum of its movements. */
export async function checkDerived(pool: Pool, check: Check): Promise<void> {
  while ((await rollUpOnce(pool, [], 'wait')) > 0);
  const sums = await differingSums(pool);
  check(sums.length === 0, () => `roll-ups differ from the movements: ${sums.join(', ')}`);
  const deps = { pool, nowMs: Date.now, newId: () => uuidv7() };
  const report = await rebuild(deps, { replace: false });
  const differences = report.movementDifferences + report.stockDifferences;
  check(differences === 0, () => `${differences} rows differ from the rebuild`);
}
