import { describe, expect, test } from 'vitest';
import { limits } from '../../shared/base/limits.ts';
import type { Prescription } from '../../shared/model/prescription.ts';
import {
  collectableDays,
  type DispensingContext,
  decideDispensing,
  type EnteredPrescription,
  type PrescribedDrug,
  prescriptionKey,
} from '../../shared/rules/prescription.ts';
import { aDrug, aPrescription, day } from '../support/builders.ts';

const morphine = aDrug({ prescriptionClass: 'prescription', controlClass: 'narcotic' });
const antibiotic = aDrug({
  ...{ name: 'Amoxicilin A', ingredients: 'Amoxicilin 500 mg', dosageForm: 'Viên nang cứng' },
  prescriptionClass: 'prescription',
});
const vitamin = aDrug();

function aContext(parts: Partial<DispensingContext> = {}): DispensingContext {
  return {
    today: day('2026-11-22'),
    earlierByDrug: new Map(),
    facilityKind: 'pharmacy',
    drugs: new Map<string, PrescribedDrug>([
      ['ANTI', antibiotic],
      ['MORPH', morphine],
      ['VITA', vitamin],
    ]),
    ...parts,
  };
}

function aSaleOf(drug: string, units: number) {
  const unit = { name: 'viên', factor: 1 };
  const money = { priceVnd: 1, amountVnd: units, discountVnd: 0 };
  return { slip: 'A1-1', lines: [{ drug, unit, quantity: units, ...money, picks: [] }] };
}

function decide(
  parts: {
    prescription?: Partial<Prescription>;
    context?: Partial<DispensingContext>;
    drug?: string;
    sold?: number;
    prescribed?: number;
    days?: number;
    /** Sells ANTI for OTHER, and whether the buyer agreed. */
    substitute?: boolean;
    lines?: EnteredPrescription['lines'];
  } = {},
) {
  const { drug = 'ANTI', sold = 10, prescribed = 20, days, substitute } = parts;
  const substituteFor =
    substitute === undefined
      ? undefined
      : { drug: 'OTHER', reason: 'Hết hàng', isAgreed: substitute };
  const line = { drug, prescribedUnits: prescribed, instructions: '', days, substituteFor };
  const lines = parts.lines ?? [line];
  const prescription = aPrescription(parts.prescription);
  return decideDispensing(aContext(parts.context), aSaleOf(drug, sold), { prescription, lines });
}

function withOther(parts: Partial<PrescribedDrug>): Partial<DispensingContext> {
  const { drugs } = aContext();
  const other = { ...antibiotic, name: 'Amoxicilin B', ...parts };
  return { drugs: new Map([...drugs, ['OTHER', other]]) };
}

const onFormN = { code: '96001k3p9x7z-n', form: 'n' } as const;
const collector = { name: 'Lê Văn Nam', identityNumber: '096061001234' };
const earlierOf = (drug: string, dispensedUnits: number, prescribedUnits = 20) => ({
  earlierByDrug: new Map([[drug, { prescribedUnits, dispensedUnits }]]),
});
const earlier = (dispensedUnits: number, prescribedUnits = 20) => ({
  earlierByDrug: new Map([['ANTI', { prescribedUnits, dispensedUnits }]]),
});

