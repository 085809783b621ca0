import { foldWords } from './fold-words.ts';

/**
 * What the dosage form says about the smallest packing unit (đơn vị đóng gói nhỏ nhất, NĐ 54/2017
 * Đ136.4): tablets count in viên, liquids in ống, chai, lọ …, creams in tuýp.
 */
export type DosageFamily =
  | 'solid'
  | 'pills'
  | 'injection-powder'
  | 'injection'
  | 'spray'
  | 'drops'
  | 'semisolid'
  | 'patch'
  | 'bulk'
  | 'powder'
  | 'liquid'
  | 'unknown';

/** First match wins: "bột pha tiêm" is an injection before it is a powder. */
const familyByPattern: readonly (readonly [RegExp, DosageFamily])[] = [
  [/\bhoan (cung|mem)\b|\bvien hoan\b/, 'pills'],
  [/\b(vien|thuoc dan|tablets?|capsules?|suppositor(y|ies))\b/, 'solid'],
  [/\b(nguyen lieu|cao dac|cao kho|cao thuoc|duoc lieu|compacted)\b/, 'bulk'],
  [/\b(bot|dong kho|powder)\b.*\b(tiem|truyen|injection|infusion)\b/, 'injection-powder'],
  [/\b(tiem|truyen)\b.*\b(bot|dong kho)\b/, 'injection-powder'],
  [/\b(tiem|truyen|chich|injection|infusion)\b/, 'injection'],
  [/\b(cao dan|mieng dan|patch)\b/, 'patch'],
  [/\b(nho (mat|mui|tai|giot|mat)|tra mat|drops?)\b/, 'drops'],
  [/\b(xit|khi dung|hit|xong|spray|inhaler|aerosol|inhalation)\b/, 'spray'],
  [/\b(kem|gel|mo|cao xoa|cream|ointment|sap|boi)\b/, 'semisolid'],
  [/\b(bot|com|hat|powder|granules?)\b/, 'powder'],
  [/\b(dung dich|hon dich|nhu tuong|solution|suspension|emulsion)\b/, 'liquid'],
  [/\b(siro|si ro|sirp|syrup|thuoc nuoc|cao long|dau|con|ruou|uong)\b/, 'liquid'],
];

const smallestUnitByFamily: Readonly<Record<DosageFamily, string>> = {
  solid: 'viên',
  pills: 'viên',
  'injection-powder': 'lọ',
  injection: 'ống',
  spray: 'bình',
  drops: 'lọ',
  semisolid: 'tuýp',
  patch: 'miếng',
  bulk: 'túi',
  powder: 'gói',
  liquid: 'chai',
  unknown: 'đơn vị',
};

export function dosageFamilyOf(dosageForm: string): DosageFamily {
  const words = foldWords(dosageForm);
  return familyByPattern.find(([pattern]) => pattern.test(words))?.[1] ?? 'unknown';
}

/** The unit to count in when the packaging text does not help. */
export function smallestUnitOf(family: DosageFamily): string {
  return smallestUnitByFamily[family];
}
