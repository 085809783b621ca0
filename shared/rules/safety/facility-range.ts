import type { Drug } from '../../model/drug.ts';
import type { Facility } from '../../model/facility.ts';
import { foldVietnamese } from '../fold-vietnamese.ts';
import { needsDocument } from './control-class.ts';

/**
 * What each type of retailer may sell (Luật Dược Đ47–50 as amended, NĐ 163/2025 Đ24–25, Đ34). The
 * lists of essential and of over-the-counter drugs are no part of this: they are not established as
 * data yet (domain.md §16), so a quầy thuốc is not refused what only such a list would forbid.
 */
export type RangeProblem =
  | 'vaccine'
  | 'raw-material'
  | 'not-traditional'
  /** The licence names its specially controlled classes, and this one is not among them. */
  | 'not-on-licence';

export function rangeProblemOf(
  facility: Pick<Facility, 'kind'> & { readonly licence: Pick<Facility['licence'], 'controlled'> },
  drug: Pick<Drug, 'registrationNumber' | 'aliases' | 'dosageForm' | 'group' | 'controlClass'>,
): RangeProblem | undefined {
  const product = productKindOf(drug);
  if (product === 'vaccine') return 'vaccine';
  if (product === 'raw-material' && !isHerbal(drug)) return 'raw-material';
  if (facility.kind === 'traditional-shop' && isKnownModern(product)) return 'not-traditional';
  if (!needsDocument(drug.controlClass)) return undefined;
  const { controlled } = facility.licence;
  const isNamed = controlled?.some((allowed) => allowed === drug.controlClass) ?? true;
  return isNamed ? undefined : 'not-on-licence';
}

type ProductKind = 'chemical' | 'herbal' | 'vaccine' | 'biological' | 'raw-material' | 'unknown';

/** Digit 4 of the 12-digit number (TT 08/2022 App. V), else what the older formats tell. */
function productKindOf(drug: Parameters<typeof rangeProblemOf>[1]): ProductKind {
  const numbers = [drug.registrationNumber, ...drug.aliases.map(({ value }) => value)];
  for (const number of numbers) {
    const digits = /^\d{12}$/.exec(number.replace(/[\s.-]/g, ''))?.[0];
    const byDigit = digits === undefined ? undefined : kindByDigit[digits[3] ?? ''];
    if (byDigit !== undefined) return byDigit;
    if (/^QLVX/i.test(number.trim())) return 'vaccine';
  }
  if (/\b(vac ?xin|vaccine?)\b/.test(foldVietnamese(drug.group))) return 'vaccine';
  return foldVietnamese(drug.dosageForm).startsWith('nguyen lieu') ? 'raw-material' : 'unknown';
}

const kindByDigit: Readonly<Record<string, ProductKind>> = {
  1: 'chemical',
  2: 'herbal',
  3: 'vaccine',
  4: 'biological',
  5: 'raw-material',
};

function isKnownModern(kind: ProductKind): boolean {
  return kind === 'chemical' || kind === 'biological';
}

function isHerbal(drug: Pick<Drug, 'group'>): boolean {
  return /dong duoc|duoc lieu|co truyen/.test(foldVietnamese(drug.group));
}
