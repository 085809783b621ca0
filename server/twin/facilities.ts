import { provinces63 } from '../../shared/model/area.ts';
import { addDays, type CalendarDate } from '../../shared/model/calendar.ts';
import type { Facility, FacilityKind } from '../../shared/model/facility.ts';
import { foldVietnamese } from '../../shared/rules/fold-vietnamese.ts';
import { personName, shopName, streetAddress } from './people.ts';
import { placeOf } from './places.ts';
import { cumulated, type Random, randomOf } from './random.ts';

/** What makes one facility's weeks different from those of the others. */
export type Oddity =
  | 'expired-lot-sold'
  | 'price-above-ceiling'
  | 'unknown-drug'
  | 'clock-ahead'
  | 'back-dated';

export type PlannedFacility = {
  readonly facility: Omit<Facility, 'id'>;
  readonly salesPerDay: number;
  /** Hours of the day in which it sells: from the first, up to but without the last. */
  readonly openHours: readonly [number, number];
  readonly connection:
    | { readonly type: 'online' }
    | { readonly type: 'never-enrolled' }
    /** Sold on, but nothing has arrived for this many days: a broken line, or worse. */
    | { readonly type: 'silent'; readonly forDays: number };
  readonly oddity?: Oddity;
};

/**
 * Retail facilities around 2019–2020: 19,100 nhà thuốc, 39,000 quầy thuốc, 3,800 tủ thuốc. How many
 * stand in each province is not published; here it follows the population, which is an assumption.
 */
const realCounts: readonly (readonly [FacilityKind, number])[] = [
  ['pharmacy', 19_100],
  ['drug-counter', 39_000],
  ['health-station-cabinet', 3_800],
];
const facilitiesPerProvinceMin = 4;

/** The newcomer's own pharmacy: registered, never part of the generated sales. */
export function newcomerFacility(today: CalendarDate): Omit<Facility, 'id'> {
  return {
    code: '96-000001',
    name: 'Nhà thuốc An Bình · Cà Mau',
    kind: 'pharmacy',
    province: '96',
    commune: 'Phường Cà Mau',
    address: '12 Phan Ngọc Hiển, Phường Cà Mau, Cà Mau',
    phone: '0290 000 0001',
    licence: {
      number: '1/ĐKKDD-CM',
      issuedOn: addDays(today, -400),
      validUntil: null,
      status: 'valid',
    },
    responsiblePharmacist: {
      staffId: 'DS01',
      name: 'Lê Thị Bình',
      certificateNumber: '1/CM-CCHND',
    },
  };
}

/** The same seed, count and day give the same facilities. */
export function planFacilities(input: {
  readonly seed: string;
  readonly count: number;
  readonly today: CalendarDate;
}): readonly PlannedFacility[] {
  const random = randomOf(`${input.seed}/facilities`);
  const slots = slotsByProvince(input.count).flatMap(({ province, count }) =>
    Array.from({ length: count }, (_, index) => ({ province, number: index + 2 })),
  );
  const kinds = kindsOf(slots, random.fork('kinds'));
  const planned = slots.map((slot, index) =>
    planFacility({
      ...slot,
      kind: kinds[index] ?? 'drug-counter',
      today: input.today,
      random: random.fork(`${slot.province}-${slot.number}`),
    }),
  );
  return withStories(planned, random.fork('stories'));
}

function slotsByProvince(
  count: number,
): readonly { readonly province: string; readonly count: number }[] {
  const base = Math.min(facilitiesPerProvinceMin, Math.floor(count / provinces63.length));
  const shared = count - base * provinces63.length;
  const population = cumulated(provinces63.map((province) => province.populationThousand));
  const total = population.at(-1) ?? 1;
  let given = 0;
  return provinces63.map((province, index) => {
    const due = Math.round((shared * (population[index] ?? 0)) / total);
    const share = due - given;
    given = due;
    return { province: province.code, count: base + share };
  });
}

/** Exactly the real proportion; nhà thuốc gather where many people live close together. */
function kindsOf(
  slots: readonly { readonly province: string }[],
  random: Random,
): readonly FacilityKind[] {
  const populations = new Map(provinces63.map((each) => [each.code, each.populationThousand]));
  const ranked = slots
    .map(({ province }, index) => ({
      index,
      score: Math.log(populations.get(province) ?? 500) + 2.2 * random.unit(),
    }))
    .sort((a, b) => b.score - a.score);
  const total = realCounts.reduce((sum, [, count]) => sum + count, 0);
  const kinds = new Array<FacilityKind>(slots.length).fill('drug-counter');
  const share = (position: number) =>
    Math.round((slots.length * (realCounts[position]?.[1] ?? 0)) / total);
  for (const { index } of ranked.slice(0, share(0))) kinds[index] = 'pharmacy';
  for (const { index } of ranked.slice(slots.length - share(2))) {
    kinds[index] = 'health-station-cabinet';
  }
  return kinds;
}

