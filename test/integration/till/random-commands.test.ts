import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { eventsAfter } from '../../../desktop/main/db/event-log.ts';
import { rebuild } from '../../../desktop/main/db/rebuild.ts';
import type { TillDb } from '../../../desktop/main/db/till-db.ts';
import { verifyJournal } from '../../../desktop/main/db/verify-journal.ts';
import type { TillCallName } from '../../../shared/contract/till-api.ts';
import { aDrug } from '../../support/builders.ts';
import { aTestTill, type TestTill } from '../../support/test-till.ts';
import { newTestId, withDatabase } from '../../support/till-parts.ts';

/** fast-check prints seed and path of a failure; `fc.assert(…, { seed, path })` replays it. */
test('any sequence of commands keeps I1, I2, I4, I5, I9 and I10', async () => {
  const accepted = new Map<TillCallName, number>();
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep(), { minLength: 1, maxLength: 60 }), async (steps) => {
      const drugs = ['D0', 'D1', 'D2'].map((code) => aDrug({ code, name: `Thuốc ${code}` }));
      const shop = await aTestTill({ drugs });
      for (const { name, input } of [...shelf, ...steps]) {
        const whole = { commandId: newTestId(), ...input, ...(await knownToScreen(shop, input)) };
        const reply = await shop.till.invoke(name, whole);
        if (!reply.ok) {
          expect(reply.error.type).not.toBe('Fault');
          continue;
        }
        accepted.set(name, (accepted.get(name) ?? 0) + 1);
        expect(await shop.till.invoke(name, whole)).toEqual(reply);
      }
      await shop.till.close();
      withDatabase(shop.dataDir, checkInvariants);
    }),
    { numRuns: 25 },
  );
  // A sequence in which everything is refused would prove nothing.
  expect([...accepted.keys()].sort()).toEqual([
    'prices.set',
    'sales.complete',
    'sales.void',
    'stock.count',
    'stock.declareOpening',
    'stock.dispose',
    'stock.quarantine',
    'stock.receive',
    'stock.release',
  ]);
});

type Step = { readonly name: TillCallName; readonly input: Readonly<Record<string, unknown>> };

/** Something to sell from the beginning, and each command once that needs others before it. */
const shelf: readonly Step[] = ['D0', 'D1', 'D2'].flatMap((drug) => [
  step('prices.set', { drug, unit: 'viên', priceVnd: 500 }),
  step('prices.set', { drug, unit: 'vỉ', priceVnd: 4_500 }),
  step('stock.declareOpening', {
    lines: [{ drug, lot: 'START', expiresOn: '2027-06-30', units: 300 }],
  }),
  step('stock.quarantine', {
    reason: 'inspection',
    lines: [{ drug, lot: 'START', expiresOn: '2027-06-30', units: 60 }],
  }),
  step('stock.release', {
    reason: 'đạt',
    lines: [{ drug, lot: 'START', expiresOn: '2027-06-30', units: 5 }],
  }),
  step('sales.complete', {
    lines: [{ drug, unit: 'viên', quantity: 3 }],
    payment: { method: 'cash', tenderedVnd: 1_000_000_000 },
    shownTotalVnd: 'as listed',
  }),
  step('sales.void', { index: 0, reason: 'khách đổi ý' }),
]);

function anyStep(): fc.Arbitrary<Step> {
  const drug = mostly(fc.constantFrom('D0', 'D1', 'D2'), fc.constant('NO-SUCH'));
  const unit = mostly(fc.constantFrom('viên', 'vỉ'), fc.constantFrom('hộp', 'thùng'));
  const lot = fc.record({
    drug,
    lot: fc.constantFrom('A', 'B'),
    expiresOn: fc.constantFrom('2026-11-22', '2026-11-23', '2028-01-31'),
  });
  const quantity = mostly(fc.integer({ min: 1, max: 30 }), fc.constantFrom(0, -1, 0.5, 1e12));
  const cost = fc.integer({ min: 0, max: 10_000 });
  const line = fc.record({ drug, unit, quantity });
  return fc.oneof(
    fc.record({ drug, unit, priceVnd: cost }).map((input) => step('prices.set', input)),
    fc.array(fc.tuple(lot, quantity, cost), { minLength: 1, maxLength: 4 }).map((lines) =>
      step('stock.declareOpening', {
        lines: lines.map(([key, units, unitCostVnd]) => ({ ...key, units, unitCostVnd })),
      }),
    ),
    fc.array(fc.tuple(lot, unit, quantity, cost), { minLength: 1, maxLength: 4 }).map((lines) =>
      step('stock.receive', {
        supplierName: 'Công ty Dược',
        invoiceNumber: '',
        lines: lines.map(([key, name, count, unitCostVnd]) => ({
          ...key,
          unit: name,
          quantity: count,
          unitCostVnd,
        })),
      }),
    ),
    fc.array(line, { minLength: 1, maxLength: 4 }).map((lines) =>
      step('sales.complete', {
        lines,
        payment: { method: 'cash', tenderedVnd: 1_000_000_000 },
        shownTotalVnd: 'as listed',
      }),
    ),
    fc.nat(2).map((index) => step('sales.void', { index, reason: 'khách đổi ý' })),
    ...stockKeeping(drug, quantity),
  );
}

