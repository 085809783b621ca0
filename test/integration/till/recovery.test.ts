import { expect, test } from 'vitest';
import { appendEvent } from '../../../desktop/main/db/event-log.ts';
import { rebuild } from '../../../desktop/main/db/rebuild.ts';
import { lotsOnHand } from '../../../desktop/main/db/stock.ts';
import { aTillId, day, moment } from '../../support/builders.ts';
import { aTemporaryFolder, openTestTill } from '../../support/test-till.ts';
import { newTestId, prepareDatabase, withDatabase } from '../../support/till-parts.ts';

const lot = { drug: 'DEMO-1', lot: 'A1', expiresOn: day('2027-06-30') };

function recoveredFolder(): string {
  const dataDir = aTemporaryFolder();
  prepareDatabase(dataDir);
  const stamp = { till: aTillId, at: moment('2026-11-22T14:00:00+07:00'), by: 'DS01' };
  withDatabase(dataDir, (db) =>
    db.immediately(() =>
      appendEvent(db, {
        ...stamp,
        id: newTestId(),
        type: 'TillRecovered.v1',
        data: {
          oldTill: '01980000-0000-7000-8000-000000000002',
          oldSeq: 7,
          oldHash: 'ab'.repeat(32),
          part: 1,
          parts: 1,
          lots: [{ ...lot, onHandUnits: 30, quarantinedUnits: 10, unitCostVnd: 320 }],
        },
      }),
    ),
  );
  return dataDir;
}

test('a till that took over sells what stands on the shelf, and not what is in quarantine', async () => {
  const { ask, refusal } = openTestTill(recoveredFolder());
  await ask('prices.set', { commandId: newTestId(), drug: 'DEMO-1', unit: 'viên', priceVnd: 500 });
  const sell = (quantity: number) => ({
    commandId: newTestId(),
    lines: [{ drug: 'DEMO-1', unit: 'viên', quantity }],
    payment: { method: 'cash' as const, tenderedVnd: 500 * quantity },
    shownTotalVnd: 500 * quantity,
  });
  expect(await refusal('sales.complete', sell(21))).toMatchObject({
    type: 'InsufficientStock',
    sellableUnits: 20,
  });
  await ask('sales.complete', sell(20));
  const rows = await ask('stock.lots', { drug: 'DEMO-1' });
  expect(rows).toMatchObject([{ onHandUnits: 10, quarantinedUnits: 10, unitCostVnd: 320 }]);
  expect(await ask('drugs.get', { code: 'DEMO-1' })).toMatchObject({
    sellableUnits: 0,
    onHandUnits: 10,
    nextExpiresOn: null,
  });
});

test('a till that took over declares none of the lots again, and rebuilds to the same tables', async () => {
  const dataDir = recoveredFolder();
  const shop = openTestTill(dataDir);
  expect(await shop.ask('status.get', {})).toMatchObject({ hasOpeningStock: true });
  const opening = { commandId: newTestId(), lines: [{ ...lot, units: 30 }] };
  expect(await shop.refusal('stock.declareOpening', opening)).toMatchObject({
    type: 'OpeningAlreadyDeclared',
  });
  await shop.till.close();
  withDatabase(dataDir, (db) => {
    expect(lotsOnHand(db)).toEqual([{ ...lot, onHandUnits: 30, quarantinedUnits: 10 }]);
    expect(rebuild(db)).toMatchObject({ ok: true, value: { differingTables: [] } });
  });
});
