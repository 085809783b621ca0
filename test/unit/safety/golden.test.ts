import { expect, test } from 'vitest';
import type { ControlClass } from '../../../shared/model/drug.ts';
import type { FacilityKind } from '../../../shared/model/facility.ts';
import { PrescriptionForm, Treatment } from '../../../shared/model/prescription.ts';
import { SafetyPack } from '../../../shared/model/safety-pack.ts';
import {
  type AskedPerson,
  checkBasket,
  type Finding,
  questionsFor,
} from '../../../shared/rules/safety/check-basket.ts';
import { computeControlClass, controlClassOf } from '../../../shared/rules/safety/control-class.ts';
import { controlledActives } from '../../../shared/rules/safety/control-lists.ts';
import { rangeProblemOf } from '../../../shared/rules/safety/facility-range.ts';
import { packOn, safetyRulesOf } from '../../../shared/rules/safety/safety-rules.ts';
import { starterPack } from '../../../shared/rules/safety/starter-pack.ts';
import { supplyDaysMax } from '../../../shared/rules/safety/supply.ts';
import { aDrug, aFacility, day } from '../../support/builders.ts';
import { drugsIn, goldenTable } from './golden-table.ts';

const rules = safetyRulesOf(starterPack);
const groupLetters = { narcotic: 'N', psychotropic: 'H', precursor: 'TC' } as const;

test.each(titled(goldenTable('control-class')))('%s', (_title, row) => {
  const computed = computeControlClass({
    ingredients: row['hoạt chất'] ?? '',
    dosageForm: row['dạng bào chế'] ?? '',
    packaging: row['quy cách'] ?? '',
  });
  const { controlClass, combinationOf, mustAsk } = computed;
  const group = controlClass === 'combination' ? combinationOf : controlClass;
  const letter = group === undefined ? '–' : groupLetters[group];
  const shown = controlClass === 'combination' ? `phối hợp ${letter}` : letter;
  expect(`${shown}${mustAsk ? ', hỏi' : ''}`).toBe(row['nhóm']);
});

const classWords: Readonly<Record<ControlClass | 'none', string>> = {
  narcotic: 'N',
  psychotropic: 'H',
  precursor: 'TC',
  combination: 'phối hợp',
  toxic: 'độc',
  radioactive: 'phóng xạ',
  'banned-elsewhere': 'cấm ở ngành khác',
  none: '–',
};
const sourceWords = {
  catalogue: 'danh mục',
  number: 'số đăng ký',
  ingredients: 'hoạt chất',
  none: 'không có',
} as const;

test.each(titled(goldenTable('licence-class')))('%s', (_title, row) => {
  const drug = aDrug({
    registrationNumber: row['số đăng ký'] ?? '',
    ingredients: row['hoạt chất'] ?? '',
  });
  const { controlClass, source, differsFrom } = controlClassOf(drug);
  expect({
    nhóm: classWords[controlClass ?? 'none'],
    'lấy từ': sourceWords[source],
    'khác với': differsFrom === undefined ? '' : classWords[differsFrom],
  }).toEqual({ nhóm: row['nhóm'], 'lấy từ': row['lấy từ'], 'khác với': row['khác với'] });
});

/** Every row with its own words as its title. */
function titled(rows: ReturnType<typeof goldenTable>) {
  return rows.map((row) => [Object.values(row).filter(Boolean).join(' · '), row] as const);
}

function personOf(text: string): AskedPerson {
  const number = Number(/\d+/.exec(text)?.[0] ?? Number.NaN);
  if (text.includes('tuổi')) return { ageMonths: 12 * number };
  if (text.includes('tháng')) return { ageMonths: number };
  return { isPregnant: text === 'mang thai', isBreastFeeding: text === 'cho con bú' };
}

function shownFinding({ kind, rule, severity, actives }: Finding): string {
  const word = severity === 'contraindicated' ? 'cấm' : 'nặng';
  const what = kind === 'double-active' ? `${actives[0]?.toLowerCase()} hai lần` : rule;
  return `${word}: ${what.replace('acetaminophen', 'paracetamol')}`;
}

const basketRows = goldenTable('baskets');
test.each(titled(basketRows))('%s', (_title, row) => {
  const findings = checkBasket(
    rules,
    drugsIn(row['giỏ hàng'] ?? ''),
    personOf(row['người dùng'] ?? ''),
  );
  // One line for a rule, however many actives of a product meet it.
  const shown = [...new Set(findings.map(shownFinding))].sort().join('; ');
  const wanted = [...new Set((row['phải thấy'] ?? '').split('; '))].sort().join('; ');
  expect(shown).toBe(wanted);
});