/** Of the lots that sequences begin with or receive: enough is there to move. */
function stockKeeping(
  drug: fc.Arbitrary<string>,
  units: fc.Arbitrary<number>,
): readonly fc.Arbitrary<Step>[] {
  const place = fc.constantFrom('shelf', 'quarantine');
  const lot = { drug, lot: fc.constantFrom('START', 'START', 'A') };
  const line = fc.record({ ...lot, units, place });
  const expiresOn = '2027-06-30';
  const lines = fc
    .array(line, { minLength: 1, maxLength: 3 })
    .map((list) => list.map((one) => ({ ...one, expiresOn })));
  const counted = fc.record({
    ...lot,
    place,
    countedUnits: fc.integer({ min: 0, max: 300 }),
    ago: fc.nat(6),
  });
  return [
    lines.map((list) => step('stock.quarantine', { reason: 'damaged', lines: list })),
    lines.map((list) => step('stock.release', { reason: 'đạt', lines: list })),
    lines.map((list) => step('stock.dispose', { reason: 'other', method: 'đốt', lines: list })),
    counted.map(({ ago, ...one }) =>
      step('stock.count', { ago, scope: 'partial', isBlind: true, lines: [{ ...one, expiresOn }] }),
    ),
  ];
}

function mostly<Value>(usual: fc.Arbitrary<Value>, odd: fc.Arbitrary<Value>): fc.Arbitrary<Value> {
  return fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: odd });
}

function step(name: TillCallName, input: Step['input']): Step {
  return { name, input };
}

const SaleInput = z.object({
  lines: z.array(z.object({ drug: z.string(), unit: z.string(), quantity: z.number() })),
  shownTotalVnd: z.literal('as listed'),
});
const VoidInput = z.object({ index: z.number() });
const CountInput = z.object({ ago: z.number(), lines: z.array(z.object({}).loose()) });

/** What a screen would fill in: the total by the listed prices, one of the last sales. */
async function knownToScreen({ ask }: TestTill, input: Step['input']): Promise<object> {
  const sale = SaleInput.safeParse(input);
  if (sale.success) {
    let totalVnd = 0;
    for (const { drug, unit, quantity } of sale.data.lines) {
      const product = await ask('drugs.get', { code: drug });
      totalVnd += (product?.pricesVnd[unit] ?? 0) * quantity;
    }
    return { shownTotalVnd: Number.isSafeInteger(totalVnd) && totalVnd >= 0 ? totalVnd : 0 };
  }
  const count = CountInput.safeParse(input);
  if (count.success) {
    const { seq } = await ask('stock.countSheet', {});
    const bookSeq = Math.max(0, seq - count.data.ago);
    const lines = count.data.lines.map((line) => ({ ...line, bookSeq }));
    return { countId: newTestId(), lines };
  }
  const voided = VoidInput.safeParse(input);
  if (!voided.success) return {};
  const { rows } = await ask('sales.list', {});
  return { saleId: rows[voided.data.index]?.id ?? newTestId() };
}

function checkInvariants(db: TillDb): void {
  expect(verifyJournal(db)).toMatchObject({ ok: true });
  expect(eventsAfter(db, 0).map(({ seq }) => seq)).toEqual(
    eventsAfter(db, 0).map((_, index) => index + 1),
  );
  const Count = z.object({ count: z.int() });
  const count = (sql: string) => db.one(Count, `SELECT count(*) AS count FROM (${sql})`)?.count;
  expect(count('SELECT 1 FROM stock WHERE on_hand_units < 0')).toBe(0);
  expect(
    count(`SELECT drug, lot, expires_on, sum(units) FROM movement GROUP BY 1, 2, 3
      EXCEPT SELECT drug, lot, expires_on, on_hand_units FROM stock`),
  ).toBe(0);
  expect(
    count(`SELECT 1 FROM sale JOIN event USING (seq) WHERE total_vnd <> (
      SELECT sum(value ->> '$.amountVnd') FROM json_each(event.line, '$.data.lines'))`),
  ).toBe(0);
  expect(
    count(`SELECT drug, lot, expires_on, sum(units) FROM movement WHERE place = 'quarantine'
      GROUP BY 1, 2, 3
      EXCEPT SELECT drug, lot, expires_on, quarantined_units FROM stock`),
  ).toBe(0);
  const rebuilt = rebuild(db);
  expect(rebuilt).toMatchObject({ ok: true, value: { differingTables: [] } });
}
