import { foldVietnamese } from '../fold-vietnamese.ts';
import { activeKey } from './active-name.ts';

/** An active ingredient of a product, read from the register's text. */
export type Active = {
  /** One spelling for all (active-name.ts). */
  readonly key: string;
  /** As the register writes it, for people. */
  readonly name: string;
  /** In one dose, or in the volume or weight it is written for; undefined when not readable. */
  readonly amountMg?: number;
  /** Grams in 100 ml or 100 g, where a concentration is written. */
  readonly percent?: number;
};

/**
 * Reads `Codein phosphat 30mg; Paracetamol 500mg`, `tramadol hydroclorid 37,5 mg`, `ibuprofen
 * 100 mg/5 ml`, `clotrimazol 1%`. Where the amount as base is written too (`tương đương codein
 * 22,5 mg`), that one counts: TT 18/2026 App. IV gives its limits as base.
 */
export function activesOf(ingredients: string): readonly Active[] {
  return ingredients
    .split(/[;\n]|\s\+\s/)
    .map((part) => part.replace(/^.*?chứa\s*:?/i, '').trim())
    .filter((part) => /\p{L}/u.test(part) && !/^mỗi\s/iu.test(part))
    .map(activeOf)
    .filter(({ key }) => key !== '');
}

function activeOf(part: string): Active {
  const beginsAt = part.search(amountPattern);
  const name = (beginsAt < 0 ? part : part.slice(0, beginsAt))
    .replace(/không rõ/giu, '')
    .replace(/\(?\s*(tương đương|dưới dạng|dạng|as)\b.*$/iu, '')
    .replace(/[\s:(,.–-]+$/u, '')
    .trim();
  const asBase = /tương đương(?:\s+với)?[^;]*?(\d.*)$/iu.exec(part)?.[1];
  const written = amountsIn(asBase ?? '') ?? amountsIn(part.slice(Math.max(beginsAt, 0)));
  return { key: activeKey(name), name, ...written };
}

const units = 'mg|g|mcg|µg|μg|ug|kg|%';
const amountPattern = new RegExp(`(?<![\\p{L}\\d])\\d[\\d.,]*\\s*(?:${units})(?![\\p{L}])`, 'iu');
const amountParts = new RegExp(
  `(?<![\\p{L}\\d])(\\d[\\d.,]*)\\s*(${units})(?![\\p{L}])` +
    `(?:\\s*\\/\\s*(\\d[\\d.,]*)?\\s*(ml|l|g|mg)(?![\\p{L}]))?`,
  'iu',
);
const mgOfUnit: Readonly<Record<string, number>> = {
  kg: 1_000_000,
  g: 1_000,
  mg: 1,
  mcg: 0.001,
  µg: 0.001,
  μg: 0.001,
  ug: 0.001,
};
/** One millilitre counts as one gram: the limits of TT 18/2026 are percentages of either. */
const gramsOfUnit: Readonly<Record<string, number>> = { ml: 1, l: 1_000, g: 1, mg: 0.001 };

function amountsIn(text: string): Pick<Active, 'amountMg' | 'percent'> | undefined {
  const found = amountParts.exec(text);
  if (found === null) return undefined;
  const [, number = '', unit = '', perNumber, perUnit] = found;
  const value = numberOf(number);
  if (unit === '%') return { percent: value };
  const amountMg = value * (mgOfUnit[unit.toLowerCase()] ?? 0);
  if (perUnit === undefined) return { amountMg };
  const perGrams = numberOf(perNumber ?? '1') * (gramsOfUnit[perUnit.toLowerCase()] ?? 1);
  return perGrams > 0 ? { amountMg, percent: amountMg / 10 / perGrams } : { amountMg };
}

/**
 * `37,5` and `37.5` are one number; `1.000` and `1,250` are thousands, because nobody writes a zero
 * behind a decimal for nothing – and the larger reading is the careful one where a limit is asked.
 */
function numberOf(text: string): number {
  const clean = text.replace(/[.,]+$/, '');
  const isThousands = /^[1-9]\d{0,2}(?:[.,]\d{3})+$/.test(clean);
  if (isThousands) return Number(clean.replace(/[.,]/g, ''));
  const decimalAt = Math.max(clean.lastIndexOf('.'), clean.lastIndexOf(','));
  if (decimalAt < 0) return Number(clean);
  const whole = clean.slice(0, decimalAt).replace(/[.,]/g, '');
  return Number(`${whole}.${clean.slice(decimalAt + 1)}`);
}

const undividedForms = new RegExp(
  `\\s(si ?ro|dung dich|hon dich|nhu tuong|con |ruou|cao |kem|gel|thuoc mo|mo |thuoc nuoc|` +
    `nho (mat|mui|tai)|xit|dung ngoai|boi|suc |dau )`,
);
const dividedForms = /\s(vien|nang|goi|com |ong |thuoc dan|dan |dat |mieng dan|bot )/;

/**
 * Whether one unit of the packing is one dose (đơn vị đã chia liều): tablets, capsules, sachets,
 * ampoules. What is measured out of a bottle or tube is not. Unknown forms count as divided when
 * the amount is written without a volume.
 */
export function isDividedDose(
  { dosageForm, packaging }: { readonly dosageForm: string; readonly packaging: string },
  active: Pick<Active, 'amountMg' | 'percent'>,
): boolean {
  const form = ` ${foldVietnamese(dosageForm)} `;
  if (/ tiem/.test(form) || /(^|\W)(ong|goi)\W/.test(foldVietnamese(packaging))) return true;
  if (undividedForms.test(form)) return false;
  if (dividedForms.test(form)) return true;
  return active.percent === undefined;
}

/** Goes into the blood: swallowed, injected, put into the rectum. The rest acts where it is put. */
export function isSystemic(dosageForm: string): boolean {
  return !localForms.test(` ${foldVietnamese(dosageForm)} `);
}

const localForms = new RegExp(
  `\\s(kem|gel|thuoc mo|mo boi|mo tra|cao xoa|cao dan|dau|mieng dan|boi|nho (mat|mui|tai)|` +
    `xit (mui|hong|ngoai)|dung ngoai|suc (mieng|hong)|rua|ngam|dat am dao|am dao|dau goi|` +
    `tra mat|lotion|phun mu)`,
);
