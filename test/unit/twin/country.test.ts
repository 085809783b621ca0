import { expect, test } from 'vitest';
import { starterCatalogue } from '../../../server/catalogue/starter/starter-catalogue.ts';
import { planFacilities } from '../../../server/twin/facilities.ts';
import { marketOf } from '../../../server/twin/market.ts';
import { newcomerShelf } from '../../../server/twin/newcomer-shelf.ts';
import { placeOf } from '../../../server/twin/places.ts';
import { randomOf } from '../../../server/twin/random.ts';
import { reportHabit, reportTimes } from '../../../server/twin/report-times.ts';
import { provinces63 } from '../../../shared/model/area.ts';
import { msOfInstant } from '../../../shared/model/calendar.ts';
import { Facility } from '../../../shared/model/facility.ts';
import { foldVietnamese } from '../../../shared/rules/fold-vietnamese.ts';
import { day } from '../../support/builders.ts';

const today = day('2026-11-22');
const planned = planFacilities({ seed: 'test', count: 640, today });
const drugs = starterCatalogue();

test('stands in every one of the 63 provinces, more where more people live', () => {
  const counts = provinces63.map(
    ({ code }) => planned.filter(({ facility }) => facility.province === code).length,
  );
  const largest = provinces63[counts.indexOf(Math.max(...counts))];
  expect({
    facilities: planned.length,
    fewest: Math.min(...counts),
    largest: largest?.name,
  }).toEqual({
    facilities: 640,
    fewest: 5,
    largest: 'TP. Hồ Chí Minh',
  });
});

test('has nhà thuốc, quầy thuốc and tủ thuốc in the real proportion', () => {
  const count = (kind: string) => planned.filter(({ facility }) => facility.kind === kind).length;
  expect({
    pharmacy: count('pharmacy'),
    counter: count('drug-counter'),
    cabinet: count('health-station-cabinet'),
  }).toEqual({ pharmacy: 197, counter: 404, cabinet: 39 });
});

test('every entry is one that the register accepts, with a code of its own', () => {
  const entry = Facility.omit({ id: true });
  const codes = new Set(planned.map(({ facility }) => entry.parse(facility).code));
  expect(codes.size).toBe(640);
});

test('every licence ends in the suffix of its province', () => {
  const wrong = planned.filter(({ facility }) => {
    const area = provinces63.find(({ code }) => code === facility.province);
    const { suffix } = placeOf(facility.province, area?.unit34 ?? '');
    return !new RegExp(`^\\d+/ĐKKDD-${suffix}$`).test(facility.licence.number);
  });
  expect(wrong).toEqual([]);
});

test('the same seed gives the same country, another seed another one', () => {
  expect(planFacilities({ seed: 'test', count: 640, today })).toEqual(planned);
  expect(planFacilities({ seed: 'other', count: 640, today })).not.toEqual(planned);
});

test('a few are silent, a few never enrolled, and each kind of odd fact has its shop', () => {
  const count = (type: string) =>
    planned.filter(({ connection }) => connection.type === type).length;
  const oddities = new Set(planned.flatMap(({ oddity }) => oddity ?? []));
  expect({
    silent: count('silent'),
    neverEnrolled: count('never-enrolled'),
    oddities: [...oddities].sort(),
  }).toEqual({
    silent: 19,
    neverEnrolled: 13,
    oddities: [
      'back-dated',
      'clock-ahead',
      'expired-lot-sold',
      'price-above-ceiling',
      'unknown-drug',
    ],
  });
});

test('nothing is usually sold above its declared price', () => {
  const above = marketOf(drugs, 'test').filter(
    ({ drug, usualPriceVnd }) => usualPriceVnd > (drug.ceilingPriceVnd ?? Number.MAX_SAFE_INTEGER),
  );
  expect(above).toEqual([]);
});

test('the newcomer finds paracetamol on the shelf, with a price for the single tablet', () => {
  const shelf = newcomerShelf({ seed: 'test', drugs, today });
  const code = drugs.find(({ name }) => foldVietnamese(name) === 'paracetamol 500 mg')?.code ?? '';
  const units = shelf.opening
    .filter(({ drug }) => drug === code)
    .reduce((sum, line) => sum + line.units, 0);
  const price = shelf.prices.find(({ drug, unit }) => drug === code && unit === 'viên');
  expect({ isEnough: units >= 40, hasPrice: price !== undefined }).toEqual({
    isEnough: true,
    hasPrice: true,
  });
  expect(shelf.opening.length).toBeGreaterThan(300);
});

test('a silent till reported until it fell silent, all others until now', () => {
  const nowMs = msOfInstant('2026-11-22T12:00:00+07:00');
  const firstDayMs = msOfInstant('2026-10-19T00:00:00+07:00');
  const dayMs = 86_400_000;
  const late = planned
    .filter(({ connection }) => connection.type !== 'never-enrolled')
    .filter((each) => {
      const input = { seed: 'test', planned: each, firstDayMs, createdMs: nowMs };
      const last = reportTimes([reportHabit(input)], nowMs).at(-1)?.atMs ?? 0;
      return last < nowMs - dayMs;
    });
  expect(late.every(({ connection }) => connection.type === 'silent')).toBe(true);
  expect(late).toHaveLength(19);
});

test('forked chance does not depend on what was drawn before', () => {
  const random = randomOf('test');
  const early = random.fork('branch').unit();
  random.unit();
  expect(random.fork('branch').unit()).toBe(early);
});