describe('a sale on a prescription', () => {
  test.each([
    ['a code that is none', { prescription: { code: 'DT-1' } }, 'PrescriptionCodeMalformed'],
    [
      'a code of another form',
      { prescription: { form: 'y' as const } },
      'PrescriptionCodeMalformed',
    ],
    [
      'a paper of tomorrow',
      { prescription: { issuedOn: day('2026-11-23') } },
      'PrescriptionNotYetValid',
    ],
    [
      'the sixth day after it',
      { prescription: { issuedOn: day('2026-11-16') } },
      'PrescriptionExpired',
    ],
    [
      'nobody who collects a narcotic',
      { prescription: onFormN, drug: 'MORPH' },
      'CollectorMissing',
    ],
    [
      'a narcotic on an ordinary form',
      { prescription: { collector }, drug: 'MORPH' },
      'PrescriptionFormWrong',
    ],
    ['a drug that is not on it', { lines: [] }, 'EmptyDocument'],
    [
      'another drug that needs one',
      { lines: [{ drug: 'VITA', prescribedUnits: 1, instructions: '' }] },
      'NotPrescribed',
    ],
    ['half a tablet', { prescribed: 0.5 }, 'BadQuantity'],
    ['more than any pack', { prescribed: limits.unitsMax + 1 }, 'QuantityTooLarge'],
    ['one more than prescribed', { sold: 21 }, 'PrescriptionExceeded'],
    ['one more than is left', { sold: 10, context: earlier(11) }, 'PrescriptionExceeded'],
    ['another number than before', { context: earlier(5, 30) }, 'PrescriptionDiffers'],
    [
      'the same drug twice',
      {
        lines: [10, 10].map((units) => ({
          drug: 'ANTI',
          prescribedUnits: units,
          instructions: '',
        })),
      },
      'PrescribedTwice',
    ],
    [
      'a narcotic without its days',
      { prescription: { ...onFormN, collector }, drug: 'MORPH' },
      'SupplyDaysMissing',
    ],
    [
      'a narcotic for an eighth day',
      { prescription: { ...onFormN, collector }, drug: 'MORPH', days: 8 },
      'SupplyTooLong',
    ],
    ['31 days of an ordinary drug', { days: 31 }, 'SupplyTooLong'],
    [
      'a stage of eleven days',
      {
        prescription: {
          ...onFormN,
          collector,
          stage: { number: 1, fromDate: day('2026-11-22'), toDate: day('2026-12-02') },
        },
        drug: 'MORPH',
        days: 10,
      },
      'StageTooLong',
    ],
    [
      'what another shop has sold of it',
      { sold: 10, context: { elsewhereByDrug: new Map([['ANTI', 11]]) } },
      'PrescriptionExceeded',
    ],
    [
      'one too many when both shops count',
      { sold: 6, context: { ...earlier(5), elsewhereByDrug: new Map([['ANTI', 10]]) } },
      'PrescriptionExceeded',
    ],
    [
      'a substitute at a drug counter',
      { substitute: true, context: { facilityKind: 'drug-counter' } },
      'SubstitutionNotAllowed',
    ],
    ['a substitute nobody agreed to', { substitute: false }, 'ConsentMissing'],
    [
      'a substitute of another strength',
      { substitute: true, context: withOther({ ingredients: 'Amoxicilin 250 mg' }) },
      'SubstituteDiffers',
    ],
    [
      'a substitute of another form',
      { substitute: true, context: withOther({ dosageForm: 'Bột pha hỗn dịch uống' }) },
      'SubstituteDiffers',
    ],
    [
      'nothing of it',
      { drug: 'VITA', lines: [{ drug: 'ANTI', prescribedUnits: 5, instructions: '' }] },
      'EmptyDocument',
    ],
  ] as const)('is refused with %s', (_what, parts, type) => {
    expect(decide(parts)).toMatchObject({ ok: false, error: { type } });
  });

  test.each([
    ['on its day', { prescription: { issuedOn: day('2026-11-22') } }, 0, 10],
    ['on the fifth day after it', { prescription: { issuedOn: day('2026-11-17') } }, 0, 10],
    ['of all that is left', { context: earlier(10) }, 10, 10],
    [
      'of a narcotic on its form',
      { prescription: { ...onFormN, collector }, drug: 'MORPH', days: 7 },
      0,
      10,
    ],
    [
      'for ninety days of a listed disease',
      { prescription: { treatment: 'listed-disease' as const }, days: 90 },
      0,
      10,
    ],
    [
      'on the sixth day by a clock that is a day ahead',
      {
        prescription: { issuedOn: day('2026-11-16') },
        context: { todayByCentre: day('2026-11-21') },
      },
      0,
      10,
    ],
  ] as const)('is recorded %s', (_what, parts, dispensedBeforeUnits, dispensedUnits) => {
    expect(decide(parts)).toMatchObject({
      ok: true,
      value: { verification: 'pending', lines: [{ dispensedBeforeUnits, dispensedUnits }] },
    });
  });

  test('gives an equal drug instead, counts it as what was prescribed, and says so', () => {
    const salt = { ingredients: 'AMOXICILLIN (trihydrate) 500mg', dosageForm: 'Viên nang' };
    const same = { ...salt, dosageForm: 'viên nang cứng' };
    const decided = decide({
      substitute: true,
      context: { ...earlierOf('OTHER', 10), ...withOther(same) },
    });
    expect(decided).toMatchObject({
      ok: true,
      value: {
        lines: [
          {
            drug: 'ANTI',
            dispensedBeforeUnits: 10,
            substituteFor: { drug: 'OTHER', name: 'Amoxicilin B', reason: 'Hết hàng' },
          },
        ],
      },
    });
    expect(
      decide({
        substitute: true,
        sold: 11,
        context: { ...earlierOf('OTHER', 10), ...withOther(same) },
      }),
    ).toMatchObject({ error: { type: 'PrescriptionExceeded', remainingUnits: 10 } });
  });

  test('is verified when the centre was asked just before, and says what others sold', () => {
    const context = { elsewhereByDrug: new Map([['ANTI', 4]]) };
    expect(decide({ context })).toMatchObject({
      value: { verification: 'verified', lines: [{ dispensedElsewhereUnits: 4 }] },
    });
    expect(decide({ context: { elsewhereByDrug: new Map() } })).toMatchObject({
      value: { verification: 'verified' },
    });
  });

  test('needs nobody to verify a paper, and keeps a code in lower case', () => {
    expect(decide({ prescription: { kind: 'paper', code: 'Số 12/BV' } })).toMatchObject({
      value: { verification: 'not-applicable', prescription: { code: 'Số 12/BV' } },
    });
    expect(decide({ prescription: { code: '96001K3P9X7Z-C' } })).toMatchObject({
      value: { prescription: { code: '96001k3p9x7z-c' } },
    });
  });
});

test('a later stage of a narcotic is bought from three days before it begins until its end', () => {
  const stage = { number: 2, fromDate: day('2026-12-01'), toDate: day('2026-12-10') };
  expect(collectableDays({ issuedOn: day('2026-11-21'), stage })).toEqual({
    fromDate: '2026-11-28',
    validUntil: '2026-12-10',
  });
});

test('a national code is one prescription anywhere, a number on paper only of its day and clinic', () => {
  const key = (parts: Partial<Prescription>) => prescriptionKey(aPrescription(parts));
  expect(key({ code: '96001K3P9X7Z-C', issuedOn: day('2026-11-20') })).toBe(key({}));
  const paper = { kind: 'paper', code: '12' } as const;
  expect(key({ ...paper, issuedOn: day('2026-11-20') })).not.toBe(key(paper));
  const stage = { number: 2, fromDate: day('2026-12-01'), toDate: day('2026-12-10') };
  expect(key({ stage })).not.toBe(key({}));
});
