import { describe, expect, test } from 'vitest';
import { limits } from '../../shared/base/limits.ts';
import type { ControlClass } from '../../shared/model/drug.ts';
import type { Prescription } from '../../shared/model/prescription.ts';
import {
  collectableDays,
  type DispensingContext,
  decideDispensing,
  prescriptionKey,
} from '../../shared/rules/prescription.ts';
import { aPrescription, day } from '../support/builders.ts';

const morphine = { isPrescription: true, controlClass: 'narcotic' } as const;
const antibiotic = { isPrescription: true, controlClass: undefined };
const vitamin = { isPrescription: false, controlClass: undefined };

type DrugOnPaper = { isPrescription: boolean; controlClass: ControlClass | undefined };

function aContext(parts: Partial<DispensingContext> = {}): DispensingContext {
  return {
    today: day('2026-11-22'),
    earlierByDrug: new Map(),
    drugs: new Map<string, DrugOnPaper>([
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
    lines?: readonly { drug: string; prescribedUnits: number; instructions: string }[];
  } = {},
) {
  const { drug = 'ANTI', sold = 10, prescribed = 20 } = parts;
  const lines = parts.lines ?? [{ drug, prescribedUnits: prescribed, instructions: '' }];
  const prescription = aPrescription(parts.prescription);
  return decideDispensing(aContext(parts.context), aSaleOf(drug, sold), { prescription, lines });
}

const onFormN = { code: '96001k3p9x7z-n', form: 'n' } as const;
const collector = { name: 'Lê Văn Nam', identityNumber: '096061001234' };
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
      { prescription: { ...onFormN, collector }, drug: 'MORPH' },
      0,
      10,
    ],
  ] as const)('is recorded %s', (_what, parts, dispensedBeforeUnits, dispensedUnits) => {
    expect(decide(parts)).toMatchObject({
      ok: true,
      value: { verification: 'pending', lines: [{ dispensedBeforeUnits, dispensedUnits }] },
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
