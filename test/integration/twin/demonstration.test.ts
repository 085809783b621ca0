import { createPublicKey, type KeyObject } from 'node:crypto';
import { Agent } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareTill } from '../../../server/twin/compare-till.ts';
import {
  type Demonstration,
  type DemonstrationEvents,
  startDemonstration,
} from '../../../server/twin/demonstration.ts';
import { readDemonstration } from '../../../server/twin/demonstration-record.ts';
import { postBatch } from '../../../server/twin/post-batch.ts';
import type { ShopFact } from '../../../server/twin/shop-days.ts';
import { openJournal } from '../../../server/twin/till-journal.ts';
import { zeroHash } from '../../../shared/events/envelope.ts';
import type { Fact } from '../../../shared/events/registry.ts';
import { aSale } from '../../support/builders.ts';
import {
  newDevice,
  registerTestFacility,
  startTestCentre,
  type TestCentre,
} from '../../support/test-centre.ts';
import { anOpening } from '../../support/test-device.ts';

/** A country grows in seconds on an idle machine; a busy one must not fail the proof. */
const patientMs = 180_000;
const options = { seed: 'test', facilityCount: 70, isLive: false };
/** Enough to be interrupted. */
const smallCountry = 16;
const quiet: DemonstrationEvents = {
  progress: () => {},
  newcomer: () => {},
  failed: () => {},
};

let test1: TestCentre;
let newcomerCode: string | null = null;

beforeAll(async () => {
  test1 = await startTestCentre();
  const first = await started(test1, { ...quiet, newcomer: ({ code }) => (newcomerCode = code) });
  await first.told;
  await first.close();
}, patientMs);

afterAll(async () => {
  await test1.close();
});

async function started(
  { centre }: TestCentre,
  on: DemonstrationEvents = quiet,
  facilityCount = options.facilityCount,
): Promise<Demonstration> {
  const demonstration = await startDemonstration(centre, { ...options, facilityCount }, on);
  if (demonstration === undefined) throw new Error('The database is empty or ours');
  return demonstration;
}

async function figures({ centre }: TestCentre, sql: string): Promise<Record<string, unknown>> {
  const { rows } = await centre.pool.query<Record<string, unknown>>(sql);
  return rows[0] ?? {};
}

const sums = `SELECT
  (SELECT sum(units)::bigint FROM movement) AS moved,
  (SELECT sum(on_hand_units)::bigint FROM facility_stock) AS held,
  (SELECT sum(on_hand_units)::bigint FROM area_drug_stock) AS held_by_area,
  (SELECT sum(CASE kind WHEN 3 THEN amount_vnd WHEN 4 THEN -amount_vnd END)::bigint FROM movement)
    AS sold_vnd,
  (SELECT sum(amount_vnd)::bigint FROM area_day) AS sold_vnd_by_area,
  (SELECT sum(last_seq - new_from_seq + 1)::bigint FROM batch_evidence) AS events,
  (SELECT sum(acked_seq)::bigint FROM till) AS acknowledged,
  (SELECT count(*) FROM rollup_pending) AS pending`;

test('movements, stock, figures by area and evidence add up', async () => {
  const { moved, held, held_by_area, sold_vnd, sold_vnd_by_area, events, acknowledged, pending } =
    await figures(test1, sums);
  expect({ held, held_by_area, sold_vnd_by_area, events, pending }).toEqual({
    held: moved,
    held_by_area: moved,
    sold_vnd_by_area: sold_vnd,
    events: acknowledged,
    pending: 0,
  });
});

test('stands in all 63 provinces and sells through more than 30 days', async () => {
  const found = await figures(
    test1,
    `SELECT (SELECT count(DISTINCT province) FROM facility) AS provinces,
       (SELECT count(DISTINCT day) FROM area_day) AS days`,
  );
  expect(found).toEqual({ provinces: 63, days: 35 });
});

test('odd facts are there as alerts, and no others than those', async () => {
  const { rows } = await test1.centre.pool.query<{ kind: string }>(
    'SELECT DISTINCT kind FROM alert ORDER BY kind',
  );
  const kinds = rows.map(({ kind }) => kind);
  expect(kinds).toEqual(
    expect.arrayContaining([
      'clock-ahead',
      'expired-lot-sold',
      'price-above-ceiling',
      'unknown-drug',
    ]),
  );
  expect(kinds.filter((kind) => /fork|parked|negative|differs/.test(kind))).toEqual([]);
  const backDated = await figures(
    test1,
    `SELECT count(DISTINCT facility_id) AS facilities FROM alert WHERE kind = 'back-dated'`,
  );
  expect(backDated['facilities']).toBeLessThanOrEqual(1);
});

