import type { ControlClass, Drug } from '../../model/drug.ts';
import { activeKey } from './active-name.ts';
import { type ControlGroup, type ControlledActive, controlledActives } from './control-lists.ts';
import { type Active, activesOf, isDividedDose } from './ingredients.ts';

/** What TT 18/2026 App. VII makes of a product's ingredients. */
export type ComputedClass = {
  /** Undefined: none of narcotic, psychotropic, precursor, nor a combination with one of them. */
  readonly controlClass: Extract<ControlClass, ControlGroup | 'combination'> | undefined;
  /** Of a combination: which group its books follow (rows 7–9). */
  readonly combinationOf?: ControlGroup;
  /** The listed actives found, and how each stands to its limit. */
  readonly listed: readonly ListedActive[];
  /** A limit or an amount is not known; the careful class is taken and a pharmacist is asked. */
  readonly mustAsk: boolean;
};
export type ListedActive = {
  readonly active: Active;
  readonly listed: ControlledActive;
  readonly standing: 'within' | 'over' | 'unstated';
};

type ClassifiedDrug = Pick<Drug, 'ingredients' | 'dosageForm' | 'packaging'>;

/**
 * The algorithm of App. VII. A product of nothing but narcotics (psychotropics, precursors) is one
 * whatever the amount; in a mixture only what stands above its limit counts, narcotics first. What has
 * no figure for the form at hand, or no readable amount, counts as above its limit.
 */
export function computeControlClass(drug: ClassifiedDrug): ComputedClass {
  const actives = activesOf(drug.ingredients);
  const listed = actives.flatMap((active) => {
    const found = listedActive(active.key);
    if (found === undefined) return [];
    return [{ active, listed: found, standing: standingOf(drug, { active, actives }, found) }];
  });
  const none = { controlClass: undefined, listed: [], mustAsk: false };
  const [first] = listed;
  if (first === undefined) return none;
  const isPure = listed.length === actives.length;
  const groups = new Set(listed.map((entry) => entry.listed.group));
  if (isPure && groups.size === 1) {
    return { controlClass: first.listed.group, listed, mustAsk: false };
  }
  const over = listed.filter(({ standing }) => standing !== 'within');
  const mustAsk = listed.some(({ standing }) => standing === 'unstated');
  const overGroup = firstGroup(over);
  if (overGroup !== undefined) return { controlClass: overGroup, listed, mustAsk };
  const combinationOf = firstGroup(listed);
  return {
    controlClass: 'combination',
    ...(combinationOf === undefined ? {} : { combinationOf }),
    listed,
    mustAsk,
  };
}

/** Digit 6 of a 12-digit registration number (TT 08/2022 App. V); undefined where it says none. */
export function printedControlClass(registrationNumber: string): ControlClass | undefined {
  const digits = /(?<!\d)\d{12}(?!\d)/.exec(registrationNumber.replace(/[\s.-]/g, ''))?.[0];
  return digits === undefined ? undefined : classByDigit[digits[5] ?? ''];
}

const classByDigit: Readonly<Record<string, ControlClass>> = {
  1: 'narcotic',
  2: 'psychotropic',
  3: 'precursor',
  4: 'toxic',
  5: 'banned-elsewhere',
  6: 'radioactive',
};

/** The class a product is sold by, and what speaks against it. */
export type KnownControlClass = {
  readonly controlClass: ControlClass | undefined;
  readonly source: 'catalogue' | 'number' | 'ingredients' | 'none';
  readonly combinationOf?: ControlGroup;
  /** What the ingredients say, where the authority says something else. */
  readonly differsFrom?: ControlClass | 'none';
  readonly mustAsk: boolean;
};

