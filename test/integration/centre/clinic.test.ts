import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { publishDrugs } from '../../../server/catalogue/publish.ts';
import { inTransaction, queryRows } from '../../../server/db/pool.ts';
import { checkFacility } from '../../../server/ingest/check-facility.ts';
import { rebuild } from '../../../server/ingest/rebuild.ts';
import { rejudgeFacility } from '../../../server/ingest/rejudge.ts';
import { rollUpOnce } from '../../../server/ingest/roll-up.ts';
import { type Centre, startCentre } from '../../../server/start-centre.ts';
import { eventSchemas } from '../../../shared/events/registry.ts';
import { aDrug, aSale } from '../../support/builders.ts';
import { newDevice, startTestCentre, type TestCentre } from '../../support/test-centre.ts';
import { anOpening, postBatch, type TestDevice } from '../../support/test-device.ts';

let running: TestCentre;
let centre: Centre;

beforeAll(async () => {
  running = await startTestCentre();
  centre = running.centre;
});

afterAll(async () => running.close());

const Parked = z.object({
  seq: z.number(),
  reason: z.string(),
  detail: z.string(),
  line: z.string(),
  released_by: z.string().nullable(),
});

async function parkedOf(device: TestDevice) {
  return queryRows(
    centre.pool,
    Parked,
    `SELECT seq, reason, detail, line, released_by FROM parked_event
     WHERE till_id = $1 ORDER BY seq`,
    [device.till],
  );
}

const Stock = z.object({ drug: z.string(), on_hand_units: z.number() });

async function stockOf(device: TestDevice) {
  return queryRows(
    centre.pool,
    Stock,
    'SELECT drug, on_hand_units FROM facility_stock WHERE facility_id = $1 ORDER BY drug',
    [device.enrolment.facility.id],
  );
}

/** Sales by the roll-up, and by the movements it was made from. */
async function salesOf(device: TestDevice) {
  const [row] = await queryRows(
    centre.pool,
    z.object({ rolled: z.number(), moved: z.number() }),
    `SELECT (SELECT coalesce(sum(sold_units), 0) FROM facility_day WHERE facility_id = $1) AS rolled,
       (SELECT coalesce(-sum(units), 0) FROM movement
        WHERE facility_id = $1 AND kind = 3) AS moved`,
    [device.enrolment.facility.id],
  );
  return row;
}

/** A sale whose drug is named by a text that is no drug code. */
function aForeignSale(code: string, units = 3) {
  const sale = aSale({ units });
  if (sale.type !== 'SaleCompleted.v1') throw new Error('aSale builds a sale');
  const lines = sale.data.lines.map((line) => ({ ...line, drug: code }));
  return { type: sale.type, data: { ...sale.data, lines } };
}

function aVoidOf(line: string, drug = 'DEMO-1') {
  const { id, data } = z
    .object({ id: z.uuid(), data: z.object({ lines: z.array(z.unknown()), totalVnd: z.number() }) })
    .parse(JSON.parse(line));
  const lines = z
    .array(z.object({ amountVnd: z.number(), picks: z.array(z.unknown()) }))
    .parse(data.lines)
    .map((sold) => ({ ...sold, drug }));
  const { totalVnd } = data;
  return {
    type: 'SaleVoided.v1',
    data: { saleId: id, slip: 'A1-2', reason: 'khách đổi ý', lines, totalVnd },
  };
}

/** Runs as a program that does not know a type of event yet. */
async function asOlderProgram(type: keyof typeof eventSchemas, work: () => Promise<unknown>) {
  const known: Record<string, unknown> = eventSchemas;
  const schema = known[type];
  delete known[type];
  try {
    await work();
  } finally {
    known[type] = schema;
  }
}

describe('an event that cannot be interpreted', () => {
  test.each([
    ['UnknownEventType', { type: 'RobotArrived.v1', data: { units: 1 } }, 'RobotArrived.v1'],
    ['NewerEventVersion', { type: 'SaleCompleted.v7', data: {} }, 'SaleCompleted.v7'],
    ['InvalidEventData', { type: 'SaleCompleted.v1', data: { slip: 'A1-2' } }, 'lines'],
    ['UnknownDrugCode', aForeignSale('hộp xanh 500'), 'hộp xanh 500'],
  ])('is parked as %s, byte for byte, and delays nobody', async (reason, entry, detail) => {
    const device = await newDevice(centre);
    device.append(anOpening(10));
    const { line } = device.append(entry);
    device.sell(1);
    const { answer } = await postBatch(device);
    expect(answer).toMatchObject({ verdict: 'accept', parkedEvents: 1, receipt: { ackedSeq: 3 } });
    const [parked, ...more] = await parkedOf(device);
    expect(more).toEqual([]);
    expect(parked).toMatchObject({ seq: 2, reason, line, released_by: null });
    expect(parked?.detail).toContain(detail);
    expect(await stockOf(device)).toEqual([{ drug: 'DEMO-1', on_hand_units: 9 }]);
  });

  test('holds back what names it, and only that', async () => {
    const device = await newDevice(centre);
    device.append(anOpening(10));
    const sale = device.append(aForeignSale('para 500'));
    device.append(aVoidOf(sale.line));
    device.sell(2);
    await postBatch(device, { from: 1, to: 2 });
    await postBatch(device, { from: 3 });
    expect(await parkedOf(device)).toMatchObject([
      { seq: 2, reason: 'UnknownDrugCode' },
      { seq: 3, reason: 'WaitsForParked', detail: '2' },
    ]);
    expect(await stockOf(device)).toEqual([{ drug: 'DEMO-1', on_hand_units: 8 }]);
  });
});

