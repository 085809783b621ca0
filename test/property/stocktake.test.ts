import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Fact } from '../../shared/events/registry.ts';
import type { Place } from '../../shared/model/lot.ts';
import { movementsOf } from '../../shared/rules/movements.ts';
import { decideCount } from '../../shared/rules/stocktake.ts';
import { aLot, aSale, day } from '../support/builders.ts';

/**
 * A shop that counts while it sells. The shelf is the truth; the book is wrong by what was lost or
 * miscounted before. A person counts at one moment and records it after more sales.
 */
type Shop = {
  shelfUnits: number;
  quarantineUnits: number;
  book: number[];
  quarantineBook: number[];
};

const lotKey = { drug: 'DEMO-1', lot: 'A1', expiresOn: day('2027-06-30') };

/** Appends a fact; the book of each place is kept behind every event. */
function record(shop: Shop, fact: Fact): void {
  const movements = movementsOf(fact);
  const moved = (place: Place) =>
    movements
      .filter((movement) => (movement.place ?? 'shelf') === place)
      .reduce((sum, { units }) => sum + units, 0);
  shop.book.push((shop.book.at(-1) ?? 0) + moved('shelf'));
  shop.quarantineBook.push((shop.quarantineBook.at(-1) ?? 0) + moved('quarantine'));
}

function sell(shop: Shop, wanted: number): void {
  const units = Math.min(wanted, shop.shelfUnits, shop.book.at(-1) ?? 0);
  if (units < 1) return;
  shop.shelfUnits -= units;
  record(shop, aSale({ units }));
}

function setApart(shop: Shop, wanted: number): void {
  const units = Math.min(wanted, shop.shelfUnits, shop.book.at(-1) ?? 0);
  if (units < 1) return;
  shop.shelfUnits -= units;
  shop.quarantineUnits += units;
  const data = { reason: 'damaged', note: '', lines: [{ ...lotKey, units }] } as const;
  record(shop, { type: 'LotQuarantined.v1', data: { ...data, lines: [...data.lines] } });
}

const moves = fc.array(
  fc.tuple(fc.constantFrom('sell', 'sell', 'sell', 'set apart'), fc.integer({ min: 1, max: 9 })),
  { maxLength: 12 },
);

test('a count recorded after more sales leaves the book equal to the shelf (failures F14)', () => {
  let salesDuringCounts = 0;
  let corrections = 0;
  fc.assert(
    fc.property(
      fc.record({
        booked: fc.integer({ min: 0, max: 200 }),
        onShelf: fc.integer({ min: 0, max: 200 }),
        before: moves,
        during: moves,
        isLate: fc.boolean(),
      }),
      ({ booked, onShelf, before, during, isLate }) => {
        const shop: Shop = {
          shelfUnits: onShelf,
          quarantineUnits: 0,
          book: [0, booked],
          quarantineBook: [0, 0],
        };
        const play = (list: typeof before) => {
          for (const [kind, units] of list) (kind === 'sell' ? sell : setApart)(shop, units);
        };
        play(before);
        const bookSeq = shop.book.length - 1;
        const countedUnits = shop.shelfUnits;
        const bookUnits = shop.book[bookSeq] ?? 0;
        if (isLate) play(during);
        const currentUnits = shop.book.at(-1) ?? 0;
        salesDuringCounts += shop.book.length - 1 - bookSeq;
        const counted = decideCount(
          {
            headSeq: shop.book.length - 1,
            books: [{ bookUnits, currentUnits, isCountedSince: false, isKnown: true }],
          },
          {
            countId: '01980000-0000-7000-8000-0000000000c1',
            scope: 'partial',
            isBlind: true,
            note: '',
            lines: [{ ...lotKey, place: 'shelf', countedUnits, bookSeq }],
          },
        );
        // What really left the shelf was on it, so a true count is never contradicted.
        if (!counted.ok) throw new Error(JSON.stringify(counted.error));
        if (countedUnits !== bookUnits) corrections += 1;
        record(shop, { type: 'StockCounted.v1', data: counted.value });
        expect(shop.book.at(-1)).toBe(shop.shelfUnits);
        expect(shop.quarantineBook.at(-1)).toBe(shop.quarantineUnits);
      },
    ),
    { numRuns: 400 },
  );
  expect(salesDuringCounts).toBeGreaterThan(300);
  expect(corrections).toBeGreaterThan(300);
});

test('a count that more has left than was counted is refused, at the boundary', () => {
  const count = (countedUnits: number) =>
    decideCount(
      {
        headSeq: 9,
        books: [{ bookUnits: 20, currentUnits: 15, isCountedSince: false, isKnown: true }],
      },
      {
        countId: '01980000-0000-7000-8000-0000000000c1',
        scope: 'partial',
        isBlind: false,
        note: '',
        lines: [{ ...lotKey, place: 'shelf', countedUnits, bookSeq: 4 }],
      },
    );
  expect(count(4)).toEqual({
    ok: false,
    error: { type: 'CountContradicted', drug: 'DEMO-1', lot: 'A1', countedUnits: 4, leftUnits: 5 },
  });
  expect(count(5)).toMatchObject({ ok: true });
});

test('what goes into quarantine and comes out of it is still there: nothing is made or lost', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.constantFrom('in', 'out'), fc.integer({ min: 1, max: 50 })), {
        maxLength: 40,
      }),
      (steps) => {
        const held = aLot({ onHandUnits: 100, quarantinedUnits: 0 });
        const places = { shelf: held.onHandUnits, quarantine: 0 };
        for (const [direction, wanted] of steps) {
          const from = direction === 'in' ? 'shelf' : 'quarantine';
          const units = Math.min(wanted, places[from]);
          if (units < 1) continue;
          const lines = [{ ...lotKey, units }];
          const fact: Fact =
            direction === 'in'
              ? { type: 'LotQuarantined.v1', data: { reason: 'inspection', note: '', lines } }
              : { type: 'LotReleased.v1', data: { reason: 'đạt', lines } };
          for (const { place = 'shelf', units: moved } of movementsOf(fact)) {
            places[place] += moved;
            expect(places[place]).toBeGreaterThanOrEqual(0);
          }
          expect(places.shelf + places.quarantine).toBe(100);
        }
      },
    ),
  );
});