function planFacility(input: {
  readonly province: string;
  readonly number: number;
  readonly kind: FacilityKind;
  readonly today: CalendarDate;
  readonly random: Random;
}): PlannedFacility {
  const { province, number, kind, random } = input;
  const area = provinces63.find((candidate) => candidate.code === province);
  if (area === undefined) throw new Error(`No province ${province}`);
  const place = placeOf(province, area.unit34);
  const isTown = random.isTrue(kind === 'pharmacy' ? 0.85 : kind === 'drug-counter' ? 0.2 : 0);
  const commune = random.pick(isTown ? place.towns : place.communes);
  const issuedDaysAgo = random.between(200, 2_800);
  const issuedOn = addDays(input.today, -issuedDaysAgo);
  const facility: Omit<Facility, 'id'> = {
    code: `${province}-${String(number).padStart(6, '0')}`,
    name: shopName(kind, commune, random),
    kind,
    province,
    commune,
    address: `${streetAddress(isTown, random)}, ${commune}, ${area.name}`,
    phone: `0${random.between(2, 9)}${random.between(10_000_000, 99_999_999)}`,
    licence: {
      number: `${random.between(20, 4_900)}/ĐKKDD-${place.suffix}`,
      issuedOn,
      validUntil: null,
      status: 'valid',
    },
    responsiblePharmacist: {
      staffId: 'DS01',
      name: personName(random),
      certificateNumber: `${random.between(100, 9_900)}/${foldedSuffix(place.suffix)}-CCHND`,
    },
  };
  return { facility, ...habitsOf(kind, random), connection: { type: 'online' } };
}

/**
 * Less than a tenth of what real shops sell, so that a month of the country fits in the minute of a
 * first start; the proportions between kinds, hours and seasons are kept.
 */
function habitsOf(
  kind: FacilityKind,
  random: Random,
): Pick<PlannedFacility, 'salesPerDay' | 'openHours'> {
  const spread = Math.exp(0.45 * (random.unit() + random.unit() + random.unit() - 1.5));
  switch (kind) {
    case 'pharmacy':
      return {
        salesPerDay: 9.6 * spread,
        openHours: [random.between(6, 7), random.between(21, 22)],
      };
    case 'drug-counter':
    case 'traditional-shop':
      return { salesPerDay: 4.9 * spread, openHours: [6, random.between(19, 21)] };
    case 'health-station-cabinet':
      return { salesPerDay: 2 * spread, openHours: [7, 17] };
  }
}

/** A few never enrolled, a few fallen silent, a few through the night, one each with odd facts. */
function withStories(
  planned: readonly PlannedFacility[],
  random: Random,
): readonly PlannedFacility[] {
  const order = planned.map((_, index) => index).sort((a, b) => rank(a) - rank(b));
  function rank(index: number): number {
    return random.fork(String(index)).unit();
  }
  const share = (part: number) => Math.max(1, Math.round(planned.length * part));
  const neverEnrolled = new Set(order.slice(0, share(0.02)));
  const silent = new Set(order.slice(neverEnrolled.size, neverEnrolled.size + share(0.03)));
  const others = order.slice(neverEnrolled.size + silent.size);
  const shops = others.filter(
    (index) => planned[index]?.facility.kind !== 'health-station-cabinet',
  );
  const oddities: readonly Oddity[] = [
    'expired-lot-sold',
    'price-above-ceiling',
    'unknown-drug',
    'clock-ahead',
    'back-dated',
    'price-above-ceiling',
    'expired-lot-sold',
  ];
  const oddityByIndex = new Map(oddities.map((oddity, place) => [shops[place], oddity]));
  const nightPharmacies = new Set(
    shops.filter((index) => planned[index]?.facility.kind === 'pharmacy').slice(-share(0.01)),
  );
  return planned.map((each, index) => {
    if (neverEnrolled.has(index)) return { ...each, connection: { type: 'never-enrolled' } };
    if (silent.has(index)) {
      const forDays = random.fork(`silent ${index}`).between(3, 16);
      return { ...each, connection: { type: 'silent', forDays } };
    }
    const oddity = oddityByIndex.get(index);
    const awake: PlannedFacility = nightPharmacies.has(index)
      ? { ...each, openHours: [0, 24], salesPerDay: 40 }
      : each;
    return oddity === undefined ? awake : { ...awake, oddity };
  });
}

function foldedSuffix(suffix: string): string {
  return foldVietnamese(suffix).toUpperCase();
}
