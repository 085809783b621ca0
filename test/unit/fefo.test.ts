import { expect, test } from 'vitest';
import { err, ok } from '../../shared/base/result.ts';
import { pickFefo } from '../../shared/rules/fefo.ts';
import { aLot, day } from '../support/builders.ts';

const today = day('2026-11-22');

test('refuses when the unexpired lots hold too little, and says how much they hold', () => {
  const lots = [aLot({ onHandUnits: 5 }), aLot({ lot: 'OLD', expiresOn: '2026-11-22' })];
  expect(pickFefo(lots, { drug: 'DEMO-1', units: 6, today })).toEqual(
    err({
      type: 'InsufficientStock',
      drug: 'DEMO-1',
      wantedUnits: 6,
      sellableUnits: 5,
      expiredUnits: 100,
      blockedUnits: 0,
    }),
  );
});

test('refuses a lot that expires today and takes one that expires tomorrow', () => {
  const expiresToday = aLot({ lot: 'T', expiresOn: '2026-11-22' });
  const expiresTomorrow = aLot({ lot: 'M', expiresOn: '2026-11-23' });
  expect(pickFefo([expiresToday], { drug: 'DEMO-1', units: 1, today }).ok).toBe(false);
  expect(pickFefo([expiresToday, expiresTomorrow], { drug: 'DEMO-1', units: 1, today })).toEqual(
    ok([{ lot: 'M', expiresOn: '2026-11-23', units: 1 }]),
  );
});

test('picks the earliest expiry first and empties it before the next', () => {
  const early = aLot({ lot: 'E', expiresOn: '2026-12-30', onHandUnits: 5 });
  const late = aLot({ lot: 'L', expiresOn: '2027-01-31', onHandUnits: 5 });
  expect(pickFefo([late, early], { drug: 'DEMO-1', units: 6, today })).toEqual(
    ok([
      { lot: 'E', expiresOn: '2026-12-30', units: 5 },
      { lot: 'L', expiresOn: '2027-01-31', units: 1 },
    ]),
  );
});

test('takes equal expiries in the order of their lot numbers on every machine', () => {
  const lots = [aLot({ lot: 'B2' }), aLot({ lot: 'A9' }), aLot({ lot: 'B10' })];
  const picked = pickFefo(lots, { drug: 'DEMO-1', units: 300, today });
  expect(picked.ok && picked.value.map((pick) => pick.lot)).toEqual(['A9', 'B10', 'B2']);
});
