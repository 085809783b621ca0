/**
 * What the shops of the demonstration country carry: every catalogue entry with how often it is
 * asked for, in which quantities and at what price. Popularity and prices are assumptions of common
 * Vietnamese practice (loose tablets, blisters), not statistics.
 */
import type { Drug } from '../../shared/model/drug.ts';
import type { PackUnit } from '../../shared/model/quantity.ts';
import { foldVietnamese } from '../../shared/rules/fold-vietnamese.ts';
import type { SeasonGroup } from './demand.ts';
import { type Random, randomOf } from './random.ts';

export type MarketDrug = {
  readonly drug: Drug;
  readonly season: SeasonGroup;
  readonly popularity: number;
  /** Usual price of one smallest unit, at or below the declared one. */
  readonly usualPriceVnd: number;
  /** Ways in which a customer buys it. */
  readonly purchases: readonly Purchase[];
  readonly meanUnitsPerPurchase: number;
};

export type Purchase = {
  readonly unit: PackUnit;
  readonly quantity: number;
  readonly weight: number;
};

/** Folded words of name, ingredients and group; the first match decides. */
const asked: readonly (readonly [RegExp, number, SeasonGroup])[] = [
  [/^paracetamol 500 mg\b/, 18, 'fever'],
  [/clopidogrel|atorvastatin|rosuvastatin|simvastatin/, 1.6, 'chronic'],
  [/paracetamol|acetaminophen|efferalgan/, 8, 'fever'],
  [/ibuprofen|aspirin|diclofenac|meloxicam|piroxicam/, 4, 'fever'],
  [/oseltamivir/, 1, 'fever'],
  [
    /oresol|dien giai|smect|berberin|loperamid|racecadotril|men vi sinh|saccharomyces|lactobacil/,
    4,
    'diarrhoea',
  ],
  [/salbutamol|budesonid|montelukast|terbutalin|salmeterol|theophyl/, 1.6, 'asthma'],
  [/loratadin|cetirizin|fexofenadin|chlorphen|clorphen|promethazin|desloratadin/, 3.5, 'allergy'],
  [
    /terpin|dextromethorphan|bromhexin|acetylcystein|ambroxol|guaifenesin|siro ho|thuoc ho|eugica/,
    5,
    'cough',
  ],
  [/alphachymotrypsin|alpha chymotrypsin|xylometazolin|naphazolin|oxymetazolin/, 3.5, 'cough'],
  [/amoxicil|cefalexin|cephalexin|azithromycin|cefuroxim|cefixim|clarithromycin/, 3, 'cough'],
  [/metronidazol|ciprofloxacin|doxycyclin|levofloxacin/, 1.8, 'other'],
  [
    /amlodipin|losartan|enalapril|perindopril|telmisartan|bisoprolol|nifedipin|valsartan/,
    2.4,
    'chronic',
  ],
  [/metformin|gliclazid|glimepirid|insulin/, 2.2, 'chronic'],
  [/omeprazol|esomeprazol|pantoprazol|rabeprazol|aluminum|aluminium|nhom hydroxy/, 3, 'other'],
  [/vitamin|calci|kem gluconat|zinc|magnesi/, 3, 'other'],
  [/natri clorid|sodium chlorid|nho mat|povidon|con 70/, 3.5, 'other'],
];

export function marketOf(drugs: readonly Drug[], seed: string): readonly MarketDrug[] {
  const random = randomOf(`${seed}/market`);
  return drugs.map((drug) => marketDrug(drug, random.fork(drug.code)));
}

function marketDrug(drug: Drug, random: Random): MarketDrug {
  const words = foldVietnamese(`${drug.name} ${drug.ingredients} ${drug.group}`);
  const match = asked.find(([pattern]) => pattern.test(words));
  const season = match?.[2] ?? 'other';
  const isRareForm = /tiêm|đặt|truyền/.test(`${drug.name} ${drug.dosageForm}`.toLowerCase());
  const popularity =
    (match?.[1] ?? 0.7) * (isRareForm ? 0.2 : 1) * Math.exp(1.4 * (random.unit() - 0.5));
  const purchases = purchasesOf(drug, season);
  const weight = purchases.reduce((sum, purchase) => sum + purchase.weight, 0);
  const units = purchases.reduce(
    (sum, { unit, quantity, weight: part }) => sum + unit.factor * quantity * part,
    0,
  );
  return {
    drug,
    season,
    popularity: drug.prescriptionClass === 'prescription' ? popularity * 0.75 : popularity,
    usualPriceVnd: usualPriceVnd(drug, random),
    purchases,
    meanUnitsPerPurchase: units / weight,
  };
}

function purchasesOf(drug: Drug, season: SeasonGroup): readonly Purchase[] {
  const [smallest, second] = drug.units;
  if (smallest === undefined) throw new Error(`${drug.code} has no unit`);
  const isCountable = /viên|gói|ống|miếng/.test(smallest.name);
  if (!isCountable) {
    return [
      { unit: smallest, quantity: 1, weight: 8 },
      { unit: smallest, quantity: 2, weight: 2 },
    ];
  }
  const packs = second === undefined || second.factor > 40 ? [] : [second];
  if (season === 'chronic') {
    return [
      { unit: smallest, quantity: 30, weight: 4 },
      { unit: smallest, quantity: 14, weight: 2 },
      ...packs.map((unit) => ({ unit, quantity: 2, weight: 3 })),
    ];
  }
  return [
    { unit: smallest, quantity: 4, weight: 1 },
    { unit: smallest, quantity: 6, weight: 1.5 },
    { unit: smallest, quantity: 10, weight: 2.5 },
    { unit: smallest, quantity: 15, weight: 0.7 },
    { unit: smallest, quantity: 20, weight: 0.8 },
    ...packs.flatMap((unit) => [
      { unit, quantity: 1, weight: 3 },
      { unit, quantity: 2, weight: 1.2 },
    ]),
  ];
}

function usualPriceVnd(drug: Drug, random: Random): number {
  const share = 0.82 + 0.16 * random.unit();
  if (drug.ceilingPriceVnd !== null) {
    return Math.min(roundedDown(drug.ceilingPriceVnd * share), drug.ceilingPriceVnd);
  }
  const isCountable = /viên|gói|ống|miếng/.test(drug.units[0]?.name ?? '');
  return roundedDown(isCountable ? 400 + 3_600 * random.unit() ** 2 : 12_000 + 60_000 * share);
}

/** Prices end as people pay: in fifties, hundreds, five hundreds. */
export function roundedDown(priceVnd: number): number {
  const step = priceVnd < 1_000 ? 50 : priceVnd < 10_000 ? 100 : 500;
  return Math.max(step, Math.floor(priceVnd / step) * step);
}
