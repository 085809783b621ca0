import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fact } from '../../shared/events/registry.ts';
import type { SaleCompleted } from '../../shared/events/sale-completed.ts';
import { movementsOf } from '../../shared/rules/movements.ts';
import { type AcceptedReturn, decideCustomerReturn } from '../../shared/rules/returns.ts';
import { decideReceive, decideSend } from '../../shared/rules/transfer.ts';
import { aLot, aSale, day } from '../support/builders.ts';

const lots = [
  { lot: 'A1', expiresOn: day('2027-06-30') },
  { lot: 'B2', expiresOn: day('2028-01-31') },
] as const;

/** A sale of one line out of two lots, at a total that does not divide evenly. */
function soldFrom(units: readonly [number, number], amountVnd: number): SaleCompleted {
  const sale = aSale({ units: units[0] + units[1] });
  if (sale.type !== 'SaleCompleted.v1') throw new Error('the builder makes a sale');
  const [line] = sale.data.lines;
  if (line === undefined) throw new Error('a sale has a line');
  const picks = lots.map((lot, index) => ({ ...lot, units: units[index] ?? 1 }));
  return { ...sale.data, lines: [{ ...line, amountVnd, picks }], totalVnd: amountVnd };
}

test('returns never exceed the sale, in units or in đồng, and all of it comes to its amount', () => {
  let accepted = 0;
  let refused = 0;
  let wholes = 0;
  fc.assert(
    fc.property(
      fc.tuple(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 })),
      fc.integer({ min: 0, max: 100_003 }),
      fc.array(fc.tuple(fc.constantFrom(0, 1), fc.integer({ min: 1, max: 20 })), { maxLength: 12 }),
      (units, amountVnd, attempts) => {
        const sale = soldFrom(units, amountVnd);
        const returned: AcceptedReturn[] = [];
        const sum = (name: string) =>
          returned.filter((line) => line.lot === name).reduce((all, line) => all + line.units, 0);
        // At last all that is left, so that every run ends with a whole return.
        for (const [which, tried] of [...attempts, [0, 'rest'], [1, 'rest']] as const) {
          const lot = lots[which] ?? lots[0];
          const left = (units[which] ?? 0) - sum(lot.lot);
          const wanted = tried === 'rest' ? left : tried;
          if (wanted === 0) continue;
          const decided = decideCustomerReturn(
            {
              sale: { id: '01980000-0000-7000-8000-000000000001', data: sale },
              isVoided: false,
              returned,
            },
            {
              saleId: '01980000-0000-7000-8000-000000000001',
              reason: 'dị ứng',
              lines: [{ drug: 'DEMO-1', ...lot, saleLine: 0, units: wanted }],
            },
          );
          if (decided.ok) {
            accepted += 1;
            returned.push(...decided.value.lines);
            for (const { place, units: moved } of movementsOf({
              type: 'CustomerReturnAccepted.v1',
              data: decided.value,
            })) {
              expect([place, moved]).toEqual(['quarantine', wanted]);
            }
          } else refused += 1;
          expect(sum('A1')).toBeLessThanOrEqual(units[0]);
          expect(sum('B2')).toBeLessThanOrEqual(units[1]);
          const refundVnd = returned.reduce((all, line) => all + line.refundVnd, 0);
          expect(refundVnd).toBeLessThanOrEqual(amountVnd);
          if (sum('A1') + sum('B2') === units[0] + units[1]) {
            wholes += 1;
            expect(refundVnd).toBe(amountVnd);
          }
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(accepted).toBeGreaterThan(200);
  expect(refused).toBeGreaterThan(200);
  expect(wholes).toBeGreaterThanOrEqual(400);
});

test('what two shops hold and what is on the way between them is always the same in all', () => {
  let sent = 0;
  let received = 0;
  fc.assert(
    fc.property(
      fc.array(
        fc.record({
          wanted: fc.integer({ min: 1, max: 60 }),
          arrives: fc.boolean(),
          missing: fc.integer({ min: 0, max: 5 }),
        }),
        { maxLength: 12 },
      ),
      (deliveries) => {
        let [here, onTheWay, there] = [100, 0, 0];
        for (const { wanted, arrives, missing } of deliveries) {
          const line = { drug: 'DEMO-1', lot: 'A1', expiresOn: day('2027-06-30') };
          const sending = decideSend(
            {
              today: day('2026-11-22'),
              ownCode: '96-1',
              lots: [{ ...aLot({ onHandUnits: here }), unitCostVnd: 300 }],
            },
            {
              to: { facilityCode: '96-2', facilityName: 'Quầy 2' },
              note: '',
              lines: [{ ...line, units: wanted }],
            },
          );
          expect(sending.ok).toBe(wanted <= here);
          if (!sending.ok) continue;
          sent += 1;
          here += unitsOf({ type: 'TransferSent.v1', data: sending.value });
          onTheWay += wanted;
          if (!arrives) continue;
          const units = Math.max(0, wanted - missing);
          const receiving = decideReceive(
            {
              today: day('2026-11-22'),
              ownCode: '96-2',
              isReceived: false,
              recalls: [],
              unitsByDrug: new Map([['DEMO-1', [{ name: 'viên', factor: 1 }]]]),
            },
            {
              transferId: '01980000-0000-7000-8000-0000000000d1',
              from: { facilityCode: '96-1', facilityName: 'Nhà thuốc 1' },
              note: '',
              lines: [{ ...line, place: 'shelf', sentUnits: wanted, units, unitCostVnd: 300 }],
            },
          );
          if (!receiving.ok) throw new Error(JSON.stringify(receiving.error));
          received += 1;
          there += unitsOf({ type: 'TransferReceived.v1', data: receiving.value });
          onTheWay -= units;
          expect([here + onTheWay + there, here >= 0, onTheWay >= 0]).toEqual([100, true, true]);
        }
      },
    ),
    { numRuns: 300 },
  );
  expect(sent).toBeGreaterThan(200);
  expect(received).toBeGreaterThan(100);
});

function unitsOf(fact: Fact): number {
  return movementsOf(fact).reduce((sum, { units }) => sum + units, 0);
}
