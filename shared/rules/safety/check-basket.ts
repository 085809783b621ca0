import type { CautionRule, SafetySeverity } from '../../model/safety-pack.ts';
import { activeKey } from './active-name.ts';
import { activesOf, isSystemic } from './ingredients.ts';
import type { SafetyRules } from './safety-rules.ts';

/** A product in the basket; the same product in two units is one of these. */
export type BasketDrug = {
  readonly drug: string;
  readonly ingredients: string;
  readonly dosageForm: string;
};

/** What was asked about whoever takes it; undefined where nobody asked or nobody knows. */
export type AskedPerson = {
  readonly ageMonths?: number | undefined;
  readonly isPregnant?: boolean | undefined;
  readonly isBreastFeeding?: boolean | undefined;
};

/** Questions that the basket makes necessary, and no others. */
export type SafetyQuestion = 'age' | 'pregnancy' | 'breast-feeding';

/** Something about the basket that a person must weigh, or that must not be. */
export type Finding = {
  readonly kind: 'interaction' | 'double-active' | 'caution';
  /** The rule, or the active that stands twice; with the drugs it names one finding. */
  readonly rule: string;
  readonly severity: SafetySeverity;
  /** In the order of the basket; one drug for a caution. */
  readonly drugs: readonly string[];
  /** As the register writes them. */
  readonly actives: readonly string[];
  readonly reason: { readonly vi: string; readonly en: string } | null;
  readonly reference: string;
};

/** Names one finding, so that a reason stays with it. */
export function findingKey({
  kind,
  rule,
  drugs,
}: Pick<Finding, 'kind' | 'rule' | 'drugs'>): string {
  return `${kind}|${rule}|${[...drugs].sort().join('|')}`;
}

type Contained = {
  readonly drug: string;
  readonly key: string;
  readonly name: string;
  readonly isSystemic: boolean;
};

/** Everything the rules say about a basket, contraindications first. */
export function checkBasket(
  rules: SafetyRules,
  basket: readonly BasketDrug[],
  person: AskedPerson,
): readonly Finding[] {
  const contained = containedIn(basket);
  const findings = [
    ...interactionsIn(rules, contained),
    ...doublesIn(contained),
    ...cautionsIn(rules, contained, person),
  ];
  const unique = new Map(findings.map((finding) => [findingKey(finding), finding]));
  return [...unique.values()].sort((a, b) => weight(a) - weight(b));
}

/** What must be asked before the cautions can be judged. */
export function questionsFor(
  rules: SafetyRules,
  basket: readonly BasketDrug[],
): readonly SafetyQuestion[] {
  const contained = containedIn(basket);
  const flagged = rules.cautions.filter((rule) =>
    contained.some((active) => isMeant(rule, active)),
  );
  const kinds = new Set(flagged.map(({ who }) => who.kind));
  const questions: SafetyQuestion[] = [];
  if (kinds.has('younger-than')) questions.push('age');
  if (kinds.has('pregnant')) questions.push('pregnancy');
  if (kinds.has('breast-feeding')) questions.push('breast-feeding');
  return questions;
}

function interactionsIn(rules: SafetyRules, contained: readonly Contained[]): readonly Finding[] {
  const inBlood = contained.filter((active) => active.isSystemic);
  return rules.interactions.flatMap((rule) =>
    inBlood.flatMap((one, index) =>
      inBlood
        .filter(
          (other, otherIndex) =>
            otherIndex > index &&
            other.drug !== one.drug &&
            other.key !== one.key &&
            ((rule.oneKeys.has(one.key) && rule.otherKeys.has(other.key)) ||
              (rule.oneKeys.has(other.key) && rule.otherKeys.has(one.key))),
        )
        .map((other): Finding => {
          const { severity, reason, reference } = rule;
          const drugs = [one.drug, other.drug];
          const actives = [one.name, other.name];
          const named = { kind: 'interaction', rule: rule.id } as const;
          return { ...named, severity, drugs, actives, reason, reference };
        }),
    ),
  );
}

/** Paracetamol in the tablets and again in the cold remedy: the commonest overdose there is. */
function doublesIn(contained: readonly Contained[]): readonly Finding[] {
  const keys = new Set(contained.map(({ key }) => key).filter((key) => !isHarmlessTwice(key)));
  return [...keys].flatMap((key): readonly Finding[] => {
    const same = contained.filter((active) => active.key === key && active.isSystemic);
    const drugs = [...new Set(same.map(({ drug }) => drug))];
    const [first] = same;
    if (drugs.length < 2 || first === undefined) return [];
    const named = { kind: 'double-active', rule: key.slice(0, 100), severity: 'severe' } as const;
    return [{ ...named, drugs, actives: [first.name], reason: null, reference: 'GPP, TT 02/2018' }];
  });
}

function cautionsIn(
  rules: SafetyRules,
  contained: readonly Contained[],
  person: AskedPerson,
): readonly Finding[] {
  return rules.cautions
    .filter(({ who }) => isSomebody(who, person))
    .flatMap((rule) =>
      contained
        .filter((active) => isMeant(rule, active))
        .map(({ drug, name }): Finding => {
          const { severity, reason, reference } = rule;
          const named = { kind: 'caution', rule: rule.id } as const;
          return { ...named, severity, drugs: [drug], actives: [name], reason, reference };
        }),
    );
}

function isSomebody(who: CautionRule['who'], person: AskedPerson): boolean {
  switch (who.kind) {
    case 'younger-than':
      return person.ageMonths !== undefined && person.ageMonths < who.months;
    case 'pregnant':
      return person.isPregnant === true;
    case 'breast-feeding':
      return person.isBreastFeeding === true;
  }
}

function isMeant(rule: SafetyRules['cautions'][number], active: Contained): boolean {
  if (!rule.keys.has(active.key)) return false;
  return rule.route === 'any' || (rule.route === 'systemic') === active.isSystemic;
}

function containedIn(basket: readonly BasketDrug[]): readonly Contained[] {
  return basket.flatMap(({ drug, ingredients, dosageForm }) => {
    const isInBlood = isSystemic(dosageForm);
    return activesOf(ingredients).map(({ key, name }) => ({
      ...{ drug, key, name: name === '' ? key : name },
      isSystemic: isInBlood,
    }));
  });
}

/** Vitamins, salts and sugars of a drink: twice of them is no overdose worth a warning. */
function isHarmlessTwice(key: string): boolean {
  return key.startsWith('vitamin') || harmlessTwice.has(key);
}

const harmlessTwice: ReadonlySet<string> = new Set(
  [
    'natri clorid',
    'glucose',
    'dextrose',
    'natri citrat',
    'lactose',
    'sorbitol',
    'thiamin',
    'pyridoxin',
    'cyanocobalamin',
    'riboflavin',
    'nicotinamid',
    'acid ascorbic',
    'acid folic',
    'kẽm gluconat',
    'magnesi lactat',
    'calci carbonat',
    'bạc hà',
    'cam thảo',
    'nước cất',
  ].map(activeKey),
);

function weight({ severity }: Finding): number {
  return severity === 'contraindicated' ? 0 : 1;
}
