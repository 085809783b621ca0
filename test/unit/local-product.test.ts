import { expect, test } from 'vitest';
import { eventSchemas } from '../../shared/events/registry.ts';
import { Drug } from '../../shared/model/drug.ts';
import { isLocalProductCode } from '../../shared/model/local-product.ts';
import {
  type DefinitionContext,
  decideDefinition,
  drugOfLocalProduct,
} from '../../shared/rules/local-product.ts';

const newId = '01980000-0000-7000-8000-0000000000a1';
const mask = {
  name: 'Khẩu trang y tế',
  kind: 'device' as const,
  units: [
    { name: 'cái', factor: 1 },
    { name: 'hộp', factor: 50 },
  ],
  barcode: '8938501234567',
  registrationNumber: '',
  manufacturer: '',
};
const known = { ...mask, code: `LOCAL-${newId}`, revision: 1 };
const empty: DefinitionContext = { newId, known: undefined, hasMoved: false, other: undefined };

test.each([
  ['a code that is unknown here', empty, { ...mask, code: known.code }, 'UnknownLocalProduct'],
  [
    'a barcode the catalogue knows',
    { ...empty, other: { drug: 'DEMO-1', number: mask.barcode } },
    mask,
    'ProductKnownAlready',
  ],
  [
    'another smallest unit once goods have moved',
    { ...empty, known, hasMoved: true },
    { ...mask, code: known.code, units: [{ name: 'gói', factor: 1 }] },
    'SmallestUnitFixed',
  ],
] as const)('a product is not defined with %s', (_what, context, command, type) => {
  const units = [...command.units];
  expect(decideDefinition(context, { ...command, units })).toMatchObject({ error: { type } });
});

test('a new product gets a code of its own, and a later definition the next revision', () => {
  const first = decideDefinition(empty, mask);
  expect(first).toEqual({ ok: true, value: known });
  const again = { ...mask, code: known.code, units: [{ name: 'gói', factor: 1 }] };
  expect(decideDefinition({ ...empty, known }, again)).toMatchObject({
    value: { code: known.code, revision: 2, units: again.units },
  });
});

test('a local product is a drug like any other to those who trade it', () => {
  const drug = drugOfLocalProduct(known);
  expect(Drug.parse(drug)).toEqual(drug);
  expect(drug).toMatchObject({ code: known.code, prescriptionClass: 'over-the-counter' });
  expect(drugOfLocalProduct({ ...known, kind: 'drug' }).prescriptionClass).toBe('unknown');
  expect(isLocalProductCode(drug.code)).toBe(true);
  expect(isLocalProductCode('893110130226')).toBe(false);
  expect(eventSchemas['LocalProductDefined.v1'].safeParse({ ...known, code: 'X' }).success).toBe(
    false,
  );
});
