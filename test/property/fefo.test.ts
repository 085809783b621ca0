import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays } from '../../shared/model/calendar.ts';
import { pickFefo } from '../../shared/rules/fefo.ts';
import { aLot, day } from '../support/builders.ts';

const today = day('2026-11-22');
const shelf = fc
  .uniqueArray(
    fc.record({
      lot: fc.integer({ min: 1, max: 99 }).map((number) => `L${number}`),
      daysLeft: fc.integer({ min: -30, max: 700 }),
      onHandUnits: fc.integer({ min: 0, max: 500 }),
    }),
    { selector: (lot) => lot.lot, maxLength: 12 },
  )
  .map((lots) =>
    lots.map(({ lot, daysLeft, onHandUnits }) =>
      aLot({ lot, onHandUnits, expiresOn: addDays(today, daysLeft) }),
    ),
  );

test('FEFO takes exactly what is asked, never too much, never expired, always the earliest', () => {
  fc.assert(
    fc.property(shelf, fc.integer({ min: 1, max: 2_000 }), (lots, units) => {
      const sellable = lots.filter((lot) => lot.expiresOn > today && lot.onHandUnits > 0);
      const available = sellable.reduce((sum, lot) => sum + lot.onHandUnits, 0);
      const picked = pickFefo(lots, { drug: 'DEMO-1', units, today });
      expect(picked.ok).toBe(available >= units);
      if (!picked.ok) return;
      expect(picked.value.reduce((sum, pick) => sum + pick.units, 0)).toBe(units);
      const takenByLot = new Map(picked.value.map((pick) => [pick.lot, pick.units]));
      const lastExpiry = picked.value.at(-1)?.expiresOn ?? '';
      for (const lot of sellable) {
        const taken = takenByLot.get(lot.lot) ?? 0;
        expect(taken).toBeLessThanOrEqual(lot.onHandUnits);
        if (lot.expiresOn < lastExpiry) expect(taken).toBe(lot.onHandUnits);
      }
      for (const pick of picked.value) expect(pick.expiresOn > today && pick.units > 0).toBe(true);
    }),
  );
});
