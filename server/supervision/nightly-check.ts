import { z } from 'zod';
import { queryRows } from '../db/pool.ts';
import { checkAreas } from '../ingest/check-areas.ts';
import { type CheckDeps, checkFacility } from '../ingest/check-facility.ts';

/** A night is short and a nation large: whoever was not looked at longest comes first. */
const budgetMs = 30 * 60_000;
const facilitiesPerRead = 100;

/** Looks through the derived tables of as many facilities as the night allows, then the roll-ups. */
export async function checkByNight(
  deps: CheckDeps,
  elapsedMs: () => number = () => performance.now(),
): Promise<number> {
  const startedMs = elapsedMs();
  const before = new Date(deps.nowMs());
  let checked = 0;
  for (;;) {
    const oldest = await queryRows(
      deps.pool,
      z.object({ id: z.string() }),
      `SELECT DISTINCT facility.id, derived_check.checked_at FROM facility
       JOIN till ON till.facility_id = facility.id AND till.acked_seq > 0
       LEFT JOIN derived_check ON derived_check.scope = facility.id::text
       WHERE derived_check.checked_at IS NULL OR derived_check.checked_at < $1
       ORDER BY derived_check.checked_at NULLS FIRST LIMIT $2`,
      [before, facilitiesPerRead],
    );
    for (const { id } of oldest) {
      if (elapsedMs() - startedMs > budgetMs) break;
      await checkFacility(deps, { facilityId: id, askedBy: 'night' });
      checked += 1;
    }
    if (oldest.length < facilitiesPerRead || elapsedMs() - startedMs > budgetMs) break;
  }
  await checkAreas(deps, 'night');
  return checked;
}