test('the order of a basket changes nothing about what is found', () => {
  for (const row of basketRows) {
    const basket = drugsIn(row['giỏ hàng'] ?? '');
    const person = personOf(row['người dùng'] ?? '');
    const found = (drugs: typeof basket) =>
      checkBasket(rules, drugs, person)
        .map(({ rule, drugs: named }) => `${rule} ${[...named].sort().join()}`)
        .sort();
    expect(found([...basket].reverse())).toEqual(found(basket));
  }
});

const questionWords = { age: 'tuổi', pregnancy: 'thai', 'breast-feeding': 'cho con bú' } as const;
test.each(titled(goldenTable('questions')))('%s', (_title, row) => {
  const asked = questionsFor(rules, drugsIn(row['giỏ hàng'] ?? ''));
  expect(asked.map((question) => questionWords[question]).join(', ')).toBe(row['hỏi']);
});

const kinds: Readonly<Record<string, FacilityKind>> = {
  'nhà thuốc': 'pharmacy',
  'quầy thuốc': 'drug-counter',
  'tủ thuốc': 'health-station-cabinet',
  'cơ sở cổ truyền': 'traditional-shop',
};
const rangeWords = {
  vaccine: 'vắc xin',
  'raw-material': 'nguyên liệu',
  'not-traditional': 'không phải cổ truyền',
  'not-on-licence': 'ngoài phạm vi',
} as const;

test.each(titled(goldenTable('facility-range')))('%s', (_title, row) => {
  const scope = row['phạm vi'] ?? '';
  const named = scope === 'không có' ? [] : scope.split(', ');
  const { licence } = aFacility();
  // Safe: the table names classes of the model; another word would not be found.
  const controlled = scope === '' ? undefined : (named as ControlClass[]);
  const controlClass = row['kiểm soát'] === '' ? undefined : (row['kiểm soát'] as ControlClass);
  const problem = rangeProblemOf(
    { kind: kinds[row['cơ sở'] ?? ''] ?? 'pharmacy', licence: { ...licence, controlled } },
    {
      ...aDrug({ registrationNumber: row['số đăng ký'] ?? '', group: row['nhóm thuốc'] ?? '' }),
      dosageForm: row['dạng'] ?? '',
      controlClass,
    },
  );
  expect(problem === undefined ? 'được' : rangeWords[problem]).toBe(row['bán được?']);
});

test.each(titled(goldenTable('supply-days')))('%s', (_title, row) => {
  const form = PrescriptionForm.parse((row['đơn'] ?? '').toLowerCase());
  const treatment = row['điều trị'] === '' ? undefined : Treatment.parse(row['điều trị']);
  expect(String(supplyDaysMax(form, treatment))).toBe(row['tối đa']);
});

test('the lists are as long as the circular says', () => {
  const of = (group: string) => controlledActives.filter((listed) => listed.group === group);
  const limited = (group: string) =>
    of(group).filter(({ perUnitMgMax, percentMax }) => (perUnitMgMax ?? percentMax) !== undefined);
  expect([of('narcotic').length, of('psychotropic').length, of('precursor').length]).toEqual([
    42, 72, 8,
  ]);
  expect([
    limited('narcotic').length,
    limited('psychotropic').length,
    limited('precursor').length,
  ]).toEqual([13, 43, 6]);
});

test('every listed active is found again by its own name, with a salt and in capitals', () => {
  for (const { name, group } of controlledActives) {
    for (const written of [name, name.toUpperCase(), `${name} hydroclorid`]) {
      const drug = { ingredients: `${written} 1 mg`, dosageForm: 'Viên nén', packaging: '' };
      expect([name, computeControlClass(drug).controlClass]).toEqual([name, group]);
    }
  }
});

test('the set in force is the newest that has begun, and a wrong clock does not switch it off', () => {
  const later: SafetyPack = { ...starterPack, version: 2, validFrom: day('2026-12-01') };
  const ended: SafetyPack = { ...later, version: 3, validUntil: day('2026-12-31') };
  const versionOn = (today: string, packs: readonly SafetyPack[]) =>
    packOn(day(today), packs)?.version;
  const both = [starterPack, later];
  expect(versionOn('2026-11-30', both)).toBe(1);
  expect(versionOn('2026-12-01', both)).toBe(2);
  expect(versionOn('2026-12-31', [...both, ended])).toBe(3);
  expect(versionOn('2027-01-01', [...both, ended])).toBe(2);
  expect(versionOn('2016-01-01', both)).toBe(1);
});

test('the starter set is readable as a pack of the feed, and every rule has a name of its own', () => {
  expect(SafetyPack.parse(JSON.parse(JSON.stringify(starterPack)))).toEqual(starterPack);
  const ids = [...starterPack.interactions, ...starterPack.cautions].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const groups = [...starterPack.interactions.flatMap(({ one, other }) => [...one, ...other])]
    .concat(starterPack.cautions.flatMap(({ actives }) => actives))
    .filter((name) => name.startsWith('@'));
  expect(groups.filter((name) => starterPack.groups[name.slice(1)] === undefined)).toEqual([]);
});
