import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import { openSimulatedCentre, type SimulatedCentre } from './simulated-centre.ts';
import { makeSimulationFolder } from './simulation-folder.ts';
import { type SimulationResult, simulate } from './world.ts';

const startMs = Date.parse('2026-03-02T07:00:00+07:00');

/** `sabotage` stands between the network and the centre, and may damage what the centre stored. */
async function run(
  seed: string,
  sabotage: (centre: SimulatedCentre) => SimulatedCentre = (centre) => centre,
): Promise<SimulationResult> {
  const database = await createTestDatabase();
  const folder = makeSimulationFolder();
  const centre = await openSimulatedCentre({ databaseUrl: database.databaseUrl, startMs });
  try {
    return await simulate({ seed, tills: 2, days: 0.5, folder, startMs }, sabotage(centre));
  } finally {
    await centre.close();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a statement once, just after the fifth batch was stored. */
function damagedBy(sql: string): (centre: SimulatedCentre) => SimulatedCentre {
  return (centre) => {
    let batches = 0;
    return {
      ...centre,
      deliver: async (request) => {
        const answer = await centre.deliver(request);
        if (request.url.endsWith('/v1/sync/batches') && answer.status === 200) batches += 1;
        if (batches === 5) {
          batches += 1;
          await centre.query(sql);
        }
        return answer;
      },
    };
  };
}

test.each(['11', '12'])('seed %s: nothing is lost, doubled or different', async (seed) => {
  const { violations, events, faults } = await run(seed);
  expect(violations).toEqual([]);
  expect({ hasEvents: events > 40, hasFaults: faults > 20 }).toEqual({
    hasEvents: true,
    hasFaults: true,
  });
});

test('the same seed gives the same run', async () => {
  const [first, second] = [await run('14'), await run('14')];
  expect(second.digest).toBe(first.digest);
});

test('a tablet added to the stock of the centre is found', async () => {
  const { violations } = await run(
    '15',
    damagedBy(
      `UPDATE facility_stock SET on_hand_units = on_hand_units + 1, received_units = received_units + 1
       WHERE (facility_id, drug, lot, expires_on) IN
         (SELECT facility_id, drug, lot, expires_on FROM facility_stock LIMIT 1)`,
    ),
  );
  expect(violations.map(({ invariant }) => invariant)).toContain('I4 centre');
});

test('a movement stored twice at the centre is found', async () => {
  const { violations } = await run(
    '15',
    damagedBy(
      `INSERT INTO movement SELECT till_id, seq, line + 100, day, facility_id, drug, lot, expires_on,
         kind, units, amount_vnd, at, received_at FROM movement LIMIT 1`,
    ),
  );
  expect(violations.map(({ invariant }) => invariant)).toContain('I8');
});

test('a till whose acknowledged head is moved on at the centre without its events is found', async () => {
  const { violations } = await run(
    '15',
    damagedBy('UPDATE till SET acked_seq = acked_seq + 3 WHERE acked_seq > 0'),
  );
  expect(violations.map(({ invariant }) => invariant)).toContain('I8');
});