test('the past was received in the past, and silent tills stopped days ago', async () => {
  const found = await figures(
    test1,
    `SELECT count(*) FILTER (WHERE last_batch_at < to_timestamp(${test1.clock.nowMs / 1000})
         - interval '2 days') AS silent,
       count(*) FILTER (WHERE last_batch_at > to_timestamp(${test1.clock.nowMs / 1000})) AS ahead
     FROM till`,
  );
  expect(found).toEqual({ silent: 2, ahead: 0 });
});

test('the newcomer has a code, and no till yet', async () => {
  expect(newcomerCode).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const found = await figures(
    test1,
    `SELECT name, (SELECT count(*) FROM till WHERE facility_id = facility.id) AS tills
     FROM facility WHERE code = '96-000001'`,
  );
  expect(found).toEqual({ name: 'Nhà thuốc An Bình · Cà Mau', tills: 0 });
});

test(
  'a second start adds nothing, and one a day later goes on where the first ended',
  async () => {
    const again = await started(test1);
    const toldAgain = await again.told;
    await again.close();
    test1.clock.nowMs += 86_400_000;
    const later = await started(test1);
    const toldLater = await later.told;
    await later.close();
    expect({ wasComplete: again.wasComplete, toldAgain }).toMatchObject({
      wasComplete: true,
      toldAgain: { events: 0, strangers: 0 },
    });
    expect(toldLater).toMatchObject({ strangers: 0 });
    expect(toldLater === 'closed' ? 0 : toldLater.events).toBeGreaterThan(50);
    const { moved, held, held_by_area } = await figures(test1, sums);
    expect({ held, held_by_area }).toEqual({ held: moved, held_by_area: moved });
  },
  patientMs,
);

test(
  'a first start that was interrupted goes on at the next one',
  async () => {
    const centre = await startTestCentre();
    try {
      const reached = Promise.withResolvers<void>();
      const untilReports = {
        ...quiet,
        progress: (stage: string, done: number) => {
          if (stage === 'reports' && done >= 20) reached.resolve();
        },
      };
      const first = await started(centre, untilReports, smallCountry);
      await reached.promise;
      await first.close();
      const between = await readDemonstration(centre.centre.pool);
      const second = await started(centre, quiet, smallCountry);
      await second.told;
      await second.close();
      const after = await readDemonstration(centre.centre.pool);
      expect([between, after]).toMatchObject([{ isComplete: false }, { isComplete: true }]);
      const { moved, held, events, acknowledged } = await figures(centre, sums);
      expect({ held, events }).toEqual({ held: moved, events: acknowledged });
    } finally {
      await centre.close();
    }
  },
  patientMs,
);

test('a database with facilities of its own is left alone', async () => {
  const centre = await startTestCentre();
  try {
    await registerTestFacility(centre.centre);
    expect(await startDemonstration(centre.centre, options, quiet)).toBeUndefined();
    expect(await readDemonstration(centre.centre.pool)).toBe('not-ours');
  } finally {
    await centre.close();
  }
});

test('a till of the country compares what it holds, and says so when the centre holds something else', async () => {
  const { centre } = test1;
  const device = await newDevice(centre, { code: '96-900001' });
  const { till, privateKey } = device;
  const facts = [anOpening(10), aSale({ units: 3 }), aSale({ units: 2 })];
  const journal = openJournal({
    ...{ tillId: till, privateKey, acked: { seq: 0, hash: zeroHash } },
    facts: happening(facts, test1.clock.nowMs),
  });
  if (journal === 'stranger') throw new Error('It begins at the first event');
  const agent = new Agent();
  const publicKey = publicKeyObject(centre.deps.centreKey.publicKeyBase64);
  for (const batch of journal.batchesUntil(test1.clock.nowMs)) {
    await postBatch(batch, { url: centre.url, agent, publicKey });
  }
  const compare = () =>
    compareTill(journal.end(), { id: till, privateKey }, { url: centre.url, agent });
  expect(await compare()).toBe('agreed');
  await centre.pool.query(
    `UPDATE facility_stock SET on_hand_units = on_hand_units + 1, other_units = other_units + 1
     WHERE facility_id = $1`,
    [device.enrolment.facility.id],
  );
  expect(await compare()).toBe('different');
  agent.destroy();
});

function* happening(facts: readonly Fact[], untilMs: number): Generator<ShopFact, never> {
  for (const [index, fact] of facts.entries()) {
    const documentId = `01980000-0000-7000-8000-${String(index + 1).padStart(12, '0')}`;
    yield { happenedMs: untilMs, clockMs: untilMs, documentId, by: 'DS01', fact };
  }
  for (;;) {
    const happenedMs = Number.POSITIVE_INFINITY;
    yield { happenedMs, clockMs: untilMs, documentId: '', by: '', fact: aSale({}) };
  }
}

/** Raw Ed25519 key, base64. */
function publicKeyObject(raw: string): KeyObject {
  const x = Buffer.from(raw, 'base64').toString('base64url');
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
}