/** What the authority wrote wins over what is computed; a difference is told, not hidden. */
export function controlClassOf(
  drug: ClassifiedDrug & Pick<Drug, 'controlClass' | 'registrationNumber' | 'aliases'>,
): KnownControlClass {
  const computed = computeControlClass(drug);
  const { combinationOf } = computed;
  const numbers = [
    drug.registrationNumber,
    ...drug.aliases.filter(({ kind }) => kind === 'gplh').map(({ value }) => value),
  ];
  const printed = numbers.map(printedControlClass).find((found) => found !== undefined);
  const written = drug.controlClass ?? printed;
  if (written === undefined) {
    const source = computed.controlClass === undefined ? 'none' : 'ingredients';
    const { controlClass, mustAsk } = computed;
    return { controlClass, source, mustAsk, ...(combinationOf ? { combinationOf } : {}) };
  }
  const isSame = computed.controlClass === written || !isComputable(written);
  return {
    controlClass: written,
    source: drug.controlClass === undefined ? 'number' : 'catalogue',
    ...(combinationOf === undefined ? {} : { combinationOf }),
    ...(isSame ? {} : { differsFrom: computed.controlClass ?? 'none' }),
    mustAsk: false,
  };
}

/** The drug with the class it is really sold by. */
export function withControlClass(drug: Drug): Drug {
  const { controlClass } = controlClassOf(drug);
  return controlClass === undefined ? drug : { ...drug, controlClass };
}

/** Poison, radioactive and banned-sector drugs follow from no ingredient list we hold. */
function isComputable(controlClass: ControlClass): boolean {
  return !['toxic', 'radioactive', 'banned-elsewhere'].includes(controlClass);
}

/**
 * I7: classes that leave only on a prescription, whatever the product's own flag says. Combinations,
 * poison and banned-sector drugs follow that flag, and their buyers are written down (TT 18/2026 Đ12).
 */
export const documentClasses: readonly ControlClass[] = [
  'narcotic',
  'psychotropic',
  'precursor',
  'radioactive',
];

export function needsDocument(controlClass: ControlClass | undefined): boolean {
  return controlClass !== undefined && documentClasses.includes(controlClass);
}

/** Whether a product leaves only on a prescription: by its own flag, or by its class. */
export function needsPaper(
  prescriptionClass: Drug['prescriptionClass'],
  controlClass: ControlClass | undefined,
): boolean {
  return prescriptionClass === 'prescription' || needsDocument(controlClass);
}

/** Classes whose buyer stands in the customer book (TT 18/2026 App. XIX): name and address. */
export function needsBuyer(controlClass: ControlClass | undefined): boolean {
  return controlClass === 'combination' || needsDocument(controlClass);
}

function standingOf(
  drug: ClassifiedDrug,
  { active, actives }: { readonly active: Active; readonly actives: readonly Active[] },
  listed: ControlledActive,
): ListedActive['standing'] {
  if (listed.withAtropineMgMin !== undefined) {
    const atropine = actives.find(({ key }) => key === atropineKey)?.amountMg ?? 0;
    if (atropine < listed.withAtropineMgMin) return 'over';
  }
  const isDivided = isDividedDose(drug, active);
  const amount = isDivided ? active.amountMg : active.percent;
  const most = isDivided ? listed.perUnitMgMax : listed.percentMax;
  if (amount === undefined || most === undefined) return 'unstated';
  return amount <= most ? 'within' : 'over';
}

const atropineKey = activeKey('atropin sulfat');

function firstGroup(entries: readonly ListedActive[]): ControlGroup | undefined {
  const order: readonly ControlGroup[] = ['narcotic', 'psychotropic', 'precursor'];
  return order.find((group) => entries.some(({ listed }) => listed.group === group));
}

const byKey: ReadonlyMap<string, ControlledActive> = new Map(
  controlledActives.map((listed) => [activeKey(listed.name), listed]),
);

/** By its key; else by a word of it, so that an odd salt hides nothing (`codein camphosulfonat`). */
function listedActive(key: string): ControlledActive | undefined {
  const exact = byKey.get(key);
  if (exact !== undefined) return exact;
  const word = key.split(' ').find((part) => byKey.has(part));
  return word === undefined ? undefined : byKey.get(word);
}