describe('a parked event is judged again', () => {
  test('when a newer program starts, and applied exactly once', async () => {
    const device = await newDevice(centre);
    device.append(anOpening(10));
    const receipt = {
      supplierName: 'Công ty Dược',
      invoiceNumber: '1',
      lines: [
        {
          drug: 'DEMO-1',
          lot: 'A1',
          expiresOn: '2027-06-30',
          unit: { name: 'viên', factor: 1 },
          quantity: 5,
          units: 5,
          unitCostVnd: 100,
          amountVnd: 500,
        },
      ],
      totalVnd: 500,
    };
    device.append({ type: 'GoodsReceived.v1', data: receipt });
    device.sell(1);
    await asOlderProgram('GoodsReceived.v1', () => postBatch(device));
    expect(await parkedOf(device)).toMatchObject([{ seq: 2, reason: 'UnknownEventType' }]);
    const newer = await startCentre({
      port: 0,
      host: '127.0.0.1',
      databaseUrl: z.string().parse(centre.pool.options.connectionString),
      dataDir: '.',
      nowMs: () => running.clock.nowMs,
      hasJobs: false,
    });
    await newer.clinic.idle();
    await newer.close();
    expect(await parkedOf(device)).toMatchObject([{ seq: 2, released_by: 'start' }]);
    expect(await stockOf(device)).toEqual([{ drug: 'DEMO-1', on_hand_units: 14 }]);
    const again = await rejudgeFacility(centre.deps, device.enrolment.facility.id, 'asked');
    expect(again).toEqual({ judged: 0, released: 0 });
    expect((await postBatch(device)).answer).toMatchObject({ verdict: 'duplicate' });
    expect(await stockOf(device)).toEqual([{ drug: 'DEMO-1', on_hand_units: 14 }]);
    const { rows } = await centre.pool.query(
      `SELECT parked_events::int, (SELECT count(*)::int FROM alert WHERE till_id = till.id
         AND kind = 'parked-event' AND resolved_at IS NULL) AS alerts FROM till WHERE id = $1`,
      [device.till],
    );
    expect(rows).toEqual([{ parked_events: 0, alerts: 0 }]);
  });

  test('when the catalogue learns the name, with all that waited for it', async () => {
    const device = await newDevice(centre);
    device.append(anOpening(10));
    const sale = device.append(aForeignSale('8 934567 000017'));
    device.append(aVoidOf(sale.line, '8 934567 000017'));
    await postBatch(device);
    const alias = { kind: 'gtin', value: '8 934567 000017' } as const;
    await inTransaction(centre.pool, (transaction) =>
      publishDrugs(
        transaction,
        { drugs: [aDrug({ code: 'GTIN-1', aliases: [alias] })] },
        running.clock.nowMs,
      ),
    );
    await vi.waitFor(
      async () =>
        expect(await parkedOf(device)).toMatchObject([
          { seq: 2, released_by: 'catalogue' },
          { seq: 3, released_by: 'catalogue' },
        ]),
      { timeout: 10_000, interval: 20 },
    );
    expect(await stockOf(device)).toEqual([
      { drug: 'DEMO-1', on_hand_units: 10 },
      { drug: 'GTIN-1', on_hand_units: 0 },
    ]);
    const report = await rebuild(centre.deps, { replace: false });
    expect(report).toMatchObject({ movementDifferences: 0, stockDifferences: 0 });
  });

  test.each([
    ['before', true],
    ['after', false],
  ])('is counted once by the roll-ups, also %s its batch was added up', async (_when, isBefore) => {
    const device = await newDevice(centre);
    await centre.rollUp.stop();
    device.append(anOpening(10));
    device.sell(1, 2);
    const sale = aSale({ units: 5 });
    device.append({ ...sale, at: '2026-11-20T08:00:00+07:00' });
    device.sell(1, 2);
    await asOlderProgram('SaleCompleted.v1', () => postBatch(device));
    // The whole batch is about to be added up; parked ones are judged before or after that.
    const drain = async () => {
      while ((await rollUpOnce(centre.pool, [], 'wait')) > 0);
    };
    if (!isBefore) await drain();
    const facilityId = device.enrolment.facility.id;
    expect(await rejudgeFacility(centre.deps, facilityId, 'asked')).toEqual({
      judged: 3,
      released: 3,
    });
    await drain();
    expect(await salesOf(device)).toEqual({ rolled: 9, moved: 9 });
    const check = await checkFacility(centre.deps, { facilityId, askedBy: 'test' });
    expect(check).toMatchObject({ events: 4, movements: 4, repaired: {} });
  });
});
